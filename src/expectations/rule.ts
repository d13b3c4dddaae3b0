import type { Column, Value } from '../sources/source.js';
import type { Expression } from '../sql/expression.js';
import type { Measure, MeasuredValues } from '../sql/measure.js';
import type { Kwarg, Kwargs } from './kwargs.js';

/**
 * One kind of expectation. It asks for measures and judges their values; it never sees a row, and it knows no engine.
 * Its documentation, schema and gallery entry come from the fields here.
 */
export interface Rule {
  /** Great Expectations' name. */
  readonly type: string;
  /** One sentence: what must hold. */
  readonly description: string;
  readonly kwargs: Readonly<Record<string, Kwarg>>;
  /** Kwargs of an example, as they would stand in YAML. */
  readonly example: Readonly<Record<string, unknown>>;
  /** What is wrong with kwargs that are each fine by themselves; null where they fit. */
  readonly conflict?: (kwargs: Kwargs) => string | null;
  /** Compiles the rule for a table. Throws `CannotHold` for what fails without looking at a row. */
  readonly create: (kwargs: Kwargs, table: RuleTable) => Program;
}

/** The table that a rule is compiled for. */
export interface RuleTable {
  readonly columns: readonly Column[];
  /** The column of this name; throws `CannotHold` when there is none. */
  column(name: string): Column;
  /** The rows that `row_condition` leaves; undefined for all. */
  readonly where: Expression | undefined;
}

/** What a rule asks for, and how it judges. */
export interface Program {
  readonly measures: readonly Measure[];
  judge(values: MeasuredValues): Judgement;
  /** Which rows break the rule, so that examples can be shown when it fails. */
  readonly unexpected?:
    | { readonly column: Column; readonly condition: Expression }
    | { readonly column: Column; readonly repeated: true };
}

export interface Judgement {
  readonly success: boolean;
  readonly result: RuleResult;
}

/** Great Expectations' result fields. Percentages are of 100. */
export interface RuleResult {
  readonly element_count?: number;
  readonly missing_count?: number;
  readonly missing_percent?: number;
  readonly unexpected_count?: number;
  /** Of values that are not missing. */
  readonly unexpected_percent?: number;
  readonly unexpected_percent_total?: number;
  readonly unexpected_percent_nonmissing?: number;
  readonly partial_unexpected_list?: readonly Value[];
  readonly observed_value?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Thrown while a rule is compiled: it fails on this table, whatever the rows hold (such as a column that is missing). */
export class CannotHold extends Error {
  readonly observed: unknown;
  constructor(message: string, observed: unknown = null) {
    super(message);
    this.name = 'CannotHold';
    this.observed = observed;
  }
}

/** Thrown while a rule is compiled or judged: it cannot be evaluated on this table at all, which is an error. */
export class CannotJudge extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotJudge';
  }
}
