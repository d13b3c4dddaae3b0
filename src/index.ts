/**
 * tidemark's library: save the parameters of the data that a model was made with, and hold new data to them.
 *
 * Data is a path (file, folder or glob: CSV, Parquet, JSON, Arrow) or a table of apache-arrow.
 */

export { type ExplainedQuery, explainCheck as explain } from './check/explain.js';
export { checkData as check, compareData as compare } from './check/job.js';
export type { CheckOptions, CompareOptions } from './check/options.js';
export type { CheckResult, Distribution } from './check/result.js';
export { ConfigError, type Problem, SnapshotError, SourceError, TidemarkError, UsageError } from './errors.js';
export type { ExpectationResult } from './expectations/result.js';
export { toJson } from './reports/json.js';
export type { Snapshot } from './snapshot/format.js';
export { findSnapshot, listSnapshots, readSnapshot, type StoredSnapshot } from './snapshot/store.js';
export { type SavedSnapshot, type SnapshotOptions, takeSnapshot as snapshot } from './snapshot/take.js';
export { exitCodeOf, type Verdict } from './verdict/verdict.js';
export type { DriftEntry } from './verdict/weigh.js';
export { version } from './version.js';
