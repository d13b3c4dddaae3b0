import type { ColumnProfile } from '../profile/index.js';
import { betweenPeriodVariance, normalTwoSidedPValue, tTwoSidedPValue } from '../statistics/index.js';

/** A share or a mean in one period, with its sampling variance. */
interface PeriodValue {
  readonly count: number;
  readonly mean: number;
  readonly std: number;
}

/** What a difference is held against: sampling noise, and what periods differ anyway. */
export interface Noise {
  /** Standard error of the difference between new and saved. */
  readonly standardError: number;
  /** Two-sided p-value of a difference. */
  pValue(difference: number): number;
}

/**
 * Noise of the difference between the saved data and a new window: sampling variance plus the variance between periods,
 * tau^2 (1/D + 1/d) for D saved and d new periods. Few periods make tau^2 uncertain, so the tail is Student's t with
 * Satterthwaite's degrees of freedom (Satterthwaite 1946, Biometrics Bulletin 2:110): only the tau^2 part is estimated
 * from D - 1 differences.
 */
export function noiseOf(samplingVariance: number, periodValues: readonly PeriodValue[], newPeriods: number): Noise {
  const known = periodValues.filter((period) => period.count > 1);
  const between = known.length >= 2 ? betweenPeriodVariance(known).variance : 0;
  const betweenPart = between * (1 / Math.max(known.length, 1) + 1 / Math.max(newPeriods, 1));
  const variance = samplingVariance + betweenPart;
  const standardError = Math.sqrt(variance);
  const freedom = betweenPart > 0 ? (known.length - 1) * (variance / betweenPart) ** 2 : Number.POSITIVE_INFINITY;
  return {
    standardError,
    pValue: (difference) => {
      if (difference === 0) return 1;
      if (standardError === 0) return 0;
      const ratio = difference / standardError;
      return freedom < 1e6 ? tTwoSidedPValue(ratio, freedom) : normalTwoSidedPValue(ratio);
    },
  };
}

/** A share per period as values with the sampling deviation of one row. */
export function shareByPeriod(successes: readonly number[], totals: readonly number[]): PeriodValue[] {
  return totals.map((count, index) => {
    const mean = count > 0 ? (successes[index] ?? 0) / count : 0;
    return { count, mean, std: Math.sqrt(mean * (1 - mean)) };
  });
}

/**
 * Mean rank score per period from its coarse counts: each value scores the share of reference values below it, ties
 * half (ridits, Bross 1958, Biometrics 14:18).
 */
export function ranksByPeriod(profile: ColumnProfile): PeriodValue[] {
  const groups = profile.periods?.groups;
  if (!groups || groups.length === 0) return [];
  const totals = (groups[0] ?? []).map((_, bin) => groups.reduce((sum, counts) => sum + (counts[bin] ?? 0), 0));
  const all = totals.reduce((sum, count) => sum + count, 0);
  let below = 0;
  const ridits = totals.map((count) => {
    const ridit = (below + count / 2) / all;
    below += count;
    return ridit;
  });
  return groups.map((counts) => {
    const count = counts.reduce((sum, value) => sum + value, 0);
    const mean = counts.reduce((sum, value, bin) => sum + value * (ridits[bin] ?? 0), 0) / Math.max(count, 1);
    const square = counts.reduce((sum, value, bin) => sum + value * ((ridits[bin] ?? 0) - mean) ** 2, 0);
    return { count, mean, std: Math.sqrt(square / Math.max(count, 1)) };
  });
}
