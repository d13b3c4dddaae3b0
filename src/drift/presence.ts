import { type ColumnProfile, isNumeric, isTime } from '../profile/index.js';
import type { Column, ColumnKind } from '../sources/source.js';
import type { Evidence } from './drift.js';

/** Columns that only one side has, or whose kind changed: facts, which need no test. */
export function columnsThatParted(
  saved: readonly ColumnProfile[],
  columns: readonly Column[],
  isEmpty: (column: Column) => boolean,
): Evidence[] {
  const found: Evidence[] = [];
  const current = new Map(columns.map((column) => [column.name, column]));
  for (const profile of saved) {
    const column = current.get(profile.name);
    if (!column) {
      found.push(fact(profile.name, 'presence', 'critical', profile.native_type, null, 'the column is missing'));
    } else if (familyOf(column.kind) !== familyOf(profile.kind) && profile.count > 0 && !isEmpty(column)) {
      const message = `type ${profile.native_type} → ${column.nativeType}`;
      found.push(fact(profile.name, 'type', 'critical', profile.native_type, column.nativeType, message));
    }
  }
  const known = new Set(saved.map((profile) => profile.name));
  for (const column of columns.filter(({ name }) => !known.has(name))) {
    found.push(fact(column.name, 'presence', 'warning', null, column.nativeType, 'the column is new'));
  }
  return found;
}

function fact(
  column: string,
  part: 'presence' | 'type',
  severity: Evidence['severity'],
  from: string | null,
  to: string | null,
  message: string,
): Evidence {
  return { column, part, severity, from, to, message, pValue: null, effect: 1, unit: 'columns', floor: 0 };
}

/** Numbers are one family: a file of whole numbers is no other type than one of decimals. */
function familyOf(kind: ColumnKind): string {
  if (isNumeric(kind)) return 'number';
  return isTime(kind) ? 'time' : kind;
}
