import { Chalk, type ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import type { CheckResult } from '../check/result.js';
import type { Severity } from '../drift/index.js';
import type { ExpectationResult } from '../expectations/index.js';
import type { DriftEntry } from '../verdict/index.js';
import { drawDistribution } from './picture.js';

export interface TableOptions {
  readonly color: boolean;
  readonly unicode: boolean;
  /** Characters that a line may have. */
  readonly width: number;
}

interface Failure {
  readonly severity: Severity;
  readonly what: string;
  /** A line each. */
  readonly found: readonly string[];
  /** The column whose picture belongs here. */
  readonly pictured: string | null;
}

const ORDER: readonly Severity[] = ['critical', 'warning', 'info'];

/** What a person reads: the verdict, what failed with the gravest first, and what is fine in one line. */
export function toTable(result: CheckResult, options: TableOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const failures = failuresOf(result);
  const lines = [headline(result, paint), ''];
  if (failures.length > 0) lines.push(drawFailures(failures, result, paint, options), '');
  lines.push(...fine(result), ...result.notes.map((note) => paint.dim(`note: ${note}`)));
  if (result.retrain.due) lines.push(paint.yellow(`retrain: due, ${result.retrain.reason}`));
  return lines.join('\n');
}

function headline(result: CheckResult, paint: ChalkInstance): string {
  const colors = { healthy: paint.green, watch: paint.yellow, degraded: paint.red, undetermined: paint.magenta };
  const words = {
    ...({ healthy: 'HEALTHY', watch: 'WATCH', degraded: 'DEGRADED' } as const),
    undetermined: 'COULD NOT JUDGE',
  };
  const against = result.snapshot && result.model !== null ? ` against ${result.model} ${result.api_version}` : '';
  const rows = `${result.data.row_count.toLocaleString('en-US')} rows`;
  return `${paint.bold(colors[result.verdict](words[result.verdict]))}  ${result.data.source} (${rows})${against}`;
}

function failuresOf(result: CheckResult): Failure[] {
  const rules = result.results.filter((rule) => !rule.success).map(ruleFailure);
  const drifted = result.drift.filter((entry) => entry.drifted);
  const columns = [...new Set(drifted.map((entry) => entry.column))];
  const drift = columns.map((column) => driftFailure(drifted.filter((entry) => entry.column === column)));
  return [...rules, ...drift].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

function ruleFailure(rule: ExpectationResult): Failure {
  const { type, kwargs } = rule.expectation_config;
  const column = typeof kwargs.column === 'string' ? `${kwargs.column}\n` : '';
  const name = rule.id ?? type.replace(/^expect_(column_|table_)?/, '').replaceAll('_', ' ');
  const error = rule.exception_info.raised_exception ? 'could not be judged: ' : '';
  return {
    severity: rule.severity,
    what: `${column}rule ${name}`,
    found: [`${error}${rule.message ?? ''}`],
    pictured: null,
  };
}

/** All that drifted in one column; how sure is said once, of the surest. */
function driftFailure(entries: readonly DriftEntry[]): Failure {
  const column = entries[0]!.column;
  const severity = ORDER.find((grade) => entries.some((entry) => entry.severity === grade)) ?? 'info';
  const tested = entries.flatMap((entry) => (entry.p_value === null ? [] : [entry.p_value]));
  const sure = tested.length > 0 ? [`p ${sureness(Math.min(...tested))}, corrected`] : [];
  return {
    severity,
    what: `${column}\ndrift: ${entries.map((entry) => entry.part).join(', ')}`,
    found: [...entries.map((entry) => entry.message), ...sure],
    pictured: column,
  };
}

const sureness = (p: number): string => (p < 1e-4 ? '< 0.0001' : `= ${p.toPrecision(2)}`);

function drawFailures(
  failures: readonly Failure[],
  result: CheckResult,
  paint: ChalkInstance,
  options: TableOptions,
): string {
  const [severity, what] = [10, 26];
  const width = Math.max(24, options.width - severity - what - 4);
  const table = new Table({
    head: ['severity', 'what', 'found'].map((text) => paint.bold(text)),
    colWidths: [severity, what, width],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    chars: options.unicode ? RULED : PLAIN,
  });
  const colors = { critical: paint.red, warning: paint.yellow, info: paint.blue };
  for (const failure of failures) {
    const picture = failure.pictured === null ? [] : pictureOf(failure.pictured, result, options);
    const found = failure.found.map((line) => wrapped(line, width - 1));
    const named = failure.what.split('\n').map((line) => wrapped(line, what - 1));
    table.push([colors[failure.severity](failure.severity), named.join('\n'), [...found, ...picture].join('\n')]);
  }
  return table.toString();
}

function pictureOf(column: string, result: CheckResult, options: TableOptions): string[] {
  const distribution = result.distributions.find((candidate) => candidate.column === column);
  return distribution ? drawDistribution(distribution, options.unicode).map(visible) : [];
}

/** Words on lines of at most `width` characters; longer words are cut. */
function wrapped(text: string, width: number): string {
  const lines: string[] = [''];
  for (const word of visible(text).split(' ')) {
    for (let rest = word; rest !== ''; rest = rest.slice(width)) {
      const piece = rest.slice(0, width);
      const last = lines.at(-1)!;
      if (last === '') lines[lines.length - 1] = piece;
      else if (last.length + 1 + piece.length <= width) lines[lines.length - 1] = `${last} ${piece}`;
      else lines.push(piece);
    }
  }
  return lines.join('\n');
}

/** Control characters in names and values cannot steer the terminal. */
const visible = (text: string): string => text.replace(/[^\P{Cc}\n]/gu, '\uFFFD');

function fine(result: CheckResult): string[] {
  const columns = new Set(result.drift.map((entry) => entry.column));
  const drifted = new Set(result.drift.filter((entry) => entry.drifted).map((entry) => entry.column));
  const { evaluated_expectations: all, successful_expectations: held } = result.statistics;
  const parts = [
    ...(all > 0 ? [`${held} of ${all} rules hold`] : []),
    ...(columns.size > 0 ? [`${columns.size - drifted.size} of ${columns.size} columns did not drift`] : []),
  ];
  return parts.length > 0 ? [`${parts.join(', ')}.`] : [];
}

const NONE = {
  'left-mid': '',
  'right-mid': '',
  left: '',
  right: '',
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
};
const RULED = { ...NONE, mid: '─', 'mid-mid': '─', middle: ' ' };
const PLAIN = { ...NONE, mid: '-', 'mid-mid': '-', middle: ' ' };
