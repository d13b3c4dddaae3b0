import { isNumeric } from '../../profile/index.js';
import type { Column, Value } from '../../sources/source.js';
import { and, column as columnExpression, type Expression, isIn, isMissing, not } from '../../sql/expression.js';
import type { Measure } from '../../sql/measure.js';
import { boundKwargs, boundsConflict, boundsOf, columnKwarg, type Kwargs, within } from '../kwargs.js';
import { boundLiteral, literalOf } from '../literals.js';
import { CannotJudge, type Rule } from '../rule.js';

type NumberMeasure = Measure & { kind: 'mean' | 'std' | 'sum' | 'min' | 'max' };

/** A rule that holds one number of a column between bounds. */
function betweenRule(of: {
  name: string;
  noun: string;
  example: Record<string, unknown>;
  measure: NumberMeasure['kind'];
}): Rule {
  return {
    type: `expect_column_${of.name}_to_be_between`,
    description: `The ${of.noun} of the values lies between two bounds. Missing values are left out.`,
    kwargs: { column: columnKwarg, ...boundKwargs },
    example: of.example,
    conflict: (kwargs) => boundsConflict(kwargs, true),
    create: (kwargs, table) => {
      const column = table.column(kwargs.column as string);
      const ordered = of.measure === 'min' || of.measure === 'max';
      if (!isNumeric(column.kind) && !(ordered && column.kind !== 'nested' && column.kind !== 'other')) {
        throw new CannotJudge(`${column.name} is of type ${column.nativeType}: it has no ${of.noun}`);
      }
      checkBounds(kwargs, column);
      const measure = { kind: of.measure, column, where: table.where } as NumberMeasure;
      return {
        measures: [measure],
        judge: (values) => {
          const observed = values.get(measure) as Value;
          return { success: valueWithin(observed, kwargs, column), result: { observed_value: observed } };
        },
      };
    },
  };
}

function checkBounds(kwargs: Kwargs, column: Column): void {
  const { min, max } = boundsOf(kwargs);
  if (min !== null) boundLiteral(min, column, 'min_value');
  if (max !== null) boundLiteral(max, column, 'max_value');
}

/** Numbers by value, exactly where both sides are whole; texts and times in their order. */
function valueWithin(observed: Value, kwargs: Kwargs, column: Column): boolean {
  if (observed === null) return false;
  const bounds = boundsOf(kwargs);
  const exact = [observed, bounds.min, bounds.max].every((value) => value === null || /^[+-]?\d+$/.test(String(value)));
  if (exact && column.kind === 'integer') {
    const value = BigInt(String(observed));
    const over =
      bounds.min === null ||
      (bounds.strictMin ? value > BigInt(String(bounds.min)) : value >= BigInt(String(bounds.min)));
    const under =
      bounds.max === null ||
      (bounds.strictMax ? value < BigInt(String(bounds.max)) : value <= BigInt(String(bounds.max)));
    return over && under;
  }
  if (isNumeric(column.kind)) return within(Number(observed), bounds);
  const place = (value: unknown): number | string =>
    column.kind === 'date' || column.kind === 'timestamp' ? Date.parse(asUtc(String(value))) : String(value);
  const value = place(observed);
  const over = bounds.min === null || (bounds.strictMin ? value > place(bounds.min) : value >= place(bounds.min));
  return over && (bounds.max === null || (bounds.strictMax ? value < place(bounds.max) : value <= place(bounds.max)));
}

const asUtc = (text: string): string => {
  const iso = text.length === 10 ? `${text}T00:00:00` : text.replace(' ', 'T');
  return /(Z|[+-]\d\d:?\d\d)$/.test(iso.slice(10)) ? iso : `${iso}Z`;
};

const medianRule: Rule = {
  type: 'expect_column_median_to_be_between',
  description:
    'The median of the values lies between two bounds. It is exact; of an even number of values, the mean of the middle two.',
  kwargs: { column: columnKwarg, ...boundKwargs },
  example: { column: 'fare', min_value: '$q40', max_value: '$q60' },
  conflict: (kwargs) => boundsConflict(kwargs, true),
  create: (kwargs, table) => {
    const column = numeric(table.column(kwargs.column as string), 'median');
    const median = { kind: 'quantiles', column, ranks: [0.5], linear: true, where: table.where } as const;
    return {
      measures: [median],
      judge: (values) => {
        const observed = toNumber(values.get(median)[0]);
        return { success: within(observed, boundsOf(kwargs)), result: { observed_value: observed } };
      },
    };
  },
};

