import gammainc from '@stdlib/math-base-special-gammainc';
import gammaln from '@stdlib/math-base-special-gammaln';
import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantileOf from '@stdlib/stats-base-dists-t-quantile';

// Tails are taken from the lower tail of the mirrored distribution, or from the upper incomplete gamma function:
// one minus a number close to one would round a small probability to zero. All distributions are those of @stdlib.

/** Probability of a standard normal value at least as far from 0 as `z`. */
export const normalTwoSidedPValue = (z: number): number => Math.min(1, 2 * normalCdf(-Math.abs(z), 0, 1));

/** The standard normal value below which a share of `p` lies; `p` strictly between 0 and 1. */
export const normalQuantile = (p: number): number => normalQuantileOf(p, 0, 1);

/** Probability of a value of Student's t with `freedom` degrees of freedom at least as far from 0 as `t`. */
export const tTwoSidedPValue = (t: number, freedom: number): number => Math.min(1, 2 * tCdf(-Math.abs(t), freedom));

/** The value below which a share of `p` of Student's t lies. */
export const tQuantile = (p: number, freedom: number): number => tQuantileOf(p, freedom);

/** Probability that a chi-square value of `freedom` (real, above 0) degrees of freedom is at least `x`: Q(freedom / 2, x / 2). */
export const chiSquareUpperTail = (x: number, freedom: number): number =>
  x <= 0 ? 1 : gammainc(x / 2, freedom / 2, true, true);

/** Probability of at least `k` successes in `n` trials of probability `p`: by symmetry at most n - k failures. */
export const binomialUpperTail = (k: number, n: number, p: number): number =>
  k <= 0 ? 1 : k > n ? 0 : binomialCdf(n - k, n, 1 - p);

/** Logarithm of n! / (k! (n - k)!). */
export const logBinomial = (n: number, k: number): number => gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
