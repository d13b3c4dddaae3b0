import { didYouMean } from '../config/index.js';
import type { Column } from '../sources/source.js';
import { condition } from '../sql/expression.js';
import { CannotHold, CannotJudge, type Program } from './rule.js';
import type { BoundRule } from './suite.js';

/** What became of a rule when it met the table's columns. */
export type CompiledRule =
  | { readonly bound: BoundRule; readonly program: Program }
  | { readonly bound: BoundRule; readonly fails: string; readonly observed: unknown }
  | { readonly bound: BoundRule; readonly error: string };

/** Compiles rules for a table. A rule that cannot be compiled spoils no other. */
export function compileRules(rules: readonly BoundRule[], columns: readonly Column[]): CompiledRule[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return rules.map((bound): CompiledRule => {
    const { rowCondition } = bound.entry;
    const table = {
      columns,
      where: rowCondition === undefined ? undefined : condition(rowCondition),
      column: (name: string): Column => {
        const found = byName.get(name);
        if (found) return found;
        throw new CannotHold(`There is no column ${name}. ${didYouMean(name, [...byName.keys()])}`.trim());
      },
    };
    try {
      return { bound, program: bound.rule.create(bound.kwargs, table) };
    } catch (error) {
      if (error instanceof CannotHold) return { bound, fails: error.message, observed: error.observed };
      if (error instanceof CannotJudge) return { bound, error: error.message };
      throw error;
    }
  });
}
