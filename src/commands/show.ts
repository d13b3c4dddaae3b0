import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { addCommonOptions, type CommonOptions, examples, type Terminal } from './options.js';

interface Flags extends CommonOptions {
  readonly model?: string;
  readonly apiVersion?: string;
  readonly json?: boolean;
}

/** `tidemark show` */
export function showCommand(program: Command, terminal: Terminal, done: (code: number) => void): void {
  const command = program
    .command('show [file]')
    .description("a snapshot's parameters, a line a column")
    .option('--model <name>', 'the model')
    .option('--api-version <version>', 'its version (default: the newest)')
    .option('--json', 'all of it, as JSON')
    .addHelpText('after', examples('tidemark show --model fares', 'tidemark show .tidemark/fares/2.1.0.json --json'));
  addCommonOptions(command).action(async (file: string | undefined, flags: Flags) => {
    const { findSnapshot, readSnapshot } = await import('../snapshot/index.js');
    const snapshot = file ? await readSnapshot(file) : await findSnapshot(flags.store, flags.model, flags.apiVersion);
    if (!snapshot)
      throw new UsageError(
        `No snapshots in ${flags.store}.`,
        'Save one with `tidemark snapshot <data> --model M --api-version V`.',
      );
    if (flags.json) terminal.out(`${JSON.stringify(snapshot, null, 2)}\n`);
    else terminal.out((await import('../reports/parameters.js')).toParameterTable(snapshot, terminal.table));
    done(0);
  });
}
