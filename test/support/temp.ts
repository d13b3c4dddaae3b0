import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** A new empty folder for the test that calls this, removed after it. */
export function temporaryFolder(): string {
  const folder = createFolder();
  onTestFinished(() => remove(folder));
  return folder;
}

/** A new empty folder for all tests of the file or `describe` that calls this, removed after the last of them. */
export function temporaryFolderForAll(): string {
  const folder = createFolder();
  afterAll(() => remove(folder));
  return folder;
}

function createFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tidemark-test-'));
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
