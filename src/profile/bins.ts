import type { Column, ColumnKind, Source, Value } from '../sources/source.js';
import { scanQuery } from '../sql/dialect.js';
import type { Literal } from '../sql/expression.js';
import { MeasuredValues } from '../sql/measure.js';
import { isLeftOut, isNumeric, isTime, toNumber, toSaved } from './parameters.js';

/** How a column is going to be counted, as a small sample of its rows suggests. */
export interface ColumnPlan {
  readonly column: Column;
  /** Edges of the bins, ascending; empty where a column is not binned or the sample holds no value. */
  readonly edges: readonly Literal[];
  /** True where values are few enough to count each. */
  readonly listed: boolean;
}

/** Finer cuts in the tails, where a bin of one in a hundred would hide most. */
const TAILS = [0, 0.001, 0.005, 0.995, 0.999, 1];
/** Percentiles at which bins are cut. */
const CUTS = [0.001, 0.005, ...Array.from({ length: 99 }, (_, index) => (index + 1) / 100), 0.995, 0.999];

/** A column of numbers with at most this many different values is counted value by value. */
const FEW_NUMBERS = 100;
/** A column of texts with at most this many different values is listed whole. */
export const FEW_TEXTS = 2000;
/** A listed column may hold at most this share of values that the sample has not seen (Good 1953: singletons / n). */
const UNSEEN_SHARE = 0.02;

/** Rows that the plan is made from; fewer where there are many columns. */
const SAMPLE_ROWS = 20_000;
const SAMPLE_CELLS = 2_000_000;

/**
 * Looks at a small stretch of the rows and decides how each column is counted. Only the resolution depends on it: the
 * counts come from all rows, at whatever edges were chosen.
 */
export async function planColumns(source: Source): Promise<ColumnPlan[]> {
  const planned = source.columns.filter((column) => !isLeftOut(column.kind) && column.kind !== 'boolean');
  const sampled = Math.max(2000, Math.min(SAMPLE_ROWS, Math.floor(SAMPLE_CELLS / Math.max(planned.length, 1))));
  const sample = (await source.sampleRelation()) ?? `(SELECT * FROM ${source.relation} LIMIT ${sampled})`;
  const found = new Map<string, ColumnPlan>();
  for (let first = 0; first < planned.length; first += 250) {
    const part = planned.slice(first, first + 250);
    const described = part.map((column, index) => describeColumn(column, `c${index}`, source));
    const rows = `SELECT ${described.map(({ inner }) => inner).join(',\n')}\nFROM ${sample}`;
    const sql = `SELECT ${described.map(({ outer }) => outer).join(',\n')}\nFROM (${rows})`;
    const [row] = await source.query(sql);
    part.forEach((column, index) => {
      found.set(column.name, planColumn(column, row?.[index] ?? null));
    });
  }
  return source.columns.map((column) => found.get(column.name) ?? { column, edges: [], listed: false });
}

/** Values of one column in order, and what to take of them. Sorting a small list once is cheaper than a hundred quantiles. */
function describeColumn(column: Column, alias: string, source: Source): { inner: string; outer: string } {
  const name = source.dialect.quoteIdentifier(column.name);
  if (column.kind === 'string') {
    const once = `len(list_filter(map_values(${alias}), n -> n = 1))`;
    return {
      inner: `histogram(${name}) AS ${alias}`,
      outer: `[list_sum(map_values(${alias})), cardinality(${alias}), ${once}]`,
    };
  }
  const value = column.kind === 'float' ? `CASE WHEN isfinite(${name}) THEN ${name} END` : name;
  const tails = TAILS.map((rank) => `${alias}[1 + CAST(floor(${rank} * (len(${alias}) - 1)) AS BIGINT)]`);
  const step = `greatest(1, len(${alias}) // 100)`;
  const cuts = `list_sort(list_concat([${tails.join(', ')}], list_slice(${alias}, 1, len(${alias}), ${step})))`;
  const few = `CASE WHEN ${alias}_distinct <= ${FEW_NUMBERS + 20} THEN list_sort(list_distinct(${alias})) END`;
  return {
    inner: `list_sort(list(${value}) FILTER (WHERE (${value}) IS NOT NULL)) AS ${alias}, approx_count_distinct(${value}) AS ${alias}_distinct`,
    outer: `[${cuts}, ${few}]`,
  };
}

function planColumn(column: Column, described: Value): ColumnPlan {
  const parts = Array.isArray(described) ? described : [];
  if (column.kind === 'string') {
    const [count = 0, distinct = 0, once = 0] = parts.map(Number);
    return { column, edges: [], listed: distinct <= FEW_TEXTS && once <= UNSEEN_SHARE * Math.max(count, 1) };
  }
  const [cuts, all] = parts;
  const few = Array.isArray(all) && all.length <= FEW_NUMBERS;
  const values = (few ? all : Array.isArray(cuts) ? cuts : []) as Literal[];
  return { column, edges: ascending(values, column.kind), listed: few && isNumeric(column.kind) };
}

function ascending(values: readonly Literal[], kind: ColumnKind): Literal[] {
  const kept: Literal[] = [];
  for (const value of values) {
    if (value === null) continue;
    const last = kept.at(-1);
    if (last === undefined || toNumber(toSaved(value), kind) > toNumber(toSaved(last), kind)) kept.push(value);
  }
  return kept;
}

/** A bin with more than this share of the values is cut again, unless one value fills it. */
const COARSE_SHARE = 0.05;

/**
 * The plans whose sample misled them: a bin holds far more rows than it should, as happens where only the beginning of
 * a sorted file could be sampled. Cut again at estimates from all rows.
 */
export async function refinePlans(
  source: Source,
  plans: readonly ColumnPlan[],
  countsOf: (plan: ColumnPlan) => readonly number[],
): Promise<ColumnPlan[]> {
  const coarse = plans.filter((plan) => {
    if (plan.listed || !isBinned(plan.column.kind)) return false;
    const counts = countsOf(plan);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const ends = [counts[0] ?? 0, counts.at(-1) ?? 0];
    return plan.edges.length === 0 ? total > 0 : Math.max(...ends) > COARSE_SHARE * total;
  });
  if (coarse.length === 0) return [];
  const measures = coarse.map((plan) => ({ kind: 'quantile_estimates', column: plan.column, ranks: CUTS }) as const);
  const query = scanQuery(source.dialect, measures, source.relation);
  const values = new MeasuredValues();
  query.decode(await source.query(query.sql), values);
  return coarse.map((plan, index) => {
    const cuts = values.get(measures[index]!) as Literal[];
    return { ...plan, edges: ascending(cuts, plan.column.kind) };
  });
}

/** True for kinds whose values have an order that bins can cut. */
export const isBinned = (kind: ColumnKind): boolean => isNumeric(kind) || isTime(kind);
