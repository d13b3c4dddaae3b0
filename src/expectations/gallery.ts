import type { Rule } from './rule.js';
import { aggregateRules } from './rules/aggregates.js';
import { tableRules } from './rules/tables.js';
import { valueRules } from './rules/values.js';

/** Every rule there is, by family. */
export const gallery: readonly Rule[] = [...valueRules, ...aggregateRules, ...tableRules];

const byType = new Map(gallery.map((rule) => [rule.type, rule]));

/** The rule of this name; undefined where there is none. */
export const ruleOf = (type: string): Rule | undefined => byType.get(type);
