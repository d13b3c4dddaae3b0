import { access } from 'node:fs/promises';
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
  readonly model?: string;
  readonly apiVersion?: string;
  readonly rules?: string;
  readonly config?: string;
  readonly snapshot?: string;
  readonly drift: boolean;
  readonly failOn: 'warning' | 'critical';
  readonly format?: string[];
}

/** The rules file that is read when none is named. */
const DEFAULT_RULES = 'tidemark.yaml';

/** `tidemark check <data>` */
export function checkCommand(program: Command, terminal: Terminal, done: (code: number) => void): void {
  const command = program
    .command('check <data>')
    .description('hold new data to the snapshot and the rules; exit 0 healthy, 1 degraded, 2 could not judge')
    .option('--model <name>', 'the model (default: that of the rules file, or the only one saved)')
    .option('--api-version <version>', 'its version (default: the newest)')
    .option('--rules <file>', `the rules (default: ${DEFAULT_RULES} where there is one)`)
    .option('--config <file>', 'another name of --rules: settings and rules are one file')
    .option('--snapshot <file>', 'a snapshot by its file, instead of one from the store')
    .option('--no-drift', 'judge the rules only')
    .addOption(failOnOption())
    .option('--format <format>', 'table (default) or json; format=FILE writes a file (repeatable)', collect)
    .addHelpText(
      'after',
      examples(
        'tidemark check new.parquet --model fares',
        'tidemark check new.csv --rules tidemark.yaml --format table --format json=report.json',
      ),
    );
  addCommonOptions(addReadOptions(command)).action(async (data: string, flags: Flags) => {
    const formats = flags.format ?? ['table'];
    for (const format of formats) parseFormat(format);
    const { checkData } = await import('../check/index.js');
    const result = await checkData(data, { ...readOptions(flags), ...(await chosen(flags)) });
    await report(flags.quiet ? { ...result, notes: [] } : result, formats, terminal);
    done(exitCodeOf(result.verdict));
  });
}

export async function chosen(flags: Omit<Flags, keyof ReadFlags>) {
  const { model, apiVersion, snapshot, drift, failOn, store } = flags;
  return {
    model,
    apiVersion,
    snapshot,
    failOn,
    store,
    drift: drift ? undefined : false,
    rules: await rulesFile(flags.rules ?? flags.config),
  };
}

async function rulesFile(named: string | undefined): Promise<string | undefined> {
  if (named !== undefined) return named;
  return access(DEFAULT_RULES).then(
    () => DEFAULT_RULES,
    () => undefined,
  );
}
