import type { Command } from 'commander';
import { chosen } from './check.js';
import {
  addCommonOptions,
  addReadOptions,
  type CommonOptions,
  examples,
  type ReadFlags,
  readOptions,
  type Terminal,
} from './options.js';

interface Flags extends ReadFlags, CommonOptions {
  readonly model?: string;
  readonly apiVersion?: string;
  readonly rules?: string;
  readonly config?: string;
  readonly snapshot?: string;
  readonly drift: boolean;
}

/** `tidemark explain <data>` */
export function explainCommand(program: Command, terminal: Terminal, done: (code: number) => void): void {
  const command = program
    .command('explain <data>')
    .description('the SQL that a check would run, and why; reads nothing but the columns')
    .option('--model <name>', 'the model')
    .option('--api-version <version>', 'its version')
    .option('--rules <file>', 'the rules')
    .option('--snapshot <file>', 'a snapshot by its file')
    .option('--config <file>', 'another name of --rules: settings and rules are one file')
    .option('--no-drift', 'the rules only')
    .addHelpText(
      'after',
      examples(
        'tidemark explain new.parquet --model fares',
        'tidemark explain new.csv --rules tidemark.yaml --no-drift',
      ),
    );
  addCommonOptions(addReadOptions(command)).action(async (data: string, flags: Flags) => {
    const { explainCheck } = await import('../check/index.js');
    const queries = await explainCheck(data, {
      ...readOptions(flags),
      ...(await chosen({ ...flags, failOn: 'critical' })),
    });
    terminal.out(`${queries.map(({ purpose, sql }) => `-- ${purpose}\n${sql};\n`).join('\n')}`);
    done(0);
  });
}
