import { describe, expect, test } from 'vitest';
import { unknownColumn } from '../../src/config/parameter-names.js';
import { bindKwargs, type ParameterLookup } from '../../src/config/parameters.js';
import { parseSettings } from '../../src/config/settings.js';
import { describeProblem } from '../../src/errors.js';

const lookup: ParameterLookup = (column, parameter) => {
  if (column !== null && column !== 'fare') throw unknownColumn(column, ['fare', 'distance']);
  return parameter === 'values' ? ['card', '$cash'] : parameter === 'max' ? 40 : 10;
};

function bind(kwargs: string, literalKwargs?: readonly string[]) {
  const [entry] = parseSettings(`expectations:\n- expect_x: ${kwargs}`, 'f.yaml').expectations;
  const { kwargs: bound, problems } = bindKwargs(entry!.kwargs, { lookup, locate: entry!.locate, literalKwargs });
  return { bound, problems: problems.map(describeProblem) };
}

describe('kwargs', () => {
  test.each([
    [
      'without expressions stay',
      '{ column: fare, mostly: 0.9, n: null, b: true, l: [a, 1] }',
      { column: 'fare', mostly: 0.9, n: null, b: true, l: ['a', 1] },
    ],
    ['a text that begins with $', '{ min_value: $q05, max_value: $mean + 1 }', { min_value: 10, max_value: 11 }],
    ['$ inside a text', '{ value: 5 $ }', { value: '5 $' }],
    ['$$ at the start', '{ value: $$mean, other: $$, third: $$$ }', { value: '$mean', other: '$', third: '$$' }],
    ['a list', '{ value_set: $values }', { value_set: ['card', '$cash'] }],
    ['in a list', '{ value_set: [$mean, a, [$max]] }', { value_set: [10, 'a', [40]] }],
    ['in a map', '{ ranges: { a: { low: $mean } } }', { ranges: { a: { low: 10 } } }],
    ['$PARAMETER', '{ max_value: { $PARAMETER: fare.max * 2 } }', { max_value: 80 }],
    ['$PARAMETER in a list', '{ l: [{ $PARAMETER: $fare.max }] }', { l: [40] }],
    ['$PARAMETER that is a number', '{ max_value: { $PARAMETER: 5 } }', { max_value: 5 }],
    [
      'patterns',
      "{ regex: $mean, regex_list: [$a], like_pattern: '$%', strftime_format: $m, json_schema: { $ref: $x, a: { $PARAMETER: 1 } } }",
      {
        regex: '$mean',
        regex_list: ['$a'],
        like_pattern: '$%',
        strftime_format: '$m',
        json_schema: { $ref: '$x', a: { $PARAMETER: 1 } },
      },
    ],
    ['large integers', '{ value: 9007199254740993 }', { value: 9007199254740993n }],
    ['the key __proto__', '{ a: { __proto__: $mean } }', { a: Object.fromEntries([['__proto__', 10]]) }],
  ])('%s', (_case, kwargs, expected) => {
    expect(bind(kwargs)).toEqual({ bound: expected, problems: [] });
  });

  test('the list of literal kwargs can be another', () => {
    expect(bind('{ regex: $mean, text: $mean }', ['text']).bound).toEqual({ regex: 10, text: '$mean' });
  });
});

describe('what is wrong, and where', () => {
  const dollar = 'Begin a text with `$$` if a dollar sign is meant.';
  test.each([
    [
      'an unknown parameter',
      '{ min_value: $mean - $sdt }',
      [
        `f.yaml:2:35: \`min_value\`: in \`$mean - $sdt\`, character 10: Unknown parameter \`sdt\`.\n  Did you mean \`std\`? ${dollar}`,
      ],
    ],
    [
      'in quotes',
      '{ min_value: "$mean - $sdt" }',
      [
        `f.yaml:2:36: \`min_value\`: in \`$mean - $sdt\`, character 10: Unknown parameter \`sdt\`.\n  Did you mean \`std\`? ${dollar}`,
      ],
    ],
    [
      'in a list',
      '{ value_set: [a, $5] }',
      [
        `f.yaml:2:31: \`value_set\`: in \`$5\`, character 2: Expected the name of a parameter after \`$\`, but there is \`5\`.\n  ${dollar}`,
      ],
    ],
    [
      'an unknown column',
      '{ min_value: { $PARAMETER: 1 + fares.mean } }',
      [
        'f.yaml:2:44: `min_value`: in `1 + fares.mean`, character 5: The snapshot has no column `fares`.\n  Did you mean `fare`?',
      ],
    ],
    [
      '$PARAMETER that is a list',
      '{ min_value: { $PARAMETER: [1] } }',
      [
        'f.yaml:2:40: `min_value`: the value of `$PARAMETER` must be an expression in text.\n  Write `{ $PARAMETER: fare.max * 1.1 }`.',
      ],
    ],
    [
      '$PARAMETER and another key',
      '{ min_value: { $PARAMETER: mean, $PARAMETER.x: 1 } }',
      [
        'f.yaml:2:60: `min_value`: `$PARAMETER` stands alone, but there is also `$PARAMETER.x`.\n  Write `{ $PARAMETER: fare.max * 1.1 }`.',
      ],
    ],
    [
      'a text that is too long to quote',
      `{ a: $x${'x'.repeat(200)} }`,
      [expect.stringContaining(`in \`$${'x'.repeat(79)}…\`, character 2: `)],
    ],
  ])('%s', (_case, kwargs, expected) => {
    expect(bind(kwargs).problems).toEqual(expected);
  });

  test('everything at once; what is wrong stays as it was', () => {
    const { bound, problems } = bind('{ a: $nope, b: [$mean, $fair.mean], c: { $PARAMETER: nope }, d: $max }');
    expect(problems).toHaveLength(3);
    expect(bound).toEqual({ a: '$nope', b: [10, '$fair.mean'], c: { $PARAMETER: 'nope' }, d: 40 });
  });

  test('errors of the lookup that are none of the expression pass through', () => {
    const broken: ParameterLookup = () => {
      throw new RangeError('broken');
    };
    const locate = () => ({ file: 'f.yaml', line: 1, column: 1 });
    expect(() => bindKwargs({ a: '$mean' }, { lookup: broken, locate })).toThrow(RangeError);
  });
});
