import { SourceError } from '../errors.js';
import type { Column, Source } from '../sources/source.js';
import { scanQuery } from '../sql/dialect.js';
import type { Literal } from '../sql/expression.js';
import { type Measure, MeasuredValues, type Period } from '../sql/measure.js';
import type { ColumnPeriods, ColumnProfile, TableProfile } from './parameters.js';
import { isLeftOut, isNumeric } from './parameters.js';
import { steady } from './profile.js';

/** Coarse bins of a period: enough for the spread between periods, few enough to keep a snapshot readable. */
const GROUPS = 10;
const CATEGORIES = 20;

/** More periods than this make a snapshot that nobody reads; a longer one fits. */
const MOST_PERIODS = 5000;

/** Adds the parameters of each period of event time, in one scan grouped by period. */
export async function profilePeriods(
  source: Source,
  table: TableProfile,
  eventTime: string,
  every: Period,
): Promise<TableProfile> {
  const time = source.columns.find((column) => column.name === eventTime);
  if (!time) throw new SourceError(`There is no column ${eventTime} to take periods of.`);
  const asked = table.columns.map((column) => ({ column, asks: measuresOf(column, source) }));
  const start = source.dialect.periodOf(time, every);
  const measures = asked.flatMap(({ asks }) => asks.measures);
  const scan = scanQuery(source.dialect, [{ kind: 'row_count' }, ...measures], source.relation);
  const sql = scan.sql.replace('SELECT ', () => `SELECT ${start}, `);
  const rows = await source.query(`${sql}\nWHERE ${start} IS NOT NULL GROUP BY 1 ORDER BY 1`);
  if (rows.length > MOST_PERIODS) {
    throw new SourceError(
      `${source.name} covers ${rows.length} periods of one ${every}; a snapshot keeps ${MOST_PERIODS} at most.`,
      'Choose a longer --every, or a shorter window with --since.',
    );
  }
  const perPeriod = rows.map((row) => {
    const values = new MeasuredValues();
    scan.decode([row.slice(1)], values);
    return values;
  });
  return {
    ...table,
    periods: { every, starts: rows.map((row) => String(row[0])) },
    columns: asked.map(({ column, asks }) => ({ ...column, periods: collect(asks, perPeriod) })),
  };
}

interface Asks {
  readonly present: Measure & { kind: 'present_count' };
  readonly mean?: Measure & { kind: 'mean' };
  readonly std?: Measure & { kind: 'std' };
  readonly groups?: Measure & { kind: 'histogram' | 'value_counts' };
  readonly edgeIndex?: readonly number[];
  readonly measures: readonly Measure[];
}

function measuresOf(profile: ColumnProfile, source: Source): Asks {
  const column = source.columns.find(({ name }) => name === profile.name) as Column;
  const present = { kind: 'present_count', column } as const;
  if (isLeftOut(profile.kind)) return { present, measures: [present] };
  if (profile.values && !isNumeric(profile.kind)) {
    const values = profile.values.slice(0, CATEGORIES).map(([value]) => value as Literal);
    const groups = { kind: 'value_counts', column, values } as const;
    return values.length === 0 ? { present, measures: [present] } : { present, groups, measures: [present, groups] };
  }
  if (!isNumeric(profile.kind) || !profile.bins) return { present, measures: [present] };
  const mean = { kind: 'mean', column } as const;
  const std = { kind: 'std', column } as const;
  const edgeIndex = coarseEdges(profile.bins.counts);
  const edges = edgeIndex.map((index) => profile.bins?.edges[index] as Literal);
  const groups = { kind: 'histogram', column, edges } as const;
  return { present, mean, std, groups, edgeIndex, measures: [present, mean, std, groups] };
}

/** Indices of the edges nearest below which each tenth of the values lies. */
function coarseEdges(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const chosen: number[] = [];
  let below = 0;
  for (let index = 0; index < counts.length - 1; index++) {
    const before = below;
    below += counts[index] ?? 0;
    if (Math.floor((below / total) * GROUPS) > Math.floor((before / total) * GROUPS) && below < total)
      chosen.push(index);
  }
  return chosen.length > 0 ? chosen : [0];
}

function collect(asks: Asks, perPeriod: readonly MeasuredValues[]): ColumnPeriods {
  const { mean, std, groups, edgeIndex } = asks;
  const count = perPeriod.map((values) => values.get(asks.present));
  return {
    count,
    missing: perPeriod.map((values, index) => values.get({ kind: 'row_count' }) - (count[index] ?? 0)),
    ...(mean && { mean: perPeriod.map((values) => steady(values.get(mean))) }),
    ...(std && { std: perPeriod.map((values) => steady(values.get(std))) }),
    ...(groups && { groups: perPeriod.map((values) => values.get(groups)) }),
    ...(edgeIndex && { edge_index: edgeIndex }),
  };
}
