import { unseenPValue } from '../statistics/index.js';
import { type DriftMetric, presentCount } from './drift.js';
import { percent } from './words.js';

/** One value in a hundred. */
const FLOOR_PERCENT = 1;

/**
 * Share of values that the snapshot has never seen, held against how much of that is to be expected: the mass of unseen
 * values is about the share of values seen once (Good 1953, Biometrika 40:237).
 */
export const unseen: DriftMetric = {
  part: 'unseen',
  judge: (comparison, current) => {
    const { profile, measures } = comparison;
    const count = presentCount(comparison, current);
    if (!measures.values || !profile.values_are_complete || count === 0 || profile.count === 0) return null;
    const others = current.values.get(measures.values).at(-1) ?? 0;
    return {
      column: profile.name,
      part: 'unseen',
      pValue: unseenPValue(others, count, profile.seen_once ?? 0, profile.count),
      effect: (others / count) * 100,
      unit: 'percent of values never seen before',
      floor: FLOOR_PERCENT,
      from: 0,
      to: others / count,
      severity: 'critical',
      message: `${percent(others / count)} of values were never seen before`,
    };
  },
};
