import { ExpressionError } from './expression-error.js';
import { didYouMean } from './nearest.js';
import { canonicalParameter } from './parameter-names.js';

/** A longer expression is refused. */
export const MAX_EXPRESSION_LENGTH = 2000;
/** Deeper parentheses (and signs) are refused. */
const MAX_DEPTH = 50;

/**
 * How parameters are marked: in a text that begins with `$` each carries a `$`; in a `$PARAMETER` object they stand
 * without one, and may carry it.
 */
export type ExpressionForm = 'dollar' | 'parameter';

/** The functions of the language. */
export type FunctionName = 'min' | 'max' | 'abs';

/** A parsed expression. `offset` is where it stands in the text, counted from 0. */
export type Expression =
  | { readonly op: 'number'; readonly value: number; readonly offset: number }
  | {
      readonly op: 'parameter';
      /** Null for the rule's own column. */
      readonly column: string | null;
      readonly parameter: string;
      readonly offset: number;
    }
  | { readonly op: 'negate'; readonly operand: Expression; readonly offset: number }
  | {
      readonly op: 'arithmetic';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Expression;
      readonly right: Expression;
      /** Where the operator stands. */
      readonly offset: number;
    }
  | {
      readonly op: 'call';
      readonly name: FunctionName;
      readonly operands: readonly Expression[];
      readonly offset: number;
    };

/**
 * Parses an expression over saved parameters, such as `$mean - 3 * $std` or, in the form `parameter`, `fare.max * 1.1`.
 *
 *     sum       = product { ('+' | '-') product }
 *     product   = unary { ('*' | '/') unary }
 *     unary     = '-' unary | primary
 *     primary   = number | '(' sum ')' | function '(' sum { ',' sum } ')' | parameter
 *     parameter = '$' [ (name | '"' text '"') '.' ] name
 *
 * So that it can begin with `$`, `$(...)` is the same as `(...)`, and `$max(...)` as `max(...)`.
 * @throws ExpressionError, and nothing else
 */
export function parseExpression(text: string, form: ExpressionForm): Expression {
  if (text.length > MAX_EXPRESSION_LENGTH) {
    throw new ExpressionError(
      `An expression may have ${MAX_EXPRESSION_LENGTH} characters, this one has ${text.length}`,
    );
  }
  return new Parser(text, form).parse();
}

const SPACE = /\s*/y;
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const FRACTION_OF_QUANTILE = /\.\d+(?![\p{L}\p{N}_.])/uy;
const WHOLE_QUANTILE = /^q\d{1,3}$/i;
const ARITIES: Readonly<Record<FunctionName, number>> = {
  min: Number.POSITIVE_INFINITY,
  max: Number.POSITIVE_INFINITY,
  abs: 1,
};

class Parser {
  #at = 0;
  #depth = 0;

  constructor(
    readonly text: string,
    readonly form: ExpressionForm,
  ) {}

  parse(): Expression {
    const expression = this.#sum();
    if (this.#at < this.text.length) throw this.#unexpected('an operator or the end');
    return expression;
  }

  #sum(): Expression {
    let left = this.#product();
    for (let operator = this.#operator('+', '-'); operator; operator = this.#operator('+', '-')) {
      left = { op: 'arithmetic', ...operator, left, right: this.#product() };
    }
    return left;
  }

  #product(): Expression {
    let left = this.#unary();
    for (let operator = this.#operator('*', '/'); operator; operator = this.#operator('*', '/')) {
      left = { op: 'arithmetic', ...operator, left, right: this.#unary() };
    }
    return left;
  }

  #unary(): Expression {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw new ExpressionError(`The expression is nested more than ${MAX_DEPTH} levels deep`, this.#at);
    }
    const minus = this.#operator('-');
    const result: Expression = minus ? { op: 'negate', operand: this.#unary(), offset: minus.offset } : this.#primary();
    this.#depth -= 1;
    return result;
  }

