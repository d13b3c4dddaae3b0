import { join } from 'node:path';
import { didYouMean } from '../config/index.js';
import { SourceError, UsageError } from '../errors.js';
import { duckdb } from '../sql/duckdb.js';
import { loadArrow } from './arrow.js';
import { ArrowData } from './arrow-table.js';
import {
  type CsvHead,
  checkDuplicates,
  csvCall,
  explainCsv,
  isConversion,
  isCsvError,
  LENIENCIES,
  readHead,
} from './csv.js';
import { spreadSampleCall, writeSpreadSample } from './csv-sample.js';
import { type Engine, EngineError, openEngine } from './engine.js';
import { columnOf } from './kinds.js';
import { listFiles } from './listing.js';
import { type Column, type ReadOptions, type Row, type Source, SourceReopened, type Window } from './source.js';
import { spoolInput } from './stdin.js';
import { resolveWindow } from './window.js';

/** A table of the engine that stands for files: how to select from it, and what to do when it does not read. */
interface Table {
  readonly call: string;
  readonly files: readonly string[];
  readonly notes: readonly string[];
  readonly estimatedRows: number | null;
  /** Reads the same files more leniently or with wider types; null where nothing is left to try. */
  readonly reopen: ((message: string) => Promise<Table>) | null;
  readonly isText: boolean;
  /** The columns, where they were described while it was opened. */
  readonly columns?: readonly Column[];
  /** A small file that holds stretches of the whole, written when it is asked for. */
  readonly spread?: { readonly from: string; readonly to: string; readonly delimiter: string };
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Opens files, standard input or a table of apache-arrow. */
export async function openFiles(data: string | ArrowData, options: ReadOptions): Promise<Source> {
  const engine = await openEngine(options);
  try {
    const path = data === '-' ? await spoolInput(engine.folder()) : data;
    const table = await openTable(engine, path, options);
    const name = typeof data !== 'string' ? 'a table of apache-arrow' : data === '-' ? 'standard input' : data;
    return await FileSource.open(engine, table, name, options);
  } catch (error) {
    await engine.close();
    throw error instanceof EngineError ? explain(error, typeof data === 'string' ? data : 'the table') : error;
  }
}

async function openTable(engine: Engine, data: string | ArrowData, options: ReadOptions): Promise<Table> {
  if (data instanceof ArrowData) return arrowTable(engine, data);
  const { format, files } = await listFiles(data);
  if (format === 'arrow') return arrowTable(engine, files);
  if (format === 'csv') return csvTable(engine, files, options, { level: 0, wide: false });
  const list = `[${files.map(quote).join(', ')}]`;
  if (format === 'json') {
    return {
      call: `read_json(${list}, union_by_name = true)`,
      files,
      notes: [],
      estimatedRows: null,
      reopen: null,
      isText: true,
    };
  }
  const several = files.length > 1 ? ', union_by_name = true' : '';
  const rows = await engine.run(`SELECT sum(num_rows) FROM parquet_file_metadata(${list})`);
  return {
    call: `read_parquet(${list}${several})`,
    files,
    notes: [],
    estimatedRows: Number(rows[0]?.[0] ?? 0),
    reopen: null,
    isText: false,
  };
}

async function arrowTable(engine: Engine, data: ArrowData | readonly string[]): Promise<Table> {
  await loadArrow(engine, data);
  return { call: 'arrow_data', files: [], notes: [], estimatedRows: null, reopen: null, isText: false };
}

interface CsvState {
  readonly level: number;
  readonly wide: boolean;
  readonly head?: CsvHead;
}

async function csvTable(
  engine: Engine,
  files: readonly string[],
  options: ReadOptions,
  state: CsvState,
): Promise<Table> {
  const head = state.head ?? (await readHead(engine, files[0]!, options));
  for (let level = state.level; ; level++) {
    const leniency = LENIENCIES[level];
    const last = LENIENCIES[level + 1] === undefined;
    if (!leniency)
      throw new SourceError(`${files[0]} cannot be read as CSV.`, 'Check its delimiter with --csv-delimiter.');
    const call = csvCall(files, head, leniency, state.wide, new Map(), options);
    const described = await describe(engine, call).catch((error: Error) => error);
    if (described instanceof Error) {
      if (last || !isCsvError(described.message)) throw explainCsv(described.message, files[0]!);
      continue;
    }
    if (files.length === 1 && described.length !== head.names.length) {
      if (last || described.length > head.names.length) throw await tooManyFields(engine, files[0]!, head);
      continue;
    }
    const long = head.hasLongDigits ? await longIntegers(engine, described, call) : [];
    const types = new Map([...long, ...forcedTypes(described, options)]);
    return {
      call: types.size > 0 ? csvCall(files, head, leniency, state.wide, types, options) : call,
      files,
      ...(types.size === 0 && { columns: described }),
      ...(isSpreadable(files, leniency.note) && {
        spread: { from: files[0]!, to: join(engine.folder(), 'sample.csv'), delimiter: head.delimiter },
      }),
      notes: leniency.note === null ? [] : [`In ${files[0]}, ${leniency.note}.`],
      estimatedRows: null,
      isText: true,
      reopen: async (message) => {
        if (isConversion(message) && !state.wide) return csvTable(engine, files, options, { level, wide: true, head });
        if (isConversion(message) || last) throw explainCsv(message, files[0]!);
        return csvTable(engine, files, options, { level: level + 1, wide: state.wide, head });
      },
    };
  }
}

/** Stretches can be cut out of one file that is not compressed and keeps to the form of CSV. */
const isSpreadable = (files: readonly string[], note: string | null): boolean =>
  files.length === 1 && note === null && /\.(csv|tsv|txt)$/i.test(files[0]!);

/** Columns that were text when the snapshot was saved stay text. */
function forcedTypes(columns: readonly Column[], { kinds }: ReadOptions): Map<string, string> {
  const forced = columns.filter(({ name, kind }) => kinds?.get(name) === 'string' && kind !== 'string');
  return new Map(forced.map(({ name }) => [name, 'VARCHAR']));
}

/** Rows that are looked at for integers that a double would round. */
const LOOKED_AT = 1000;

/**
 * Columns of integers too long for 64 bits, which the engine would guess to be doubles: read as 128 bits, so that no
 * digit is lost.
 */
async function longIntegers(engine: Engine, columns: readonly Column[], call: string): Promise<[string, string][]> {
  const doubles = columns.filter(({ kind }) => kind === 'float');
  if (doubles.length === 0) return [];
  const asText = call.replace(/\)$/, ', all_varchar = true)');
  const tests = doubles.map(
    ({ name }) => `bool_or(regexp_full_match(${duckdb.quoteIdentifier(name)}, '[+-]?[0-9]{16,38}'))`,
  );
  const [row] = await engine.run(`SELECT ${tests.join(', ')} FROM (SELECT * FROM ${asText} LIMIT ${LOOKED_AT})`);
  return doubles.filter((_, index) => row?.[index] === true).map(({ name }) => [name, 'HUGEINT']);
}

