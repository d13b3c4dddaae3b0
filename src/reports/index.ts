import type { CheckResult } from '../check/result.js';
import { toJson } from './json.js';
import type { TableOptions } from './table.js';

export { toJson } from './json.js';
export type { TableOptions } from './table.js';

/** A report: a pure function of the result. */
type Report = (result: CheckResult, options: TableOptions) => string | Promise<string>;

/** Every format that a result can be shown in. */
export const formats: Readonly<Record<string, Report>> = {
  table: async (result, options) => (await import('./table.js')).toTable(result, options),
  json: toJson,
};
