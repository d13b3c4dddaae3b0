import { chiSquareUpperTail, normalTwoSidedPValue } from './distributions.js';

// Everything here compares two rows of counts over the same bins.

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

const shares = (counts: readonly number[]): number[] => {
  const total = sum(counts);
  return counts.map((count) => (total === 0 ? 0 : count / total));
};

/**
 * Population stability index, with natural logarithms: the sum of (q - p) ln(q / p). Where a bin is empty on one side
 * only, half a row is put into every bin of both sides, so that the index stays finite.
 */
export function psi(reference: readonly number[], current: readonly number[]): number {
  const lopsided = reference.some((count, bin) => (count === 0) !== ((current[bin] ?? 0) === 0));
  const smooth = (counts: readonly number[]): number[] =>
    shares(lopsided ? counts.map((count) => count + 0.5) : counts);
  const [p, q] = [smooth(reference), smooth(current)];
  return sum(p.map((share, bin) => (share === 0 || q[bin]! === 0 ? 0 : (q[bin]! - share) * Math.log(q[bin]! / share))));
}

/** What the index is on average when nothing changed: (bins - 1) (1 / n + 1 / m). */
export const psiBias = (bins: number, n: number, m: number): number =>
  n === 0 || m === 0 ? 0 : (bins - 1) * (1 / n + 1 / m);

/** Half the sum of the differences between shares: the share of values that would have to move. */
export function totalVariation(reference: readonly number[], current: readonly number[]): number {
  const [p, q] = [shares(reference), shares(current)];
  return sum(p.map((share, bin) => Math.abs(share - q[bin]!))) / 2;
}

/**
 * Kolmogorov-Smirnov: the largest difference between the cumulative shares at the bins' upper edges, which is at most
 * the statistic of the unbinned samples, and its asymptotic p-value (Kolmogorov 1933; Stephens' correction, 1970).
 */
export function kolmogorovSmirnov(
  reference: readonly number[],
  current: readonly number[],
): { statistic: number; pValue: number } {
  const [p, q] = [shares(reference), shares(current)];
  const [n, m] = [sum(reference), sum(current)];
  if (n === 0 || m === 0) return { statistic: 0, pValue: 1 };
  let [difference, statistic] = [0, 0];
  p.forEach((share, bin) => {
    difference += q[bin]! - share;
    statistic = Math.max(statistic, Math.abs(difference));
  });
  const size = Math.sqrt((n * m) / (n + m));
  const x = (size + 0.12 + 0.11 / size) * statistic;
  let tail = 0;
  for (let k = 1; k <= 100; k++) tail += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * x * x);
  return { statistic, pValue: x < 0.2 ? 1 : Math.min(1, Math.max(0, tail)) };
}

/** The least count that a bin must be expected to have (Cochran 1954). */
const LEAST_EXPECTED = 5;

/**
 * Chi-square test of homogeneity (Pearson 1900): do both rows of counts come from one distribution? Bins in which
 * either side expects fewer than five are merged with their neighbours. One bin is no evidence: p = 1.
 */
export function chiSquareTest(
  reference: readonly number[],
  current: readonly number[],
): { statistic: number; freedom: number; pValue: number } {
  const [n, m] = [sum(reference), sum(current)];
  const smaller = Math.min(n, m) / Math.max(n + m, 1);
  const bins: [number, number][] = [];
  let [before, after] = [0, 0];
  reference.forEach((count, bin) => {
    before += count;
    after += current[bin] ?? 0;
    if ((before + after) * smaller < LEAST_EXPECTED) return;
    bins.push([before, after]);
    [before, after] = [0, 0];
  });
  const last = bins.at(-1);
  if (last) {
    last[0] += before;
    last[1] += after;
  }
  if (bins.length < 2) return { statistic: 0, freedom: 0, pValue: 1 };
  const statistic = sum(
    bins.map(([r, c]) => {
      const [er, ec] = [((r + c) * n) / (n + m), ((r + c) * m) / (n + m)];
      return (r - er) ** 2 / er + (c - ec) ** 2 / ec;
    }),
  );
  return { statistic, freedom: bins.length - 1, pValue: chiSquareUpperTail(statistic, bins.length - 1) };
}

/**
 * Mann-Whitney from ordered counts: the probability that a current value lies above a reference value, ties counted
 * half, with its z and two-sided p-value; the variance is corrected for ties (Mann and Whitney 1947; Lehmann 1975, 1.4).
 */
export function mannWhitneyFromBins(
  reference: readonly number[],
  current: readonly number[],
): { probability: number; z: number; pValue: number } {
  const [n, m] = [sum(reference), sum(current)];
  if (n === 0 || m === 0) return { probability: 0.5, z: 0, pValue: 1 };
  let [below, wins, ties] = [0, 0, 0];
  reference.forEach((count, bin) => {
    const found = current[bin] ?? 0;
    wins += found * (below + count / 2);
    below += count;
    const share = (count + found) / (n + m);
    ties += share ** 3;
  });
  const probability = wins / n / m;
  const variance = ((n + m) ** 2 / (12 * n * m * (n + m - 1))) * (1 - ties);
  const z = variance <= 0 ? 0 : (probability - 0.5) / Math.sqrt(variance);
  return { probability, z, pValue: normalTwoSidedPValue(z) };
}
