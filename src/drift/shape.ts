import {
  chiSquareTest,
  chiSquareUpperTail,
  kolmogorovSmirnov,
  psi,
  psiBias,
  totalVariation,
} from '../statistics/index.js';
import { type ColumnComparison, type Current, type DriftMetric, sharedCounts } from './drift.js';
import { percent, short } from './words.js';

/** One value in twenty stands elsewhere. */
const FLOOR_PERCENT = 5;

/** Bins that shape is tested on: enough to see a form, few enough to keep power. */
const TESTED_BINS = 20;

/**
 * How the values are distributed, or the shares of categories: a chi-square test on about twenty bins of the snapshot.
 * Where periods are known, its distribution is taken from how periods differ among themselves (see `betweenPeriods`).
 */
export const shape: DriftMetric = {
  part: 'shape',
  judge: (comparison, current) => {
    const { profile, measures } = comparison;
    const counts = sharedCounts(comparison, current);
    if (!counts) return null;
    const [n, m] = [sum(counts.reference), sum(counts.current)];
    if (n === 0 || m === 0) return null;
    const groups = betweenPeriods(comparison, current);
    const ordered = measures.bins !== null;
    const merged = mergeBins(counts, ordered);
    const test = chiSquareTest(merged.reference, merged.current);
    const pValue = groups === null ? test.pValue : groups.pValue;
    const moved = Math.max(0, totalVariation(merged.reference, merged.current) - movedByChance(merged, n, m));
    return {
      column: profile.name,
      part: 'shape',
      pValue,
      effect: moved * 100,
      unit: 'percent of values moved',
      floor: FLOOR_PERCENT,
      from: ordered ? null : largest(comparison, counts.reference),
      to: ordered ? null : largest(comparison, counts.current),
      severity: 'critical',
      message: describeShape(comparison, current, counts, moved),
      statistics: {
        psi: Math.max(0, psi(merged.reference, merged.current) - psiBias(merged.reference.length, n, m)),
        chi_square: test.statistic,
        ...(ordered && { ks: kolmogorovSmirnov(counts.reference, counts.current).statistic }),
      },
    };
  },
};

interface Counts {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Neighbouring bins (or the rarest categories) together, until about `TESTED_BINS` are left. */
function mergeBins({ reference, current }: Counts, ordered: boolean): Counts {
  const total = sum(reference);
  const order = reference.map((_, bin) => bin);
  if (!ordered) order.sort((a, b) => (reference[b] ?? 0) - (reference[a] ?? 0));
  const merged = { reference: [] as number[], current: [] as number[] };
  let [before, after] = [0, 0];
  for (const bin of order) {
    before += reference[bin] ?? 0;
    after += current[bin] ?? 0;
    if (before < total / TESTED_BINS) continue;
    merged.reference.push(before);
    merged.current.push(after);
    [before, after] = [0, 0];
  }
  if (before > 0 || after > 0) {
    merged.reference.push(before);
    merged.current.push(after);
  }
  return merged;
}

/** Expected total variation between two samples of one distribution: half the sum of sqrt(2 p (1 - p) (1/n + 1/m) / pi). */
function movedByChance({ reference }: Counts, n: number, m: number): number {
  const deviations = reference.map((count) => {
    const share = count / n;
    return Math.sqrt(((2 * share * (1 - share)) / Math.PI) * (1 / n + 1 / m));
  });
  return sum(deviations) / 2;
}

/**
 * Where the snapshot has at least three periods: each period's chi-square against the others tells what a chi-square of
 * one new period is like when nothing changed. Its mean and variance over periods give a scaled chi-square (Satterthwaite
 * 1946), which allows for bins that move together; with more rows a period, the part that is not sampling grows.
 */
function betweenPeriods(comparison: ColumnComparison, current: Current): { pValue: number } | null {
  const { profile, measures } = comparison;
  const { groups, edge_index: edgeIndex } = profile.periods ?? {};
  if (!groups || groups.length < 3) return null;
  const totals = (groups[0] ?? []).map((_, bin) => sum(groups.map((counts) => counts[bin] ?? 0)));
  const found = measures.bins
    ? coarse(current.values.get(measures.bins), edgeIndex ?? [])
    : firstValues(comparison, current, totals.length);
  const [rows, all] = [sum(found), sum(totals)];
  const perPeriod = groups.filter((counts) => sum(counts) > 0).map((counts) => goodness(counts, totals));
  const freedom = totals.filter((count) => count > 0).length - 1;
  if (freedom < 1 || rows === 0 || all === 0 || perPeriod.length < 3) return null;
  const mean = sum(perPeriod) / perPeriod.length;
  const variance = sum(perPeriod.map((value) => (value - mean) ** 2)) / (perPeriod.length - 1);
  const excess = Math.max(0, mean / freedom - 1) * (rows / current.periods / (all / groups.length));
  const inflation = 1 + excess;
  const effective = excess === 0 ? freedom : Math.min(freedom, Math.max(1, (2 * mean ** 2) / Math.max(variance, 1e-9)));
  const statistic = goodness(found, totals) / (1 + rows / all) / inflation;
  return { pValue: chiSquareUpperTail((statistic * effective) / freedom, effective) };
}

/** Pearson's chi-square of counts against the shares of totals. */
function goodness(counts: readonly number[], totals: readonly number[]): number {
  const [n, all] = [sum(counts), sum(totals)];
  return sum(
    totals.map((total, bin) => {
      const expected = Math.max((n * total) / all, 0.5);
      return ((counts[bin] ?? 0) - expected) ** 2 / expected;
    }),
  );
}

/** The check's fine bins summed between the coarse edges of the periods; the first fine bin lies below the lower limit. */
function coarse(fine: readonly number[], edgeIndex: readonly number[]): number[] {
  const groups: number[] = [];
  let from = 0;
  for (const index of edgeIndex) {
    groups.push(sum(fine.slice(from, index + 2)));
    from = index + 2;
  }
  return [...groups, sum(fine.slice(from))];
}

function firstValues({ measures }: ColumnComparison, current: Current, groups: number): number[] {
  const counts = measures.values ? current.values.get(measures.values) : [];
  return [...counts.slice(0, groups - 1), sum(counts.slice(groups - 1))];
}

function describeShape(comparison: ColumnComparison, current: Current, counts: Counts, moved: number): string {
  const { measures } = comparison;
  if (measures.min && measures.max) {
    const [min, max] = [current.values.get(measures.min), current.values.get(measures.max)];
    if (min !== null && min === max) return `every value is ${short(min)}`;
    return `${percent(moved)} of values lie in other bins than before`;
  }
  const bin = widestGap(counts);
  const name = comparison.profile.values?.[bin]?.[0];
  const [from, to] = [counts.reference, counts.current].map((all) => (all[bin] ?? 0) / Math.max(sum(all), 1));
  if (to === 1 && name !== undefined) return `every value is ${JSON.stringify(name)}`;
  return `share of ${name === undefined ? 'other values' : JSON.stringify(name)} ${percent(from ?? 0)} → ${percent(to ?? 0)}`;
}

function widestGap({ reference, current }: Counts): number {
  const [n, m] = [Math.max(sum(reference), 1), Math.max(sum(current), 1)];
  const gaps = reference.map((count, bin) => Math.abs(count / n - (current[bin] ?? 0) / m));
  return gaps.indexOf(Math.max(...gaps));
}

function largest({ profile }: ColumnComparison, counts: readonly number[]): string | null {
  const name = profile.values?.[counts.indexOf(Math.max(...counts))]?.[0];
  return name === undefined ? null : `mostly ${JSON.stringify(name)}`;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
