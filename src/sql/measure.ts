import type { Column, Value } from '../sources/source.js';
import type { Expression, Literal } from './expression.js';

/** Length of the stretches of event time that a snapshot keeps parameters for. */
export type Period = 'hour' | 'day' | 'week';

/**
 * Everything tidemark knows about data is a measure: a named aggregate over the rows of a source. Measures are plain
 * data, so two askers who want the same thing share one, and a dialect decides how it is spelled.
 *
 * Numbers are taken over finite values: NaN and infinities are left out of mean, std, min, max, sum, quantiles and
 * bins, and counted by `nan_count` and `infinite_count`.
 */
export type Measure = { readonly where?: Expression | undefined } & (
  | { readonly kind: 'row_count' }
  | { readonly kind: 'count_if'; readonly condition: Expression }
  | { readonly kind: ColumnMeasureKind; readonly column: Column }
  | { readonly kind: 'histogram'; readonly column: Column; readonly edges: readonly Literal[] }
  | { readonly kind: 'value_counts'; readonly column: Column; readonly values: readonly Literal[] }
  | { readonly kind: 'frequencies'; readonly column: Column }
  | { readonly kind: 'approximate_top'; readonly column: Column; readonly limit: number }
  | { readonly kind: 'quantile_estimates'; readonly column: Column; readonly ranks: readonly number[] }
  | { readonly kind: 'quantiles'; readonly column: Column; readonly ranks: readonly number[]; readonly linear: boolean }
  | { readonly kind: 'values_within'; readonly column: Column; readonly stretches: readonly Stretch[] }
  | { readonly kind: 'examples'; readonly column: Column; readonly condition: Expression; readonly limit: number }
  | { readonly kind: 'repeated_values'; readonly column: Column; readonly limit: number }
  | { readonly kind: 'distinct_values'; readonly column: Column; readonly limit: number }
);

/**
 * Measures of one column that need nothing else:
 * `present_count` values that are not null; `nan_count`; `infinite_count`; `mean`, `std` (of the sample, n - 1), `sum`;
 * `min`, `max`; `approximate_distinct` (HyperLogLog) and `distinct_count` (exact) of values that are not null;
 * `duplicated_count`: rows whose value stands in another row too; `seen_once`: number of values that stand in one row only.
 */
export type ColumnMeasureKind =
  | 'present_count'
  | 'nan_count'
  | 'infinite_count'
  | 'mean'
  | 'std'
  | 'sum'
  | 'min'
  | 'max'
  | 'approximate_distinct'
  | 'distinct_count'
  | 'duplicated_count'
  | 'seen_once';

/** Values above one and up to another, itself included. */
export interface Stretch {
  readonly above: Literal;
  readonly upTo: Literal;
}

/** A value and the number of rows that hold it. */
export interface ValueCount {
  readonly value: Value;
  readonly count: number;
}

/** What a measure's value is, by its kind. Counts are numbers of rows. */
export interface MeasureValues {
  row_count: number;
  count_if: number;
  present_count: number;
  nan_count: number;
  infinite_count: number;
  approximate_distinct: number;
  distinct_count: number;
  duplicated_count: number;
  seen_once: number;
  /** Null where there is no value to take it of. */
  mean: number | null;
  std: number | null;
  sum: Value;
  min: Value;
  max: Value;
  /** One count a bin: up to the first edge, (edge, next edge] and above the last edge. */
  histogram: number[];
  /** One count a value that was named, in their order, then all others together. */
  value_counts: number[];
  /** Every value with its count, the most frequent first. Only asked for where there are few. */
  frequencies: ValueCount[];
  approximate_top: Value[];
  /** One estimate a rank; empty without values. */
  quantile_estimates: Value[];
  /** One exact quantile a rank, of the lower of two neighbours or, with `linear`, between them; empty without values. */
  quantiles: Value[];
  values_within: Value[];
  examples: Value[];
  repeated_values: Value[];
  distinct_values: ValueCount[];
}

export type MeasureValue<M extends Measure> = MeasureValues[M['kind']];

/** Text that two measures share exactly when they are the same. */
export function measureKey(measure: Measure): string {
  let key = keys.get(measure);
  if (key === undefined) {
    key = JSON.stringify(measure, (name, value) => {
      if (name === 'column' && value && typeof value === 'object' && 'nativeType' in value) return value.name;
      return typeof value === 'bigint' ? `${value}n` : value;
    });
    keys.set(measure, key);
  }
  return key;
}

const keys = new WeakMap<Measure, string>();

/** The values of measures that were run. */
export class MeasuredValues {
  readonly #values = new Map<string, unknown>();

  set<M extends Measure>(measure: M, value: MeasureValue<M>): void {
    this.#values.set(measureKey(measure), value);
  }

  has(measure: Measure): boolean {
    return this.#values.has(measureKey(measure));
  }

  /** The value of a measure that was asked for. Reading one that was not is a mistake of the program. */
  get<M extends Measure>(measure: M): MeasureValue<M> {
    const key = measureKey(measure);
    if (!this.#values.has(key)) throw new Error(`Measure was never asked for: ${key}`);
    return this.#values.get(key) as MeasureValue<M>;
  }
}
