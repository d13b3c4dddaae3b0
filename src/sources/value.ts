import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBTimestampTZValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Value } from './source.js';

/** DuckDB's value in tidemark's form: nothing is rounded. */
export function toValue(value: DuckDBValue): Value {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  }
  if (value instanceof DuckDBListValue) return value.items.map(toValue);
  if (value instanceof DuckDBMapValue)
    return value.entries.map(({ key, value: item }) => [toValue(key), toValue(item)]);
  if (value instanceof DuckDBDecimalValue || value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBTimestampTZValue) return value.toString().replace(/[+-]\d\d(:\d\d)?$/, '');
  return String(value);
}
