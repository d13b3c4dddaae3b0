import { binomialUpperTail } from './distributions.js';

/** How sure the bound of the unseen mass is; the rest is the share of false alarms it may add. */
const BOUND_Z = 2.576;

/**
 * Probability of at least `unseen` never-seen values among `m` new ones, when `once` of `n` saved values were seen in one
 * row only. The mass of values not seen yet is about once / n (Good 1953, Biometrika 40:237, formula 9), with a standard
 * error of about sqrt(once + 1) / n; the test takes its upper bound (once + 1 + 2.576 sqrt(once + 1)) / n, so that few
 * values seen once do not pass for certainty.
 */
export function unseenPValue(unseen: number, m: number, once: number, n: number): number {
  const mass = Math.min(1, (once + 1 + BOUND_Z * Math.sqrt(once + 1)) / n);
  return binomialUpperTail(unseen, m, mass);
}
