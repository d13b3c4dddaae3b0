import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import type { CheckResult } from '../check/index.js';
import { didYouMean } from '../config/index.js';
import { UsageError } from '../errors.js';
import { formats } from '../reports/index.js';
import type { Terminal } from './options.js';

/** Shows a result in each format that was asked for: `F` on stdout, `F=FILE` in a file, written whole or not at all. */
export async function report(result: CheckResult, asked: readonly string[], terminal: Terminal): Promise<void> {
  for (const { format, file } of asked.map(parseFormat)) {
    const text = await formats[format]!(result, file === null ? terminal.table : { ...terminal.table, color: false });
    if (file === null) terminal.out(`${text}\n`);
    else await writeWhole(file, `${text}\n`);
  }
}

/** Checked before any data is read, so that a slip of the pen costs no scan. */
export function parseFormat(text: string): { format: string; file: string | null } {
  const [format = '', ...rest] = text.split('=');
  const file = rest.length > 0 ? rest.join('=') : null;
  if (!Object.hasOwn(formats, format)) {
    throw new UsageError(`There is no format ${JSON.stringify(format)}.`, didYouMean(format, Object.keys(formats)));
  }
  if (file === '')
    throw new UsageError(`--format ${text} names no file.`, `Write --format ${format} or --format ${format}=FILE.`);
  return { format, file };
}

async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await rename(temporary, file);
  } catch (error) {
    throw new UsageError(
      `The report cannot be written to ${file}: ${(error as Error).message}.`,
      'Choose another file.',
    );
  } finally {
    await rm(temporary, { force: true });
  }
}
