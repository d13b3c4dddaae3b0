import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../src/config/expression.js';
import { noOwnColumn, quantileRank } from '../../src/config/parameter-names.js';
import { evaluate, type ParameterLookup, type ParameterValue } from '../../src/config/parameters.js';
import { compute, errorOf } from './saved-parameters.js';

describe('values', () => {
  test.each<[string, string, ParameterValue]>([
    ['a number', '$mean', 12],
    ['an exact integer, not rounded', '$min', '9007199254740993'],
    ['a date', '$max', '2026-01-31'],
    ['a list', '$values', ['card', null, 3]],
    ['a truth value', '$fare.min', true],
    ['a bare reference in parentheses', '$(($max))', '2026-01-31'],
    ['another column', '$fare.max', 40],
    ['a quoted column', '$"total amount".q95', 7],
    ['a quote in a quoted column', '$"say ""hi""".mean', 8],
    ['a column with a dot', '$trip.fare.mean', 9],
    ['a column with other letters', '$größe.mean', 10],
    ['a quantile with one digit', '$q5', 1],
    ['a fractional quantile', '$q99.9 + 1', 100],
    ['arithmetic', '$mean - 3 * $std', 6],
    ['products before sums', '$mean + 2 * 3 - 4 / 2', 16],
    ['from left to right', '$mean - 3 - 2', 7],
    ['division from left to right', '$mean / 3 / 2', 2],
    ['parentheses', '$(1 + $mean) * 2', 26],
    ['minus', '$mean * -1 - -2', -10],
    ['minus of minus', '$(--$mean)', 12],
    ['no negative zero', '$(-$null_share)', 0],
    ['a function', '$mean + max($std, 5, $fare.max)', 52],
    ['a function at the start', '$min(3, 4)', 3],
    ['of one value', '$abs(-$std)', 2],
    ['numeric text counts', '$fare.mean * 2', 25],
    ['without space', '$mean-3*$std', 6],
    ['with much space', '  $mean\t-\n3  ', 9],
    ['numbers with an exponent', '$mean * 1e-1 + .5 + 1.5E+1', 16.7],
  ])('%s: %s', (_case, text, expected) => {
    expect(compute(text, 'dollar')).toEqual(expected);
  });

  test.each<[string, string, ParameterValue]>([
    ['names without a mark', 'fare.max * 1.1', 44],
    ['names with a mark', '$fare.max * 1.1', 44],
    ['own parameters', 'mean + std', 14],
    ['a function and a parameter of its name', 'max(fare.max, abs(-1))', 40],
    ['a quoted column', '"total amount".q95 + 1', 8],
    ['a number alone', '1000', 1000],
    ['a bare date', 'max', '2026-01-31'],
  ])('in a $PARAMETER object, %s: %s', (_case, text, expected) => {
    const value = compute(text, 'parameter');
    if (typeof expected === 'number') expect(value).toBeCloseTo(expected, 10);
    else expect(value).toEqual(expected);
  });

  test.each([
    ['q05', 0.05],
    ['q5', 0.05],
    ['q00', 0],
    ['q100', 1],
    ['q99.9', 0.999],
    ['q101', undefined],
    ['q100.1', undefined],
    ['median', undefined],
  ])('the rank of %s', (name, expected) => {
    expect(quantileRank(name)).toBe(expected);
  });

  test.each(['q5', 'q05', 'q005'])('%s is asked for as q05', (name) => {
    expect(parseExpression(`$${name}`, 'dollar')).toMatchObject({ parameter: 'q05' });
  });
});

