// node bench/query.js FILE.sql: one hand-written query, and nothing else. Prints the seconds that the query itself took.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const start = performance.now();
await connection.runAndReadAll(readFileSync(process.argv[2], 'utf8'));
console.log((performance.now() - start) / 1000);
