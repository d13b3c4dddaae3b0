import { short } from '../drift/index.js';
import type { CompiledRule, ExpectationResult, Judgement } from '../expectations/index.js';
import type { Source, Value } from '../sources/source.js';
import { aloneQuery } from '../sql/dialect.js';
import { type Measure, MeasuredValues } from '../sql/measure.js';

/** How many breaking values a result shows, as in Great Expectations. */
const PARTIAL_COUNT = 20;

/** Judges each rule by the measured values, and fetches examples of breaking values for those that failed. */
export async function judgeRules(
  compiled: readonly CompiledRule[],
  values: MeasuredValues,
  source: Source,
): Promise<ExpectationResult[]> {
  const results: ExpectationResult[] = [];
  for (const rule of compiled) {
    if ('error' in rule) results.push(resultOf(rule, failed(null), rule.error));
    else if ('fails' in rule) results.push({ ...resultOf(rule, failed(rule.observed), null), message: rule.fails });
    else results.push(resultOf(rule, await withExamples(rule, rule.program.judge(values), source), null));
  }
  return results;
}

const failed = (observed: unknown): Judgement => ({ success: false, result: { observed_value: observed } });

type Compiled = Extract<CompiledRule, { program: unknown }>;

async function withExamples({ program, bound }: Compiled, judgement: Judgement, source: Source): Promise<Judgement> {
  const { unexpected } = program;
  if (judgement.success || !unexpected) return judgement;
  const { column } = unexpected;
  const where =
    bound.entry.rowCondition === undefined ? undefined : ({ op: 'condition', text: bound.entry.rowCondition } as const);
  const measure: Measure & { kind: 'examples' | 'repeated_values' } =
    'repeated' in unexpected
      ? { kind: 'repeated_values', column, limit: PARTIAL_COUNT, where }
      : { kind: 'examples', column, condition: unexpected.condition, limit: PARTIAL_COUNT, where };
  const query = aloneQuery(source.dialect, measure, source.relation);
  const values = new MeasuredValues();
  query.decode(await source.query(query.sql), values);
  return { ...judgement, result: { ...judgement.result, partial_unexpected_list: values.get(measure) as Value[] } };
}

function resultOf({ bound }: CompiledRule, judgement: Judgement, error: string | null): ExpectationResult {
  const { entry, rule, kwargs } = bound;
  const shown = entry.rowCondition === undefined ? kwargs : { ...kwargs, row_condition: entry.rowCondition };
  return {
    id: entry.id ?? null,
    success: judgement.success,
    severity: entry.severity,
    message: error ?? (judgement.success ? null : describeFailure(judgement, kwargs)),
    expectation_config: { type: rule.type, kwargs: shown, meta: entry.meta },
    result: judgement.result,
    exception_info: { raised_exception: error !== null, exception_message: error },
  };
}

/** One line that says what was found where something else was expected. */
function describeFailure({ result }: Judgement, kwargs: Readonly<Record<string, unknown>>): string {
  if (result.unexpected_count !== undefined && result.element_count !== undefined) {
    const examples = (result.partial_unexpected_list ?? []).slice(0, 3).map((value) => JSON.stringify(plain(value)));
    const some = examples.length > 0 ? `, such as ${[...new Set(examples)].join(', ')}` : '';
    return `${result.unexpected_count} of ${result.element_count} values (${short(result.unexpected_percent ?? 0)}%) are not as expected${some}`;
  }
  const mismatched = result.details?.mismatched;
  if (mismatched) return `columns differ: ${JSON.stringify(mismatched)}`;
  return `observed ${describeObserved(result.observed_value)}${describeExpected(kwargs)}`;
}

function describeObserved(observed: unknown): string {
  if (typeof observed !== 'object' || observed === null) return short(observed);
  const text = JSON.stringify(observed, (_, value) => plain(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function describeExpected({ min_value: min = null, max_value: max = null }: Readonly<Record<string, unknown>>): string {
  if (min === null && max === null) return '';
  if (min === null) return `, expected at most ${short(max)}`;
  return max === null ? `, expected at least ${short(min)}` : `, expected ${short(min)} to ${short(max)}`;
}

const plain = (value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
