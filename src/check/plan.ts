import type { CompiledRule } from '../expectations/index.js';
import type { Snapshot } from '../snapshot/index.js';
import type { Source } from '../sources/index.js';
import { aloneQuery, type Dialect, type ScanQuery, scanQuery } from '../sql/dialect.js';
import { type Measure, measureKey } from '../sql/measure.js';
import type { DriftPlan } from './drift.js';
import { guessQuantiles, type QuantileGuess } from './quantiles.js';

/** The queries that a run needs: as few scans as can hold all measures, and one query for each that needs its own. */
export interface Plan {
  readonly scans: readonly ScanQuery[];
  readonly alone: readonly ScanQuery[];
  /** Quantiles that the scans only guess at. */
  readonly guesses: readonly QuantileGuess[];
}

/**
 * Aggregates in one scan at most. An engine's time to plan one query grows faster than their number; tables of hundreds of
 * columns are read column by column anyway.
 */
const AGGREGATES_PER_SCAN = 4000;

/** Merges what drift and rules ask for. */
export function planCheck(
  source: Source,
  snapshot: Snapshot | null,
  drift: DriftPlan | null,
  rules: readonly CompiledRule[],
): Plan {
  const asked = rules.flatMap((rule) => ('program' in rule ? rule.program.measures : []));
  const guesses = new Map<Measure, QuantileGuess>();
  for (const measure of asked) {
    const guess = measure.kind === 'quantiles' ? guessQuantiles(measure, snapshot) : null;
    if (guess) guesses.set(measure, guess);
  }
  const plain = asked.filter((measure) => !guesses.has(measure));
  const guessed = [...guesses.values()].flatMap((guess) => guess.measures);
  const measures: Measure[] = [{ kind: 'row_count' }, ...(drift?.measures ?? []), ...plain, ...guessed];
  return { ...planScans(measures, source.dialect, source.relation), guesses: [...guesses.values()] };
}

/** Every measure once, in as few scans as can hold them. */
export function planScans(measures: readonly Measure[], dialect: Dialect, relation: string): Omit<Plan, 'guesses'> {
  const unique = new Map(measures.map((measure) => [measureKey(measure), measure]));
  const shared: Measure[] = [];
  const alone: ScanQuery[] = [];
  for (const measure of unique.values()) {
    if (dialect.aggregate(measure) === null) alone.push(aloneQuery(dialect, measure, relation));
    else shared.push(measure);
  }
  const scans: ScanQuery[] = [];
  for (let first = 0; first < shared.length; first += AGGREGATES_PER_SCAN) {
    scans.push(scanQuery(dialect, shared.slice(first, first + AGGREGATES_PER_SCAN), relation));
  }
  return { scans, alone };
}
