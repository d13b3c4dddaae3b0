import type { Command } from 'commander';
import { exitCodeOf } from '../verdict/index.js';
import {
  addCommonOptions,
  addReadOptions,
  type CommonOptions,
  collect,
  examples,
  failOnOption,
  type ReadFlags,
  readOptions,
  type Terminal,
} from './options.js';
import { parseFormat, report } from './output.js';

interface Flags extends ReadFlags, CommonOptions {
  readonly failOn: 'warning' | 'critical';
  readonly format?: string[];
}

/** `tidemark compare <before> <after>` */
export function compareCommand(program: Command, terminal: Terminal, done: (code: number) => void): void {
  const command = program
    .command('compare <before> <after>')
    .description('drift between two data sets, or between a snapshot and a data set, without rules or setup')
    .addOption(failOnOption())
    .option('--format <format>', 'table (default) or json; format=FILE writes a file (repeatable)', collect)
    .addHelpText(
      'after',
      examples(
        'tidemark compare january.parquet february.parquet',
        'tidemark compare .tidemark/fares/2.1.0.json new.csv --format json',
      ),
    );
  addCommonOptions(addReadOptions(command)).action(async (before: string, after: string, flags: Flags) => {
    const formats = flags.format ?? ['table'];
    for (const format of formats) parseFormat(format);
    const { compareData } = await import('../check/index.js');
    const result = await compareData(before, after, { ...readOptions(flags), failOn: flags.failOn });
    await report(flags.quiet ? { ...result, notes: [] } : result, formats, terminal);
    done(exitCodeOf(result.verdict));
  });
}
