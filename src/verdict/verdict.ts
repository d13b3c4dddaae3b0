import type { Severity } from '../drift/index.js';
import type { ExpectationResult } from '../expectations/result.js';
import type { DriftEntry } from './weigh.js';

/**
 * `healthy`: everything that was asked was judged, and it holds. `watch`: only outcomes below the severity that fails a
 * run failed. `degraded`: at least one of that severity failed. `undetermined`: something could not be judged.
 */
export type Verdict = 'healthy' | 'watch' | 'degraded' | 'undetermined';

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 };

/** The verdict of a run. An outcome of severity `info` never fails one. */
export function verdictOf(
  results: readonly ExpectationResult[],
  drift: readonly DriftEntry[],
  failOn: 'warning' | 'critical',
): Verdict {
  if (results.some((result) => result.exception_info.raised_exception)) return 'undetermined';
  const failed = [
    ...results.filter((result) => !result.success).map((result) => result.severity),
    ...drift.filter((entry) => entry.drifted).map((entry) => entry.severity),
  ];
  if (failed.some((severity) => RANK[severity] >= RANK[failOn])) return 'degraded';
  return failed.some((severity) => severity !== 'info') ? 'watch' : 'healthy';
}

/** 0 healthy, 1 degraded, 2 could not judge. */
export function exitCodeOf(verdict: Verdict): 0 | 1 | 2 {
  if (verdict === 'undetermined') return 2;
  return verdict === 'degraded' ? 1 : 0;
}
