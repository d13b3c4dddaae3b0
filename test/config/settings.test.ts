import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSettings } from '../../src/config/settings.js';
import { ConfigError } from '../../src/errors.js';
import { problemsOf } from './problems.js';

const parse = (text: string) => parseSettings(text, 'tidemark.yaml');
const problems = (text: string) => problemsOf(() => parse(text));

describe('a whole file', () => {
  const text = `model: fares
api_version: 2.1.0
event_time: pickup_datetime
drift: { alpha: 0.05, columns: [fare, distance], exclude: [id] }
sources:
  live: data/*.parquet
  warehouse: { data: 'postgres://reader@db/w?table=trips', where: fare > 0, event_time: at, since: 7d, sample: 1000, csv_null: NA }
expectations:
  - expect_column_values_to_not_be_null: { column: fare }
retrain: { when: degraded in 3 of last 5 checks }
x-anchors: { anything: [goes] }
`;

  test('becomes settings', () => {
    const { document, expectations, ...settings } = parse(text);
    expect(settings).toEqual({
      file: 'tidemark.yaml',
      model: 'fares',
      apiVersion: '2.1.0',
      eventTime: 'pickup_datetime',
      drift: { enabled: true, alpha: 0.05, columns: ['fare', 'distance'], exclude: ['id'] },
      sources: {
        live: { data: 'data/*.parquet' },
        warehouse: {
          data: 'postgres://reader@db/w?table=trips',
          where: 'fare > 0',
          eventTime: 'at',
          since: '7d',
          sample: 1000,
          csvNull: ['NA'],
        },
      },
      retrain: { when: 'degraded in 3 of last 5 checks' },
    });
    expect(expectations).toHaveLength(1);
    expect(document.locate(['retrain', 'when'])).toEqual({ file: 'tidemark.yaml', line: 10, column: 18 });
  });

  test.each([
    ['an empty file', ''],
    ['keys without values', 'model:\napi_version:\nevent_time:\ndrift:\nsources:\nexpectations:\nretrain:\n'],
  ])('%s has the defaults', (_case, empty) => {
    const { document: _document, ...settings } = parse(empty);
    expect(settings).toEqual({
      file: 'tidemark.yaml',
      drift: { enabled: true, alpha: 0.01 },
      sources: {},
      expectations: [],
    });
  });
});

describe('api_version keeps its text', () => {
  test.each([
    ['2.10', '2.10'],
    ['"2.10"', '2.10'],
    ['2', '2'],
    ['007', '007'],
    ['1e3', '1e3'],
    ['2.1.0', '2.1.0'],
    ['2026-11-01', '2026-11-01'],
    ['12345678901234567890', '12345678901234567890'],
  ])('%s', (written, expected) => {
    expect(parse(`api_version: ${written}`).apiVersion).toBe(expected);
  });

  test('a column that is called by a number, too', () => {
    expect(parse('drift: { columns: [2024, 1.50] }').drift.columns).toEqual(['2024', '1.50']);
  });
});

describe('drift', () => {
  test.each([
    ['off', false],
    ['false', false],
    ['no', false],
    ['on', true],
    ['true', true],
    ['{ enabled: false }', false],
    ['{}', true],
  ])('%s', (written, enabled) => {
    expect(parse(`drift: ${written}`).drift).toEqual({ enabled, alpha: 0.01 });
  });
});

