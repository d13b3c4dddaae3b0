import {
  canonicalParameter,
  ExpressionError,
  missingParameter,
  noOwnColumn,
  type ParameterLookup,
  type ParameterValue,
  quantileRank,
  unknownColumn,
} from '../config/index.js';
import { type ColumnProfile, fromNumber, toNumber } from '../profile/index.js';
import type { Snapshot } from '../snapshot/index.js';

/** Finds the saved parameters that `$` expressions name; `own` is the rule's column. */
export function lookupIn(snapshot: Snapshot | null, own: string | null): ParameterLookup {
  return (named, written) => {
    const parameter = canonicalParameter(written);
    if (!snapshot) {
      throw new ExpressionError(
        'There is no snapshot to take parameters from',
        undefined,
        'Save one with `tidemark snapshot <data> --model M --api-version V`.',
      );
    }
    if (parameter === 'row_count') return snapshot.row_count;
    const name = named ?? own;
    if (name === null) throw noOwnColumn(parameter);
    const column = snapshot.columns.find((candidate) => candidate.name === name);
    if (!column)
      throw unknownColumn(
        name,
        snapshot.columns.map((candidate) => candidate.name),
      );
    const value = parameterOf(column, parameter, snapshot.row_count);
    if (value === null) throw missingParameter(parameter, name, availableOf(column, snapshot.row_count));
    return value;
  };
}

function parameterOf(column: ColumnProfile, parameter: string, rows: number): ParameterValue | null {
  const rank = quantileRank(parameter);
  if (rank !== undefined) return quantileAt(column, rank);
  switch (parameter) {
    case 'count':
      return column.count;
    case 'null_share':
      return rows === 0 ? 0 : (rows - column.count) / rows;
    case 'mean':
      return column.mean;
    case 'std':
      return column.std;
    case 'min':
      return column.min;
    case 'max':
      return column.max;
    case 'median':
      return quantileAt(column, 0.5);
    case 'iqr': {
      const [low, high] = [quantileAt(column, 0.25), quantileAt(column, 0.75)];
      return low === null || high === null ? null : toNumber(high, column.kind) - toNumber(low, column.kind);
    }
    case 'distinct':
      return column.distinct;
    case 'values':
      return column.values_are_complete ? (column.values ?? []).map(([value]) => value) : null;
    default:
      return null;
  }
}

function quantileAt(column: ColumnProfile, rank: number) {
  const { quantiles, kind } = column;
  if (!quantiles) return null;
  const place = rank * 100;
  const [below, above] = [quantiles[Math.floor(place)] ?? null, quantiles[Math.ceil(place)] ?? null];
  if (below === null || above === null || Number.isInteger(place)) return below;
  const [low, high] = [toNumber(below, kind), toNumber(above, kind)];
  return fromNumber(low + (high - low) * (place - Math.floor(place)), kind);
}

const NAMES = ['count', 'null_share', 'mean', 'std', 'min', 'max', 'median', 'iqr', 'distinct', 'values'];

function availableOf(column: ColumnProfile, rows: number): string[] {
  return [
    ...NAMES.filter((name) => parameterOf(column, name, rows) !== null),
    ...(column.quantiles ? ['q00 to q100'] : []),
  ];
}
