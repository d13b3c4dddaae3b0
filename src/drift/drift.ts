import { type ColumnProfile, isNumeric, isTime, toNumber } from '../profile/index.js';
import type { Column } from '../sources/source.js';
import type { Literal } from '../sql/expression.js';
import type { Measure, MeasuredValues, Period } from '../sql/measure.js';
import { edgesAround, type Limits, rangeLimits } from './edges.js';

/** Which part of a column a finding is about. */
export type Part = 'presence' | 'type' | 'missing' | 'level' | 'spread' | 'range' | 'shape' | 'unseen';

export type Severity = 'critical' | 'warning' | 'info';

/** What one look at one part of a column found. It becomes drift when it is both real and large. */
export interface Evidence {
  readonly column: string;
  readonly part: Part;
  /** Probability of at least this difference when nothing changed; null for a fact that needs no test. */
  readonly pValue: number | null;
  /** Size of the change, in `unit`. */
  readonly effect: number;
  readonly unit: string;
  /** Effects below this are too small to matter, however certain. */
  readonly floor: number;
  readonly from: number | string | null;
  readonly to: number | string | null;
  readonly severity: Severity;
  readonly message: string;
  /** Named statistics of the same comparison, for those who know them. */
  readonly statistics?: Readonly<Record<string, number>>;
}

/** Everything that drift asks about one column that stands in both data sets and kept its kind. */
export interface ColumnComparison {
  readonly profile: ColumnProfile;
  readonly column: Column;
  readonly referenceRows: number;
  readonly every: Period | null;
  readonly isEventTime: boolean;
  /** Where the saved range ends, widened by what periods differ anyway; null where there is no range. */
  readonly limits: Limits | null;
  readonly measures: ColumnMeasures;
}

export interface ColumnMeasures {
  readonly present: Measure & { kind: 'present_count' };
  readonly nan: (Measure & { kind: 'nan_count' }) | null;
  readonly mean: (Measure & { kind: 'mean' }) | null;
  readonly std: (Measure & { kind: 'std' }) | null;
  readonly min: (Measure & { kind: 'min' }) | null;
  readonly max: (Measure & { kind: 'max' }) | null;
  readonly bins: (Measure & { kind: 'histogram' }) | null;
  readonly values: (Measure & { kind: 'value_counts' }) | null;
}

/** The values of a comparison's measures, and how much data they come from. */
export interface Current {
  readonly values: MeasuredValues;
  readonly rows: number;
  /** Number of periods that the new data cover; at least 1. */
  readonly periods: number;
}

/** One way to look at a column: a file of this folder. */
export interface DriftMetric {
  readonly part: Part;
  /** What it found; null where the part does not apply to such a column. */
  judge(comparison: ColumnComparison, current: Current): Evidence | null;
}

/** Prepares the comparison of one column: which measures it needs. All metrics share them. */
export function compareColumn(
  profile: ColumnProfile,
  column: Column,
  table: { referenceRows: number; every: Period | null; isEventTime: boolean },
): ColumnComparison {
  const of = <K extends Measure['kind']>(kind: K) => ({ kind, column }) as Measure & { kind: K };
  const numeric = isNumeric(profile.kind);
  const limits = numeric && !table.isEventTime ? rangeLimits(profile) : null;
  const binned = limits !== null && profile.bins !== null;
  const ranged = numeric || isTime(profile.kind);
  const values = profile.values && !numeric ? profile.values.map(([value]) => value as Literal) : null;
  return {
    profile,
    column,
    ...table,
    limits,
    measures: {
      present: of('present_count'),
      nan: column.kind === 'float' ? of('nan_count') : null,
      mean: numeric ? of('mean') : null,
      std: numeric ? of('std') : null,
      min: ranged ? of('min') : null,
      max: ranged ? of('max') : null,
      bins: binned ? { kind: 'histogram', column, edges: edgesAround(profile, limits) } : null,
      values: values && values.length > 0 ? { kind: 'value_counts', column, values } : null,
    },
  };
}

/** The measures that a comparison asks for. */
export function measuresOf(comparison: ColumnComparison): Measure[] {
  return Object.values(comparison.measures).filter((measure): measure is Measure => measure !== null);
}

/** Values that are neither null nor NaN. */
export function presentCount({ measures }: ColumnComparison, current: Current): number {
  const nan = measures.nan ? current.values.get(measures.nan) : 0;
  return current.values.get(measures.present) - nan;
}

/** Reference and current counts over the same bins, or over the same values and all others. */
export function sharedCounts(
  comparison: ColumnComparison,
  current: Current,
): { reference: number[]; current: number[] } | null {
  const { profile, measures } = comparison;
  if (measures.bins && profile.bins) {
    const found = current.values.get(measures.bins);
    const inner = found.slice(1, -1);
    inner[0] = (inner[0] ?? 0) + (found[0] ?? 0);
    inner[inner.length - 1] = (inner.at(-1) ?? 0) + (found.at(-1) ?? 0);
    const { counts } = profile.bins;
    return { reference: inner.length < counts.length ? counts.slice(0, inner.length) : [...counts], current: inner };
  }
  if (measures.values && profile.values) {
    const counts = profile.values.map(([, count]) => count);
    const listed = counts.reduce((sum, count) => sum + count, 0);
    return {
      reference: [...counts, Math.max(0, profile.count - listed)],
      current: current.values.get(measures.values),
    };
  }
  return null;
}

/** A value's place on the column's axis. */
export const placeOf = (comparison: ColumnComparison, value: unknown): number =>
  toNumber(value as string | number, comparison.profile.kind);
