import type { DriftMetric } from './drift.js';
import { level } from './level.js';
import { missing } from './missing.js';
import { range } from './range.js';
import { shape } from './shape.js';
import { spread } from './spread.js';
import { unseen } from './unseen.js';

export {
  type ColumnComparison,
  type Current,
  compareColumn,
  type DriftMetric,
  type Evidence,
  measuresOf,
  type Part,
  type Severity,
  sharedCounts,
} from './drift.js';
export { columnsThatParted } from './presence.js';
export { percent, short } from './words.js';

/** Every part of a column that is watched, in the order of a report. */
export const driftMetrics: readonly DriftMetric[] = [missing, range, level, spread, shape, unseen];
