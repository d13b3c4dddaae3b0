import type { Severity } from '../drift/index.js';
import type { RuleResult } from './rule.js';

/** One entry of `results`, as Great Expectations gives it, with tidemark's severity and message beside it. */
export interface ExpectationResult {
  readonly id: string | null;
  readonly success: boolean;
  readonly severity: Severity;
  /** What failed, from what to what, in one line; null where it holds. */
  readonly message: string | null;
  readonly expectation_config: {
    readonly type: string;
    readonly kwargs: Readonly<Record<string, unknown>>;
    readonly meta: Readonly<Record<string, unknown>>;
  };
  readonly result: RuleResult;
  readonly exception_info: { readonly raised_exception: boolean; readonly exception_message: string | null };
}
