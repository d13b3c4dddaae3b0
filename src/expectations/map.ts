import type { Column } from '../sources/source.js';
import { and, column as columnExpression, type Expression, isMissing, not } from '../sql/expression.js';
import type { Measure, MeasuredValues } from '../sql/measure.js';
import { columnKwarg, type Kwarg, type Kwargs, mostlyKwarg } from './kwargs.js';
import type { Judgement, Program, Rule, RuleResult } from './rule.js';

/** A rule that each value keeps or breaks. */
export interface MapRule {
  readonly type: string;
  readonly description: string;
  readonly kwargs?: Readonly<Record<string, Kwarg>>;
  readonly example: Readonly<Record<string, unknown>>;
  readonly conflict?: (kwargs: Kwargs) => string | null;
  /** True for the values that are as expected; only asked of values that are not missing. */
  readonly expected: (kwargs: Kwargs, column: Column) => Expression;
}

/** A rule over the values of one column, with `mostly`. Missing values are left out, as in Great Expectations. */
export function mapRule(rule: MapRule): Rule {
  return {
    ...rule,
    kwargs: { column: columnKwarg, ...rule.kwargs, mostly: mostlyKwarg },
    create: (kwargs, table): Program => {
      const column = table.column(kwargs.column as string);
      const missing = isMissing(columnExpression(column));
      const unexpected = and(not(missing), not(rule.expected(kwargs, column)));
      const measures = countsOf(table.where, missing, unexpected);
      return {
        measures: Object.values(measures),
        judge: (values) => judgeMap(values, measures, kwargs.mostly as number),
        unexpected: { column, condition: unexpected },
      };
    },
  };
}

export interface MapMeasures {
  readonly rows: Measure & { kind: 'row_count' };
  readonly missing: Measure & { kind: 'count_if' };
  readonly unexpected: Measure & { kind: 'count_if' | 'duplicated_count' };
}

export function countsOf(where: Expression | undefined, missing: Expression, unexpected: Expression) {
  return {
    rows: { kind: 'row_count', where },
    missing: { kind: 'count_if', condition: missing, where },
    unexpected: { kind: 'count_if', condition: unexpected, where },
  } as const satisfies MapMeasures;
}

export function judgeMap(values: MeasuredValues, measures: MapMeasures, mostly: number): Judgement {
  const elements = values.get(measures.rows);
  const missing = values.get(measures.missing);
  const unexpected = values.get(measures.unexpected);
  const present = elements - missing;
  // Compared as counts: a share such as 0.9 of 10 must not fail by the last digit of a double.
  const success = present === 0 || present - unexpected >= mostly * present - 1e-9 * present;
  return { success, result: mapResult(elements, missing, unexpected, present) };
}

export function mapResult(elements: number, missing: number, unexpected: number, present: number): RuleResult {
  const ofPresent = present === 0 ? 0 : (unexpected / present) * 100;
  return {
    element_count: elements,
    missing_count: missing,
    missing_percent: elements === 0 ? 0 : (missing / elements) * 100,
    unexpected_count: unexpected,
    unexpected_percent: ofPresent,
    unexpected_percent_total: elements === 0 ? 0 : (unexpected / elements) * 100,
    unexpected_percent_nonmissing: ofPresent,
    partial_unexpected_list: [],
    observed_value: null,
    ...(present === 0 &&
      elements > 0 && { details: { vacuous: 'every value is missing, so the rule holds without saying anything' } }),
  };
}
