/**
 * Variance between the means of periods beyond what sampling explains, tau^2: DerSimonian and Laird's method of moments
 * (1986, Controlled Clinical Trials 7:177, formula 8), with each period's mean known up to std^2 / count. 0 or more.
 */
export function betweenPeriodVariance(
  periods: readonly { readonly count: number; readonly mean: number; readonly std: number }[],
): { variance: number } {
  const known = periods.filter((period) => period.count > 0);
  const exact = known.some((period) => period.std === 0);
  if (known.length < 2) return { variance: 0 };
  if (exact) return { variance: unweighted(known) };
  const weights = known.map(({ count, std }) => count / std ** 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = known.reduce((sum, period, index) => sum + weights[index]! * period.mean, 0) / total;
  const q = known.reduce((sum, period, index) => sum + weights[index]! * (period.mean - mean) ** 2, 0);
  const scale = total - weights.reduce((sum, weight) => sum + weight ** 2, 0) / total;
  return { variance: scale <= 0 ? 0 : Math.max(0, (q - (known.length - 1)) / scale) };
}

/** Where a period has no spread of its own, weights would be infinite: the plain variance less the mean sampling variance. */
function unweighted(known: readonly { readonly count: number; readonly mean: number; readonly std: number }[]): number {
  const mean = known.reduce((sum, period) => sum + period.mean, 0) / known.length;
  const variance = known.reduce((sum, period) => sum + (period.mean - mean) ** 2, 0) / (known.length - 1);
  const sampling = known.reduce((sum, { std, count }) => sum + std ** 2 / count, 0) / known.length;
  return Math.max(0, variance - sampling);
}
