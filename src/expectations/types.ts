import type { Column, ColumnKind } from '../sources/source.js';

/** What people call types: the names of pandas, NumPy, Python and SQL for each kind. Compared without case. */
const NAMES: Readonly<Record<ColumnKind, readonly string[]>> = {
  integer: [
    'integer',
    'int',
    'int8',
    'int16',
    'int32',
    'int64',
    'int128',
    'uint8',
    'uint16',
    'uint32',
    'uint64',
    'tinyint',
    'smallint',
    'bigint',
    'hugeint',
    'long',
    'int_',
    'integertype',
    'biginteger',
  ],
  decimal: ['decimal', 'numeric', 'number'],
  float: [
    'float',
    'float_',
    'float16',
    'float32',
    'float64',
    'double',
    'real',
    'double precision',
    'double_precision',
    'number',
  ],
  boolean: ['boolean', 'bool', 'bool_'],
  string: ['string', 'str', 'object', 'text', 'varchar', 'char', 'character varying', 'category'],
  date: ['date'],
  timestamp: [
    'timestamp',
    'datetime',
    'datetime64',
    'datetime64[ns]',
    'datetime64[us]',
    'timestamptz',
    'timestamp with time zone',
  ],
  nested: ['nested', 'list', 'struct', 'map', 'json', 'dict'],
  other: ['other', 'blob', 'bytes', 'binary', 'interval'],
};

/**
 * True where a column is of the type of this name. The engine's own name must match exactly; names that carry a width
 * (`int32`, `float32`) hold only for that width.
 */
export function isOfType(column: Column, name: string): boolean {
  const asked = name.toLowerCase().trim();
  const native = column.nativeType.toLowerCase();
  if (asked === native || asked === native.replace(/\(.*\)$/, '')) return true;
  if (!NAMES[column.kind].includes(asked)) return false;
  const width = WIDTHS[asked];
  return width === undefined || width.includes(native);
}

/** Engine types that a name with a width stands for. */
const WIDTHS: Readonly<Record<string, readonly string[]>> = {
  int8: ['tinyint'],
  int16: ['smallint'],
  int32: ['integer'],
  int64: ['bigint'],
  int128: ['hugeint'],
  uint8: ['utinyint'],
  uint16: ['usmallint'],
  uint32: ['uinteger'],
  uint64: ['ubigint'],
  tinyint: ['tinyint'],
  smallint: ['smallint'],
  bigint: ['bigint'],
  hugeint: ['hugeint'],
  float32: ['float'],
  real: ['float'],
  float64: ['double'],
  double: ['double'],
};
