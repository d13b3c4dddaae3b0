export { type CompiledRule, compileRules } from './compile.js';
export { gallery, ruleOf } from './gallery.js';
export type { Kwarg, Kwargs } from './kwargs.js';
export type { ExpectationResult } from './result.js';
export {
  CannotHold,
  CannotJudge,
  type Judgement,
  type Program,
  type Rule,
  type RuleResult,
  type RuleTable,
} from './rule.js';
export { type BoundRule, bindRules } from './suite.js';
