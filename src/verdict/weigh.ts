import type { Evidence, Part, Severity } from '../drift/index.js';
import { holm } from '../statistics/index.js';

/** One entry of `drift`: what was found of one part of one column. */
export interface DriftEntry {
  readonly column: string;
  readonly drifted: boolean;
  readonly severity: Severity;
  readonly part: Part;
  /** Size of the change, in `unit`. */
  readonly effect: number;
  readonly unit: string;
  /** Corrected over everything that was tested in the run (Holm); null for a fact that needs no test. */
  readonly p_value: number | null;
  readonly from: number | string | null;
  readonly to: number | string | null;
  readonly message: string;
  readonly statistics?: Readonly<Record<string, number>>;
}

/**
 * Decides which evidence is drift: real (its p-value, corrected by Holm's method over all tests of the run, is below
 * alpha) and large (its effect reaches the floor). Of each column all drifted parts are kept, or else the likeliest one.
 */
export function weigh(evidence: readonly Evidence[], alpha: number): DriftEntry[] {
  const tested = evidence.filter((found) => found.pValue !== null);
  const corrected = holm(tested.map((found) => found.pValue ?? 1));
  const byEvidence = new Map(tested.map((found, index) => [found, corrected[index] ?? 1]));
  const entries = evidence.map((found): DriftEntry => {
    const pValue = byEvidence.get(found) ?? null;
    const drifted = (pValue === null || pValue < alpha) && found.effect >= found.floor;
    const { column, severity, part, effect, unit, from, to, message, statistics } = found;
    return {
      column,
      drifted,
      severity,
      part,
      effect,
      unit,
      p_value: pValue,
      from,
      to,
      message,
      ...(statistics && { statistics }),
    };
  });
  return [...new Set(entries.map((entry) => entry.column))].flatMap((column) => {
    const own = entries.filter((entry) => entry.column === column);
    const drifted = own.filter((entry) => entry.drifted);
    return drifted.length > 0 ? drifted : own.sort((a, b) => (a.p_value ?? 1) - (b.p_value ?? 1)).slice(0, 1);
  });
}
