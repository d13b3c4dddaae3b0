/**
 * tidemark's library: save the parameters of the data that a model was made with, and hold new data to them.
 *
 * Data is a path (file, folder or glob: CSV, Parquet, JSON, Arrow) or a table of apache-arrow.
 */
export { takeSnapshot as snapshot, type SnapshotOptions, type SavedSnapshot } from './snapshot/index.js';
export { checkData as check, type CheckOptions, type CheckResult, type Distribution } from './check/index.js';
export { compareData as compare, type CompareOptions } from './check/index.js';
export { explainCheck as explain, type ExplainedQuery } from './check/index.js';
export { findSnapshot, listSnapshots, readSnapshot, type Snapshot, type StoredSnapshot } from './snapshot/index.js';
export { type ExpectationResult, gallery as rules, type Rule } from './expectations/index.js';
export { type DriftEntry, exitCodeOf, type Verdict } from './verdict/index.js';
export { ConfigError, type Problem, SnapshotError, SourceError, TidemarkError, UsageError } from './errors.js';
export { toJson } from './reports/index.js';
export { version } from './version.js';
