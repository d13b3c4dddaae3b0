import { type ExpressionForm, parseExpression } from '../../src/config/expression.js';
import { ExpressionError } from '../../src/config/expression-error.js';
import { missingParameter, unknownColumn } from '../../src/config/parameter-names.js';
import { evaluate, type ParameterLookup, type ParameterValue } from '../../src/config/parameters.js';

const saved: Readonly<Record<string, Readonly<Record<string, ParameterValue>>>> = {
  own: {
    mean: 12,
    std: 2,
    min: '9007199254740993',
    max: '2026-01-31',
    values: ['card', null, 3],
    q05: 1,
    'q99.9': 99,
    null_share: 0,
  },
  fare: { max: 40, mean: '12.5', min: true, median: Number.NaN },
  'total amount': { q95: 7 },
  'say "hi"': { mean: 8 },
  'trip.fare': { mean: 9 },
  größe: { mean: 10 },
};

const lookup: ParameterLookup = (column, parameter) => {
  const owner = saved[column ?? 'own'];
  if (owner === undefined) throw unknownColumn(column ?? 'own', Object.keys(saved));
  const value = owner[parameter];
  if (value === undefined) throw missingParameter(parameter, column, Object.keys(owner));
  return value;
};

/** The value of an expression over the saved parameters. */
export const compute = (text: string, form: ExpressionForm) => evaluate(parseExpression(text, form), lookup);

/** Message, place and hint of what is wrong with an expression. */
export function errorOf(
  text: string,
  form: ExpressionForm = 'dollar',
): [string, number | undefined, string | undefined] {
  try {
    compute(text, form);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return [error.message, error.offset, error.hint];
  }
  throw new Error(`${text} has a value`);
}
