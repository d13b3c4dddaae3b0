import type { Column, ColumnKind } from '../sources/source.js';

/**
 * Neutral expressions: what a rule says about one row, with no engine in mind. A dialect spells them.
 * Three-valued logic holds as in SQL: a comparison with a missing value is neither true nor false.
 */
export type Expression =
  | { readonly op: 'column'; readonly column: Column }
  | { readonly op: 'literal'; readonly value: Literal; readonly kind: ColumnKind }
  | { readonly op: 'compare'; readonly operator: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly op: 'and' | 'or'; readonly operands: readonly Expression[] }
  | { readonly op: 'not'; readonly operand: Expression }
  | { readonly op: 'is_missing'; readonly operand: Expression }
  | { readonly op: 'is_in'; readonly operand: Expression; readonly values: readonly Expression[] }
  | { readonly op: 'matches'; readonly operand: Expression; readonly pattern: string }
  | { readonly op: 'constant'; readonly value: boolean }
  | { readonly op: 'condition'; readonly text: string };

export type Comparison = '<' | '<=' | '=' | '<>' | '>=' | '>';

/** A value in a rule. Text stands for exact numbers, dates and timestamps too: the literal's kind says which. */
export type Literal = boolean | number | bigint | string;

export const column = (of: Column): Expression => ({ op: 'column', column: of });

/** A literal to be compared with a column of this kind. */
export const literal = (value: Literal, kind: ColumnKind): Expression => ({ op: 'literal', value, kind });

export const compare = (left: Expression, operator: Comparison, right: Expression): Expression => ({
  op: 'compare',
  operator,
  left,
  right,
});

export const and = (...operands: Expression[]): Expression =>
  operands.length === 1 ? operands[0]! : { op: 'and', operands };

export const or = (...operands: Expression[]): Expression =>
  operands.length === 1 ? operands[0]! : { op: 'or', operands };

export const not = (operand: Expression): Expression => ({ op: 'not', operand });

/** True where the value is null or, in a floating-point column, NaN: what pandas calls missing. */
export const isMissing = (operand: Expression): Expression => ({ op: 'is_missing', operand });

export const isIn = (operand: Expression, values: readonly Expression[]): Expression => ({
  op: 'is_in',
  operand,
  values,
});

/** True where the regular expression is found anywhere in the text. */
export const matches = (operand: Expression, pattern: string): Expression => ({ op: 'matches', operand, pattern });

export const constant = (value: boolean): Expression => ({ op: 'constant', value });

/** A user's own SQL condition, passed on as it is. The source runs SELECT only, whatever it says. */
export const condition = (text: string): Expression => ({ op: 'condition', text });
