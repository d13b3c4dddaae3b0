import { type DriftMetric, sharedCounts } from './drift.js';
import { noiseOf, shareByPeriod } from './noise.js';
import { short } from './words.js';

/** A tenth wider or narrower. */
const FLOOR_PERCENT = 10;

/**
 * How far the values lie apart. Tested by the share of values inside the saved middle half, which needs no assumption
 * about the distribution's form: values that spread leave it, values that gather enter it.
 */
export const spread: DriftMetric = {
  part: 'spread',
  judge: (comparison, current) => {
    const { profile, measures } = comparison;
    const counts = sharedCounts(comparison, current);
    if (!measures.bins || !measures.std || !counts) return null;
    const [n, m] = [sum(counts.reference), sum(counts.current)];
    const middle = middleBins(counts.reference, n);
    const std = current.values.get(measures.std);
    if (!middle || n === 0 || m === 0 || !profile.std || std === null) return null;
    const [from, to] = [insideShare(counts.reference, middle) / n, insideShare(counts.current, middle) / m];
    const pooled = (from * n + to * m) / (n + m);
    const noise = noiseOf(pooled * (1 - pooled) * (1 / n + 1 / m), middleByPeriod(comparison), current.periods);
    const percent = (Math.exp(Math.abs(Math.log(Math.max(std, Number.MIN_VALUE) / profile.std))) - 1) * 100;
    return {
      column: profile.name,
      part: 'spread',
      pValue: noise.pValue(to - from),
      effect: Math.min(percent, 1e6),
      unit: 'percent of the standard deviation',
      floor: FLOOR_PERCENT,
      from: profile.std,
      to: std,
      severity: 'critical',
      message: `values lie ${std > profile.std ? 'further apart' : 'closer together'}: standard deviation ${short(profile.std)} → ${short(std)}`,
    };
  },
};

/** The bins between the quartiles; null where bins are too coarse to tell a middle. */
function middleBins(counts: readonly number[], total: number): readonly [number, number] | null {
  let below = 0;
  let [first, last] = [-1, -1];
  counts.forEach((count, bin) => {
    if (below >= total * 0.2 && first < 0) first = bin;
    below += count;
    if (below <= total * 0.8) last = bin;
  });
  if (first < 0 || last < first) return null;
  const share = insideShare(counts, [first, last]) / total;
  return share > 0.2 && share < 0.8 ? [first, last] : null;
}

const insideShare = (counts: readonly number[], [first, last]: readonly [number, number]): number =>
  sum(counts.slice(first, last + 1));

function middleByPeriod({ profile }: Parameters<DriftMetric['judge']>[0]) {
  const groups = profile.periods?.groups ?? [];
  const totals = (groups[0] ?? []).map((_, bin) => sum(groups.map((counts) => counts[bin] ?? 0)));
  const middle = middleBins(totals, sum(totals));
  return middle
    ? shareByPeriod(
        groups.map((counts) => insideShare(counts, middle)),
        groups.map(sum),
      )
    : [];
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