describe('what is wrong, and where', () => {
  test.each([
    [
      'an unknown key',
      'model: a\nexpectation: []',
      ['tidemark.yaml:2:1: Unknown key `expectation`.\n  Did you mean `expectations`?'],
    ],
    [
      'an unknown key in a section',
      'drift:\n  alhpa: 0.1',
      ['tidemark.yaml:2:3: Unknown key `alhpa` in `drift`.\n  Did you mean `alpha`?'],
    ],
    [
      'an unknown key far from all',
      'drift: { zzz: 1 }',
      ['tidemark.yaml:1:10: Unknown key `zzz` in `drift`.\n  Known: enabled, alpha, columns, exclude.'],
    ],
    ['a list as a name', 'model: [a]', ['tidemark.yaml:1:8: `model` must be text, got a list.']],
    [
      'a boolean as a name',
      'model: yes\napi_version: true',
      ['tidemark.yaml:2:14: `api_version` must be text, got `true`.\n  Put it in quotes if it is meant as text.'],
    ],
    ['an empty name', 'model: ""', ['tidemark.yaml:1:8: `model` must be text, got an empty text.']],
    [
      'alpha as text',
      'drift: { alpha: high }',
      ['tidemark.yaml:1:17: `drift.alpha` must be a number between 0 and 1, got the text `high`.'],
    ],
    [
      'alpha too large',
      'drift: { alpha: 1 }',
      ['tidemark.yaml:1:17: `drift.alpha` must be a number between 0 and 1, got the number 1.'],
    ],
    [
      'alpha zero',
      'drift: { alpha: 0 }',
      ['tidemark.yaml:1:17: `drift.alpha` must be a number between 0 and 1, got the number 0.'],
    ],
    [
      'alpha not a number',
      'drift: { alpha: .nan }',
      ['tidemark.yaml:1:17: `drift.alpha` must be a number between 0 and 1, got the number NaN.'],
    ],
    [
      'alpha beyond 2^53',
      'drift: { alpha: 9007199254740993 }',
      ['tidemark.yaml:1:17: `drift.alpha` must be a number between 0 and 1, got the number 9007199254740993.'],
    ],
    [
      'columns without a list',
      'drift: { columns: fare }',
      ['tidemark.yaml:1:19: `drift.columns` must be a list, got the text `fare`.\n  Write a list: `[fare]`.'],
    ],
    [
      'a column that is a map',
      'drift: { columns: [a, {b: 1}] }',
      ['tidemark.yaml:1:23: `drift.columns[1]` must be text, got a map.'],
    ],
    [
      'enabled as text',
      'drift: { enabled: maybe }',
      ['tidemark.yaml:1:19: `drift.enabled` must be `true` or `false`, got the text `maybe`.'],
    ],
    [
      'drift as a number',
      'drift: 0.01',
      [
        'tidemark.yaml:1:8: `drift` must be a map, got the number 0.01.\n  Write `drift: off`, or a map such as `drift: { alpha: 0.01 }`.',
      ],
    ],
    [
      'expectations as a map',
      'expectations: { a: 1 }',
      ['tidemark.yaml:1:15: `expectations` must be a list, got a map.\n  Begin each entry with `- `.'],
    ],
    [
      'retrain as text',
      'retrain: often',
      [
        'tidemark.yaml:1:10: `retrain` must be a map, got the text `often`.\n  For example: `retrain: { when: degraded in 3 of last 5 checks }`.',
      ],
    ],
    [
      'retrain without when',
      'retrain: {}',
      ['tidemark.yaml:1:10: `when` is missing in `retrain`.\n  For example: `when: degraded in 3 of last 5 checks`.'],
    ],
    [
      'sources as a list',
      'sources: [a.csv]',
      ['tidemark.yaml:1:10: `sources` must be a map, got a list.\n  Give each source a name: `live: data/*.csv`.'],
    ],
    [
      'a source without data',
      'sources:\n  live: { query: select 1 }',
      [
        'tidemark.yaml:2:9: `data` is missing in `sources.live`.\n  For example: `data: postgres://reader@db/warehouse?table=public.trips`.',
      ],
    ],
    [
      'a source that is a number',
      'sources: { live: 5 }',
      ['tidemark.yaml:1:18: `sources.live` must be a file, folder, glob or URL, got the number 5.'],
    ],
    [
      'a source that is nothing',
      'sources:\n  live:',
      ['tidemark.yaml:2:8: `sources.live` must be a file, folder, glob or URL, got nothing.'],
    ],
    [
      'a source that is a list',
      'sources: { live: [a.csv] }',
      ['tidemark.yaml:1:18: `sources.live` must be a map, got a list.'],
    ],
    ['a source without a name', 'sources: { "": a.csv }', ['tidemark.yaml:1:12: A source needs a name.']],
    [
      'a fractional sample',
      'sources: { live: { data: a, sample: 1.5 } }',
      ['tidemark.yaml:1:37: `sources.live.sample` must be a whole number greater than 0, got the number 1.5.'],
    ],
    [
      'a malformed reference',
      `sources: { live: "a/\${1x}.csv" }`,
      [
        `tidemark.yaml:1:21: A \`\${\` begins a reference to an environment variable, and this one is not well-formed.\n  Write \`\${NAME}\`, with letters, digits and underscores; or \`$\${\` for the characters themselves.`,
      ],
    ],
  ])('%s', (_case, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('everything at once, in the order of the file', () => {
    const text = 'retrain: {}\nmodle: x\ndrift: { alpha: 5 }\nmodel: a\nmodel: b\nexpectations:\n  - {}\n';
    expect(problems(text).map((problem) => problem.split(': ')[0])).toEqual([
      'tidemark.yaml:1:10',
      'tidemark.yaml:2:1',
      'tidemark.yaml:3:17',
      'tidemark.yaml:5:1',
      'tidemark.yaml:7:5',
    ]);
  });

  test('passwords do not show', () => {
    const text =
      'drift: "postgres://reader:hun/ter@2@db/w"\nsources: { a: { data: x, columns: "https://h/?password=hunter2&x=1" } }';
    expect(problems(text)).toEqual([
      expect.stringContaining('got the text `postgres://reader:***@db/w`'),
      expect.stringContaining('got the text `https://h/?password=***&x=1`'),
    ]);
    expect(problems(text).join()).not.toContain('hunter2');
  });

  test('long texts are cut', () => {
    expect(problems(`drift: ${'x'.repeat(500)}`)[0]?.split('\n')[0]).toHaveLength(119);
  });
});

test('arbitrary settings give settings or a ConfigError', () => {
  const key = fc.constantFrom(
    'model',
    'api_version',
    'drift',
    'sources',
    'expectations',
    'retrain',
    'data',
    'alpha',
    'columns',
    'type',
    'kwargs',
    'id',
    'severity',
    'when',
    'csv_null',
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom<unknown>(null, true, 1, 0.5, 'x', '', '$x', '${'),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(key, tree), (value) => {
      try {
        expect(parse(JSON.stringify(value)).drift.alpha).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
      }
    }),
    { numRuns: 500 },
  );
});
