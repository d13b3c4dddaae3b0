import type { ExpectationResult } from '../expectations/result.js';
import type { ColumnKind, Value, Window } from '../sources/source.js';
import type { DriftEntry, Verdict } from '../verdict/index.js';

/** What `check` found: Great Expectations' validation result, with tidemark's parts beside it. */
export interface CheckResult {
  readonly success: boolean;
  readonly verdict: Verdict;
  readonly model: string | null;
  readonly api_version: string | null;
  readonly snapshot: { readonly digest: string; readonly created_at: string } | null;
  readonly data: { readonly source: string; readonly row_count: number; readonly window: Window };
  readonly statistics: {
    readonly evaluated_expectations: number;
    readonly successful_expectations: number;
    readonly unsuccessful_expectations: number;
    /** Null where there were no expectations. */
    readonly success_percent: number | null;
  };
  readonly results: readonly ExpectationResult[];
  readonly drift: readonly DriftEntry[];
  /** Before and after of each drifted column, for pictures. */
  readonly distributions: readonly Distribution[];
  readonly retrain: { readonly due: boolean; readonly reason: string };
  /** What was read leniently or left out, a full sentence each. */
  readonly notes: readonly string[];
}

/** How the values of one column are distributed before and now: shares of each bin or value, which sum to 1. */
export interface Distribution {
  readonly column: string;
  readonly kind: ColumnKind;
  /** Of numbers: the upper edges of the bins, one fewer than there are shares. */
  readonly edges: readonly Value[] | null;
  /** Of categories: their names, the last one for all others. */
  readonly labels: readonly string[] | null;
  readonly before: readonly number[];
  readonly after: readonly number[];
}
