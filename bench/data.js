// Makes the benchmark's data with DuckDB, seeded: 12 doubles (one of them a score), 3 integers (one an id), 3 texts of 5,
// 60 and 2,000 values, a boolean, a timestamp and one more double with missing values.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

export const folder = fileURLToPath(new URL('../.cache/bench/', import.meta.url));

const normal = 'sqrt(-2 * ln(1 - random())) * cos(6.283185307179586 * random())';

function columns(rows) {
  const list = ['range AS id'];
  for (let i = 0; i < 5; i++) list.push(`${normal} * ${i + 1} + ${i * 10} AS d${i}`);
  for (let i = 5; i < 8; i++) list.push(`exp(${normal} * 0.${i} + ${i - 4}) AS d${i}`);
  for (let i = 8; i < 10; i++) list.push(`round(random() * 100, 2) AS d${i}`);
  list.push(`CASE WHEN random() < 0.03 THEN NULL ELSE ${normal} END AS d10`, 'random() AS score');
  list.push('CAST(random() * 50 AS INTEGER) AS i0', `CAST(exp(${normal}) AS INTEGER) AS i1`);
  list.push(
    "['card', 'cash', 'voucher', 'transfer', 'other'][1 + CAST(floor(power(random(), 2) * 5) AS INT)] AS payment",
  );
  list.push(
    "'c' || CAST(floor(power(random(), 2) * 60) AS INT) AS country",
    "'z' || CAST(floor(random() * 2000) AS INT) AS zone",
  );
  list.push('random() < 0.3 AS flag');
  list.push(
    `TIMESTAMP '2025-01-01' + to_microseconds(CAST(range * (86400000000 * 30 / ${rows}) AS BIGINT)) AS event_time`,
  );
  list.push('random() * 1000 AS d11');
  return list.join(', ');
}

/** Writes a table to a file of `.cache/bench` unless it is there, and gives its path. */
async function write(name, sql) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  if (existsSync(path)) return path;
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run('SELECT setseed(0.42)');
  const format = name.endsWith('.csv') ? 'FORMAT csv' : 'FORMAT parquet, COMPRESSION zstd';
  await connection.run(`COPY (${sql}) TO '${path}' (${format})`);
  instance.closeSync();
  return path;
}

/** `rows` x 21 columns. */
export const table = (rows, ending) => write(`rows-${rows}.${ending}`, `SELECT ${columns(rows)} FROM range(${rows})`);

/** 100,000 rows x 1,000 columns of doubles. */
export const wide = () =>
  write(
    'wide.parquet',
    `SELECT ${Array.from({ length: 1000 }, (_, i) => `random() * ${i + 1} AS c${i}`).join(', ')} FROM range(100000)`,
  );
