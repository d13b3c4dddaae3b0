import type { Command } from 'commander';
import { addCommonOptions, type CommonOptions, examples, type Terminal } from './options.js';

/** `tidemark list` */
export function listCommand(program: Command, terminal: Terminal, done: (code: number) => void): void {
  const command = program
    .command('list')
    .description('the saved snapshots, by model, the newest version last')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('tidemark list', 'tidemark list --json --store models/.tidemark'));
  addCommonOptions(command).action(async (flags: CommonOptions & { json?: boolean }) => {
    const { listSnapshots } = await import('../snapshot/index.js');
    const found = await listSnapshots(flags.store);
    if (flags.json) {
      terminal.out(
        `${JSON.stringify(
          found.map(({ model, apiVersion, file }) => ({ model, api_version: apiVersion, file })),
          null,
          2,
        )}\n`,
      );
    } else if (found.length === 0) {
      terminal.err(
        `No snapshots in ${flags.store}. Save one with \`tidemark snapshot <data> --model M --api-version V\`.\n`,
      );
    } else {
      const width = Math.max(...found.map(({ model, apiVersion }) => model.length + apiVersion.length + 1));
      terminal.out(
        found.map(({ model, apiVersion, file }) => `${`${model} ${apiVersion}`.padEnd(width)}  ${file}\n`).join(''),
      );
    }
    done(0);
  });
}
