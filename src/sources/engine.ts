import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { maskSecrets } from '../config/index.js';
import { SourceError } from '../errors.js';
import type { ReadOptions, Row } from './source.js';
import { toValue } from './value.js';

/** One DuckDB in memory, with a connection. It runs SELECT only, once it is locked. */
export interface Engine {
  /** Runs a statement that sets the engine up. Not for text of the user's. */
  run(sql: string): Promise<Row[]>;
  /** Runs one SELECT; throws `SourceError` for anything else, and what the engine says as `EngineError`. */
  select(sql: string): Promise<Row[]>;
  /** From here on only these files can be opened, and no setting can be changed. */
  lock(files: readonly string[]): Promise<void>;
  /** A folder of its own, removed by `close`; made when it is first asked for. */
  folder(): string;
  readonly connection: DuckDBConnection;
  close(): Promise<void>;
}

/** What the engine said, for those who can make something of it. */
export class EngineError extends Error {}

export async function openEngine(options: ReadOptions): Promise<Engine> {
  const { DuckDBInstance, StatementType } = await import('@duckdb/node-api');
  let folder: string | null = null;
  const ownFolder = (): string => {
    if (folder === null) {
      const made = mkdtempSync(join(tmpdir(), 'tidemark-'));
      // Whatever ends the process early: what was read from standard input does not stay behind.
      process.once('exit', () => rmSync(made, { recursive: true, force: true }));
      folder = made;
    }
    return folder;
  };
  const instance = await createInstance(DuckDBInstance.create, options);
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  const select = async (sql: string): Promise<Row[]> => {
    const statements = await explained(connection.extractStatements(sql));
    if (statements.count !== 1) throw notOneSelect();
    const statement = await explained(statements.prepare(0));
    if (statement.statementType !== StatementType.SELECT) throw notOneSelect();
    const timer = timeLimit(connection, options.timeoutMilliseconds);
    try {
      const result = await explained(statement.runAndReadAll());
      return result.getRows().map((row) => row.map(toValue));
    } catch (error) {
      if (timer.isOver()) {
        throw new SourceError(
          `The query took longer than ${(options.timeoutMilliseconds ?? 0) / 1000} seconds.`,
          'Raise --timeout, or read less with --since, --where or --sample.',
        );
      }
      throw error;
    } finally {
      timer.clear();
    }
  };
  return {
    connection,
    select,
    folder: ownFolder,
    run: async (sql) => (await explained(connection.runAndReadAll(sql))).getRows().map((row) => row.map(toValue)),
    lock: async (files) => {
      const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
      await connection.run(
        `SET allowed_paths = [${list}]; SET enable_external_access = false; SET lock_configuration = true`,
      );
    },
    close: async () => {
      connection.closeSync();
      instance.closeSync();
      if (folder !== null) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createInstance(create: typeof DuckDBInstance.create, options: ReadOptions): Promise<DuckDBInstance> {
  const config: Record<string, string> = {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'false',
    temp_directory: join(tmpdir(), `tidemark-spill-${process.pid}`),
  };
  if (options.threads !== undefined) config.threads = String(options.threads);
  if (options.memoryLimit !== undefined) config.memory_limit = options.memoryLimit;
  try {
    return await create(':memory:', config);
  } catch (error) {
    throw new SourceError(
      `The engine does not start with these options: ${(error as Error).message}`,
      'Check --threads and --memory-limit (such as 2GB).',
    );
  }
}

function notOneSelect(): SourceError {
  return new SourceError(
    'Only one SELECT is run on the data: sources are read-only.',
    'Give a condition such as "fare > 0", without semicolons.',
  );
}

async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new EngineError(maskSecrets(error instanceof Error ? error.message : String(error)));
  }
}

function timeLimit(connection: DuckDBConnection, milliseconds: number | undefined) {
  let over = false;
  const timer =
    milliseconds === undefined
      ? undefined
      : setTimeout(() => {
          over = true;
          connection.interrupt();
        }, milliseconds);
  return { isOver: () => over, clear: () => clearTimeout(timer) };
}
