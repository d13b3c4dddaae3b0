import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { addCommonOptions, examples, type Terminal } from './options.js';
import { report } from './output.js';

/** The bundled data: rides with fares; `dist` and `src` lie beside it alike. */
const BUNDLED = ['../demo', '../../demo'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** `tidemark demo` */
export function demoCommand(program: Command, terminal: Terminal, done: (code: number) => void): void {
  const command = program
    .command('demo')
    .description('the main job on bundled data: a snapshot, a healthy check, a degraded check')
    .option('--keep', 'keep the folder, and say where it is')
    .addHelpText('after', examples('tidemark demo', 'tidemark demo --keep'));
  addCommonOptions(command).action(async (flags: { keep?: boolean }) => {
    const folder = await mkdtemp(join(tmpdir(), 'tidemark-demo-'));
    try {
      await runDemo(folder, terminal);
      if (flags.keep) terminal.out(`\nThe data, the rules and the snapshot are in ${folder}\n`);
      done(0);
    } finally {
      if (!flags.keep) await rm(folder, { recursive: true, force: true });
    }
  });
}

async function runDemo(folder: string, terminal: Terminal): Promise<void> {
  await copyBundled(folder);
  const { takeSnapshot } = await import('../snapshot/index.js');
  const { checkData } = await import('../check/index.js');
  const at = (name: string): string => join(folder, name);
  const store = at('.tidemark');
  terminal.out('$ tidemark snapshot train.csv --model fares --api-version 1.0.0\n');
  const { snapshot } = await takeSnapshot(at('train.csv'), { model: 'fares', apiVersion: '1.0.0', store });
  terminal.out(
    `Saved fares 1.0.0: ${snapshot.columns.length} columns of ${snapshot.row_count.toLocaleString('en-US')} rows\n`,
  );
  for (const name of ['healthy.csv', 'degraded.csv']) {
    terminal.out(`\n$ tidemark check ${name}\n`);
    const result = await checkData(at(name), { rules: at('tidemark.yaml'), store });
    const shown = { ...result, data: { ...result.data, source: name } };
    await report(shown, ['table'], terminal);
    terminal.out(`exit code ${result.success ? 0 : 1}\n`);
  }
}

async function copyBundled(folder: string): Promise<void> {
  for (const [index, source] of BUNDLED.entries()) {
    try {
      await cp(source, folder, { recursive: true });
      return;
    } catch (error) {
      if (index === BUNDLED.length - 1) throw error;
    }
  }
}