/** Reads the file strictly as text, so that the engine names the line that has more fields than the header. */
async function tooManyFields(engine: Engine, file: string, head: CsvHead): Promise<SourceError> {
  const names = head.names.map((name, index) => `${quote(name === '' ? `column${index}` : name)}: 'VARCHAR'`);
  const call = `read_csv(${quote(file)}, auto_detect = false, header = true, delim = ${quote(head.delimiter)}, quote = '"', escape = '"', null_padding = true, columns = {${names.join(', ')}})`;
  const message = await engine.run(`SELECT count(*) FROM ${call}`).then(
    () => '',
    (error: Error) => error.message,
  );
  return explainCsv(message === '' ? 'rows have more fields than the header' : message, file);
}

async function describe(engine: Engine, call: string): Promise<Column[]> {
  const rows = await engine.run(`DESCRIBE SELECT * FROM ${call}`);
  return rows.map(([name, type]) => columnOf(String(name), String(type)));
}

function explain(error: EngineError, name: string): SourceError {
  return new SourceError(
    `${name} cannot be read: ${error.message.split('\n')[0]}`,
    'Check that the file is whole and what its name says.',
  );
}

/** Files as the engine reads them. */
class FileSource implements Source {
  readonly dialect = duckdb;
  columns: readonly Column[] = [];
  window: Window = { since: null, until: null };
  relation = '';
  #all: readonly Column[] = [];
  #conditions: readonly string[] = [];
  readonly #notes: string[] = [];
  #table: Table;

  private constructor(
    readonly engine: Engine,
    table: Table,
    readonly name: string,
    readonly options: ReadOptions,
  ) {
    this.#table = table;
  }

  static async open(engine: Engine, table: Table, name: string, options: ReadOptions): Promise<FileSource> {
    const source = new FileSource(engine, table, name, options);
    await source.#prepare();
    await engine.lock([...table.files, ...(table.spread ? [table.spread.to] : [])]);
    return source;
  }