const quantilesRule: Rule = {
  type: 'expect_column_quantile_values_to_be_between',
  description:
    'Quantiles of the values lie between bounds, each its own. Quantiles are exact: a value of the data, the lower of two neighbours.',
  kwargs: {
    column: columnKwarg,
    quantile_ranges: {
      type: 'quantile_ranges',
      required: true,
      description: '`quantiles`: ranks from 0 to 1. `value_ranges`: a [min, max] for each; null leaves a side open.',
    },
  },
  example: {
    column: 'fare',
    quantile_ranges: {
      quantiles: [0.05, 0.5, 0.95],
      value_ranges: [
        ['$q02', '$q10'],
        ['$q40', '$q60'],
        ['$q90', '$q98'],
      ],
    },
  },
  create: (kwargs, table) => {
    const column = numeric(table.column(kwargs.column as string), 'quantile');
    const { quantiles: ranks, value_ranges: ranges } = kwargs.quantile_ranges as {
      quantiles: number[];
      value_ranges: unknown[][];
    };
    const measure = { kind: 'quantiles', column, ranks, linear: false, where: table.where } as const;
    return {
      measures: [measure],
      judge: (values) => {
        const found = values.get(measure).map(toNumber);
        const each = ranks.map((_, index) => {
          const [min = null, max = null] = ranges[index] ?? [];
          return within(found[index] ?? null, { min, max, strictMin: false, strictMax: false });
        });
        return {
          success: each.every(Boolean),
          result: { observed_value: { quantiles: ranks, values: found }, details: { success_details: each } },
        };
      },
    };
  },
};

function numeric(column: Column, noun: string): Column {
  if (isNumeric(column.kind)) return column;
  throw new CannotJudge(`${column.name} is of type ${column.nativeType}: it has no ${noun}`);
}

const toNumber = (value: Value | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

/** Conditions and measures of the rules that count different values. */
function distinctMeasures(column: Column, where: Expression | undefined) {
  const missing = isMissing(columnExpression(column));
  const present = where ? and(where, not(missing)) : not(missing);
  return {
    distinct: { kind: 'distinct_count', column, where: present },
    rows: { kind: 'count_if', condition: not(missing), where },
  } as const;
}

const uniqueCountRule: Rule = {
  type: 'expect_column_unique_value_count_to_be_between',
  description: 'The number of different values lies between two bounds. It is exact. Missing values are left out.',
  kwargs: { column: columnKwarg, ...boundKwargs },
  example: { column: 'payment', min_value: 2, max_value: 10 },
  conflict: (kwargs) => boundsConflict(kwargs, true),
  create: (kwargs, table) => {
    const { distinct } = distinctMeasures(table.column(kwargs.column as string), table.where);
    return {
      measures: [distinct],
      judge: (values) => {
        const observed = values.get(distinct);
        return { success: within(observed, boundsOf(kwargs)), result: { observed_value: observed } };
      },
    };
  },
};

const uniqueShareRule: Rule = {
  type: 'expect_column_proportion_of_unique_values_to_be_between',
  description:
    'The number of different values, divided by the number of values, lies between two bounds. Missing values are left out.',
  kwargs: { column: columnKwarg, ...boundKwargs },
  example: { column: 'ride_id', min_value: 0.99 },
  conflict: (kwargs) => boundsConflict(kwargs, true),
  create: (kwargs, table) => {
    const { distinct, rows } = distinctMeasures(table.column(kwargs.column as string), table.where);
    return {
      measures: [distinct, rows],
      judge: (values) => {
        const count = values.get(rows);
        const observed = count === 0 ? null : values.get(distinct) / count;
        return { success: within(observed, boundsOf(kwargs)), result: { observed_value: observed } };
      },
    };
  },
};

/** How many different values a result lists. */
const MOST_LISTED = 1000;

const distinctInSetRule: Rule = {
  type: 'expect_column_distinct_values_to_be_in_set',
  description: 'Every different value is among those named. Missing values are left out.',
  kwargs: { column: columnKwarg, value_set: { type: 'values', required: true, description: 'The values allowed.' } },
  example: { column: 'payment', value_set: '$values' },
  create: (kwargs, table) => {
    const column = table.column(kwargs.column as string);
    const allowed = (kwargs.value_set as unknown[])
      .map((value) => literalOf(value, column))
      .filter((value) => value !== null);
    const missing = isMissing(columnExpression(column));
    const unexpected = and(not(missing), not(isIn(columnExpression(column), allowed)));
    const count = { kind: 'count_if', condition: unexpected, where: table.where } as const;
    const present = table.where ? and(table.where, not(missing)) : not(missing);
    const listed = { kind: 'distinct_values', column, limit: MOST_LISTED, where: present } as const;
    return {
      measures: [count, listed],
      judge: (values) => {
        const found = values.get(listed);
        const result = {
          observed_value: found.map(({ value }) => value).sort(byOrder),
          details: { value_counts: found },
        };
        return { success: values.get(count) === 0, result };
      },
      unexpected: { column, condition: unexpected },
    };
  },
};

function byOrder(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}

export const aggregateRules: readonly Rule[] = [
  betweenRule({
    name: 'mean',
    noun: 'mean',
    measure: 'mean',
    example: { column: 'fare', min_value: '$mean - 3 * $std', max_value: '$mean + 3 * $std' },
  }),
  medianRule,
  betweenRule({
    name: 'stdev',
    noun: 'standard deviation',
    measure: 'std',
    example: { column: 'fare', min_value: '$std * 0.5', max_value: '$std * 2' },
  }),
  betweenRule({ name: 'min', noun: 'minimum', measure: 'min', example: { column: 'fare', min_value: 0 } }),
  betweenRule({ name: 'max', noun: 'maximum', measure: 'max', example: { column: 'fare', max_value: '$max * 2' } }),
  betweenRule({ name: 'sum', noun: 'sum', measure: 'sum', example: { column: 'fare', min_value: 0 } }),
  quantilesRule,
  uniqueCountRule,
  uniqueShareRule,
  distinctInSetRule,
];
