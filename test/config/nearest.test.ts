import { describe, expect, test } from 'vitest';
import { didYouMean, nearest } from '../../src/config/nearest.js';

const names = ['expectations', 'event_time', 'drift', 'model'];

describe('nearest', () => {
  test.each([
    ['a letter too few', 'expectation', 'expectations'],
    ['letters swapped', 'evnet_time', 'event_time'],
    ['a short name with letters swapped', 'rdift', 'drift'],
    ['another case', 'DRIFT', 'drift'],
    ['space around it', ' model ', 'model'],
    ['the name itself', 'model', 'model'],
    ['nothing near', 'sources', undefined],
    ['an empty name', '', undefined],
    ['an enormous name', 'x'.repeat(1_000_000), undefined],
  ])('%s', (_case, name, expected) => {
    expect(nearest(name, names)).toBe(expected);
  });

  test('short names need to be very near', () => {
    expect(nearest('ab', ['xy'])).toBeUndefined();
    expect(nearest('ab', ['ac'])).toBe('ac');
  });

  test('of equally near ones the first wins', () => {
    expect(nearest('q06', ['q05', 'q07'])).toBe('q05');
  });
});

describe('didYouMean', () => {
  test('a near name is suggested', () => {
    expect(didYouMean('modle', names)).toBe('Did you mean `model`?');
  });

  test('without a near one, a few are listed', () => {
    expect(didYouMean('xyz', names)).toBe('Known: expectations, event_time, drift, model.');
  });

  test('many are not listed', () => {
    expect(
      didYouMean(
        'xyz',
        Array.from({ length: 50 }, (_, index) => `column_number_${index}`),
      ),
    ).toBe('');
  });

  test('no candidates, no hint', () => {
    expect(didYouMean('xyz', [])).toBe('');
  });
});
