/**
 * Quantiles of counted values: `edges` ascending, `counts` up to the first edge, between edges (upper edge included) and
 * above the last one, so one more than edges. Values are taken to lie evenly between a bin's edges, and none beyond
 * `min` and `max`; a rank that falls on an edge gives the edge. One result a rank (0 to 1); NaN without values.
 */
export function quantilesFromBins(
  edges: readonly number[],
  counts: readonly number[],
  min: number,
  max: number,
  ranks: readonly number[],
): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const cumulative: number[] = [];
  counts.reduce((below, count) => {
    cumulative.push(below + count);
    return below + count;
  }, 0);
  return ranks.map((rank) => {
    if (total === 0) return Number.NaN;
    const wanted = rank * total;
    const bin = Math.max(
      0,
      cumulative.findIndex((upTo, index) => upTo >= wanted && (counts[index] ?? 0) > 0),
    );
    const count = counts[bin] ?? 0;
    const low = Math.max(min, edges[bin - 1] ?? min);
    const high = Math.min(max, edges[bin] ?? max);
    const inside = count === 0 ? 1 : (wanted - ((cumulative[bin] ?? 0) - count)) / count;
    return inside >= 1 ? high : low + (high - low) * Math.max(0, inside);
  });
}
