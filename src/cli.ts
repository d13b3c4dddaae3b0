import { Command, CommanderError } from 'commander';
import { commands, type Terminal } from './commands/index.js';
import { TidemarkError } from './errors.js';
import { version } from './version.js';

/** Could not judge: never mistaken for healthy (0) or degraded (1). */
const COULD_NOT_JUDGE = 2;

/** Parses the command line, runs one command and gives the exit code. Never throws for what a user can mend. */
export async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  const terminal = terminalOf(argv);
  const program = new Command('tidemark')
    .description('Hold new data to what your model was made with.')
    .version(version, '--version')
    .showHelpAfterError('(see --help for all options)')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .addHelpText(
      'after',
      '\nExamples:\n  $ tidemark demo\n  $ tidemark snapshot train.parquet --model fares --api-version 2.1.0\n  $ tidemark check new.parquet\n',
    );
  const done = (value: number): void => {
    code = value;
  };
  process.once('SIGINT', () => {
    terminal.err('\nerror: interrupted. Nothing was judged, and nothing half-written was left.\n');
    process.exit(COULD_NOT_JUDGE);
  });
  for (const add of commands) add(program, terminal, done);
  try {
    if (argv.length === 0) {
      terminal.err(program.helpInformation());
      return COULD_NOT_JUDGE;
    }
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return failureCode(error, terminal);
  }
}

function failureCode(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : COULD_NOT_JUDGE;
  if (error instanceof TidemarkError) {
    terminal.err(`error: ${error.message}\n${error.hint ? `  ${error.hint}\n` : ''}`);
    return COULD_NOT_JUDGE;
  }
  const text = error instanceof Error ? error.message : String(error);
  terminal.err(
    `error: something in tidemark itself went wrong: ${text}\n  Please report it with the command that you ran.\n`,
  );
  if (process.env.TIDEMARK_DEBUG && error instanceof Error) terminal.err(`${error.stack}\n`);
  return COULD_NOT_JUDGE;
}

function terminalOf(argv: readonly string[]): Terminal {
  const { env, stdout, stderr } = process;
  const plain = argv.includes('--no-color') || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  return {
    out: (text) => {
      stdout.write(text);
    },
    err: (text) => {
      stderr.write(text);
    },
    table: {
      color: !plain && (stdout.isTTY === true || (env.FORCE_COLOR ?? '') !== ''),
      unicode: env.TERM !== 'dumb',
      width: stdout.isTTY ? Math.max(60, Math.min(stdout.columns || 80, 120)) : 80,
    },
  };
}
