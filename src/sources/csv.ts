import { open } from 'node:fs/promises';
import { SourceError } from '../errors.js';
import type { Engine } from './engine.js';
import type { ReadOptions } from './source.js';

/** How leniently a CSV file is read: each step changes no value, and is said. */
export interface Leniency {
  readonly options: string;
  readonly note: string | null;
}

export const LENIENCIES: readonly Leniency[] = [
  { options: '', note: null },
  {
    options: ', strict_mode = false',
    note: 'line ends or quotes do not follow the CSV standard throughout; they were read as they are meant',
  },
  {
    options: ', strict_mode = false, null_padding = true',
    note: 'some rows are shorter than the header; their last fields count as missing',
  },
  {
    options: ', strict_mode = false, null_padding = true, parallel = false',
    note: 'some rows are shorter than the header; their last fields count as missing',
  },
];

const DELIMITERS = [',', ';', '\t', '|'];

export interface CsvHead {
  readonly names: readonly string[];
  readonly delimiter: string;
  /** True where the beginning of the file holds digits so long that a double may round them. */
  readonly hasLongDigits: boolean;
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Bytes at the beginning of a file that are looked at. */
const HEAD_BYTES = 65_536;

/** The names of the columns and what separates them, from the first line. */
export async function readHead(engine: Engine, file: string, options: ReadOptions): Promise<CsvHead> {
  const head = await beginningOf(engine, file);
  const first = head
    .split('\n', 1)[0]!
    .replace(/^\uFEFF/, '')
    .replace(/\r.*$/s, '');
  const delimiter = options.csvDelimiter ?? mostFrequent(first);
  const names = splitLine(first, delimiter);
  checkDuplicates(names, file);
  return { names, delimiter, hasLongDigits: /\d{16}/.test(head) };
}

/** The first bytes as text. What Node cannot unpack (Zstandard) the engine reads, as lines. */
async function beginningOf(engine: Engine, file: string): Promise<string> {
  if (/\.zstd?$/i.test(file)) {
    const sql = `SELECT line FROM read_csv(${text(file)}, columns = {'line': 'VARCHAR'}, delim = '\x1f', quote = '', escape = '', header = false, auto_detect = false, strict_mode = false) LIMIT 100`;
    const rows = await engine.run(sql).catch((error: Error) => {
      throw explainCsv(error.message, file);
    });
    return rows.map(([line]) => String(line)).join('\n');
  }
  const handle = await open(file, 'r');
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(bytes, 0, HEAD_BYTES, 0);
    const found = bytes.subarray(0, bytesRead);
    if (!/\.gz(ip)?$/i.test(file)) return found.toString('utf8');
    const { constants, gunzipSync } = await import('node:zlib');
    return gunzipSync(found, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8');
  } catch (error) {
    throw explainCsv(`gzip: ${(error as Error).message}`, file);
  } finally {
    await handle.close();
  }
}

function mostFrequent(line: string): string {
  const counts = DELIMITERS.map((delimiter) => splitLine(line, delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function splitLine(line: string, delimiter: string): string[] {
  const fields = [''];
  let quoted = false;
  for (let index = 0; index < line.length; index++) {
    const char = line[index]!;
    if (char === '"') {
      if (quoted && line[index + 1] === '"') {
        fields[fields.length - 1] += '"';
        index++;
      } else quoted = !quoted;
    } else if (!quoted && line.startsWith(delimiter, index)) {
      fields.push('');
      index += delimiter.length - 1;
    } else fields[fields.length - 1] += char;
  }
  return fields.map((field) => field.trim());
}

/** Names that the engine cannot tell apart: it folds case. */
export function checkDuplicates(names: readonly string[], file: string): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const earlier = seen.get(name.toLowerCase());
    if (earlier !== undefined && name !== '') {
      throw new SourceError(
        earlier === name
          ? `${file} has two columns named ${name}.`
          : `${file} has the columns ${earlier} and ${name}, which differ only in case.`,
        'Rename one of them: there is no telling which one a rule means.',
      );
    }
    seen.set(name.toLowerCase(), name);
  }
}

/** The `read_csv` call for these files. */
export function csvCall(
  files: readonly string[],
  head: CsvHead,
  leniency: Leniency,
  wide: boolean,
  types: ReadonlyMap<string, string>,
  options: ReadOptions,
): string {
  const list = files.map(text).join(', ');
  const named = [...types].map(([name, type]) => `${text(name)}: ${text(type)}`).join(', ');
  const parts = [
    `[${list}], header = true, delim = ${text(head.delimiter)}, quote = '"', escape = '"'`,
    ...(files.length > 1 ? ['union_by_name = true'] : []),
    ...(wide ? ['sample_size = -1'] : []),
    ...(types.size > 0 ? [`types = {${named}}`] : []),
    ...(options.csvNull ? [`nullstr = [${options.csvNull.map(text).join(', ')}]`] : []),
  ];
  return `read_csv(${parts.join(', ')}${leniency.options})`;
}

/** True where the engine's message is about a value that does not fit the guessed type, not about the file's form. */
export const isConversion = (message: string): boolean =>
  /Error when converting column|Could not convert|Conversion Error/i.test(message);
export const isCsvError = (message: string): boolean =>
  /CSV Error|sniffing file|read_csv|Invalid unicode|utf-?8/i.test(message);

/** The engine's message about a CSV file in few words: which line, what is wrong, what to do. */
export function explainCsv(message: string, file: string): SourceError {
  const line = /on Line: (\d+)/i.exec(message)?.[1];
  const at = line === undefined ? file : `${file}, line ${line}`;
  if (/unicode|utf-?8|encoding/i.test(message)) {
    return new SourceError(`${at}: the text is not UTF-8.`, 'Convert it, for example with iconv -f LATIN1 -t UTF-8.');
  }
  const columns = /Expected Number of Columns: (\d+) Found: (\d+)/i.exec(message);
  if (columns) {
    return new SourceError(
      `${at}: ${columns[2]} fields where the header has ${columns[1]}.`,
      'Mend the line, or quote the field that holds the delimiter; another delimiter is set with --csv-delimiter.',
    );
  }
  if (/quote/i.test(message))
    return new SourceError(`${at}: a quoted field does not end.`, 'Mend the quotes of that line.');
  if (/gzip|zstd|decompress|inflate/i.test(message))
    return new SourceError(`${file} is cut off or damaged: it cannot be unpacked.`, 'Write or copy it again.');
  return new SourceError(
    `${at} cannot be read as CSV: ${message.split('\n')[0]}`,
    'Check the delimiter (--csv-delimiter) and that the file is whole.',
  );
}
