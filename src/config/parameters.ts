import type { Position, Problem } from '../errors.js';
import type { Path } from './document.js';
import { type Expression, type ExpressionForm, type FunctionName, parseExpression } from './expression.js';
import { ExpressionError } from './expression-error.js';
import { isPlainMap } from './read-nodes.js';

/** The key of Great Expectations' own form of an expression: `{ $PARAMETER: 'fare.max * 1.1' }`. */
const PARAMETER_KEY = '$PARAMETER';
/** A message quotes so much of an expression. */
const QUOTED_LENGTH = 80;
const NUMERIC_TEXT = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Kwargs whose text is a pattern, SQL, a schema or prose, where a `$` means itself. */
export const LITERAL_KWARGS: readonly string[] = [
  'regex',
  'regex_list',
  'like_pattern',
  'like_pattern_list',
  'strftime_format',
  'json_schema',
  'row_condition',
  'unexpected_rows_query',
  'description',
  'notes',
  'meta',
];

/** A saved parameter: a number, the exact text of a decimal, integer or date, a truth value, or a list of values. */
export type ParameterValue = number | string | boolean | readonly (number | string | boolean | null)[];

/** Finds a saved parameter; `column` is null for the rule's own. May throw `ExpressionError`. */
export type ParameterLookup = (column: string | null, parameter: string) => ParameterValue;

/** What binding needs to know. */
export interface BindContext {
  readonly lookup: ParameterLookup;
  /** Where a part of the kwargs stands: `entry.locate`. */
  readonly locate: (kwarg?: string, inside?: Path, offset?: number) => Position;
  /** Kwargs in which a `$` means itself; `LITERAL_KWARGS` by default. */
  readonly literalKwargs?: readonly string[];
}

/** Kwargs with every expression replaced by its value, and what could not be. */
export interface BoundKwargs {
  readonly kwargs: Record<string, unknown>;
  readonly problems: readonly Problem[];
}

/**
 * The value of an expression. A bare reference gives the saved value as it is; everything else is arithmetic on numbers.
 * @throws ExpressionError for what cannot be computed, and what `lookup` throws
 */
export function evaluate(expression: Expression, lookup: ParameterLookup): ParameterValue {
  if (expression.op !== 'parameter') return evaluateNumber(expression, lookup);
  const value = lookUp(expression, lookup);
  return typeof value === 'number' ? finite(value, expression) : value;
}

/**
 * Replaces every text that begins with `$`, and every `{ $PARAMETER: ... }`, however deep, by its value. `$$` at the
 * start of a text stands for a `$` that is meant literally. A part that cannot be bound is reported and stays as it was.
 */
export function bindKwargs(kwargs: Readonly<Record<string, unknown>>, context: BindContext): BoundKwargs {
  const literal = new Set(context.literalKwargs ?? LITERAL_KWARGS);
  const binder = new Binder(context);
  const bound = Object.entries(kwargs).map(([kwarg, value]) => [
    kwarg,
    literal.has(kwarg) ? value : binder.bind(value, kwarg, []),
  ]);
  return { kwargs: Object.fromEntries(bound), problems: binder.problems };
}

class Binder {
  readonly problems: Problem[] = [];

  constructor(readonly context: BindContext) {}

