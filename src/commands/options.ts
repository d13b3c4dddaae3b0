import { type Command, InvalidArgumentError, Option } from 'commander';
import type { TableOptions } from '../reports/index.js';
import type { ReadOptions } from '../sources/source.js';

/** What every command is given: where to write, and what the terminal can show. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly table: TableOptions;
}

/** The options of every command. */
export interface CommonOptions {
  readonly quiet?: boolean;
  readonly color?: boolean;
  readonly store: string;
}

export interface ReadFlags {
  readonly where?: string;
  readonly eventTime?: string;
  readonly since?: string;
  readonly until?: string;
  readonly sample?: number;
  readonly columns?: string[];
  readonly exclude?: string[];
  readonly csvDelimiter?: string;
  readonly csvNull?: string[];
  readonly threads?: number;
  readonly memoryLimit?: string;
  readonly timeout?: number;
}

export function addCommonOptions(command: Command): Command {
  return command
    .option('--quiet', 'only results and errors: no notes, no progress')
    .option('--no-color', 'no colour (also NO_COLOR)')
    .option('--store <dir>', 'folder of the saved snapshots', '.tidemark');
}

/** The options of every command that reads data. */
export function addReadOptions(command: Command): Command {
  return command
    .option('--where <condition>', 'read only rows that meet this SQL condition')
    .option('--event-time <column>', 'the column that says when a row happened')
    .option('--since <time>', 'read from this time on: ISO 8601, or back from the newest event (7d, 24h)')
    .option('--until <time>', 'read up to this time, itself left out')
    .option('--sample <rows>', 'read a repeatable random sample', wholeNumber)
    .option('--columns <names>', 'read only these columns, separated by commas', names)
    .option('--exclude <names>', 'leave these columns out, separated by commas', names)
    .option('--csv-delimiter <text>', 'what separates the fields of a CSV file')
    .option('--csv-null <texts>', 'texts that mean "missing" in a CSV file, separated by commas', names)
    .option('--threads <number>', 'threads of the engine (default: all cores)', wholeNumber)
    .option('--memory-limit <size>', 'memory of the engine, such as 2GB')
    .option('--timeout <seconds>', 'give up after this many seconds', positiveNumber);
}

export function readOptions(flags: ReadFlags): ReadOptions {
  const { timeout, ...rest } = flags;
  return { ...rest, timeoutMilliseconds: timeout === undefined ? undefined : timeout * 1000 };
}

export const failOnOption = (): Option =>
  new Option('--fail-on <severity>', 'the least severity that fails the run')
    .choices(['warning', 'critical'])
    .default('critical');

export const collect = (value: string, earlier: string[] = []): string[] => [...earlier, value];

function names(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Give a whole number above 0.');
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Give a number above 0.');
}

/** `--help` ends with these, so that nobody has to guess how it is meant. */
export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}
