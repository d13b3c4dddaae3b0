import { type Command, Option } from 'commander';
import type { Period } from '../sql/measure.js';
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
  readonly model: string;
  readonly apiVersion: string;
  readonly every?: Period;
  readonly force?: boolean;
}

/** `tidemark snapshot <data> --model M --api-version V` */
export function snapshotCommand(program: Command, terminal: Terminal, done: (code: number) => void): void {
  const command = program
    .command('snapshot <data>')
    .description('save the parameters of the data that a model was made with')
    .requiredOption('--model <name>', 'the model')
    .requiredOption('--api-version <version>', "the version of the model's API that was released with this data")
    .addOption(
      new Option('--every <period>', 'keep the parameters per period too (needs --event-time)').choices([
        'hour',
        'day',
        'week',
      ]),
    )
    .option('--force', 'replace an existing snapshot')
    .addHelpText(
      'after',
      examples(
        'tidemark snapshot train.parquet --model fares --api-version 2.1.0',
        'tidemark snapshot "events/*.csv" --model fares --api-version 2.1.0 --event-time at --every day',
      ),
    );
  addCommonOptions(addReadOptions(command)).action(async (data: string, flags: Flags) => {
    const { takeSnapshot } = await import('../snapshot/index.js');
    const { snapshot, file, notes } = await takeSnapshot(data, { ...readOptions(flags), ...chosen(flags) });
    const periods = snapshot.periods
      ? `, ${snapshot.periods.starts.length} periods of one ${snapshot.periods.every}`
      : '';
    terminal.out(
      `Saved ${snapshot.model} ${snapshot.api_version}: ${snapshot.columns.length} columns of ${snapshot.row_count.toLocaleString('en-US')} rows${periods}\n  ${file}\n`,
    );
    if (!flags.quiet) for (const note of notes) terminal.err(`note: ${note}\n`);
    done(0);
  });
}

const chosen = ({ model, apiVersion, every, force, store }: Flags) => ({ model, apiVersion, every, force, store });
