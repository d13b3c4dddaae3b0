import type { ColumnKind, Value } from '../sources/source.js';
import type { Period } from '../sql/measure.js';

/**
 * What is saved of one column. Counts are numbers of rows. Values keep what a double would lose: integers beyond 2^53 and
 * decimals are texts with all their digits, dates and timestamps are ISO 8601 texts in UTC.
 */
export interface ColumnProfile {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly native_type: string;
  /** Values that are neither null nor NaN. */
  readonly count: number;
  readonly null_count: number;
  readonly nan_count: number;
  readonly infinite_count: number;
  /** Number of different values; an estimate (HyperLogLog) unless `distinct_is_exact`. */
  readonly distinct: number;
  readonly distinct_is_exact: boolean;
  /** Of finite numbers; of a boolean column the share of true. */
  readonly mean: number | null;
  /** Standard deviation of the sample (n - 1). */
  readonly std: number | null;
  readonly min: SavedValue;
  readonly max: SavedValue;
  /** Percentiles 0 to 100, 101 values: exact at the bin edges, interpolated in a bin. Null where there is no order or no value. */
  readonly quantiles: readonly SavedValue[] | null;
  /** Exact counts of values up to the first edge, between edges (upper edge included), and above the last edge. */
  readonly bins: { readonly edges: readonly SavedScalar[]; readonly counts: readonly number[] } | null;
  /** The most frequent values, the most frequent first, with exact counts; null where values are not listed. */
  readonly values: readonly (readonly [SavedScalar, number])[] | null;
  /** True when `values` holds every value of the column. */
  readonly values_are_complete: boolean;
  /** Number of values seen in one row only; null where they are not counted. */
  readonly seen_once: number | null;
  /** The same parameters for each period of the table's `periods`, in their order. */
  readonly periods?: ColumnPeriods;
}

export type SavedScalar = number | string | boolean;
export type SavedValue = SavedScalar | null;

/** One entry a period: what the spread between periods needs. */
export interface ColumnPeriods {
  readonly count: readonly number[];
  readonly missing: readonly number[];
  readonly mean?: readonly (number | null)[];
  readonly std?: readonly (number | null)[];
  /** Counts in coarse bins: of numbers between the edges at `edge_index` of the column's bins, of categories its first values and the others. */
  readonly groups?: readonly (readonly number[])[];
  readonly edge_index?: readonly number[];
}

/** What is saved of a table. */
export interface TableProfile {
  readonly row_count: number;
  readonly columns: readonly ColumnProfile[];
  readonly event_time: string | null;
  readonly window: { readonly since: string | null; readonly until: string | null };
  readonly periods: { readonly every: Period; readonly starts: readonly string[] } | null;
}

/** An engine's value in the form that is saved: nothing is rounded. */
export function toSaved(value: Value): SavedValue {
  if (typeof value === 'bigint') return value.toString();
  return Array.isArray(value) ? JSON.stringify(value) : value;
}

/** The number that stands for a value on an axis: microseconds for times, the nearest double for exact numbers. */
export function toNumber(value: SavedValue, kind: ColumnKind): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null) return Number.NaN;
  return kind === 'date' || kind === 'timestamp' ? Date.parse(isoZulu(value)) * 1000 : Number(value);
}

/** The value of a column that a number on its axis stands for; the inverse of `toNumber`. */
export function fromNumber(value: number, kind: ColumnKind): SavedScalar {
  if (kind === 'integer') {
    const whole = Math.round(value);
    return Number.isSafeInteger(whole) ? whole : BigInt(whole).toString();
  }
  if (kind !== 'date' && kind !== 'timestamp') return value;
  const text = new Date(value / 1000).toISOString();
  return kind === 'date' ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}

function isoZulu(text: string): string {
  return text.length === 10 ? `${text}T00:00:00Z` : `${text.replace(' ', 'T')}Z`;
}

export const isNumeric = (kind: ColumnKind): boolean => kind === 'integer' || kind === 'decimal' || kind === 'float';
export const isTime = (kind: ColumnKind): boolean => kind === 'date' || kind === 'timestamp';
/** True where a column is only counted: its values are not judged. */
export const isLeftOut = (kind: ColumnKind): boolean => kind === 'nested' || kind === 'other';
