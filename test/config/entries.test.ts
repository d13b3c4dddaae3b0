import { describe, expect, test } from 'vitest';
import type { ExpectationEntry } from '../../src/config/entries.js';
import { parseSettings } from '../../src/config/settings.js';
import { problemsOf } from './problems.js';

const parse = (entries: string) => parseSettings(`expectations:\n${entries}`, 'f.yaml').expectations;
const problems = (entries: string) => problemsOf(() => parse(entries));
const plain = ({ position: _position, locate: _locate, locateKey: _locateKey, ...entry }: ExpectationEntry) => entry;

describe('forms', () => {
  test.each([
    [
      'short',
      '- expect_x: { column: a, min_value: $q05, mostly: 0.9 }',
      { kwargs: { column: 'a', min_value: '$q05', mostly: 0.9 } },
    ],
    [
      'short, indented',
      '- expect_x:\n    column: a\n    value_set: [1, null]',
      { kwargs: { column: 'a', value_set: [1, null] } },
    ],
    ['short without kwargs', '- expect_x', { kwargs: {} }],
    ['short with nothing after the colon', '- expect_x:', { kwargs: {} }],
    [
      'short with everything beside',
      '- expect_x: { column: a, severity: warning, id: 7, meta: {t: 1}, notes: [n], description: d, row_condition: b > 1, condition_parser: duckdb, result_format: SUMMARY, catch_exceptions: true }',
      {
        kwargs: { column: 'a' },
        severity: 'warning',
        id: '7',
        meta: { t: 1 },
        notes: ['n'],
        description: 'd',
        rowCondition: 'b > 1',
        conditionParser: 'duckdb',
        resultFormat: 'SUMMARY',
      },
    ],
    [
      'long',
      '- { type: expect_x, kwargs: { column: a, max_value: { $PARAMETER: fare.max * 1.1 } } }',
      { kwargs: { column: 'a', max_value: { $PARAMETER: 'fare.max * 1.1' } } },
    ],
    ['long without kwargs', '- type: expect_x', { kwargs: {} }],
    [
      'long with everything beside',
      '- { type: expect_x, kwargs: { a: 1, row_condition: b > 1, result_format: BASIC }, severity: info, id: i, meta: {t: 1}, notes: n, description: d, rendered_content: [1], ge_cloud_id: null }',
      {
        kwargs: { a: 1 },
        severity: 'info',
        id: 'i',
        meta: { t: 1 },
        notes: 'n',
        description: 'd',
        rowCondition: 'b > 1',
        resultFormat: 'BASIC',
      },
    ],
    ['the older long', '- { expectation_type: expect_x, kwargs: {}, meta: {} }', { kwargs: {} }],
    ['both names of the type', '- { type: expect_x, expectation_type: expect_x }', { kwargs: {} }],
    [
      'nulls beside count as not given',
      '- { type: expect_x, kwargs: {}, id: null, notes: null, meta: null, severity: null }',
      { kwargs: {} },
    ],
  ])('%s', (_case, text, expected) => {
    const [entry] = parse(text);
    expect(plain(entry!)).toEqual({ type: 'expect_x', severity: 'critical', meta: {}, ...expected });
  });

  test('an anchor shared by rules', () => {
    const text =
      'x-d: &d { column: a, severity: info }\nexpectations:\n- expect_x: *d\n- expect_y: { <<: *d, mostly: 1 }';
    const [first, second] = parseSettings(text, 'f.yaml').expectations;
    expect(first).toMatchObject({ kwargs: { column: 'a' }, severity: 'info' });
    expect(second).toMatchObject({ kwargs: { column: 'a', mostly: 1 }, severity: 'info' });
    expect(second?.locate('column')).toEqual({ file: 'f.yaml', line: 1, column: 19 });
  });

  test('large integers stay exact', () => {
    expect(parse('- expect_x: { value_set: [9007199254740993] }')[0]?.kwargs).toEqual({
      value_set: [9007199254740993n],
    });
  });
});

