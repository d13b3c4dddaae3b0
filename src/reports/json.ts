import type { CheckResult } from '../check/result.js';

/** The result as JSON. Integers beyond 2^53 are texts, so that no reader rounds them; nothing is NaN or infinite. */
export function toJson(result: CheckResult): string {
  return JSON.stringify(result, safe, 2);
}

function safe(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return value;
}
