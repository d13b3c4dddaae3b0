import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConfigDocument } from '../../src/config/document.js';
import { ConfigError } from '../../src/errors.js';
import { problemsOf } from './problems.js';

const parse = (text: string) => parseConfigDocument(text, 'f.yaml');
const problems = (text: string) => problemsOf(() => parse(text)).map((problem) => problem.split('\n')[0]);

function billionLaughs(levels: number): string {
  const rows = Array.from({ length: levels }, (_, level) => {
    const items = level === 0 ? Array(9).fill('ha') : Array(9).fill(`*a${level - 1}`);
    return `k${level}: &a${level} [${items.join(', ')}]`;
  });
  return rows.join('\n');
}

/** JSON's own parser rounds large integers. */
function toDoubles(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? Number(item) : item)));
}

describe('values', () => {
  test.each([
    ['an empty file', '', {}],
    ['only comments', '# nothing yet\n', {}],
    ['only a document mark', '---\n', {}],
    ['an explicit null', 'null', {}],
    ['a byte order mark', '\uFEFFa: 1', { a: 1 }],
    ['Windows line ends', 'a: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
    ['JSON', '{"a": [1, "x", null, true], "b": {"c": "\\u00e4"}}', { a: [1, 'x', null, true], b: { c: 'ä' } }],
    ['JSON indented by tabs', '{\n\t"a": {\n\t\t"b": 1\n\t}\n}', { a: { b: 1 } }],
    ['a closing bracket at the start of a line', 'a: [\n  1\n]\nb: 2', { a: [1], b: 2 }],
    [
      'words of YAML 1.1 are text',
      'a: [yes, no, on, off, 2024-01-01]',
      { a: ['yes', 'no', 'on', 'off', '2024-01-01'] },
    ],
    ['even where the file asks for 1.1', '%YAML 1.1\n---\na: yes', { a: 'yes' }],
    ['an anchor and its aliases', 'a: &x [1]\nb: *x\nc: *x', { a: [1], b: [1], c: [1] }],
    ['a later anchor of the same name', 'a: &x 1\nb: *x\nc: &x 2\nd: *x', { a: 1, b: 1, c: 2, d: 2 }],
    ['a merge key, own keys first', 'd: &d {a: 1, b: 2}\ne: {b: 3, <<: *d}', { d: { a: 1, b: 2 }, e: { a: 1, b: 3 } }],
    ['several maps merged, the first wins', 'e: {<<: [{a: 1}, {a: 2, b: 2}]}', { e: { a: 1, b: 2 } }],
    ['a quoted merge key is a key', 'e: {"<<": 1}', { e: { '<<': 1 } }],
    ['infinity as YAML writes it', 'a: .inf', { a: Number.POSITIVE_INFINITY }],
    ['keys are text', '1: a\nnull: b\n~: c', { 1: 'a', null: 'b', '~': 'c' }],
  ])('%s', (_case, text, expected) => {
    expect(parse(text).value).toEqual(expected);
  });

  test('integers beyond 2^53 keep their value', () => {
    expect(parse('a: 9007199254740993\nb: 9007199254740991\nc: -9007199254740993').value).toEqual({
      a: 9007199254740993n,
      b: 9007199254740991,
      c: -9007199254740993n,
    });
  });

  test('the key __proto__ is a key like any other', () => {
    const { value } = parse('__proto__: {polluted: true}');
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('every JSON object is read as JSON reads it', () => {
    const key = fc.string().filter((text) => text !== '__proto__' && text.length < 1000);
    const json = fc.dictionary(key, fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(json, fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(toDoubles(parse(text).value)).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('what is wrong, and where', () => {
  test.each([
    ['a tab as indentation', 'a: 1\nb:\n\tc: 2', ['f.yaml:3:1: A tab cannot be used for indentation.']],
    ['two documents', 'a: 1\n---\nb: 2', ['f.yaml:2:1: The file holds more than one document.']],
    ['a second, empty document', 'a: 1\n---\n', ['f.yaml:2:1: The file holds more than one document.']],
    [
      'a duplicate key',
      'a: 1\nb: {c: 1, c: 2}\na: 3',
      [
        'f.yaml:2:11: The key `c` stands twice in one map; the first is in line 2.',
        'f.yaml:3:1: The key `a` stands twice in one map; the first is in line 1.',
      ],
    ],
    ['a list at the top', '# rules\n- a', ['f.yaml:2:1: The file must hold settings (`key: value`), got a list.']],
    ['a text at the top', 'key:value', ['f.yaml:1:1: The file must hold settings (`key: value`), got a single value.']],
    ['an alias without an anchor', 'a: *.csv', ['f.yaml:1:4: There is no anchor `&.csv` before this alias.']],
    ['an alias before its anchor', 'a: *x\nb: &x 1', ['f.yaml:1:4: There is no anchor `&x` before this alias.']],
    [
      'an alias inside its own anchor',
      'a: &x [*x]',
      ['f.yaml:1:8: The alias `*x` stands inside the value that it repeats.'],
    ],
    ['merging what is not a map', 'a: {<<: 1}', ['f.yaml:1:5: The value of `<<` must be a map, or a list of maps.']],
    [
      'an unknown tag',
      'a: !secret x',
      ['f.yaml:1:4: This tag (a word that begins with `!`) is not known here, or does not fit its value.'],
    ],
    ['a bracket that is not closed', 'a: [1, 2', ['f.yaml:1:9: The closing bracket `]` is missing.']],
    ['a quote that is not closed', 'a: "x', ['f.yaml:1:6: The closing quote (") is missing.']],
    ['a key without a colon', 'a: 1\nb', ['f.yaml:2:1: This line has a key without a value.']],
    ['a colon in a text', 'a: b: c', ['f.yaml:1:4: Two keys run into each other here.']],
    [
      'an unknown escape',
      'a: "\\d+"',
      ['f.yaml:1:5: A backslash in double quotes begins an escape, and this one is not known.'],
    ],
    ['a reserved character', 'a: @x', ['f.yaml:1:4: A text without quotes cannot begin with this character.']],
    ['a template', 'a: {{ x }}', ['f.yaml:1:5: A key must be plain text, not a list or a map.']],
    ['a quote in quotes', "a: 'it's'", ['f.yaml:1:8: This does not belong here.']],
    ['a number beyond a double', 'a: 1e999', ['f.yaml:1:4: The number 1e999 is too large.']],
    [
      'several errors at once',
      'a: @x\nb: "\\d"\nc: [1',
      [
        'f.yaml:1:4: A text without quotes cannot begin with this character.',
        'f.yaml:2:5: A backslash in double quotes begins an escape, and this one is not known.',
        'f.yaml:3:6: The closing bracket `]` is missing.',
      ],
    ],
  ])('%s', (_case, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('syntax errors never quote the file, which may hold secrets', () => {
    const text = 'a: [x] postgres://reader:hunter2@db/x\nb: "c" d:hunter2';
    expect(problemsOf(() => parse(text)).join()).not.toContain('hunter2');
  });

  test('a billion laughs', () => {
    expect(problems(billionLaughs(12))).toEqual([
      'f.yaml:6:10: The aliases of this file expand to more than 100000 values.',
    ]);
  });

  test('many aliases of small values are fine', () => {
    expect(parse(`a: &a x\nb: [${Array(5000).fill('*a').join(', ')}]`).value.b).toHaveLength(5000);
  });

  test.each([
    ['brackets', `a: ${'['.repeat(100_000)}`],
    ['closed brackets', `a: ${'['.repeat(150)}${']'.repeat(150)}`],
    ['list entries', `a:\n  ${'- '.repeat(3000)}x`],
  ])('nested too deeply: %s', (_case, text) => {
    const found = problems(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^f\.yaml:\d+:\d+: The file is nested more than 100 levels deep\.$/);
  });

  test('a text over 10 MB', () => {
    expect(problems(`a: "${'x'.repeat(10_000_000)}"`)).toEqual([
      'f.yaml:1:1: The file is larger than 10 MB, which no configuration should be.',
    ]);
  });

  test('a long list of problems is cut and counted', () => {
    const found = problems(Array(150).fill('a: 1').join('\n'));
    expect(found).toHaveLength(101);
    expect(found.at(-1)).toBe('49 more problems are not listed.');
  });

  test('with a list for problems, all but syntax errors go there', () => {
    const list: { message: string }[] = [];
    expect(parseConfigDocument('a: 1\na: 2', 'f.yaml', list).value).toEqual({ a: 2 });
    expect(list).toHaveLength(1);
  });

  test('arbitrary text gives a value or a ConfigError', () => {
    const piece = fc.constantFrom(
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '&x ',
      '*x',
      '!t ',
      '<<: ',
      '|',
      '\t',
      '# ',
      ',',
      '? ',
      '---\n',
      '1e9',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (input) => {
        try {
          expect(typeof parse(input).value).toBe('object');
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
          for (const { position } of (error as ConfigError).problems) {
            expect(position === undefined || (position.line >= 1 && position.column >= 1)).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('locate', () => {
  const document = parse(`a: 1
b:
  - x: "quoted"
    y: plain text
  - &d { p: 1, q: [10, 20] }
c: *d
e: { <<: *d, r: 3 }
n:
`);
  const at = (...args: Parameters<typeof document.locate>) => {
    const { line, column } = document.locate(...args);
    return `${line}:${column}`;
  };

  test.each([
    ['the top', [], '1:1'],
    ['a scalar', ['a'], '1:4'],
    ['a list', ['b'], '3:3'],
    ['an entry of a list', ['b', 1], '5:8'],
    ['a value in an entry', ['b', 0, 'y'], '4:8'],
    ['an alias', ['c'], '6:4'],
    ['through an alias', ['c', 'q', 1], '5:24'],
    ['a merged key', ['e', 'p'], '5:13'],
    ['an own key beside a merge', ['e', 'r'], '7:17'],
    ['a key without a value', ['n'], '8:3'],
    ['a missing key: its map', ['b', 0, 'zzz'], '3:5'],
    ['a missing entry: its list', ['b', 9], '3:3'],
    ['below a scalar', ['a', 'b', 'c'], '1:4'],
  ])('value of %s', (_case, path, expected) => {
    expect(at(path)).toBe(expected);
  });

  test.each([
    ['a top-level key', ['b'], '2:1'],
    ['a nested key', ['b', 0, 'y'], '4:5'],
    ['a merged key', ['e', 'q'], '5:16'],
    ['an entry of a list', ['b', 1], '5:8'],
  ])('key of %s', (_case, path, expected) => {
    expect(at(path, 'key')).toBe(expected);
  });

  test('a character inside a text', () => {
    expect(at(['b', 0, 'y'], 'value', 6)).toBe('4:14');
    expect(at(['b', 0, 'x'], 'value', 2)).toBe('3:11');
  });

  test('text with escapes has no places inside', () => {
    const escaped = parse('a: "\\u0041bc"');
    expect(escaped.locate(['a'], 'value', 2)).toEqual({ file: 'f.yaml', line: 1, column: 4 });
  });

  test('after a byte order mark the first column is 1', () => {
    expect(parse('\uFEFFa: 1').locate(['a'], 'key')).toEqual({ file: 'f.yaml', line: 1, column: 1 });
  });

  test('whether there is something', () => {
    expect(document.has(['e', 'p'])).toBe(true);
    expect(document.has(['n'])).toBe(true);
    expect(document.has(['e', 'zzz'])).toBe(false);
  });

  test('the text of a scalar as written', () => {
    const numbers = parse('a: 2.10\nb: "2.10"\nc: &x 0x1F\nd: *x\ne: [007]\nf: {}');
    expect([['a'], ['b'], ['c'], ['d'], ['e', 0], ['f'], ['g']].map((path) => numbers.sourceText(path))).toEqual([
      '2.10',
      '2.10',
      '0x1F',
      '0x1F',
      '007',
      undefined,
      undefined,
    ]);
  });
});
