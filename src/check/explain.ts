import { compileRules } from '../expectations/index.js';
import { type Data, openSource, readAgain } from '../sources/index.js';
import { planDrift } from './drift.js';
import type { CheckOptions } from './options.js';
import { planCheck } from './plan.js';
import { prepareCheck, resolveData } from './prepare.js';

/** One query of a check, and what it is for. */
export interface ExplainedQuery {
  readonly purpose: string;
  readonly sql: string;
}

/** The queries that a check of this data would run. Nothing but the columns is read. */
export async function explainCheck(data: Data, options: CheckOptions): Promise<ExplainedQuery[]> {
  const { plan: check, read: asked, settings } = await prepareCheck(options);
  const { data: resolved, read } = resolveData(data, asked, settings);
  return readAgain(resolved, read, openSource, async (source) => {
    const drift = check.saved ? planDrift(check.saved, source, check.isChosen) : null;
    const compiled = compileRules(check.rules, source.columns);
    const asked = compiled.flatMap((rule) => ('program' in rule ? rule.program.measures : []));
    const wanted = (drift?.measures.length ?? 0) + asked.length;
    const plan = planCheck(source, check.snapshot, drift, compiled);
    const scans = plan.scans.map((query, index) => ({
      purpose: `Scan ${index + 1} of ${plan.scans.length}: ${query.measures.length} measures, merged from ${wanted} that drift in ${drift?.comparisons.length ?? 0} columns and ${compiled.length} rules ask for.`,
      sql: query.sql,
    }));
    const alone = plan.alone.map((query) => ({
      purpose: `${query.measures.map((measure) => measure.kind).join(', ')}: needs a query of its own.`,
      sql: query.sql,
    }));
    return [...scans, ...alone];
  });
}