  bind(value: unknown, kwarg: string, inside: Path): unknown {
    if (typeof value === 'string') return this.#bindText(value, kwarg, inside);
    if (Array.isArray(value)) return value.map((item, index) => this.bind(item, kwarg, [...inside, index]));
    if (!isPlainMap(value)) return value;
    if (Object.hasOwn(value, PARAMETER_KEY)) return this.#bindObject(value, kwarg, inside);
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([key, item]) => [key, this.bind(item, kwarg, [...inside, key])]));
  }

  #bindText(text: string, kwarg: string, inside: Path): unknown {
    if (text.startsWith('$$')) return text.slice(1);
    return text.startsWith('$') ? this.#compute(text, 'dollar', kwarg, inside) : text;
  }

  #bindObject(value: Record<string, unknown>, kwarg: string, inside: Path): unknown {
    const text = value[PARAMETER_KEY];
    const other = Object.keys(value).find((key) => key !== PARAMETER_KEY);
    const hint = `Write \`{ ${PARAMETER_KEY}: fare.max * 1.1 }\`.`;
    if (other !== undefined) {
      const message = `\`${kwarg}\`: \`${PARAMETER_KEY}\` stands alone, but there is also \`${other}\`.`;
      this.problems.push({ message, hint, position: this.context.locate(kwarg, [...inside, other]) });
      return value;
    }
    if (typeof text === 'number' || typeof text === 'bigint') return text;
    if (typeof text === 'string') return this.#compute(text, 'parameter', kwarg, [...inside, PARAMETER_KEY]) ?? value;
    const message = `\`${kwarg}\`: the value of \`${PARAMETER_KEY}\` must be an expression in text.`;
    this.problems.push({ message, hint, position: this.context.locate(kwarg, [...inside, PARAMETER_KEY]) });
    return value;
  }

  #compute(text: string, form: ExpressionForm, kwarg: string, inside: Path): unknown {
    try {
      return evaluate(parseExpression(text, form), this.context.lookup);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const quoted = text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH)}…` : text;
      const place = error.offset === undefined ? '' : `, character ${error.offset + 1}`;
      this.problems.push({
        message: `\`${kwarg}\`: in \`${quoted}\`${place}: ${error.message}.`,
        hint: hintFor(error, form),
        position: this.context.locate(kwarg, inside, error.offset),
      });
      return form === 'dollar' ? text : undefined;
    }
  }
}

function hintFor(error: ExpressionError, form: ExpressionForm): string | undefined {
  const literal = form === 'dollar' ? 'Begin a text with `$$` if a dollar sign is meant.' : '';
  return [error.hint ?? '', literal].filter((part) => part !== '').join(' ') || undefined;
}

/** A lookup does not know where the reference stands; here it is added. */
function lookUp(reference: Extract<Expression, { op: 'parameter' }>, lookup: ParameterLookup): ParameterValue {
  try {
    return lookup(reference.column, reference.parameter);
  } catch (error) {
    if (!(error instanceof ExpressionError) || error.offset !== undefined) throw error;
    throw new ExpressionError(error.message, reference.offset, error.hint);
  }
}

function evaluateNumber(expression: Expression, lookup: ParameterLookup): number {
  switch (expression.op) {
    case 'number':
      return expression.value;
    case 'parameter':
      return toNumber(lookUp(expression, lookup), expression);
    case 'negate':
      // Not a sign change, which would make a zero a negative zero.
      return 0 - evaluateNumber(expression.operand, lookup);
    case 'arithmetic':
      return calculate(expression, evaluateNumber(expression.left, lookup), evaluateNumber(expression.right, lookup));
    case 'call':
      return FUNCTIONS[expression.name](expression.operands.map((operand) => evaluateNumber(operand, lookup)));
  }
}

const FUNCTIONS: Readonly<Record<FunctionName, (values: readonly number[]) => number>> = {
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
  abs: ([value = Number.NaN]) => Math.abs(value),
};

function calculate(expression: Extract<Expression, { op: 'arithmetic' }>, left: number, right: number): number {
  switch (expression.operator) {
    case '+':
      return finite(left + right, expression);
    case '-':
      return finite(left - right, expression);
    case '*':
      return finite(left * right, expression);
    case '/':
      if (right === 0) throw new ExpressionError('This divides by zero', expression.offset);
      return finite(left / right, expression);
  }
}

function finite(value: number, { offset }: Expression): number {
  if (Number.isFinite(value)) return value;
  throw new ExpressionError('The result is not a finite number', offset);
}

function toNumber(value: ParameterValue, reference: Extract<Expression, { op: 'parameter' }>): number {
  if (typeof value === 'number') return finite(value, reference);
  if (typeof value === 'string' && NUMERIC_TEXT.test(value)) return finite(Number(value), reference);
  const kind = typeof value === 'object' ? 'a list' : typeof value === 'boolean' ? 'a truth value' : 'a date or a text';
  throw new ExpressionError(
    `\`${reference.parameter}\` is ${kind} here, and arithmetic needs numbers`,
    reference.offset,
    'Such a parameter can only stand alone.',
  );
}
