import { SourceError } from '../errors.js';
import { type BoundRule, compileRules, type ExpectationResult } from '../expectations/index.js';
import { isLeftOut, type TableProfile } from '../profile/index.js';
import type { Snapshot } from '../snapshot/index.js';
import type { Source } from '../sources/source.js';
import { type DriftEntry, type Verdict, verdictOf, weigh } from '../verdict/index.js';
import { distributionsOf, judgeDrift, planDrift } from './drift.js';
import { judgeRules } from './judge.js';
import { planCheck } from './plan.js';
import type { CheckResult } from './result.js';
import { runPlan } from './run.js';

/** What is judged, and how. */
export interface CheckPlan {
  /** The saved parameters that drift is judged against; null where drift is off or nothing is saved. */
  readonly saved: TableProfile | null;
  readonly snapshot: Snapshot | null;
  readonly rules: readonly BoundRule[];
  readonly alpha: number;
  readonly isChosen: (column: string) => boolean;
  readonly failOn: 'warning' | 'critical';
  /** The policy of the rules file that says when to retrain; null for none. */
  readonly retrainPolicy: string | null;
}

/** The main job: ask for measures, plan the scans, run them, judge the values, weigh the outcomes. */
export async function checkSource(source: Source, check: CheckPlan): Promise<CheckResult> {
  const drift = check.saved ? planDrift(check.saved, source, check.isChosen) : null;
  const compiled = compileRules(check.rules, source.columns);
  const plan = planCheck(source, check.snapshot, drift, compiled);
  const values = await runPlan(plan, source);
  const rows = values.get({ kind: 'row_count' });
  if (rows === 0) throw noRows(source);
  const entries = drift ? weigh(judgeDrift(drift, values), check.alpha) : [];
  const results = await judgeRules(compiled, values, source);
  const drifted = new Set(entries.filter((entry) => entry.drifted).map((entry) => entry.column));
  const distributions = drift ? distributionsOf(drift, values, drifted) : [];
  return { ...conclude(check, entries, results), ...describeData(source, rows), distributions };
}

function noRows(source: Source): SourceError {
  const window = source.window.since !== null || source.window.until !== null;
  return new SourceError(
    `${source.name} has no rows${window ? ' in this window' : ''}: there is nothing to judge.`,
    window
      ? 'Widen --since and --until, or --where.'
      : 'Check that the file was written whole; it has column names at most.',
  );
}

function conclude(check: CheckPlan, drift: readonly DriftEntry[], results: readonly ExpectationResult[]) {
  const verdict = verdictOf(results, drift, check.failOn);
  const successful = results.filter((result) => result.success).length;
  return {
    success: verdict === 'healthy' || verdict === 'watch',
    verdict,
    model: check.snapshot?.model ?? null,
    api_version: check.snapshot?.api_version ?? null,
    snapshot: check.snapshot && { digest: check.snapshot.digest, created_at: check.snapshot.created_at },
    statistics: {
      evaluated_expectations: results.length,
      successful_expectations: successful,
      unsuccessful_expectations: results.length - successful,
      success_percent: results.length === 0 ? null : (successful / results.length) * 100,
    },
    results,
    drift,
    retrain: retrainOf(check, verdict),
  };
}

function retrainOf({ retrainPolicy }: CheckPlan, verdict: Verdict): CheckResult['retrain'] {
  if (retrainPolicy !== null) {
    return { due: false, reason: `"${retrainPolicy}" needs a history of checks, which this version does not keep` };
  }
  if (verdict === 'degraded') return { due: true, reason: 'this check is degraded' };
  const undetermined = verdict === 'undetermined';
  return { due: false, reason: undetermined ? 'this check could not judge everything' : 'this check is not degraded' };
}

function describeData(source: Source, rows: number) {
  const leftOut = source.columns.filter((column) => isLeftOut(column.kind)).map((column) => column.name);
  const note = `Only missing values are judged in ${leftOut.join(', ')}: values of such types are left out.`;
  return {
    data: { source: source.name, row_count: rows, window: source.window },
    notes: [...source.notes, ...(leftOut.length > 0 ? [note] : [])],
  };
}