  get notes(): readonly string[] {
    return [...new Set([...this.#table.notes, ...this.#notes])];
  }

  get estimatedRows(): number | null {
    const filtered = this.options.where !== undefined || this.window.since !== null || this.window.until !== null;
    return filtered ? null : this.#table.estimatedRows;
  }

  async sampleRelation(): Promise<string | null> {
    const { estimatedRows: rows, spread } = this.#table;
    if (spread && this.options.sample === undefined && (await writeSpreadSample(spread.from, spread.to))) {
      return this.#select(spreadSampleCall(spread.to, spread.delimiter, this.#all));
    }
    if (rows === null || rows < SAMPLE_THRESHOLD) return null;
    const wanted = Math.max(2000, Math.min(SAMPLED_ROWS, SAMPLED_CELLS / this.columns.length));
    const share = Math.max(0.1, Math.min(100, (wanted / rows) * 100));
    return `(SELECT * FROM ${this.relation} USING SAMPLE ${share.toFixed(3)} PERCENT (system, 42))`;
  }

  async query(sql: string): Promise<Row[]> {
    try {
      return await this.engine.select(sql);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const { reopen } = this.#table;
      if (reopen && isCsvError(error.message)) {
        this.#table = await reopen(error.message);
        await this.#prepare();
        throw new SourceReopened();
      }
      throw explain(error, this.name);
    }
  }

  close(): Promise<void> {
    return this.engine.close();
  }

  async #prepare(): Promise<void> {
    const { options } = this;
    const all = this.#table.columns ?? (await describe(this.engine, this.#table.call));
    checkDuplicates(
      all.map(({ name }) => name),
      this.name,
    );
    const names = all.map((column) => column.name);
    for (const name of [
      ...(options.columns ?? []),
      ...(options.exclude ?? []),
      ...(options.eventTime ? [options.eventTime] : []),
    ]) {
      if (!names.includes(name)) throw new UsageError(`${this.name} has no column ${name}.`, didYouMean(name, names));
    }
    this.columns = all.filter(
      ({ name }) => (options.columns?.includes(name) ?? true) && !options.exclude?.includes(name),
    );
    if (this.columns.length === 0) throw new UsageError('No column is left to read.', 'Check --columns and --exclude.');
    const conditions = options.where === undefined ? [] : [`(${options.where}\n)`];
    if (options.where !== undefined) await this.#tryCondition(conditions[0]!);
    const { window, condition } = await resolveWindow(
      options,
      all,
      async (sql) => this.engine.run(sql),
      this.#table.call,
    );
    this.window = window;
    if (condition) conditions.push(condition);
    this.#all = all;
    this.#conditions = conditions;
    this.relation =
      options.sample === undefined ? this.#select(this.#table.call) : await this.#takeSample(options.sample);
  }

  async #tryCondition(condition: string): Promise<void> {
    await this.engine.select(`SELECT 1 FROM ${this.#table.call} WHERE ${condition} LIMIT 0`).catch((error: Error) => {
      if (!(error instanceof EngineError)) throw error;
      throw new UsageError(
        `--where ${JSON.stringify(this.options.where)} does not fit: ${error.message.split('\n')[0]}`,
        'Give an SQL condition over the columns of the data.',
      );
    });
  }

  /** The chosen columns and rows of a call, with all texts as text. */
  #select(call: string): string {
    const { options } = this;
    const where = this.#conditions.length > 0 ? ` WHERE ${this.#conditions.join(' AND ')}` : '';
    const isWhole = options.columns === undefined && options.exclude === undefined && !this.columns.some(isCast);
    if (isWhole && where === '') return call;
    return `(SELECT ${isWhole ? '*' : this.columns.map(selection).join(', ')} FROM ${call}${where})`;
  }

  /** One thread, so that the same rows are chosen at every run. */
  async #takeSample(rows: number): Promise<string> {
    const select = this.#select(this.#table.call);
    await this.engine.run('SET threads = 1');
    await this.engine.run(
      `CREATE OR REPLACE TEMP TABLE sampled AS SELECT * FROM ${select} USING SAMPLE ${rows} ROWS (reservoir, 42)`,
    );
    await this.engine.run('RESET threads');
    return 'sampled';
  }
}

/** Rows of a table from which on only a part of it is looked at to plan the bins, and how many rows that part should have. */
const SAMPLE_THRESHOLD = 100_000;
const SAMPLED_ROWS = 20_000;
/** Fewer rows of a table with many columns. */
const SAMPLED_CELLS = 2_000_000;

const isCast = ({ kind, nativeType }: Column): boolean => kind === 'string' && nativeType !== 'VARCHAR';

function selection(column: Column): string {
  const name = duckdb.quoteIdentifier(column.name);
  return isCast(column) ? `CAST(${name} AS VARCHAR) AS ${name}` : name;
}
