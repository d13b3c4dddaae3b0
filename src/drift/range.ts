import { exceedancePValue } from '../statistics/index.js';
import { type DriftMetric, presentCount } from './drift.js';
import { percent, short } from './words.js';

/** One value in a hundred. */
const FLOOR_PERCENT = 1;

/** Share of values outside the saved range, where hardly any would lie if nothing had changed. */
export const range: DriftMetric = {
  part: 'range',
  judge: (comparison, current) => {
    const { profile, measures, limits } = comparison;
    const count = presentCount(comparison, current);
    if (!measures.bins || !measures.min || !measures.max || !limits || count === 0 || profile.count === 0) return null;
    const counts = current.values.get(measures.bins);
    const [below, above] = [counts[0] ?? 0, counts.at(-1) ?? 0];
    const p = Math.min(
      1,
      2 * Math.min(...[below, above].map((outside) => exceedancePValue(outside, count, profile.count))),
    );
    const [low, high] = [current.values.get(measures.min), current.values.get(measures.max)];
    return {
      column: profile.name,
      part: 'range',
      pValue: p,
      effect: ((below + above) / count) * 100,
      unit: 'percent of values outside the range',
      floor: FLOOR_PERCENT,
      from: `${short(profile.min)} to ${short(profile.max)}`,
      to: `${short(low)} to ${short(high)}`,
      severity: 'critical',
      message: `${percent((below + above) / count)} of values lie outside ${short(limits.low)} to ${short(limits.high)} (now ${short(low)} to ${short(high)})`,
    };
  },
};
