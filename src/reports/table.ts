import { Chalk, type ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import type { CheckResult } from '../check/index.js';
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
  readonly found: string;
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
  const words = { ...({ healthy: 'HEALTHY', watch: 'WATCH', degraded: 'DEGRADED' } as const), undetermined: 'COULD NOT JUDGE' };
  const against = result.snapshot && result.model !== null ? ` against ${result.model} ${result.api_version}` : '';
  const rows = `${result.data.row_count.toLocaleString('en-US')} rows`;
  return `${paint.bold(colors[result.verdict](words[result.verdict]))}  ${result.data.source} (${rows})${against}`;
}

function failuresOf(result: CheckResult): Failure[] {
  const rules = result.results.filter((rule) => !rule.success).map(ruleFailure);
  const drift = result.drift.filter((entry) => entry.drifted).map(driftFailure);
  return [...rules, ...drift].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

function ruleFailure(rule: ExpectationResult): Failure {
  const { type, kwargs } = rule.expectation_config;
  const column = typeof kwargs.column === 'string' ? `${kwargs.column}\n` : '';
  const name = rule.id ?? type.replace(/^expect_(column_|table_)?/, '').replaceAll('_', ' ');
  const error = rule.exception_info.raised_exception ? 'could not be judged: ' : '';
  return { severity: rule.severity, what: `${column}rule ${name}`, found: `${error}${rule.message ?? ''}`, pictured: null };
}

function driftFailure(entry: DriftEntry): Failure {
  const sure = entry.p_value === null ? '' : ` (p ${entry.p_value < 1e-4 ? '< 0.0001' : `= ${entry.p_value.toPrecision(2)}`})`;
  return { severity: entry.severity, what: `${entry.column}\ndrift: ${entry.part}`, found: `${entry.message}${sure}`, pictured: entry.column };
}

function drawFailures(failures: readonly Failure[], result: CheckResult, paint: ChalkInstance, options: TableOptions): string {
  const [severity, what] = [10, 26];
  const found = Math.max(24, options.width - severity - what - 4);
  const table = new Table({
    head: ['severity', 'what', 'found'].map((text) => paint.bold(text)),
    colWidths: [severity, what, found],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    chars: options.unicode ? RULED : PLAIN,
  });
  const pictured = new Set<string>();
  for (const failure of failures) {
    const picture = failure.pictured !== null && !pictured.has(failure.pictured) ? pictureOf(failure.pictured, result, options) : [];
    if (failure.pictured !== null) pictured.add(failure.pictured);
    const color = failure.severity === 'critical' ? paint.red : failure.severity === 'warning' ? paint.yellow : paint.blue;
    table.push([color(failure.severity), visible(failure.what), [wrapped(failure.found, found - 1), ...picture].join('\n')]);
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

const NONE = { 'left-mid': '', 'right-mid': '', left: '', right: '', top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' };
const RULED = { ...NONE, mid: '─', 'mid-mid': '─', middle: ' ' };
const PLAIN = { ...NONE, mid: '-', 'mid-mid': '-', middle: ' ' };
