import type { Dialect } from '../sql/dialect.js';

/**
 * What a column holds, whatever an engine calls it. `nested` (lists, structs, maps) and `other` (binary, intervals)
 * are counted for missing values and otherwise left out.
 */
export type ColumnKind =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'string'
  | 'date'
  | 'timestamp'
  | 'nested'
  | 'other';

/** One column of a source. */
export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  /** The engine's own name of the type, such as `DECIMAL(18,3)`. */
  readonly nativeType: string;
}

/**
 * A value that an engine gave back. Integers are numbers where a double holds them exactly, otherwise bigints; decimals
 * are strings with all their digits; dates and timestamps are ISO 8601 strings in UTC (`2025-01-31`,
 * `2025-01-31 23:59:59.5`, without a zone); a list is an array; a map is an array of `[key, value]` pairs.
 */
export type Value = null | boolean | number | bigint | string | Value[];

/** One row of a result: its values in the order of the query's columns. */
export type Row = readonly Value[];

/** Which rows and columns of the data are read. Every command that reads data takes these. */
export interface ReadOptions {
  /** An SQL condition that a row must meet. */
  readonly where?: string | undefined;
  /** The column that says when a row happened. */
  readonly eventTime?: string | undefined;
  /** ISO 8601, or a duration back from the newest event (`7d`, `24h`, `90m`, `2w`); inclusive. Needs `eventTime`. */
  readonly since?: string | undefined;
  /** ISO 8601, or a duration back from the newest event; exclusive. Needs `eventTime`. */
  readonly until?: string | undefined;
  /** Read a random sample of this many rows (repeatable: the same rows at every run). */
  readonly sample?: number | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly csvDelimiter?: string | undefined;
  /** Texts that mean "missing" in a CSV file; the empty field by default. */
  readonly csvNull?: readonly string[] | undefined;
  /** Threads of the engine; all cores by default. */
  readonly threads?: number | undefined;
  /** Memory limit of the engine, such as `2GB`. */
  readonly memoryLimit?: string | undefined;
  /** The query is cancelled after this many milliseconds. */
  readonly timeoutMilliseconds?: number | undefined;
  /**
   * Columns that a text format (CSV, JSON) must read as this kind, whatever the values look like: a code that was text
   * when the snapshot was saved stays text when a window happens to hold digits only.
   */
  readonly kinds?: ReadonlyMap<string, ColumnKind> | undefined;
}

/** The window of event time that was read, resolved to ISO 8601 in UTC; null where it is open. */
export interface Window {
  readonly since: string | null;
  readonly until: string | null;
}

/** Where rows live. Read-only: `query` runs one SELECT and refuses everything else. */
export interface Source {
  /** How messages and reports call it; secrets are masked. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly columns: readonly Column[];
  readonly window: Window;
  /** What to select from: a table name or a sub-query, quoted and ready, with all reading options applied. */
  readonly relation: string;
  /** What was read leniently (ragged rows, mixed line ends, ...), a full sentence each. Grows while data is read. */
  readonly notes: readonly string[];
  /** Number of rows as far as it is known without reading them; null where it is not. */
  readonly estimatedRows: number | null;
  /** A small stretch of the rows, cheap to scan, spread as well as the format allows; null where there is none. */
  sampleRelation(): Promise<string | null>;
  /** Runs one SELECT. Throws `SourceError`; throws `SourceReopened` when types had to be widened: begin again. */
  query(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/**
 * Thrown by `query` when the data did not fit the types that were guessed from its beginning. The source has been
 * reopened with wider types: whoever compiled SQL for the old types starts over.
 */
export class SourceReopened extends Error {
  constructor() {
    super('The source was reopened with wider column types.');
    this.name = 'SourceReopened';
  }
}
