import { isNumeric } from '../profile/index.js';
import type { Column } from '../sources/source.js';
import { type Expression, type Literal, literal } from '../sql/expression.js';
import { CannotJudge } from './rule.js';

/** A value of the YAML as a literal of the column's kind; null where no value of the column can equal it. */
export function literalOf(value: unknown, column: Column): Expression | null {
  if (value === null || value === undefined) return null;
  const { kind } = column;
  if (isNumeric(kind)) {
    if (typeof value === 'number' || typeof value === 'bigint') return literal(value, kind);
    return typeof value === 'string' && isDecimalText(value) ? literal(value, kind) : null;
  }
  if (kind === 'boolean') return typeof value === 'boolean' ? literal(value, kind) : null;
  if (kind === 'date' || kind === 'timestamp') {
    return typeof value === 'string' && isTimeText(value) ? literal(toTimestamp(value), 'timestamp') : null;
  }
  if (kind !== 'string' || typeof value === 'object') return null;
  return literal(String(value as Literal), kind);
}

/** A bound as a literal of the column's kind; a bound of another kind cannot be judged. */
export function boundLiteral(value: unknown, column: Column, name: string): Expression {
  const found = column.kind === 'string' && typeof value !== 'string' ? null : literalOf(value, column);
  if (found) return found;
  throw new CannotJudge(
    `${name} is ${JSON.stringify(String(value))}, but ${column.name} is of type ${column.nativeType}: they have no order between them`,
  );
}

const isDecimalText = (text: string): boolean => /^[+-]?\d+(\.\d+)?$/.test(text);
const isTimeText = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/.test(text) &&
  !Number.isNaN(Date.parse(text.slice(0, 10)));

/** ISO 8601 in UTC without a zone, the form that timestamps are compared in. */
function toTimestamp(text: string): string {
  if (!/(Z|[+-]\d\d:?\d\d)$/.test(text.slice(10))) return text.replace('T', ' ');
  return new Date(text.replace(' ', 'T')).toISOString().replace('T', ' ').replace('Z', '');
}
