import Table from 'cli-table3';
import { percent, short } from '../drift/index.js';
import type { ColumnProfile } from '../profile/index.js';
import type { Snapshot } from '../snapshot/index.js';
import type { TableOptions } from './table.js';

/** A snapshot's parameters: what it was taken of, then a line a column. */
export function toParameterTable(snapshot: Snapshot, options: TableOptions): string {
  const periods = snapshot.periods
    ? `, ${snapshot.periods.starts.length} periods of one ${snapshot.periods.every}`
    : '';
  const head = `${snapshot.model} ${snapshot.api_version}: ${snapshot.row_count.toLocaleString('en-US')} rows of ${snapshot.source}${periods}, saved ${snapshot.created_at.slice(0, 19).replace('T', ' ')} UTC\n`;
  const widths = [18, 10, 8, 10];
  const table = new Table({
    head: ['column', 'kind', 'missing', 'distinct', 'values'],
    colWidths: [...widths, Math.max(20, options.width - widths.reduce((sum, width) => sum + width, 0) - 4)],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    chars: Object.fromEntries(
      [
        'mid',
        'left-mid',
        'mid-mid',
        'right-mid',
        'left',
        'right',
        'top',
        'top-mid',
        'top-left',
        'top-right',
        'bottom',
        'bottom-mid',
        'bottom-left',
        'bottom-right',
      ]
        .map((part) => [part, ''])
        .concat([['middle', ' ']]),
    ),
  });
  for (const column of snapshot.columns) {
    const missing = percent(snapshot.row_count === 0 ? 0 : (snapshot.row_count - column.count) / snapshot.row_count);
    table.push([
      column.name,
      column.kind,
      missing,
      `${column.distinct_is_exact ? '' : '~'}${column.distinct}`,
      describe(column),
    ]);
  }
  return `${head}\n${table.toString()}\n`;
}

function describe(column: ColumnProfile): string {
  const { quantiles, values, count } = column;
  if (column.kind === 'date' || column.kind === 'timestamp')
    return column.min === null ? '' : `${column.min} to ${column.max}`;
  if (quantiles) {
    const moments = column.mean === null ? '' : `mean ${short(column.mean)}, std ${short(column.std)}, `;
    return `${moments}${[0, 5, 50, 95, 100].map((rank) => short(quantiles[rank])).join(' | ')}`;
  }
  return (values ?? [])
    .slice(0, 4)
    .map(([value, times]) => `${value} ${percent(times / Math.max(count, 1))}`)
    .join(', ');
}