describe('what is wrong, and where', () => {
  const example = '\n  Write `- expect_column_values_to_not_be_null: { column: fare }`.';
  test.each([
    ['an empty entry', '- expect_x\n-', [`f.yaml:3:2: This entry is empty.${example}`]],
    ['an empty map', '- {}', [`f.yaml:2:3: This entry is empty.${example}`]],
    ['an empty name', "- ''", [`f.yaml:2:3: This entry is empty.${example}`]],
    [
      'a number',
      '- 5',
      [`f.yaml:2:3: An expectation must be a rule's name with its kwargs, got the number 5.${example}`],
    ],
    [
      'a list',
      '- [expect_x]',
      [`f.yaml:2:3: An expectation must be a rule's name with its kwargs, got a list.${example}`],
    ],
    [
      'kwargs not indented',
      '- expect_x:\n  column: a\n  mostly: 1',
      [
        'f.yaml:2:3: An entry is one rule, but this one has 3 keys: expect_x, column, mostly.\n  Indent the kwargs further than the name of the rule, and begin each rule with `- `.',
      ],
    ],
    [
      'kwargs that are text',
      '- expect_x: fare',
      [
        'f.yaml:2:13: `expectations[0].expect_x` must be a map, got the text `fare`.\n  Write the kwargs as a map: `expect_x: { column: fare }`.',
      ],
    ],
    [
      'kwargs that are a list, in the long form',
      '- { type: expect_x, kwargs: [a] }',
      ['f.yaml:2:29: `expectations[0].kwargs` must be a map, got a list.'],
    ],
    [
      'a long form without a type',
      '- { kwargs: { column: a } }',
      [`f.yaml:2:3: \`type\`, the name of the rule, is missing.${example}`],
    ],
    [
      'a type that is a number',
      '- { type: 5 }',
      [
        'f.yaml:2:11: `expectations[0].type` must be text, got the number 5.\n  Put it in quotes if it is meant as text.',
      ],
    ],
    [
      'two different types',
      '- { type: expect_x, expectation_type: expect_y }',
      ['f.yaml:2:39: `type` and `expectation_type` name different rules.'],
    ],
    [
      'an unknown key in the long form',
      '- { type: expect_x, kwarg: {} }',
      ['f.yaml:2:21: Unknown key `kwarg` in `expectations[0]`.\n  Did you mean `kwargs`?'],
    ],
    [
      'an unknown severity',
      '- expect_x: { severity: Warning }',
      [
        'f.yaml:2:25: `expectations[0].expect_x.severity` must be one of `critical`, `warning`, `info`, got the text `Warning`.\n  Did you mean `warning`?',
      ],
    ],
    [
      'a meta that is text',
      '- expect_x: { meta: x }',
      ['f.yaml:2:21: `expectations[0].expect_x.meta` must be a map, got the text `x`.'],
    ],
    [
      'an id twice',
      '- expect_x: { id: a }\n- expect_y: { id: b }\n- { type: expect_z, id: a }',
      ['f.yaml:4:25: The id `a` is given twice; the first is in line 2.\n  Give each rule an id of its own.'],
    ],
    [
      'several entries',
      '- {}\n- 5',
      [
        `f.yaml:2:3: This entry is empty.${example}`,
        `f.yaml:3:3: An expectation must be a rule's name with its kwargs, got the number 5.${example}`,
      ],
    ],
  ])('%s', (_case, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});

describe('places', () => {
  const at = ({ line, column }: { line: number; column: number }) => `${line}:${column}`;
  const [short, long, bare] = parse(`- expect_x:
    column: fare
    value_set: [a, $b]
    severity: warning
- type: expect_y
  kwargs: { column: fare, type: odd }
  severity: info
- expect_z
`);

  test('of entries', () => {
    expect([short!, long!, bare!].map((entry) => at(entry.position))).toEqual(['2:3', '6:3', '9:3']);
    expect(at(short!.locate())).toBe('2:3');
  });

  test.each([
    ['a kwarg', 'column', '3:13', '3:5'],
    ['a key beside', 'severity', '5:15', '5:5'],
    ['a missing one', 'mostly', '2:3', '2:3'],
  ])('in the short form: %s', (_case, kwarg, value, key) => {
    expect([at(short!.locate(kwarg)), at(short!.locateKey(kwarg))]).toEqual([value, key]);
  });

  test.each([
    ['a kwarg', 'column', '7:21', '7:13'],
    ['a kwarg with the name of a key', 'type', '7:33', '7:27'],
    ['a key beside', 'severity', '8:13', '8:3'],
    ['a missing one', 'mostly', '6:3', '6:3'],
  ])('in the long form: %s', (_case, kwarg, value, key) => {
    expect([at(long!.locate(kwarg)), at(long!.locateKey(kwarg))]).toEqual([value, key]);
  });

  test('inside a kwarg, and inside its text', () => {
    expect(at(short!.locate('value_set', [1]))).toBe('4:20');
    expect(at(short!.locate('column', [], 2))).toBe('3:15');
  });

  test('without kwargs, the entry', () => {
    expect(at(bare!.locate('column'))).toBe('9:3');
  });
});
