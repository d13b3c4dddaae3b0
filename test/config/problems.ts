import { ConfigError, describeProblem } from '../../src/errors.js';

/** What `run` reports, one text a problem; empty when it reports nothing. Any other error passes through. */
export function problemsOf(run: () => unknown): string[] {
  try {
    run();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(describeProblem);
  }
}

/** The same for what runs asynchronously. */
export async function problemsOfAsync(run: () => Promise<unknown>): Promise<string[]> {
  try {
    await run();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(describeProblem);
  }
}
