import { ArrowData, type ArrowTable } from './arrow-table.js';
import { openFiles } from './files.js';
import { type ReadOptions, type Source, SourceReopened } from './source.js';

export type { ArrowTable } from './arrow-table.js';
export * from './source.js';

/** A path (file, folder or glob), `-` for standard input, or a table of apache-arrow. */
export type Data = string | ArrowTable;

/** Opens data for reading. Throws `SourceError` where it is missing or unreadable, `UsageError` where options do not fit it. */
export async function openSource(data: Data, options: ReadOptions): Promise<Source> {
  if (typeof data !== 'string') return openFiles(new ArrowData(data), options);
  return openFiles(data, options);
}

/** A column's type may have to be widened once for each of a few odd values; more often means that something is wrong. */
const MOST_REOPENINGS = 8;

/** Opens data, does a job with it and closes it. Starts the job over when types had to be widened on the way. */
export async function readAgain<T>(
  data: Data,
  options: ReadOptions,
  open: typeof openSource,
  job: (source: Source) => Promise<T>,
): Promise<T> {
  const source = await open(data, options);
  try {
    for (let tries = 0; ; tries++) {
      try {
        return await job(source);
      } catch (error) {
        if (!(error instanceof SourceReopened) || tries === MOST_REOPENINGS) throw error;
      }
    }
  } finally {
    await source.close();
  }
}
