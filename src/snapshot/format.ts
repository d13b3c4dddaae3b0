import { createHash } from 'node:crypto';
import { SnapshotError } from '../errors.js';
import type { TableProfile } from '../profile/index.js';

/** The newest format that this version writes and reads. */
export const FORMAT = 1;

/** The saved parameters of the data that a model of one API version was made with. */
export interface Snapshot extends TableProfile {
  readonly format: number;
  readonly model: string;
  readonly api_version: string;
  readonly created_at: string;
  readonly tidemark_version: string;
  readonly source: string;
  /** `sha256:...` over everything else, so that an edit by hand or a cut-off file is seen. */
  readonly digest: string;
}

/**
 * A snapshot's text: keys sorted, one parameter a line, so that git shows what moved. The digest is computed here.
 * Returns the text and the digest.
 */
export function encodeSnapshot(snapshot: Omit<Snapshot, 'digest'>): { text: string; digest: string } {
  const digest = digestOf(snapshot);
  return { text: `${write({ ...snapshot, digest }, '')}\n`, digest };
}

/** Reads a snapshot's text; `file` names it in errors. Throws `SnapshotError` for anything that is not a whole, untouched one. */
export function decodeSnapshot(text: string, file: string): Snapshot {
  const again = 'Restore the file, or save the snapshot again with `tidemark snapshot ... --force`.';
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new SnapshotError(
      `${file} is not a whole snapshot: its JSON cannot be read, as if it had been cut off.`,
      again,
    );
  }
  if (typeof found !== 'object' || found === null || !('format' in found) || !('columns' in found)) {
    throw new SnapshotError(`${file} is not a snapshot of tidemark.`, again);
  }
  const { digest, ...rest } = found as Snapshot;
  if (typeof rest.format !== 'number' || rest.format > FORMAT) {
    throw new SnapshotError(
      `${file} has snapshot format ${rest.format}; this version of tidemark reads formats up to ${FORMAT}.`,
      'Update tidemark: npm install tidemark@latest.',
    );
  }
  if (digest !== digestOf(rest)) {
    throw new SnapshotError(
      `${file} was changed after it was saved: its digest is ${digest ?? 'missing'}, its content has ${digestOf(rest)}.`,
      again,
    );
  }
  return found as Snapshot;
}

function digestOf(content: object): string {
  return `sha256:${createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex')}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}

/** Objects over several lines; lists on one line, unless they hold objects. */
function write(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const holdsObjects = value.some((item) => typeof item === 'object' && item !== null && !Array.isArray(item));
    if (!holdsObjects) return JSON.stringify(value);
    return `[\n${value.map((item) => inner + write(item, inner)).join(',\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(sorted(value) as object);
  return `{\n${entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${write(item, inner)}`).join(',\n')}\n${indent}}`;
}
