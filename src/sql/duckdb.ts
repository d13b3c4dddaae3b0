import type { Column, Row, Value } from '../sources/source.js';
import { createDialect, type Dialect, type StandardSql } from './dialect.js';
import type { Literal } from './expression.js';
import type { Measure, ValueCount } from './measure.js';

/** DuckDB's spelling, where it differs from standard SQL. */
export const duckdb: Dialect = createDialect({
  name: 'duckdb',
  literal: (value, kind) => {
    if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
    if (typeof value === 'bigint') return `${value}`;
    if (kind === 'date') return `DATE ${quote(String(value))}`;
    if (kind === 'timestamp') return `TIMESTAMP ${quote(String(value))}`;
    if (kind === 'string') return quote(String(value));
    if (typeof value !== 'number') return value;
    return kind === 'float' ? doubleText(value) : numberText(value);
  },
  matches: (text, pattern) => `regexp_matches(${text}, ${pattern})`,
  isNotANumber: (text) => `isnan(${text})`,
  isFinite: (text) => `isfinite(${text})`,
  periodOf: (text, period) => `date_trunc('${period}', ${text})`,
  aggregate,
  alone,
  decode,
});

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A double's shortest text that gives it back, marked as a double where it would be read as a decimal of few digits. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return `'nan'::DOUBLE`;
  if (!Number.isFinite(value)) return `'${value > 0 ? '' : '-'}infinity'::DOUBLE`;
  return String(value);
}

/** Marked as a double: DuckDB reads `0.1` as a decimal, and its cast of decimals to doubles can be off by the last digit. */
function doubleText(value: number): string {
  const text = numberText(value);
  return /^[-+.\d]+$/.test(text) ? `${text}e0` : text;
}

/** A bin's edge; that of a decimal column goes the way of the column's values, so that equal ones stay equal. */
function edgeText(edge: Literal, column: Column, sql: StandardSql): string {
  if (column.kind !== 'decimal') return sql.literal(edge, column.kind);
  return typeof edge === 'number' ? doubleText(edge) : `CAST(CAST(${edge} AS ${column.nativeType}) AS DOUBLE)`;
}

/** The type that a column's bin edges are compared in. Exact decimals and 128-bit integers are binned as doubles. */
function edgeType(column: Column): string {
  switch (column.kind) {
    case 'integer':
      return /HUGEINT|UBIGINT/.test(column.nativeType) ? 'DOUBLE' : 'BIGINT';
    case 'date':
      return 'DATE';
    case 'timestamp':
      return 'TIMESTAMP';
    default:
      return 'DOUBLE';
  }
}

function listOf(values: readonly Literal[], column: Column, sql: StandardSql): string {
  return `[${values.map((value) => sql.literal(value, column.kind)).join(',')}]`;
}

function aggregate(measure: Measure, sql: StandardSql): string | null {
  switch (measure.kind) {
    case 'approximate_distinct':
      return `approx_count_distinct(${sql.raw(measure.column)})${sql.filter(measure)}`;
    case 'histogram': {
      const type = edgeType(measure.column);
      const value = sql.finite(measure.column);
      const cast = type === 'TIMESTAMP' || type === 'DOUBLE' || type === 'BIGINT' ? `CAST(${value} AS ${type})` : value;
      const edges = measure.edges.map((edge) => edgeText(edge, measure.column, sql)).join(',');
      return `map_values(histogram(${cast}, [${edges}]::${type}[])${sql.filter(measure)})`;
    }
    case 'value_counts': {
      if (measure.column.kind === 'boolean') {
        const counts = measure.values.map((value) => `count_if(${value ? '' : 'NOT '}${sql.raw(measure.column)})`);
        return `[${[...counts.map((text) => text + sql.filter(measure)), '0'].join(',')}]`;
      }
      const list = listOf(measure.values, measure.column, sql);
      return `histogram_exact(${sql.raw(measure.column)}, ${list})${sql.filter(measure)}`;
    }
    case 'frequencies':
      return `histogram(${sql.raw(measure.column)})${sql.filter(measure)}`;
    case 'approximate_top':
      return `approx_top_k(${sql.raw(measure.column)}, ${measure.limit})${sql.filter(measure)}`;
    case 'quantile_estimates':
      return `approx_quantile(${sql.finite(measure.column)}, [${measure.ranks.join(',')}])${sql.filter(measure)}`;
    case 'quantiles': {
      const name = measure.linear ? 'quantile_cont' : 'quantile_disc';
      return `${name}(${sql.finite(measure.column)}, [${measure.ranks.map((rank) => `${rank}::DOUBLE`).join(',')}])${sql.filter(measure)}`;
    }
    case 'values_within': {
      const { column, stretches } = measure;
      const name = sql.raw(column);
      const inside = stretches.map(
        ({ above, upTo }) =>
          `(${name} > ${sql.literal(above, column.kind)} AND ${name} <= ${sql.literal(upTo, column.kind)})`,
      );
      return `list(${name})${sql.filter(measure, inside.join(' OR '))}`;
    }
    default:
      return null;
  }
}

