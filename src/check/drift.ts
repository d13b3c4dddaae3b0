import {
  type ColumnComparison,
  type Current,
  columnsThatParted,
  compareColumn,
  driftMetrics,
  type Evidence,
  measuresOf,
  sharedCounts,
} from '../drift/index.js';
import { isLeftOut, type TableProfile } from '../profile/index.js';
import type { Column, Source } from '../sources/source.js';
import type { Measure, MeasuredValues, Period } from '../sql/measure.js';
import type { Distribution } from './result.js';

/** What drift asks of the new data, prepared from the saved parameters. */
export interface DriftPlan {
  readonly saved: TableProfile;
  readonly comparisons: readonly ColumnComparison[];
  readonly columns: readonly Column[];
  readonly eventTime: Column | null;
  readonly measures: readonly Measure[];
}

const ROW_COUNT = { kind: 'row_count' } as const;
const presentOf = (column: Column) => ({ kind: 'present_count', column }) as const;

/** Prepares the comparison of all columns, or of those chosen. */
export function planDrift(saved: TableProfile, source: Source, isChosen: (column: string) => boolean): DriftPlan {
  const columns = source.columns.filter((column) => isChosen(column.name));
  const byName = new Map(columns.map((column) => [column.name, column]));
  const chosen = { ...saved, columns: saved.columns.filter((profile) => isChosen(profile.name)) };
  const every = saved.periods?.every ?? null;
  const comparisons = chosen.columns.flatMap((profile) => {
    const column = byName.get(profile.name);
    if (!column) return [];
    const isEventTime = profile.name === saved.event_time;
    // Of a column whose kind changed, only missing values can be compared: an all-null column of a CSV file has no kind.
    const common = comparable(profile.kind, column.kind)
      ? profile
      : { ...profile, kind: 'other' as const, bins: null, values: null };
    return [compareColumn(common, column, { referenceRows: saved.row_count, every, isEventTime })];
  });
  const eventTime =
    every && saved.event_time ? (source.columns.find(({ name }) => name === saved.event_time) ?? null) : null;
  const ofTime: Measure[] = eventTime
    ? [
        { kind: 'min', column: eventTime },
        { kind: 'max', column: eventTime },
      ]
    : [];
  const present = columns.map(presentOf);
  return {
    saved: chosen,
    comparisons,
    columns,
    eventTime,
    measures: [ROW_COUNT, ...present, ...ofTime, ...comparisons.flatMap(measuresOf)],
  };
}

/** True where values of both kinds can be counted in the same bins. */
function comparable(saved: Column['kind'], current: Column['kind']): boolean {
  const numeric = ['integer', 'decimal', 'float'];
  const time = ['date', 'timestamp'];
  return saved === current || [numeric, time].some((family) => family.includes(saved) && family.includes(current));
}

/** Looks at every part of every column. */
export function judgeDrift(plan: DriftPlan, values: MeasuredValues): Evidence[] {
  const current = currentOf(plan, values);
  const isEmpty = (column: Column): boolean => values.get(presentOf(column)) === 0;
  const facts = columnsThatParted(plan.saved.columns, plan.columns, isEmpty);
  const found = plan.comparisons.flatMap((comparison) =>
    driftMetrics.flatMap((metric) => {
      if (isLeftOut(comparison.profile.kind) && metric.part !== 'missing') return [];
      return metric.judge(comparison, current) ?? [];
    }),
  );
  return [...facts, ...found];
}

function currentOf(plan: DriftPlan, values: MeasuredValues): Current {
  return { values, rows: values.get(ROW_COUNT), periods: periodsCovered(plan, values) };
}

const LENGTH_MILLISECONDS: Readonly<Record<Period, number>> = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 };

/** Number of periods that the new data's event time covers. */
function periodsCovered({ eventTime, saved }: DriftPlan, values: MeasuredValues): number {
  if (!eventTime || !saved.periods) return 1;
  const [from, to] = (['min', 'max'] as const).map((kind) =>
    Date.parse(`${String(values.get({ kind, column: eventTime })).replace(' ', 'T')}Z`),
  );
  const length = LENGTH_MILLISECONDS[saved.periods.every];
  return Math.max(1, Math.floor((to ?? 0) / length) - Math.floor((from ?? 0) / length) + 1) || 1;
}

/** Before and after of the columns of these names. */
export function distributionsOf(plan: DriftPlan, values: MeasuredValues, names: ReadonlySet<string>): Distribution[] {
  const current = currentOf(plan, values);
  return plan.comparisons.flatMap((comparison): Distribution[] => {
    const { profile, measures } = comparison;
    const counts = names.has(profile.name) ? sharedCounts(comparison, current) : null;
    if (!counts) return [];
    const shares = (all: readonly number[]): number[] => {
      const total = all.reduce((sum, count) => sum + count, 0);
      return all.map((count) => (total === 0 ? 0 : count / total));
    };
    const edges = measures.bins ? (profile.bins?.edges.slice(0, counts.reference.length - 1) ?? []) : null;
    const labels = measures.values ? [...(profile.values ?? []).map(([value]) => String(value)), 'others'] : null;
    return [
      {
        column: profile.name,
        kind: profile.kind,
        edges,
        labels,
        before: shares(counts.reference),
        after: shares(counts.current),
      },
    ];
  });
}
