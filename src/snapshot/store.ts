import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SnapshotError, UsageError } from '../errors.js';
import { decodeSnapshot, encodeSnapshot, type Snapshot } from './format.js';

/** A saved snapshot and where it lies. */
export interface StoredSnapshot {
  readonly model: string;
  readonly apiVersion: string;
  readonly file: string;
}

/** Model names and API versions become file names: letters, digits and `._+-@`, not beginning with a dot. */
const NAME = /^[\p{L}\p{N}_@+-][\p{L}\p{N}._@+ -]*$/u;

function checkName(what: string, name: string): void {
  if (NAME.test(name) && name.length <= 100) return;
  throw new UsageError(
    `${what} ${JSON.stringify(name)} cannot be part of a file name.`,
    'Use letters, digits, spaces and . _ @ + - (100 characters at most, not beginning with a dot).',
  );
}

/** `.tidemark/<model>/<api_version>.json` */
export function snapshotFile(store: string, model: string, apiVersion: string): string {
  checkName('The model name', model);
  checkName('The API version', apiVersion);
  return join(store, model, `${apiVersion}.json`);
}

/**
 * Saves a snapshot whole or not at all: a temporary file beside it is written, flushed and renamed. Without `force` an
 * existing one is left as it is, even when two runs save at once.
 */
export async function saveSnapshot(
  store: string,
  snapshot: Omit<Snapshot, 'digest'>,
  options: { force?: boolean } = {},
): Promise<{ file: string; digest: string }> {
  const file = snapshotFile(store, snapshot.model, snapshot.api_version);
  const { text, digest } = encodeSnapshot(snapshot);
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (options.force) await rename(temporary, file);
    else await link(temporary, file);
  } catch (error) {
    throw explainWrite(error as NodeJS.ErrnoException, file, snapshot);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
  return { file, digest };
}

/** Throws when saving would replace a snapshot, before any data has been read. */
export async function refuseToReplace(store: string, model: string, apiVersion: string): Promise<void> {
  const file = snapshotFile(store, model, apiVersion);
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return;
  await handle.close();
  throw existing(file, model, apiVersion);
}

function existing(file: string, model: string, apiVersion: string): SnapshotError {
  return new SnapshotError(
    `There is a snapshot of ${model} ${apiVersion} already: ${file}.`,
    'Give another --api-version, or replace it with --force.',
  );
}

function explainWrite(error: NodeJS.ErrnoException, file: string, snapshot: { model: string; api_version: string }) {
  if (error.code === 'EEXIST') return existing(file, snapshot.model, snapshot.api_version);
  const reasons: Record<string, string> = {
    EACCES: 'no permission to write there',
    EPERM: 'no permission to write there',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    ENOTDIR: 'a part of the path is a file, not a folder',
  };
  return new SnapshotError(
    `The snapshot cannot be saved as ${file}: ${reasons[error.code ?? ''] ?? error.message}.`,
    'Nothing was written. Choose another folder with --store, or mend this one.',
  );
}

/** Reads one snapshot by its file. */
export async function readSnapshot(file: string): Promise<Snapshot> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new SnapshotError(
      code === 'ENOENT' ? `There is no snapshot ${file}.` : `The snapshot ${file} cannot be read: ${message}.`,
      'See what is saved with `tidemark list`, or save one with `tidemark snapshot <data> --model M --api-version V`.',
    );
  }
  return decodeSnapshot(text, file);
}

/** All snapshots of a store, by model and then by version, the oldest version first. A missing store is empty. */
export async function listSnapshots(store: string): Promise<StoredSnapshot[]> {
  const models = await readdir(store, { withFileTypes: true }).catch(() => []);
  const found: StoredSnapshot[] = [];
  for (const folder of models.filter((entry) => entry.isDirectory())) {
    const files = await readdir(join(store, folder.name)).catch(() => []);
    for (const name of files.filter((file) => file.endsWith('.json'))) {
      found.push({
        model: folder.name,
        apiVersion: name.slice(0, -'.json'.length),
        file: join(store, folder.name, name),
      });
    }
  }
  return found.sort((a, b) =>
    a.model === b.model ? compareVersions(a.apiVersion, b.apiVersion) : a.model < b.model ? -1 : 1,
  );
}

/** The snapshot of a model: of one API version, or the newest. Without a model, of the only one there is; null where nothing is saved. */
export async function findSnapshot(store: string, model?: string, apiVersion?: string): Promise<Snapshot | null> {
  const all = await listSnapshots(store);
  const models = [...new Set(all.map((stored) => stored.model))];
  if (model === undefined && models.length > 1) {
    throw new UsageError(
      `${store} holds snapshots of ${models.length} models: ${models.join(', ')}.`,
      'Say which with --model.',
    );
  }
  const ofModel = all.filter((stored) => model === undefined || stored.model === model);
  const chosen = apiVersion === undefined ? ofModel.at(-1) : ofModel.find((stored) => stored.apiVersion === apiVersion);
  if (chosen) return readSnapshot(chosen.file);
  if (model === undefined && apiVersion === undefined) return null;
  throw new SnapshotError(
    `There is no snapshot of ${[model, apiVersion].filter(Boolean).join(' ')} in ${store}.`,
    all.length > 0
      ? `Saved are: ${all.map((stored) => `${stored.model} ${stored.apiVersion}`).join(', ')}.`
      : 'Save one with `tidemark snapshot <data> --model M --api-version V`.',
  );
}

/** Order of versions as people read them: numbers by value (2.9 before 2.10), a pre-release before its release. */
export function compareVersions(a: string, b: string): number {
  const [partsA, partsB] = [a, b].map((text) => text.split(/[.\-+_ ]/));
  const length = Math.max(partsA!.length, partsB!.length);
  for (let index = 0; index < length; index++) {
    const [x, y] = [partsA![index], partsB![index]];
    if (x === y) continue;
    if (x === undefined) return /^\d+$/.test(y!) ? -1 : 1;
    if (y === undefined) return /^\d+$/.test(x) ? 1 : -1;
    const numeric = /^\d+$/.test(x) && /^\d+$/.test(y);
    return numeric ? Number(x) - Number(y) : x < y ? -1 : 1;
  }
  return 0;
}
