import { mannWhitneyFromBins, normalQuantile } from '../statistics/index.js';
import { type DriftMetric, sharedCounts } from './drift.js';
import { noiseOf, ranksByPeriod } from './noise.js';
import { short } from './words.js';

/** A tenth of a standard deviation. */
const FLOOR_DEVIATIONS = 0.1;

/**
 * Where the values lie. Tested on ranks (Mann-Whitney on the shared bins, ties counted half), which one outlier cannot
 * move; the effect is the shift of a normal distribution with the same ranks, d = sqrt(2) * quantile(P(new > saved)).
 */
export const level: DriftMetric = {
  part: 'level',
  judge: (comparison, current) => {
    const { profile, measures } = comparison;
    const counts = sharedCounts(comparison, current);
    if (!measures.bins || !measures.mean || !counts) return null;
    const ranks = mannWhitneyFromBins(counts.reference, counts.current);
    if (!Number.isFinite(ranks.z) || sum(counts.reference) === 0 || sum(counts.current) === 0) return null;
    const difference = ranks.probability - 0.5;
    const sampling = ranks.z === 0 ? 0 : (difference / ranks.z) ** 2;
    const noise = noiseOf(sampling, ranksByPeriod(profile), current.periods);
    const within = Math.min(Math.max(ranks.probability, 1e-6), 1 - 1e-6);
    const shift = Math.SQRT2 * normalQuantile(within);
    const to = current.values.get(measures.mean);
    return {
      column: profile.name,
      part: 'level',
      pValue: noise.pValue(difference),
      effect: Math.abs(shift),
      unit: 'standard deviations',
      floor: FLOOR_DEVIATIONS,
      from: profile.mean,
      to,
      severity: 'critical',
      message: `values moved ${shift > 0 ? 'up' : 'down'}: mean ${short(profile.mean)} → ${short(to)} (${shift > 0 ? '+' : '−'}${Math.abs(shift).toFixed(2)} sd by rank)`,
    };
  },
};

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
