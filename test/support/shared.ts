import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { inRepository } from './repository.js';

/** Reference material that lies beside the repository, on machines that have it. */
export const sharedFolder = inRepository('..', 'shared');

/** A file of the shared folder, by its parts below it. */
export const inShared = (...parts: string[]): string => join(sharedFolder, ...parts);

const isThere = existsSync(sharedFolder);
const nameOf = (name: string): string => (isThere ? name : `${name} (needs ../shared)`);

/** `describe` for tests that read the shared folder. Without it they are reported as skipped, and say why by name. */
export function describeWithShared(name: string, suite: () => void): void {
  describe.runIf(isThere)(nameOf(name), suite);
}

/** `it` for a test that reads the shared folder. Without it the test is reported as skipped, and says why by name. */
export function itWithShared(name: string, test: () => void | Promise<void>): void {
  it.runIf(isThere)(nameOf(name), test);
}
