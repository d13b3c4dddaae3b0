import type { Column, ColumnKind } from './source.js';

const KINDS: readonly (readonly [RegExp, ColumnKind])[] = [
  [/\[\d*\]$|^(STRUCT|MAP|UNION|JSON|LIST|VARIANT)\b/, 'nested'],
  [/^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/, 'integer'],
  [/^DECIMAL/, 'decimal'],
  [/^(FLOAT|DOUBLE)$/, 'float'],
  [/^BOOLEAN$/, 'boolean'],
  [/^(VARCHAR|ENUM|UUID|TIME\b)/, 'string'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP/, 'timestamp'],
];

/** A column by DuckDB's name of its type. */
export function columnOf(name: string, nativeType: string): Column {
  const kind = KINDS.find(([pattern]) => pattern.test(nativeType))?.[1] ?? 'other';
  return { name, kind, nativeType };
}