  #primary(): Expression {
    this.#skipSpace();
    const offset = this.#at;
    const number = this.#match(NUMBER);
    if (number !== undefined) return this.#number(number, offset);
    const marked = this.#take('$');
    if (this.#take('(')) return this.#group();
    if (this.#peek() === '"') return this.#quotedReference(offset, marked);
    const name = this.#match(NAME);
    if (name === undefined) {
      if (marked) throw this.#unexpected('the name of a parameter after `$`');
      throw this.#unexpected('a number, a parameter or `(`');
    }
    const end = this.#at;
    if (this.#takeAfterSpace('(')) return this.#call(name, offset);
    this.#at = end;
    return this.#reference(name, offset, marked);
  }

  #group(): Expression {
    const inner = this.#sum();
    if (!this.#takeAfterSpace(')')) throw this.#unexpected('`)`');
    return inner;
  }

  #number(digits: string, offset: number): Expression {
    const value = Number(digits);
    if (!Number.isFinite(value)) throw new ExpressionError(`The number ${digits} is too large`, offset);
    const rest = this.#match(NAME);
    if (rest !== undefined) throw new ExpressionError(`\`${digits}${rest}\` is neither a number nor a name`, offset);
    return { op: 'number', value, offset };
  }

  #call(name: string, offset: number): Expression {
    if (!Object.hasOwn(ARITIES, name)) {
      throw new ExpressionError(`Unknown function \`${name}\``, offset, didYouMean(name, Object.keys(ARITIES)));
    }
    const operands = [this.#sum()];
    while (this.#takeAfterSpace(',')) operands.push(this.#sum());
    if (!this.#takeAfterSpace(')')) throw this.#unexpected('`,` or `)`');
    const arity = ARITIES[name as FunctionName];
    if (operands.length > arity) {
      throw new ExpressionError(`\`${name}\` takes ${arity} value, got ${operands.length}`, offset);
    }
    return { op: 'call', name: name as FunctionName, operands, offset };
  }

  #quotedReference(offset: number, marked: boolean): Expression {
    this.#requireMark(marked, offset);
    let column = '';
    for (;;) {
      const start = this.#at + 1;
      const end = this.text.indexOf('"', start);
      if (end === -1) throw new ExpressionError('The closing `"` of the column is missing', offset);
      column += this.text.slice(start, end);
      this.#at = end + 1;
      // As in SQL, a doubled quote stands for one.
      if (this.#peek() !== '"') break;
      column += '"';
    }
    if (!this.#take('.')) throw this.#unexpected('`.` and a parameter after the column');
    const at = this.#at;
    const name = this.#match(NAME);
    if (name === undefined) throw this.#unexpected('the name of a parameter after `.`');
    return { op: 'parameter', column, parameter: canonicalParameter(this.#withFraction(name), at), offset };
  }

  #reference(first: string, offset: number, marked: boolean): Expression {
    this.#requireMark(marked, offset, first);
    const column: string[] = [];
    let parameter = this.#withFraction(first);
    let at = offset + (marked ? 1 : 0);
    while (this.#take('.')) {
      const start = this.#at;
      const name = this.#match(NAME);
      if (name === undefined) throw this.#unexpected('the name of a parameter after `.`');
      column.push(parameter);
      parameter = this.#withFraction(name);
      at = start;
    }
    const owner = column.length > 0 ? column.join('.') : null;
    return { op: 'parameter', column: owner, parameter: canonicalParameter(parameter, at), offset };
  }

  #requireMark(marked: boolean, offset: number, name?: string): void {
    if (marked || this.form === 'parameter') return;
    const what = name === undefined ? 'A column' : `\`${name}\``;
    throw new ExpressionError(`${what} stands without \`$\``, offset, `Write \`$${name ?? '"column".parameter'}\`.`);
  }

  /** `q99.9` is one name: no parameter begins with a digit. */
  #withFraction(name: string): string {
    return WHOLE_QUANTILE.test(name) ? name + (this.#match(FRACTION_OF_QUANTILE) ?? '') : name;
  }

  #operator<O extends string>(...operators: readonly O[]): { operator: O; offset: number } | undefined {
    this.#skipSpace();
    const offset = this.#at;
    const operator = operators.find((candidate) => this.#take(candidate));
    return operator && { operator, offset };
  }

  #takeAfterSpace(character: string): boolean {
    this.#skipSpace();
    return this.#take(character);
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }

  #peek(): string | undefined {
    return this.text[this.#at];
  }

  #skipSpace(): void {
    this.#match(SPACE);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #unexpected(wanted: string): ExpressionError {
    const character = this.text.codePointAt(this.#at);
    const got = character === undefined ? 'the expression ends' : `there is \`${String.fromCodePoint(character)}\``;
    return new ExpressionError(`Expected ${wanted}, but ${got}`, this.#at);
  }
}