describe('what is wrong, and where', () => {
  test.each<[string, string, string, number | undefined]>([
    ['nothing', '', 'Expected a number, a parameter or `(`, but the expression ends', 0],
    ['a dollar alone', '$', 'Expected the name of a parameter after `$`, but the expression ends', 1],
    ['an amount', '$5', 'Expected the name of a parameter after `$`, but there is `5`', 1],
    ['an operator too many', '$mean + * 2', 'Expected a number, a parameter or `(`, but there is `*`', 8],
    ['an operator missing', '$mean $std', 'Expected an operator or the end, but there is `$`', 6],
    ['an end too early', '$mean -', 'Expected a number, a parameter or `(`, but the expression ends', 7],
    ['a parenthesis missing', '$($mean', 'Expected `)`, but the expression ends', 7],
    ['a parenthesis too many', '$mean)', 'Expected an operator or the end, but there is `)`', 5],
    ['a function that is not closed', '$max($mean', 'Expected `,` or `)`, but the expression ends', 10],
    ['a function of nothing', '$max()', 'Expected a number, a parameter or `(`, but there is `)`', 5],
    ['abs of two', '$abs(1, 2)', '`abs` takes 1 value, got 2', 0],
    ['an unknown function', '$mean + sqrt(2)', 'Unknown function `sqrt`', 8],
    ['a function of all objects', '$constructor(1)', 'Unknown function `constructor`', 0],
    ['a number that runs into a name', '$mean * 3std', '`3std` is neither a number nor a name', 8],
    ['a number beyond a double', '$mean * 1e999', 'The number 1e999 is too large', 8],
    ['a name without a mark', '$mean - std', '`std` stands without `$`', 8],
    ['a quoted column without a mark', '$mean - "a".mean', 'A column stands without `$`', 8],
    ['an unknown parameter', '$mean - $sdt', 'Unknown parameter `sdt`', 9],
    ['an unknown parameter of a column', '$fare.maximum', 'Unknown parameter `maximum`', 6],
    ['a quantile beyond all', '$q101', 'There is no quantile `q101`', 1],
    ['a quoted column that is not closed', '$"total', 'The closing `"` of the column is missing', 0],
    [
      'a quoted column without a parameter',
      '$"total" + 1',
      'Expected `.` and a parameter after the column, but there is ` `',
      8,
    ],
    ['a dot at the end', '$fare. + 1', 'Expected the name of a parameter after `.`, but there is ` `', 6],
    ['a dot and a digit', '$fare.5', 'Expected the name of a parameter after `.`, but there is `5`', 6],
    ['a character of no meaning', '$mean ^ 2', 'Expected an operator or the end, but there is `^`', 6],
    ['code', '$mean; process.exit()', 'Expected an operator or the end, but there is `;`', 5],
    ['a column that is not there', '$mean + $fair.mean', 'The snapshot has no column `fair`', 8],
    ['a parameter that is not there', '$mean * $fare.std', 'The snapshot has no `std` of column `fare`', 8],
    ['division by zero', '$mean / $null_share', 'This divides by zero', 6],
    ['a result beyond a double', '$mean * 1e308', 'The result is not a finite number', 6],
    ['a saved value that is not a number', '$fare.median', 'The result is not a finite number', 0],
    ['arithmetic on a date', '$mean + $max', '`max` is a date or a text here, and arithmetic needs numbers', 8],
    ['arithmetic on a list', '$values * 2', '`values` is a list here, and arithmetic needs numbers', 0],
    ['arithmetic on a truth value', '$(-$fare.min)', '`min` is a truth value here, and arithmetic needs numbers', 3],
    ['a function of a date', '$min($max)', '`max` is a date or a text here, and arithmetic needs numbers', 5],
    ['parentheses too deep', `$${'('.repeat(1000)}`, 'The expression is nested more than 50 levels deep', 51],
    ['signs too deep', `$(${'-'.repeat(1000)}1)`, 'The expression is nested more than 50 levels deep', 51],
    [
      'a text too long',
      `$mean${' + 1'.repeat(1000)}`,
      'An expression may have 2000 characters, this one has 4005',
      undefined,
    ],
  ])('%s', (_case, text, message, offset) => {
    expect(errorOf(text).slice(0, 2)).toEqual([message, offset]);
  });

  test.each([
    ['an unknown parameter', '$sdt', 'Did you mean `std`?'],
    [
      'one far from all',
      '$fare',
      'Known: count, null_share, mean, std, min, max, median, iqr, distinct, values, row_count, and quantiles from q00 to q100.',
    ],
    ['a quantile', '$q200', 'They go from q00 to q100.'],
    ['a function', '$mx(1)', 'Did you mean `max`?'],
    ['a missing mark', '$mean - std', 'Write `$std`.'],
    ['a column', '$fares.mean', 'Did you mean `fare`?'],
    ['a parameter of a column', '$fare.std', 'It has max, mean, min, median.'],
  ])('the hint for %s', (_case, text, expected) => {
    expect(errorOf(text)[2]).toBe(expected);
  });

  test('a rule without a column', () => {
    const expression = parseExpression('$mean', 'dollar');
    const none: ParameterLookup = (_column, parameter) => {
      throw noOwnColumn(parameter);
    };
    expect(() => evaluate(expression, none)).toThrow(
      '`mean` is a parameter of a column, and this rule has no column of its own',
    );
  });

  test('errors of the lookup that are none of the expression pass through', () => {
    const broken: ParameterLookup = () => {
      throw new RangeError('broken');
    };
    expect(() => evaluate(parseExpression('$mean', 'dollar'), broken)).toThrow(RangeError);
  });

  test('the longest allowed expression is computed', () => {
    expect(compute(`$mean${' + 1'.repeat(498)}`, 'dollar')).toBe(510);
  });
});
