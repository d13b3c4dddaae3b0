import { existsSync } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { maskSecrets, nearest } from '../config/index.js';
import { SourceError } from '../errors.js';

export type Format = 'csv' | 'parquet' | 'json' | 'arrow';

/** The files of one data argument, all of one format. */
export interface Listing {
  readonly format: Format;
  readonly files: readonly string[];
}

const ENDINGS: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  parquet: 'parquet',
  pq: 'parquet',
  json: 'json',
  ndjson: 'json',
  jsonl: 'json',
  arrow: 'arrow',
  feather: 'arrow',
  ipc: 'arrow',
};

const KNOWN = 'CSV and TSV (also .gz, .zst), Parquet, JSON and NDJSON, Arrow IPC and Feather';

function formatOf(file: string): Format | null {
  const parts = basename(file).toLowerCase().split('.');
  const ending = /^(gz|gzip|zst|zstd)$/.test(parts.at(-1) ?? '') ? parts.at(-2) : parts.at(-1);
  return ENDINGS[ending ?? ''] ?? null;
}

/** Finds the files of a path, a folder or a glob, and makes sure that each is what its name says. */
export async function listFiles(data: string): Promise<Listing> {
  if (/^(s3|gs|gcs|https?|postgres(ql)?|trino|feast):\/\//i.test(data)) {
    throw new SourceError(
      `${maskSecrets(data)} cannot be read by this version of tidemark.`,
      `It reads files: ${KNOWN}.`,
    );
  }
  const files = await findFiles(data);
  const known = files.map((file) => ({ file, format: formatOf(file) }));
  const formats = [...new Set(known.map(({ format }) => format).filter((format) => format !== null))];
  if (formats.length > 1) {
    throw new SourceError(
      `${data} holds files of several formats: ${formats.join(', ')}.`,
      `Name one format with a glob, such as "${data}/*.parquet".`,
    );
  }
  const format = formats[0];
  if (format === undefined) throw new SourceError(`${data} is of no format that tidemark knows.`, `It reads ${KNOWN}.`);
  const chosen = known.filter((candidate) => candidate.format === format).map(({ file }) => file);
  for (const file of chosen) await checkContent(file, format);
  return { format, files: chosen };
}

async function findFiles(data: string): Promise<string[]> {
  const found = await stat(data).catch(() => null);
  if (found?.isFile()) return [resolve(data)];
  if (found?.isDirectory()) {
    const files = await filesBelow(resolve(data));
    if (files.length === 0)
      throw new SourceError(`The folder ${data} holds no data files.`, `tidemark reads ${KNOWN}.`);
    return files.filter((file) => formatOf(file) !== null);
  }
  if (/[*?[{]/.test(data)) {
    const files = await filesOfGlob(data);
    if (files.length === 0)
      throw new SourceError(
        `No file matches ${data}.`,
        'Check the folder and the pattern; quote it, so that the shell leaves it alone.',
      );
    return files;
  }
  throw new SourceError(`There is no file ${data}.`, await nearestFile(data));
}

async function nearestFile(data: string): Promise<string> {
  const folder = dirname(data);
  if (!existsSync(folder)) return `The folder ${folder} does not exist.`;
  const near = nearest(basename(data), await readdir(folder));
  return near === undefined ? 'Check the path.' : `Did you mean ${join(folder, near)}?`;
}

/** All data files below a folder, in a fixed order; hidden ones and those such as `_SUCCESS` left out. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (/^[._]/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesBelow(path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

async function filesOfGlob(pattern: string): Promise<string[]> {
  const full = resolve(pattern);
  const parts = full.split(/[\\/]/);
  const fixed = parts.slice(
    0,
    parts.findIndex((part) => /[*?[{]/.test(part)),
  );
  const root = fixed.join('/') || '/';
  if (!existsSync(root)) return [];
  const matcher = new RegExp(`^${globToRegex(full)}$`, 'u');
  return (await filesBelow(root)).filter((file) => matcher.test(file));
}

function globToRegex(glob: string): string {
  return glob.replace(/\*\*\/|\*\*|\*|\?|\{[^}]*\}|\[[^\]]*\]|[.+^$()|\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.startsWith('{')) return `(?:${part.slice(1, -1).split(',').map(globToRegex).join('|')})`;
    return part.startsWith('[') ? part.replace(/^\[!/, '[^') : `\\${part}`;
  });
}

/** Reads a file's first and last bytes: an empty, cut-off or misnamed file is said in plain words. */
async function checkContent(file: string, format: Format): Promise<void> {
  const handle = await open(file, 'r').catch((error: Error) => {
    throw new SourceError(`${file} cannot be read: ${error.message}.`, 'Check its permissions.');
  });
  try {
    const { size } = await handle.stat();
    if (size === 0)
      throw new SourceError(`${file} is empty: it has not even column names.`, 'Check that it was written whole.');
    const head = Buffer.alloc(Math.min(size, 4096));
    await handle.read(head, 0, head.length, 0);
    const magic = head.subarray(0, 4).toString('latin1');
    const isParquet = magic === 'PAR1';
    if (format === 'parquet') {
      const tail = Buffer.alloc(Math.min(4, size));
      await handle.read(tail, 0, tail.length, size - tail.length);
      if (!isParquet)
        throw new SourceError(`${file} is no Parquet file: it does not begin with PAR1.`, 'Check what wrote it.');
      if (tail.toString('latin1') !== 'PAR1' || size < 12)
        throw new SourceError(`${file} is cut off: the Parquet footer is missing.`, 'Write or copy it again.');
      return;
    }
    if (isParquet)
      throw new SourceError(`${file} holds Parquet, not ${format.toUpperCase()}.`, 'Give it the ending .parquet.');
    const compressed = /\.(gz|gzip|zst|zstd)$/i.test(file);
    if (format !== 'arrow' && !compressed && head.includes(0)) {
      const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
      throw new SourceError(
        utf16 ? `${file} is text in UTF-16.` : `${file} is binary, not ${format.toUpperCase()}.`,
        utf16 ? 'Convert it to UTF-8, for example with iconv -f UTF-16 -t UTF-8.' : 'Check what the file really is.',
      );
    }
  } finally {
    await handle.close();
  }
}
