import { readSnapshot, snapshotInMemory } from '../snapshot/index.js';
import { type Data, openSource, readAgain } from '../sources/index.js';
import { type CheckPlan, checkSource } from './check.js';
import type { CheckOptions, CompareOptions } from './options.js';
import { DEFAULT_ALPHA, isRead, kindsOf, prepareCheck, resolveData } from './prepare.js';
import type { CheckResult } from './result.js';

/** Judges new data against the snapshot and the rules. */
export async function checkData(data: Data, options: CheckOptions = {}): Promise<CheckResult> {
  const prepared = await prepareCheck(options);
  const resolved = resolveData(data, prepared.read, prepared.settings);
  return readAgain(resolved.data, resolved.read, openSource, (source) => checkSource(source, prepared.plan));
}

/** Drift between two data sets, or between a snapshot's file and a data set, without rules or setup. */
export async function compareData(before: Data, after: Data, options: CompareOptions = {}): Promise<CheckResult> {
  const saved = isSnapshotFile(before) ? await readSnapshot(before) : await snapshotInMemory(before, options);
  const plan: CheckPlan = {
    saved,
    snapshot: saved,
    rules: [],
    alpha: options.alpha ?? DEFAULT_ALPHA,
    isChosen: (column) => isRead(column, options),
    failOn: options.failOn ?? 'critical',
    retrainPolicy: null,
  };
  return readAgain(after, { ...options, kinds: kindsOf(saved) }, openSource, (source) => checkSource(source, plan));
}

const isSnapshotFile = (data: Data): data is string =>
  typeof data === 'string' && /\.tidemark[\\/].+\.json$/.test(data);
