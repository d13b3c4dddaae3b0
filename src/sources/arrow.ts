import { createReadStream } from 'node:fs';
import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { SourceError } from '../errors.js';
import { type ArrowBatch, ArrowData, type ArrowField } from './arrow-table.js';
import { checkDuplicates } from './csv.js';
import type { Engine } from './engine.js';

/** Rows that go to the engine at a time. */
const CHUNK_ROWS = 2048;

/** Copies record batches, one at a time, into a table of the engine, which spills to disk where it outgrows memory. */
export async function loadArrow(engine: Engine, data: ArrowData | readonly string[]): Promise<void> {
  const duckdb = await import('@duckdb/node-api');
  let fields: readonly ArrowField[] | null = null;
  const start = async (found: readonly ArrowField[], name: string) => {
    checkDuplicates(
      found.map((field) => field.name),
      name,
    );
    fields = found;
    const columns = found.map((field) => `"${field.name.replaceAll('"', '""')}" ${typeOf(field)}`);
    await engine.run(`CREATE TEMP TABLE arrow_data (${columns.join(', ')})`);
  };
  const append = async (batch: ArrowBatch) => {
    const types = fields!.map((field) => duckdbType(duckdb, typeOf(field)));
    const appender = await engine.connection.createAppender('arrow_data');
    const vectors = fields!.map((_, index) => batch.getChildAt(index));
    for (let from = 0; from < batch.numRows; from += CHUNK_ROWS) {
      const rows = Math.min(CHUNK_ROWS, batch.numRows - from);
      const chunk = duckdb.DuckDBDataChunk.create(types, rows);
      fields!.forEach((field, index) => {
        const convert = converterOf(duckdb, field);
        const values: DuckDBValue[] = [];
        for (let row = from; row < from + rows; row++) values.push(convert(vectors[index]?.get(row) ?? null));
        chunk.setColumnValues(index, values);
      });
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
  };
  if (data instanceof ArrowData) {
    await start(data.table.schema.fields, 'the table');
    for (const batch of data.table.batches) await append(batch);
    return;
  }
  const { RecordBatchReader } = await import('apache-arrow');
  for (const file of data) {
    try {
      const reader = await RecordBatchReader.from(createReadStream(file));
      await reader.open();
      if (fields === null) await start(reader.schema.fields, file);
      for await (const batch of reader) await append(batch as unknown as ArrowBatch);
    } catch (error) {
      if (error instanceof SourceError) throw error;
      throw new SourceError(
        `${file} cannot be read as Arrow: ${(error as Error).message}.`,
        'Check that it is whole. Compressed Arrow and Feather files are not read: write them uncompressed, or as Parquet.',
      );
    }
  }
}

/** DuckDB's type for an Arrow type, by the text that Arrow gives it. */
function typeOf(field: ArrowField): string {
  const text = String(field.type);
  const dictionary = /^Dictionary<[^,]+, (.+)>$/.exec(text);
  const name = dictionary?.[1] ?? text;
  if (/^Int(8|16|32)$|^Uint(8|16)$/.test(name)) return 'INTEGER';
  if (name === 'Int64' || name === 'Uint32') return 'BIGINT';
  if (name === 'Uint64') return 'UBIGINT';
  if (/^Float/.test(name)) return 'DOUBLE';
  if (name === 'Bool') return 'BOOLEAN';
  if (/^Date/.test(name)) return 'DATE';
  if (/^Timestamp/.test(name)) return 'TIMESTAMP';
  return 'VARCHAR';
}

type Api = typeof import('@duckdb/node-api');

function duckdbType(
  { INTEGER, BIGINT, UBIGINT, DOUBLE, BOOLEAN, DATE, TIMESTAMP, VARCHAR }: Api,
  name: string,
): DuckDBType {
  return { INTEGER, BIGINT, UBIGINT, DOUBLE, BOOLEAN, DATE, TIMESTAMP }[name] ?? VARCHAR;
}

function converterOf(duckdb: Api, field: ArrowField): (value: unknown) => DuckDBValue {
  const type = typeOf(field);
  const present = (convert: (value: unknown) => DuckDBValue) => (value: unknown) =>
    value === null ? null : convert(value);
  if (type === 'BIGINT' || type === 'UBIGINT') return present((value) => BigInt(value as number | bigint));
  if (type === 'INTEGER' || type === 'DOUBLE') return present(Number);
  if (type === 'BOOLEAN') return present(Boolean);
  if (type === 'DATE') return present((value) => new duckdb.DuckDBDateValue(Math.floor(Number(value) / 86_400_000)));
  if (type === 'TIMESTAMP')
    return present((value) => new duckdb.DuckDBTimestampValue(BigInt(Math.round(Number(value) * 1000))));
  return present((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)));
}
