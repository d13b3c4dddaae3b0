/**
 * P-values corrected for all tests of a run by Holm's step-down method (Holm 1979, Scandinavian Journal of Statistics
 * 6:65), in the order given. The chance of any false alarm stays below the level, however the tests depend on each other.
 * Throws `RangeError` for a p-value that is none.
 */
export function holm(pValues: readonly number[]): number[] {
  const bad = pValues.find((value) => !(value >= 0 && value <= 1));
  if (bad !== undefined) throw new RangeError(`${bad} is no p-value`);
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let highest = 0;
  order.forEach((index, rank) => {
    highest = Math.max(highest, Math.min(1, (pValues.length - rank) * pValues[index]!));
    adjusted[index] = highest;
  });
  return adjusted;
}
