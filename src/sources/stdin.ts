import { createWriteStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SourceError } from '../errors.js';

/** Writes standard input to a file of a folder of ours, for it is read more than once; its content gives the ending. */
export async function spoolInput(folder: string): Promise<string> {
  if (process.stdin.isTTY)
    throw new SourceError('There is nothing on standard input.', 'Pipe data into tidemark, or name a file.');
  const file = join(folder, 'input');
  await pipeline(process.stdin, createWriteStream(file, { mode: 0o600 }));
  const handle = await open(file, 'r');
  const head = Buffer.alloc(4096);
  const { bytesRead } = await handle.read(head, 0, head.length, 0);
  await handle.close();
  if (bytesRead === 0) throw new SourceError('Standard input is empty.', 'Check the command before the pipe.');
  const named = `${file}${endingOf(head.subarray(0, bytesRead))}`;
  await rename(file, named);
  return named;
}

function endingOf(head: Buffer): string {
  const magic = head.toString('latin1', 0, 6);
  if (magic.startsWith('PAR1')) return '.parquet';
  if (magic === 'ARROW1' || head.readUInt32LE(0) === 0xffffffff) return '.arrow';
  if (head[0] === 0x1f && head[1] === 0x8b) return '.csv.gz';
  const first = head.toString('utf8').trimStart()[0];
  return first === '{' || first === '[' ? '.ndjson' : '.csv';
}
