export { type CheckPlan, checkSource } from './check.js';
export { type ExplainedQuery, explainCheck } from './explain.js';
export { checkData, compareData } from './job.js';
export type { CheckOptions, CompareOptions } from './options.js';
export type { CheckResult, Distribution } from './result.js';
