export { type CheckPlan, checkSource } from './check.js';
export { type ExplainedQuery, explainCheck } from './explain.js';
export { type CheckOptions, type CompareOptions, checkData, compareData } from './job.js';
export type { CheckResult, Distribution } from './result.js';
