import { and, column as columnExpression, compare, isIn, isMissing, matches, not } from '../../sql/expression.js';
import type { Measure } from '../../sql/measure.js';
import { boundKwargs, boundsConflict, boundsOf, columnKwarg, mostlyKwarg } from '../kwargs.js';
import { boundLiteral, literalOf } from '../literals.js';
import { judgeMap, mapRule } from '../map.js';
import { CannotJudge, type Rule } from '../rule.js';
import { isOfType } from '../types.js';

const betweenRule = mapRule({
  type: 'expect_column_values_to_be_between',
  description: 'Values lie between two bounds.',
  kwargs: boundKwargs,
  example: { column: 'fare', min_value: '$q05', max_value: '$q95', mostly: 0.85 },
  conflict: (kwargs) => boundsConflict(kwargs, true),
  expected: (kwargs, column) => {
    const { min, max, strictMin, strictMax } = boundsOf(kwargs);
    const value = columnExpression(column);
    const bounds = [
      min === null ? null : compare(value, strictMin ? '>' : '>=', boundLiteral(min, column, 'min_value')),
      max === null ? null : compare(value, strictMax ? '<' : '<=', boundLiteral(max, column, 'max_value')),
    ];
    return and(...bounds.filter((bound) => bound !== null));
  },
});

const inSetRule = mapRule({
  type: 'expect_column_values_to_be_in_set',
  description: 'Values are among those named.',
  kwargs: { value_set: { type: 'values', required: true, description: 'The values allowed.' } },
  example: { column: 'payment', value_set: '$values' },
  expected: (kwargs, column) => {
    const values = (kwargs.value_set as unknown[]).map((value) => literalOf(value, column));
    return isIn(
      columnExpression(column),
      values.filter((value) => value !== null),
    );
  },
});

const regexRule = mapRule({
  type: 'expect_column_values_to_match_regex',
  description:
    'A regular expression is found in the values. It is run by the engine: RE2 syntax in DuckDB, without look-around.',
  kwargs: {
    regex: {
      type: 'regex',
      default: '(?s).*',
      description: 'The regular expression; anchor it with ^ and $ to match all of a value.',
    },
  },
  example: { column: 'ride_id', regex: '^r[0-9]+$' },
  expected: (kwargs, column) => {
    if (column.kind !== 'string')
      throw new CannotJudge(`${column.name} is of type ${column.nativeType}: a regex reads text`);
    return matches(columnExpression(column), kwargs.regex as string);
  },
});

const notNullRule: Rule = {
  type: 'expect_column_values_to_not_be_null',
  description: 'Values are not missing: not null and, in a column of floating-point numbers, not NaN.',
  kwargs: {
    column: columnKwarg,
    mostly: { ...mostlyKwarg, description: 'The share of rows for which the rule must hold.' },
  },
  example: { column: 'fare', mostly: 0.99 },
  create: (kwargs, table) => {
    const column = table.column(kwargs.column as string);
    const missing = isMissing(columnExpression(column));
    const rows = { kind: 'row_count', where: table.where } as const;
    const unexpected = { kind: 'count_if', condition: missing, where: table.where } as const;
    return {
      measures: [rows, unexpected],
      judge: (values) => {
        const [elements, count] = [values.get(rows), values.get(unexpected)];
        const percent = elements === 0 ? 0 : (count / elements) * 100;
        return {
          success: elements === 0 || elements - count >= (kwargs.mostly as number) * elements - 1e-9 * elements,
          result: {
            element_count: elements,
            unexpected_count: count,
            unexpected_percent: percent,
            unexpected_percent_total: percent,
            partial_unexpected_list: [],
            observed_value: null,
          },
        };
      },
    };
  },
};

const uniqueRule: Rule = {
  type: 'expect_column_values_to_be_unique',
  description: 'No value stands in two rows. Missing values are left out.',
  kwargs: { column: columnKwarg, mostly: mostlyKwarg },
  example: { column: 'ride_id' },
  create: (kwargs, table) => {
    const column = table.column(kwargs.column as string);
    const missing = isMissing(columnExpression(column));
    const present = table.where ? and(table.where, not(missing)) : not(missing);
    const measures = {
      rows: { kind: 'row_count', where: table.where },
      missing: { kind: 'count_if', condition: missing, where: table.where },
      unexpected: { kind: 'duplicated_count', column, where: present } as Measure & { kind: 'duplicated_count' },
    } as const;
    return {
      measures: Object.values(measures),
      judge: (values) => judgeMap(values, measures, kwargs.mostly as number),
      unexpected: { column, repeated: true },
    };
  },
};

const ofTypeRule: Rule = {
  type: 'expect_column_values_to_be_of_type',
  description:
    "The column is of a type, given by the engine's name (BIGINT), pandas' (int64, object), Python's (int, str) or its kind (integer, string, timestamp).",
  kwargs: {
    column: columnKwarg,
    type_: { type: 'text', required: true, description: 'The name of the type.' },
    mostly: mostlyKwarg,
  },
  example: { column: 'fare', type_: 'float' },
  create: (kwargs, table) => {
    const column = table.column(kwargs.column as string);
    const success = isOfType(column, kwargs.type_ as string);
    return { measures: [], judge: () => ({ success, result: { observed_value: column.nativeType } }) };
  },
};

export const valueRules: readonly Rule[] = [betweenRule, inSetRule, notNullRule, uniqueRule, regexRule, ofTypeRule];
