import { fisherExactPValue } from '../statistics/index.js';
import { type DriftMetric, presentCount } from './drift.js';
import { noiseOf, shareByPeriod } from './noise.js';
import { percent } from './words.js';

/** One point of missing values: less is seldom worth waking anyone for. */
const FLOOR_POINTS = 1;

/** Share of values that are null or NaN. */
export const missing: DriftMetric = {
  part: 'missing',
  judge: (comparison, current) => {
    const { profile, referenceRows } = comparison;
    const before = referenceRows - profile.count;
    const after = current.rows - presentCount(comparison, current);
    if (referenceRows === 0 || current.rows === 0) return null;
    const [from, to] = [before / referenceRows, after / current.rows];
    const exact = fisherExactPValue(before, referenceRows, after, current.rows);
    const { periods } = profile;
    const totals = periods?.count.map((count, index) => count + (periods.missing[index] ?? 0)) ?? [];
    const pooled = (before + after) / (referenceRows + current.rows);
    const sampling = pooled * (1 - pooled) * (1 / referenceRows + 1 / current.rows);
    const noise = noiseOf(sampling, shareByPeriod(periods?.missing ?? [], totals), current.periods);
    const allMissing = to === 1 && from < 1;
    return {
      column: profile.name,
      part: 'missing',
      pValue:
        allMissing && current.rows >= 2
          ? Math.min(exact, noise.pValue(to - from))
          : Math.max(exact, noise.pValue(to - from)),
      effect: Math.abs(to - from) * 100,
      unit: 'points of missing values',
      floor: FLOOR_POINTS,
      from,
      to,
      severity: to > from ? 'critical' : 'warning',
      message: allMissing
        ? `every value is missing (before: ${percent(from)})`
        : `missing values ${percent(from)} → ${percent(to)}`,
    };
  },
};
