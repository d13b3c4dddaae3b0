import { DuckDBInstance } from '@duckdb/node-api';

/** A value as tests write it: numbers that no double holds as bigint or text, dates and timestamps as ISO 8601 text. */
export type Cell = null | boolean | number | bigint | string;

/** Columns in order, each with its DuckDB type, such as `{ fare: 'DOUBLE', payment: 'VARCHAR' }`. */
export type ColumnTypes = Readonly<Record<string, string>>;

const rowsPerInsert = 1000;

/** Writes rows to a file; its name says the format, as `writeQuery` reads it. A value that a row leaves out is null. */
export async function writeTable(
  file: string,
  columns: ColumnTypes,
  rows: readonly Readonly<Record<string, Cell>>[],
): Promise<void> {
  const names = Object.keys(columns);
  const types = names.map((name) => `${identifier(name)} ${columns[name]}`);
  const tuples = rows.map((row) => `(${names.map((name) => literal(row[name] ?? null)).join(', ')})`);
  const statements = [`create table written (${types.join(', ')})`];
  for (let start = 0; start < tuples.length; start += rowsPerInsert) {
    statements.push(`insert into written values ${tuples.slice(start, start + rowsPerInsert).join(', ')}`);
  }
  await run([...statements, copyStatement('from written', file)]);
}

/** Writes what a SELECT of DuckDB gives: `.csv`, `.tsv`, `.parquet`, `.json` or `.ndjson`, the text ones also with `.gz`. */
export async function writeQuery(file: string, sql: string): Promise<void> {
  await run([copyStatement(sql, file)]);
}

/** The rows of a SELECT, as JSON-like values: integers beyond 32 bits, decimals, dates and timestamps are text. */
export async function queryRows(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Text as SQL spells it, for a file name in a query. */
export function literal(value: Cell): string {
  if (value === null) return 'null';
  return typeof value === 'boolean' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const formats: readonly [RegExp, string][] = [
  [/\.csv(\.gz)?$/, 'format csv, header'],
  [/\.tsv(\.gz)?$/, "format csv, header, delimiter '\t'"],
  [/\.parquet$/, 'format parquet'],
  [/\.(nd)?json(\.gz)?$/, 'format json'],
];

function copyStatement(sql: string, file: string): string {
  const format = formats.find(([pattern]) => pattern.test(file));
  if (!format) throw new Error(`No format is known for ${file}`);
  const array = /\.json(\.gz)?$/.test(file) ? ', array true' : '';
  return `copy (${sql}) to ${literal(file)} (${format[1]}${array})`;
}

async function run(statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const statement of statements) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
