import { open, writeFile } from 'node:fs/promises';
import type { Column } from './source.js';

/** Smaller files are read from their beginning: all of them is little. */
const SPREAD_FROM_BYTES = 8_000_000;

const CHUNKS = 64;
const CHUNK_BYTES = 48_000;

/**
 * Copies stretches at even distances over a large file, cut at line ends, into a small one: a sample of the whole for the
 * price of a few reads. A line that a cut inside a quoted field spoils is left out when the sample is read. False where
 * the file is small.
 */
export async function writeSpreadSample(file: string, sample: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size < SPREAD_FROM_BYTES) return false;
    const parts: Buffer[] = [];
    const bytes = Buffer.alloc(CHUNK_BYTES);
    for (let chunk = 0; chunk < CHUNKS; chunk++) {
      const from = Math.floor(((size - CHUNK_BYTES) * chunk) / (CHUNKS - 1));
      const { bytesRead } = await handle.read(bytes, 0, CHUNK_BYTES, from);
      const first = bytes.indexOf(10) + 1;
      const last = bytes.lastIndexOf(10, bytesRead - 1) + 1;
      if (first > 0 && last > first) parts.push(Buffer.from(bytes.subarray(first, last)));
    }
    await writeFile(sample, Buffer.concat(parts), { mode: 0o600 });
    return true;
  } finally {
    await handle.close();
  }
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** How the sample is read: with the types of the whole, and without the lines that do not fit. */
export function spreadSampleCall(sample: string, delimiter: string, columns: readonly Column[]): string {
  const types = columns.map(({ name, nativeType }) => `${quote(name)}: ${quote(nativeType)}`).join(', ');
  return `read_csv(${quote(sample)}, auto_detect = false, header = false, delim = ${quote(delimiter)}, quote = '"', escape = '"', strict_mode = false, ignore_errors = true, columns = {${types}})`;
}
