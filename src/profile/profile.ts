import type { Column, Source } from '../sources/source.js';
import { scanQuery } from '../sql/dialect.js';
import type { Literal } from '../sql/expression.js';
import { type Measure, MeasuredValues, type Period } from '../sql/measure.js';
import { quantilesFromBins } from '../statistics/index.js';
import { type ColumnPlan, FEW_TEXTS, isBinned, planColumns, refinePlans } from './bins.js';
import {
  type ColumnProfile,
  fromNumber,
  isLeftOut,
  isNumeric,
  type SavedScalar,
  type SavedValue,
  type TableProfile,
  toNumber,
  toSaved,
} from './parameters.js';
import { profilePeriods } from './periods.js';

/** Columns that one scan describes at most: engines plan very wide queries slowly. */
const COLUMNS_PER_SCAN = 250;

/** How many values of a column with too many to list are saved. */
const TOP_VALUES = 100;

/** Saves the parameters of all columns: plan the bins on a sample, count everything in one scan, then what needs its own. */
export async function profileTable(
  source: Source,
  options: { eventTime?: string | undefined; every?: Period | undefined } = {},
): Promise<TableProfile> {
  const plans = await planColumns(source);
  const values = await scanColumns(source, plans);
  const recut = await refinePlans(source, plans, (plan) => values.get(histogramOf(plan)));
  if (recut.length > 0) await recount(source, recut, values);
  const refined = plans.map((plan) => recut.find((again) => again.column === plan.column) ?? plan);
  const top = await countTopValues(source, refined, values);
  await countNotFinite(source, refined, values);
  const rowCount = values.get(ROW_COUNT);
  const columns = refined.map((plan) => describe(plan, values, top, rowCount));
  const table: TableProfile = {
    row_count: rowCount,
    columns,
    event_time: options.eventTime ?? null,
    window: source.window,
    periods: null,
  };
  return options.eventTime && options.every ? profilePeriods(source, table, options.eventTime, options.every) : table;
}

const ROW_COUNT: Measure & { kind: 'row_count' } = { kind: 'row_count' };
const histogramOf = (plan: ColumnPlan) => ({ kind: 'histogram', column: plan.column, edges: plan.edges }) as const;
const of = <K extends Measure['kind']>(kind: K, column: Column) => ({ kind, column }) as Measure & { kind: K };

/** The measures of one column that share the scan of the whole table. */
function measuresOf(plan: ColumnPlan): Measure[] {
  const { column } = plan;
  if (isLeftOut(column.kind)) return [of('present_count', column)];
  const measures: Measure[] = [of('present_count', column)];
  if (column.kind === 'boolean') return [...measures, countsOfBoolean(column)];
  measures.push(of('min', column), of('max', column), of('approximate_distinct', column));
  if (isNumeric(column.kind)) measures.push(of('mean', column), of('std', column));
  if (isBinned(column.kind)) measures.push(histogramOf(plan));
  if (plan.listed) measures.push(of('frequencies', column));
  else if (column.kind === 'string') measures.push({ kind: 'approximate_top', column, limit: TOP_VALUES });
  return measures;
}

const countsOfBoolean = (column: Column) => ({ kind: 'value_counts', column, values: [false, true] }) as const;

async function scanColumns(source: Source, plans: readonly ColumnPlan[]): Promise<MeasuredValues> {
  const values = new MeasuredValues();
  for (let first = 0; first < Math.max(plans.length, 1); first += COLUMNS_PER_SCAN) {
    const measures = plans.slice(first, first + COLUMNS_PER_SCAN).flatMap(measuresOf);
    const query = scanQuery(source.dialect, first === 0 ? [ROW_COUNT, ...measures] : measures, source.relation);
    query.decode(await source.query(query.sql), values);
  }
  return values;
}

async function recount(source: Source, plans: readonly ColumnPlan[], values: MeasuredValues): Promise<void> {
  const query = scanQuery(source.dialect, plans.map(histogramOf), source.relation);
  query.decode(await source.query(query.sql), values);
}

/** NaN and infinities, counted apart; only looked for where some values are in no bin, for they are rare. */
async function countNotFinite(source: Source, plans: readonly ColumnPlan[], values: MeasuredValues): Promise<void> {
  const odd: Measure[] = [];
  for (const plan of plans.filter(({ column }) => column.kind === 'float')) {
    const binned = values.get(histogramOf(plan)).reduce((sum, count) => sum + count, 0);
    const measures = [of('nan_count', plan.column), of('infinite_count', plan.column)];
    if (binned < values.get(of('present_count', plan.column))) odd.push(...measures);
    else for (const measure of measures) values.set(measure, 0);
  }
  if (odd.length === 0) return;
  const query = scanQuery(source.dialect, odd, source.relation);
  query.decode(await source.query(query.sql), values);
}

/** Exact counts of the values that looked most frequent in columns with too many to list, and how many were seen once. */
async function countTopValues(source: Source, plans: readonly ColumnPlan[], values: MeasuredValues) {
  const long = plans.filter((plan) => plan.column.kind === 'string' && !plan.listed);
  if (long.length === 0) return values;
  const measures = long.flatMap((plan): Measure[] => {
    const top = values.get({ kind: 'approximate_top', column: plan.column, limit: TOP_VALUES });
    return [{ kind: 'value_counts', column: plan.column, values: top as Literal[] }];
  });
  const query = scanQuery(source.dialect, measures, source.relation);
  query.decode(await source.query(query.sql), values);
  return values;
}

