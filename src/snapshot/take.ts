import { SourceError, UsageError } from '../errors.js';
import { isLeftOut, profileTable } from '../profile/index.js';
import { type Data, openSource, type ReadOptions, readAgain } from '../sources/index.js';
import type { Period } from '../sql/measure.js';
import { version } from '../version.js';
import { encodeSnapshot, FORMAT, type Snapshot } from './format.js';
import { refuseToReplace, saveSnapshot } from './store.js';

export interface SnapshotOptions extends ReadOptions {
  readonly model: string;
  /** The version of the model's API that was released with this data. */
  readonly apiVersion: string;
  /** Keep the parameters per period too; needs `eventTime`. */
  readonly every?: Period | undefined;
  /** Folder of the saved snapshots; `.tidemark` by default. */
  readonly store?: string | undefined;
  /** Replace an existing snapshot of the same model and API version. */
  readonly force?: boolean | undefined;
}

export interface SavedSnapshot {
  readonly snapshot: Snapshot;
  readonly file: string;
  /** What was read leniently or left out, a full sentence each. */
  readonly notes: readonly string[];
}

export const DEFAULT_STORE = '.tidemark';

/** Saves the parameters of the data that a model was made with. An existing snapshot is only replaced with `force`. */
export async function takeSnapshot(data: Data, options: SnapshotOptions): Promise<SavedSnapshot> {
  const store = options.store ?? DEFAULT_STORE;
  if (options.every && !options.eventTime) {
    throw new UsageError('Parameters per period need a column of event time.', 'Name it with --event-time.');
  }
  if (!options.force) await refuseToReplace(store, options.model, options.apiVersion);
  const { content, notes } = await profileData(data, options);
  const { file, digest } = await saveSnapshot(store, content, { force: options.force ?? false });
  return { snapshot: { ...content, digest }, file, notes };
}

/** The parameters of data as a snapshot that is not saved: one side of a comparison. */
export async function snapshotInMemory(
  data: Data,
  options: ReadOptions & { every?: Period | undefined },
): Promise<Snapshot> {
  const { content } = await profileData(data, { ...options, model: 'before', apiVersion: '0' });
  return { ...content, digest: encodeSnapshot(content).digest };
}

async function profileData(data: Data, options: SnapshotOptions) {
  return readAgain(data, options, openSource, async (source) => {
    const table = await profileTable(source, options);
    if (table.row_count === 0) {
      throw new SourceError(
        `${source.name} has no rows: there is nothing to save.`,
        'Check that the file was written whole.',
      );
    }
    const leftOut = table.columns.filter((column) => isLeftOut(column.kind)).map((column) => column.name);
    const note = `Only missing values are saved of ${leftOut.join(', ')}: values of such types are left out.`;
    const content: Omit<Snapshot, 'digest'> = {
      ...table,
      format: FORMAT,
      model: options.model,
      api_version: options.apiVersion,
      created_at: new Date().toISOString(),
      tidemark_version: version,
      source: source.name,
    };
    return { content, notes: [...source.notes, ...(leftOut.length > 0 ? [note] : [])] };
  });
}
