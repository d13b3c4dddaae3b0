import { logBinomial, normalTwoSidedPValue } from './distributions.js';

/** Above this smallest expected count the normal approximation is as good as the exact test, and costs nothing. */
const LARGE_EXPECTED = 100_000;

/** Tables as likely as the observed one count as likely: the same slack as SciPy's. */
const SLACK = 1e-7;

/**
 * Fisher's exact test, two-sided, of `a` successes in `n` trials against `b` in `m`: the probability of all tables with
 * the same margins that are no more likely than this one (Fisher 1922; the definition of R and SciPy). Terms follow one
 * another by their ratio from the mode outwards, and stop where they no longer add anything. Where every expected count
 * is above 100,000, the pooled z test stands in for it.
 */
export function fisherExactPValue(a: number, n: number, b: number, m: number): number {
  const successes = a + b;
  const all = n + m;
  if (n === 0 || m === 0 || successes === 0 || successes === all) return 1;
  const expected = [n, m].flatMap((size) => [(size * successes) / all, (size * (all - successes)) / all]);
  if (Math.min(...expected) > LARGE_EXPECTED) return twoProportionsPooledZ(a, n, b, m).pValue;
  const logTerm = (k: number): number =>
    logBinomial(n, k) + logBinomial(m, successes - k) - logBinomial(all, successes);
  const limit = logTerm(a) + Math.log1p(SLACK);
  const [least, most] = [Math.max(0, successes - m), Math.min(n, successes)];
  const mode = Math.min(most, Math.max(least, Math.floor(((successes + 1) * (n + 1)) / (all + 2))));
  const up = tail(mode, most, 1, logTerm, limit);
  const down = tail(mode - 1, least, -1, logTerm, limit);
  return Math.min(1, up + down);
}

/** Sum of the terms from `start` outwards that are no more likely than the limit. Terms fall all the way. */
function tail(start: number, end: number, step: 1 | -1, logTerm: (k: number) => number, limit: number): number {
  const inside = (k: number): boolean => (step > 0 ? k <= end : k >= end);
  if (!inside(start)) return 0;
  let [near, far] = [0, Math.abs(end - start)];
  if (logTerm(end) > limit) return 0;
  while (near < far) {
    const middle = Math.floor((near + far) / 2);
    if (logTerm(start + step * middle) <= limit) far = middle;
    else near = middle + 1;
  }
  let sum = 0;
  for (let k = start + step * near; inside(k); k += step) {
    const term = Math.exp(logTerm(k));
    sum += term;
    if (term <= sum * 1e-17) break;
  }
  return sum;
}

/** Test of two shares by their pooled standard error: `z` (positive where the second is larger) and its two-sided p-value. */
export function twoProportionsPooledZ(a: number, n: number, b: number, m: number): { z: number; pValue: number } {
  if (n === 0 || m === 0) return { z: 0, pValue: 1 };
  const pooled = (a + b) / (n + m);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  const z = error === 0 ? 0 : (b / m - a / n) / error;
  return { z, pValue: normalTwoSidedPValue(z) };
}

/**
 * Probability that at least `k` of `m` new values lie above the largest of `n` old ones, when all come from one
 * continuous distribution. The k largest of the n + m values must all be new: the product of (m - i) / (n + m - i) for
 * i from 0 to k - 1.
 */
export function exceedancePValue(k: number, m: number, n: number): number {
  if (k <= 0) return 1;
  if (k > m) return 0;
  return Math.exp(logBinomial(m, k) - logBinomial(n + m, k));
}