function describe(plan: ColumnPlan, values: MeasuredValues, top: MeasuredValues, rowCount: number): ColumnProfile {
  const { column } = plan;
  const present = values.get(of('present_count', column));
  const nan = column.kind === 'float' ? values.get(of('nan_count', column)) : 0;
  const base: ColumnProfile = {
    name: column.name,
    kind: column.kind,
    native_type: column.nativeType,
    count: present - nan,
    null_count: rowCount - present,
    nan_count: nan,
    infinite_count: column.kind === 'float' ? values.get(of('infinite_count', column)) : 0,
    distinct: 0,
    distinct_is_exact: false,
    mean: null,
    std: null,
    min: null,
    max: null,
    quantiles: null,
    bins: null,
    values: null,
    values_are_complete: false,
    seen_once: null,
  };
  if (isLeftOut(column.kind)) return base;
  if (column.kind === 'boolean') return describeBoolean(base, values.get(countsOfBoolean(column)));
  const ordered: ColumnProfile = {
    ...base,
    min: toSaved(values.get(of('min', column))),
    max: toSaved(values.get(of('max', column))),
    distinct: Math.min(values.get(of('approximate_distinct', column)), base.count),
    mean: isNumeric(column.kind) ? steady(values.get(of('mean', column))) : null,
    std: isNumeric(column.kind) ? steady(values.get(of('std', column))) : null,
  };
  const listed = { ...ordered, ...listValues(plan, values, top, ordered) };
  if (!isBinned(column.kind) || base.count === 0) return listed;
  return { ...listed, ...describeBins(plan, values.get(histogramOf(plan)), ordered) };
}

function describeBoolean(base: ColumnProfile, counts: readonly number[]): ColumnProfile {
  const [no = 0, yes = 0] = counts;
  const total = no + yes;
  const share = total === 0 ? null : yes / total;
  const values = (
    [
      [true, yes],
      [false, no],
    ] as const
  ).filter(([, count]) => count > 0);
  return {
    ...base,
    distinct: values.length,
    distinct_is_exact: true,
    mean: steady(share),
    std: share === null || total < 2 ? null : steady(Math.sqrt((share * (1 - share) * total) / (total - 1))),
    min: total === 0 ? null : no === 0,
    max: total === 0 ? null : yes > 0,
    values: [...values].sort((a, b) => b[1] - a[1]),
    values_are_complete: true,
    seen_once: values.filter(([, count]) => count === 1).length,
  };
}

function listValues(plan: ColumnPlan, values: MeasuredValues, top: MeasuredValues, ordered: ColumnProfile) {
  const { column } = plan;
  if (plan.listed) {
    const all = values.get({ kind: 'frequencies', column }).filter(({ value }) => !isNotFinite(value));
    const kept = all.slice(0, FEW_TEXTS);
    return {
      distinct: all.length,
      distinct_is_exact: true,
      values: kept.map(({ value, count }) => [toSaved(value) as SavedScalar, count] as const),
      values_are_complete: kept.length === all.length,
      seen_once: all.filter(({ count }) => count === 1).length,
    };
  }
  if (column.kind !== 'string') return {};
  const names = values.get({ kind: 'approximate_top', column, limit: TOP_VALUES }) as Literal[];
  const counts = top.get({ kind: 'value_counts', column, values: names });
  const found = names.map((name, index) => [toSaved(name) as SavedScalar, counts[index] ?? 0] as const);
  found.sort((a, b) => b[1] - a[1] || (String(a[0]) < String(b[0]) ? -1 : 1));
  const other = counts.at(-1) ?? 0;
  // Identifiers: no value stands out, so a list of some of them would say nothing.
  if ((found[0]?.[1] ?? 0) < 2 && other > 0) return { seen_once: null };
  return {
    values: found,
    values_are_complete: other === 0,
    distinct: other === 0 ? found.length : Math.max(ordered.distinct, found.length + 1),
  };
}

const isNotFinite = (value: unknown): boolean => typeof value === 'number' && !Number.isFinite(value);

function describeBins(plan: ColumnPlan, counts: readonly number[], ordered: ColumnProfile) {
  const { kind } = plan.column;
  const edges = plan.edges.map((edge) => toSaved(edge) as SavedScalar);
  const [min, max] = [toNumber(ordered.min, kind), toNumber(ordered.max, kind)];
  const axis = edges.map((edge) => toNumber(edge, kind));
  const ranks = Array.from({ length: 101 }, (_, index) => index / 100);
  const exact = new Map(axis.map((place, index) => [place, edges[index]!]));
  const quantiles = quantilesFromBins(axis, counts, min, max, ranks).map((place, index): SavedValue => {
    if (index === 0) return ordered.min;
    if (index === 100) return ordered.max;
    // Each bin of a listed column holds one value, its upper edge: there is nothing between two.
    if (plan.listed) return edges[axis.findIndex((edge) => edge >= place)] ?? ordered.max;
    return exact.get(place) ?? (kind === 'float' || kind === 'decimal' ? steady(place) : fromNumber(place, kind));
  });
  return { quantiles, bins: { edges, counts } };
}

/** Twelve digits: sums that threads add up in another order at each run differ beyond them. */
export function steady(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(12));
}
