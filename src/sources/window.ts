import { UsageError } from '../errors.js';
import { duckdb } from '../sql/duckdb.js';
import type { Column, ReadOptions, Row, Window } from './source.js';

const UNIT_MILLISECONDS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** The window of event time as ISO 8601 in UTC, and the condition that reads it. Durations count back from the newest event. */
export async function resolveWindow(
  { eventTime, since, until }: ReadOptions,
  columns: readonly Column[],
  run: (sql: string) => Promise<Row[]>,
  relation: string,
): Promise<{ window: Window; condition: string | null }> {
  const open = { since: null, until: null };
  const column = columns.find(({ name }) => name === eventTime);
  if (!column) {
    if (since === undefined && until === undefined) return { window: open, condition: null };
    throw new UsageError('--since and --until need the column of event time.', 'Name it with --event-time.');
  }
  if (column.kind !== 'timestamp' && column.kind !== 'date') {
    throw new UsageError(
      `${column.name} is no column of event time: it is of type ${column.nativeType}.`,
      'Name a column of dates or timestamps.',
    );
  }
  if (since === undefined && until === undefined) return { window: open, condition: null };
  const name = duckdb.quoteIdentifier(column.name);
  const backwards = [since, until].some((text) => text !== undefined && durationOf(text) !== null);
  const newest = backwards
    ? String((await run(`SELECT CAST(max(${name}) AS TIMESTAMP) FROM ${relation}`))[0]?.[0] ?? '')
    : '';
  const [from, to] = [since, until].map((text) => (text === undefined ? null : placeOf(text, newest)));
  if (from !== null && to !== null && from! >= to!)
    throw new UsageError(`The window from ${from} to ${to} holds no time.`, 'Give a --since before --until.');
  const parts = [
    ...(from === null ? [] : [`${name} >= TIMESTAMP '${from}'`]),
    ...(to === null ? [] : [`${name} < TIMESTAMP '${to}'`]),
  ];
  return { window: { since: isoOf(from ?? null), until: isoOf(to ?? null) }, condition: parts.join(' AND ') };
}

const isoOf = (text: string | null): string | null => (text === null ? null : `${text.replace(' ', 'T')}Z`);

function durationOf(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([mhdw])$/.exec(text.trim());
  return match ? Number(match[1]) * (UNIT_MILLISECONDS[match[2]!] ?? 0) : null;
}

function placeOf(text: string, newest: string): string {
  const duration = durationOf(text);
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text.slice(10));
  const date =
    duration === null
      ? Date.parse(zoned || text.length <= 10 ? text : `${text.replace(' ', 'T')}Z`)
      : Date.parse(`${newest.replace(' ', 'T')}Z`) - duration;
  if (Number.isNaN(date)) {
    throw new UsageError(
      `${JSON.stringify(text)} is no time.`,
      'Give ISO 8601 (2026-11-01, 2026-11-01T12:00:00Z) or a duration back from the newest event (90m, 24h, 7d, 2w).',
    );
  }
  return new Date(date).toISOString().slice(0, 23).replace('T', ' ');
}
