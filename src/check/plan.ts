import { aloneQuery, type Dialect, type ScanQuery, scanQuery } from '../sql/dialect.js';
import { type Measure, measureKey } from '../sql/measure.js';

/** The queries that a run needs: as few scans as can hold all measures, and one query for each that needs its own. */
export interface Plan {
  readonly scans: readonly ScanQuery[];
  readonly alone: readonly ScanQuery[];
}

/**
 * Aggregates in one scan at most. DuckDB binds and plans a query's expressions one by one, but its time for one query
 * grows faster than their number; tables of hundreds of columns are read column by column anyway.
 */
const AGGREGATES_PER_SCAN = 4000;

/** Merges what all askers want: every measure once. */
export function planScans(measures: readonly Measure[], dialect: Dialect, relation: string): Plan {
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