function alone(measure: Measure, relation: string, sql: StandardSql): string {
  const where = measure.where ? `(${sql.expression(measure.where)})` : 'TRUE';
  switch (measure.kind) {
    case 'distinct_count':
      return `SELECT count(DISTINCT ${sql.raw(measure.column)}) FROM ${relation} WHERE ${where}`;
    case 'duplicated_count':
    case 'seen_once': {
      const name = sql.raw(measure.column);
      const result = measure.kind === 'seen_once' ? 'count_if(n = 1)' : 'sum(CASE WHEN n > 1 THEN n ELSE 0 END)';
      return `SELECT ${result} FROM (SELECT count(*) AS n FROM ${relation} WHERE ${where} AND ${name} IS NOT NULL GROUP BY ${name})`;
    }
    case 'distinct_values': {
      const name = sql.raw(measure.column);
      return `SELECT ${name}, count(*) FROM ${relation} WHERE ${where} AND ${name} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${measure.limit}`;
    }
    case 'repeated_values': {
      const name = sql.raw(measure.column);
      return `SELECT ${name} FROM ${relation} WHERE ${where} AND ${name} IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT ${measure.limit}`;
    }
    case 'examples': {
      const test = sql.expression(measure.condition);
      return `SELECT ${sql.raw(measure.column)} FROM ${relation} WHERE ${where} AND (${test}) LIMIT ${measure.limit}`;
    }
    default:
      throw new Error(`${measure.kind} is part of a scan`);
  }
}

/** Pads what `histogram` leaves out: no list without values, no last bin when nothing lies above the last edge. */
function counts(value: Value, length: number): number[] {
  const found = Array.isArray(value) ? value.map(Number) : [];
  while (found.length < length) found.push(0);
  return found;
}

const pairs = (value: Value): [Value, Value][] => (Array.isArray(value) ? (value as [Value, Value][]) : []);

function decode(measure: Measure, rows: readonly Row[], index: number): unknown {
  const value = rows[0]?.[index] ?? null;
  switch (measure.kind) {
    case 'histogram':
      return counts(value, measure.edges.length + 1);
    case 'value_counts': {
      if (measure.column.kind === 'boolean') return counts(value, measure.values.length + 1);
      const entries = pairs(value);
      const known = new Map(
        entries.slice(0, measure.values.length).map(([key, count]) => [String(key), Number(count)]),
      );
      const other = Number(entries[measure.values.length]?.[1] ?? 0);
      return [...measure.values.map((name) => known.get(String(name)) ?? 0), other];
    }
    case 'frequencies':
      return byCount(pairs(value).map(([key, count]) => ({ value: key, count: Number(count) })));
    case 'distinct_values':
      return rows.map(([key, count]) => ({ value: key ?? null, count: Number(count) }));
    case 'examples':
    case 'repeated_values':
      return rows.map((row) => row[0] ?? null);
    case 'approximate_top':
    case 'quantile_estimates':
    case 'quantiles':
    case 'values_within':
      return Array.isArray(value) ? value : [];
    default:
      return undefined;
  }
}

/** The most frequent first; values in a fixed order where counts tie, so that a snapshot's text is repeatable. */
function byCount(found: ValueCount[]): ValueCount[] {
  return found.sort((a, b) => b.count - a.count || (String(a.value) < String(b.value) ? -1 : 1));
}
