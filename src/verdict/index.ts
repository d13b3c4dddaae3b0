export { exitCodeOf, type Verdict, verdictOf } from './verdict.js';
export { type DriftEntry, weigh } from './weigh.js';
