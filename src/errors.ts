/**
 * What can keep tidemark from judging. Each of these ends a command with exit code 2 and one clear message, never a
 * stack trace: "could not judge" must not be mistaken for "healthy" or "degraded".
 */

/** A place in a text file, counted from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong, where, and what to do about it. */
export interface Problem {
  readonly message: string;
  /** What to do, as a full sentence; often the nearest right name. */
  readonly hint?: string | undefined;
  readonly position?: Position | undefined;
}

/** Base of every error that a user can mend. `hint` says how. */
export class TidemarkError extends Error {
  readonly exitCode = 2;
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.hint = hint;
  }
}

/** The command line (or the call of the library) does not fit. */
export class UsageError extends TidemarkError {}

/** Data that is missing, unreadable or not of a form that tidemark knows. */
export class SourceError extends TidemarkError {}

/** A snapshot that is missing, damaged, from a newer version, or in the way. */
export class SnapshotError extends TidemarkError {}

/** Everything that is wrong in one configuration file, reported at once. */
export class ConfigError extends TidemarkError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.problems = problems;
  }
}

/** `file:line:column: message. hint`, the form that editors and CI logs turn into a link. */
export function describeProblem(problem: Problem): string {
  const { position, message, hint } = problem;
  const where = position ? `${position.file}:${position.line}:${position.column}: ` : '';
  return `${where}${message}${hint ? `\n  ${hint}` : ''}`;
}
