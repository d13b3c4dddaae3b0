/** What is wrong with an expression over saved parameters. Bound to a file's place by `bindKwargs`. */
export class ExpressionError extends Error {
  constructor(
    /** Without a full stop. */
    message: string,
    /** The character of the expression that it is about, counted from 0; undefined when it is about no one place. */
    readonly offset?: number | undefined,
    /** What to do, as a full sentence. */
    readonly hint?: string | undefined,
  ) {
    super(message);
    this.name = 'ExpressionError';
  }
}
