import { type ColumnProfile, fromNumber, type SavedScalar, toNumber } from '../profile/index.js';
import type { Literal } from '../sql/expression.js';
import { betweenPeriodVariance, tQuantile } from '../statistics/index.js';

/** The range that new values are expected in. */
export interface Limits {
  readonly low: SavedScalar;
  readonly high: SavedScalar;
}

/** How sure the widened range is to hold one more period, on each side. */
const PERIOD_CONFIDENCE = 0.9995;

/**
 * The saved range; where periods are known, wider by as much as a new period's level may lie off the others
 * (t of the spread between period means), because the extreme of 30 days is no bound for the 31st.
 */
export function rangeLimits(profile: ColumnProfile): Limits | null {
  const { min, max, kind, periods } = profile;
  if (min === null || max === null) return null;
  const plain = { low: min, high: max };
  if (!periods?.mean || !periods.std) return plain;
  const known = periods.mean.flatMap((mean, index) => {
    const [count, std] = [periods.count[index] ?? 0, periods.std?.[index] ?? 0];
    return mean === null || count < 2 ? [] : [{ mean, std: std ?? 0, count }];
  });
  if (known.length < 2) return plain;
  const { variance } = betweenPeriodVariance(known);
  if (variance <= 0) return plain;
  const margin = tQuantile(PERIOD_CONFIDENCE, known.length - 1) * Math.sqrt(variance * (1 + 1 / known.length));
  const [low, high] = [toNumber(min, kind) - margin, toNumber(max, kind) + margin];
  const whole = kind === 'integer';
  return {
    low: fromNumber(whole ? Math.floor(low) : low, kind),
    high: fromNumber(whole ? Math.ceil(high) : high, kind),
  };
}

/** Edges of a check's bins: those of the snapshot, with one just below the lower limit and one at the upper. */
export function edgesAround(profile: ColumnProfile, limits: Limits): Literal[] {
  const inner = profile.bins?.edges ?? [];
  const last = inner.at(-1);
  const upper =
    last === undefined || toNumber(limits.high, profile.kind) > toNumber(last, profile.kind) ? [limits.high] : [];
  return [justBelow(limits.low, profile), ...inner, ...upper];
}

/** The next smaller value of the kind, so that a bin that ends there holds exactly what lies below. */
function justBelow(value: SavedScalar, profile: ColumnProfile): Literal {
  // Integers beyond 2^53 are binned as doubles.
  if (profile.kind === 'integer' && Number.isSafeInteger(Number(value))) return BigInt(value) - 1n;
  const number = toNumber(value, profile.kind);
  // Decimals are cast to doubles, whose last digits may differ.
  if (profile.kind === 'decimal') return number - Math.max(Math.abs(number) * 1e-14, Number.MIN_VALUE);
  if (number === 0) return -Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  view.setBigInt64(0, view.getBigInt64(0) + (number > 0 ? -1n : 1n));
  return view.getFloat64(0);
}
