import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { inRepository } from './repository.js';

const bin = inRepository('bin', 'tidemark.js');
const colorVariables = ['FORCE_COLOR', 'NO_COLOR', 'COLORTERM', 'CLICOLOR', 'CLICOLOR_FORCE'];

/** Where and with what a command is run. */
export interface RunOptions {
  readonly cwd?: string;
  /** What standard input holds; empty by default. */
  readonly input?: string | Uint8Array;
  /** Added to this process's environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** How a command ended and what it wrote. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `tidemark` as a user would, in a process of its own. `npm test` builds it first. */
export async function runCli(args: readonly string[], options: RunOptions = {}): Promise<CliResult> {
  const env: Record<string, string | undefined> = { ...process.env };
  for (const name of colorVariables) delete env[name];
  const child = spawn(process.execPath, [bin, ...args], { cwd: options.cwd, env: { ...env, ...options.env } });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  // A command that does not read its input may be gone before all of it is written.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}
