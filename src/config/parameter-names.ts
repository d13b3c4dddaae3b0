import { ExpressionError } from './expression-error.js';
import { didYouMean, nearest } from './nearest.js';

/** The saved parameters that an expression can name, apart from quantiles. */
export const PARAMETER_NAMES = [
  'count',
  'null_share',
  'mean',
  'std',
  'min',
  'max',
  'median',
  'iqr',
  'distinct',
  'values',
  'row_count',
] as const;

const QUANTILE = /^q(\d{1,3})(\.\d+)?$/i;
const KNOWN = `Known: ${PARAMETER_NAMES.join(', ')}, and quantiles from q00 to q100.`;

/** The share of values below a quantile: 0.05 for `q05`, 0.999 for `q99.9`; undefined for any other name. */
export function quantileRank(name: string): number | undefined {
  const match = QUANTILE.exec(name);
  // Read as `99.9e-2`, because 99.9 / 100 is not the double nearest to 0.999.
  const rank = match ? Number(`${match[1]}${match[2] ?? ''}e-2`) : Number.NaN;
  return rank <= 1 ? rank : undefined;
}

/**
 * The one spelling of a parameter's name: `q5` is `q05`, `q99.90` is `q99.9`.
 * @throws ExpressionError with the nearest right name when there is no such parameter
 */
export function canonicalParameter(name: string, offset?: number): string {
  if ((PARAMETER_NAMES as readonly string[]).includes(name)) return name;
  if (quantileRank(name) !== undefined) {
    const [whole = '', fraction = ''] = name.slice(1).split('.');
    const digits = fraction.replace(/0+$/, '');
    return `q${String(Number(whole)).padStart(2, '0')}${digits ? `.${digits}` : ''}`;
  }
  if (QUANTILE.test(name))
    throw new ExpressionError(`There is no quantile \`${name}\``, offset, 'They go from q00 to q100.');
  const hint = nearest(name, PARAMETER_NAMES) === undefined ? KNOWN : didYouMean(name, PARAMETER_NAMES);
  throw new ExpressionError(`Unknown parameter \`${name}\``, offset, hint);
}

/** For a lookup: the error for a column that the snapshot does not have. */
export function unknownColumn(column: string, columns: readonly string[]): ExpressionError {
  return new ExpressionError(`The snapshot has no column \`${column}\``, undefined, didYouMean(column, columns));
}

/** For a lookup: the error for a parameter that a column does not have, such as the mean of a text. */
export function missingParameter(
  parameter: string,
  column: string | null,
  available: readonly string[],
): ExpressionError {
  const owner = column === null ? 'the data as a whole' : `column \`${column}\``;
  const hint = available.length > 0 ? `It has ${available.join(', ')}.` : undefined;
  return new ExpressionError(`The snapshot has no \`${parameter}\` of ${owner}`, undefined, hint);
}

/** For a lookup: the error for a parameter of the rule's own column in a rule without one. */
export function noOwnColumn(parameter: string): ExpressionError {
  return new ExpressionError(
    `\`${parameter}\` is a parameter of a column, and this rule has no column of its own`,
    undefined,
    `Name the column: \`$column.${parameter}\`.`,
  );
}
