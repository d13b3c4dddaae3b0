export { type CheckPlan, checkSource } from './check.js';
export { planDrift } from './drift.js';
export { type Plan, planScans } from './plan.js';
export type { CheckResult, Distribution } from './result.js';
