import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSettings } from '../../src/config/settings.js';
import { problemsOfAsync } from './problems.js';

describe('files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidemark-config-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function loading(contents: string | Uint8Array): Promise<string[]> {
    const file = join(folder, 'f.yaml');
    await writeFile(file, contents);
    const found = await problemsOfAsync(() => loadSettings(file));
    return found.map((problem) => problem.replace(file, 'f.yaml').split('\n')[0] ?? '');
  }

  test('a good one', async () => {
    expect(await loading('\uFEFFmodel: grün\n')).toEqual([]);
    expect((await loadSettings(join(folder, 'f.yaml'))).model).toBe('grün');
  });

  test('one that is not there', async () => {
    const file = join(folder, 'none.yaml');
    expect(await problemsOfAsync(() => loadSettings(file))).toEqual([`Cannot read ${file}: there is no such file.`]);
  });

  test('a folder', async () => {
    expect(await problemsOfAsync(() => loadSettings(folder))).toEqual([`Cannot read ${folder}: it is a folder.`]);
  });

  test('a name that no file can have', async () => {
    expect(await problemsOfAsync(() => loadSettings('a\0b'))).toHaveLength(1);
  });

  test('Latin-1', async () => {
    const bytes = Buffer.concat([Buffer.from('a: 1\nb: ü'), Buffer.from([0xfc]), Buffer.from('\nc: 1')]);
    expect(await loading(bytes)).toEqual(['f.yaml:2:5: The file is not UTF-8 text.']);
  });

  test('UTF-16', async () => {
    expect(await loading(Buffer.from('\uFEFFmodel: a', 'utf16le'))).toEqual([
      'f.yaml:1:1: The file is not UTF-8 text.',
    ]);
  });

  test('a character that is cut off at the end', async () => {
    expect(await loading(Buffer.from('model: ü').subarray(0, -1))).toEqual(['f.yaml:1:8: The file is not UTF-8 text.']);
  });

  test('one over 10 MB', async () => {
    expect(await loading(Buffer.alloc(10_000_001, 0x20))).toEqual([
      'f.yaml:1:1: The file is larger than 10 MB, which no configuration should be.',
    ]);
  });
});
