import { bindKwargs, didYouMean, type ExpectationEntry } from '../config/index.js';
import { ConfigError, type Problem } from '../errors.js';
import type { Snapshot } from '../snapshot/index.js';
import { gallery, ruleOf } from './gallery.js';
import { type Kwargs, kwargProblem } from './kwargs.js';
import { lookupIn } from './parameters.js';
import type { Rule } from './rule.js';

/** A rule with its kwargs checked, defaults filled in and `$` expressions replaced. */
export interface BoundRule {
  readonly entry: ExpectationEntry;
  readonly rule: Rule;
  readonly kwargs: Kwargs;
}

/** Binds the expectations of a file to the saved parameters. Throws `ConfigError` with everything that is wrong. */
export function bindRules(entries: readonly ExpectationEntry[], snapshot: Snapshot | null): BoundRule[] {
  const problems: Problem[] = [];
  const bound = entries.flatMap((entry) => {
    const rule = ruleOf(entry.type);
    if (!rule) {
      problems.push({
        message: `There is no rule ${entry.type}.`,
        hint:
          didYouMean(
            entry.type,
            gallery.map(({ type }) => type),
          ) || 'See `tidemark rules` for all of them.',
        position: entry.position,
      });
      return [];
    }
    const own = typeof entry.kwargs.column === 'string' ? entry.kwargs.column : null;
    const found = bindKwargs(entry.kwargs, { lookup: lookupIn(snapshot, own), locate: entry.locate });
    problems.push(...found.problems);
    if (found.problems.length > 0) return [];
    const kwargs = withDefaults(rule, found.kwargs);
    const wrong = kwargProblems(rule, entry, kwargs);
    problems.push(...wrong);
    return wrong.length > 0 ? [] : [{ entry, rule, kwargs }];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return bound;
}

function withDefaults(rule: Rule, kwargs: Readonly<Record<string, unknown>>): Kwargs {
  const defaults = Object.entries(rule.kwargs).filter(([, kwarg]) => kwarg.default !== undefined);
  const given = Object.entries(kwargs).filter(([, value]) => value !== null);
  return {
    ...Object.fromEntries(defaults.map(([name, kwarg]) => [name, kwarg.default])),
    ...Object.fromEntries(given),
  };
}

function kwargProblems(rule: Rule, entry: ExpectationEntry, kwargs: Kwargs): Problem[] {
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(kwargs)) {
    const kwarg = rule.kwargs[name];
    if (!kwarg) {
      const message = `${rule.type} has no kwarg ${name}.`;
      problems.push({ message, hint: didYouMean(name, Object.keys(rule.kwargs)), position: entry.locateKey(name) });
      continue;
    }
    const problem = kwargProblem(name, kwarg, value);
    if (problem)
      problems.push({ message: `${rule.type}: ${problem}.`, hint: kwarg.description, position: entry.locate(name) });
  }
  for (const [name, kwarg] of Object.entries(rule.kwargs)) {
    if (!kwarg.required || kwargs[name] !== undefined) continue;
    problems.push({
      message: `${rule.type} needs the kwarg ${name}.`,
      hint: kwarg.description,
      position: entry.position,
    });
  }
  const conflict = problems.length === 0 ? (rule.conflict?.(kwargs) ?? null) : null;
  if (conflict) problems.push({ message: `${rule.type}: ${conflict}.`, position: entry.position });
  return problems;
}
