import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { ConfigError } from '../errors.js';

/** A configuration file may be this large. */
export const MAX_FILE_BYTES = 10_000_000;

const CHUNK_BYTES = 65_536;
const NEW_LINE = 0x0a;

/**
 * Reads a configuration file as text.
 * @throws ConfigError when it cannot be read, is too large or is not UTF-8
 */
export async function readConfigText(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readAtMost(file, MAX_FILE_BYTES + 1);
  } catch (error) {
    throw new ConfigError([{ message: `Cannot read ${file}: ${reasonOf(error)}.` }]);
  }
  if (bytes.length > MAX_FILE_BYTES) throw tooLarge(file);
  return decodeConfigText(bytes, file);
}

/**
 * The text of a configuration file's bytes, without a byte order mark.
 * @throws ConfigError, with the place of the first wrong byte, when the bytes are not UTF-8
 */
export function decodeConfigText(bytes: Uint8Array, file: string): string {
  if (isUtf8(bytes)) return new TextDecoder('utf-8').decode(bytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  throw new ConfigError([
    {
      message: 'The file is not UTF-8 text.',
      hint: 'Save it in the encoding UTF-8.',
      position: { file, ...firstWrongByte(buffer) },
    },
  ]);
}

/** The error for a text beyond the limit. */
export function tooLarge(file: string): ConfigError {
  return new ConfigError([
    {
      message: `The file is larger than ${MAX_FILE_BYTES / 1_000_000} MB, which no configuration should be.`,
      hint: 'Is it a data file? Data is an argument of the command, not a configuration.',
      position: { file, line: 1, column: 1 },
    },
  ]);
}

/** Reads no further than the limit, also where the size is not known beforehand, as with a pipe. */
async function readAtMost(file: string, limit: number): Promise<Buffer> {
  const handle = await open(file);
  try {
    const chunks: Buffer[] = [];
    let total = 0;
    while (total < limit) {
      const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, limit - total));
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, null);
      if (bytesRead === 0) break;
      chunks.push(chunk.subarray(0, bytesRead));
      total += bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of its path is not a folder',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links go round in a circle',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (code || 'it is not a name that a file can have');
}

function firstWrongByte(bytes: Buffer): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (;;) {
    const newLine = bytes.indexOf(NEW_LINE, start);
    const end = newLine === -1 ? bytes.length : newLine;
    const row = bytes.subarray(start, end);
    if (!isUtf8(row)) return { line, column: validPrefix(row).length + 1 };
    if (newLine === -1) return { line, column: 1 };
    line += 1;
    start = newLine + 1;
  }
}

function validPrefix(row: Buffer): string {
  let low = 0;
  let prefix = '';
  for (const character of row.toString('utf8')) {
    const encoded = Buffer.from(character);
    if (!row.subarray(low, low + encoded.length).equals(encoded)) break;
    low += encoded.length;
    prefix += character;
  }
  return prefix;
}
