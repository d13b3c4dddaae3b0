import { type ColumnProfile, isNumeric, toNumber } from '../profile/index.js';
import type { Snapshot } from '../snapshot/index.js';
import type { Column } from '../sources/index.js';
import type { Measure, MeasuredValues } from '../sql/measure.js';

type Quantiles = Measure & { kind: 'quantiles' };

/**
 * An exact quantile that is looked for where the snapshot says that it should be: the values in a narrow stretch, and how
 * many lie below it, share the scan of everything else. Where the data moved out of the stretch, it is asked for again.
 */
export interface QuantileGuess {
  readonly asked: Quantiles;
  readonly measures: readonly Measure[];
  /** The quantiles, one a rank; null where one of them lies outside its stretch. */
  resolve(values: MeasuredValues): number[] | null;
}

/** Rows above which sorting a whole column costs more than guessing. */
const WORTH_GUESSING_ROWS = 200_000;

/**
 * How far, in percentile points, a stretch reaches to either side: the most that a saved percentile, interpolated in a bin
 * of one point, is off, and six standard deviations of a sample's share.
 */
const reachOf = (rank: number, count: number): number => 0.15 + 600 * Math.sqrt((rank * (1 - rank)) / count);

/** A guess for a measure of quantiles; null where the snapshot knows too little, or too few rows make it not worth while. */
export function guessQuantiles(asked: Quantiles, snapshot: Snapshot | null): QuantileGuess | null {
  const { column, ranks } = asked;
  const profile = snapshot?.columns.find(({ name }) => name === column.name);
  if (
    !profile?.quantiles ||
    asked.where ||
    !isNumeric(profile.kind) ||
    !/^(DOUBLE|FLOAT|BIGINT|INTEGER)$/.test(column.nativeType)
  )
    return null;
  if (profile.count < WORTH_GUESSING_ROWS) return null;
  const ordered = [...new Set(ranks)].sort((a, b) => a - b);
  const ends = ordered.map((rank) => {
    const reach = reachOf(rank, profile.count);
    return [placeAt(profile, rank * 100 - reach, column), placeAt(profile, rank * 100 + reach, column)] as const;
  });
  const edges = ends.flat();
  const ascending = edges.every((edge, index) => edge !== null && (index === 0 || edge > (edges[index - 1] ?? edge)));
  if (!ascending) return null;
  const bins = { kind: 'histogram', column, edges: edges as number[] } as const;
  const stretches = ends.map(([above, upTo]) => ({ above: above as number, upTo: upTo as number }));
  const within = { kind: 'values_within', column, stretches } as const;
  return {
    asked,
    measures: [bins, within],
    resolve: (values) => {
      const counts = values.get(bins);
      const inside = values
        .get(within)
        .map(Number)
        .sort((a, b) => a - b);
      let first = 0;
      const found = new Map<number, number | null>();
      ordered.forEach((rank, index) => {
        const own = inside.slice(first, first + counts[2 * index + 1]!);
        first += own.length;
        found.set(rank, valueAt(rank, total(counts), total(counts.slice(0, 2 * index + 1)), own, asked.linear));
      });
      const resolved = ranks.map((rank) => found.get(rank) ?? null);
      return resolved.every((value) => value !== null) ? resolved : null;
    },
  };
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** The saved value at a percentile that need not be whole; null beyond the ends. */
function placeAt({ quantiles, kind }: ColumnProfile, place: number, column: Column): number | null {
  const [below = null, above = null] = [quantiles?.[Math.floor(place)], quantiles?.[Math.ceil(place)]];
  if (below === null || above === null) return null;
  const [low, high] = [toNumber(below, kind), toNumber(above, kind)];
  const value = low + (high - low) * (place - Math.floor(place));
  return column.kind === 'integer' ? Math.floor(value) : value;
}

/**
 * The value of a rank among `count` values, of which `below` lie under the sorted stretch: the one at which the share of
 * values reaches the rank (SQL's percentile_disc) or, where `linear`, between its neighbours (percentile_cont).
 */
function valueAt(
  rank: number,
  count: number,
  below: number,
  inside: readonly number[],
  linear: boolean,
): number | null {
  if (count === 0) return null;
  const at = (index: number): number | null => inside[index - below] ?? null;
  // As DuckDB rounds it: the last digit of a product of doubles decides.
  if (!linear) return at(Math.max(1, count - Math.floor(count - rank * count)) - 1);
  const place = rank * (count - 1);
  const [low, high] = [at(Math.floor(place)), at(Math.ceil(place))];
  return low === null || high === null ? null : low + (high - low) * (place - Math.floor(place));
}
