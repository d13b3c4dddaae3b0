import type { Column, ColumnKind, Row, Value } from '../sources/source.js';
import type { Expression, Literal } from './expression.js';
import type { Measure, MeasuredValues, MeasureValues, Period } from './measure.js';

/** How an engine spells SQL. Text only: a dialect holds no connection. */
export interface Dialect {
  readonly name: string;
  quoteIdentifier(name: string): string;
  quoteString(text: string): string;
  /** The text of a row's expression. */
  expression(expression: Expression): string;
  /** The start of the period that a time falls into. */
  periodOf(column: Column, period: Period): string;
  /** The aggregate that gives a measure inside a scan; null where the measure needs a query of its own. */
  aggregate(measure: Measure): string | null;
  /** A whole query that gives one measure, for those that cannot share a scan. */
  alone(measure: Measure, relation: string): string;
  /** A measure's value from what the engine gave back for `aggregate`, or from the first row's cells for `alone`. */
  decode<M extends Measure>(measure: M, rows: readonly Row[], index: number): MeasureValues[M['kind']];
}

/** A query and how its rows become the values of measures. */
export interface ScanQuery {
  readonly sql: string;
  readonly measures: readonly Measure[];
  decode(rows: readonly Row[], into: MeasuredValues): void;
}

/** One query over the relation that gives all of these measures. */
export function scanQuery(dialect: Dialect, measures: readonly Measure[], relation: string): ScanQuery {
  const aggregates = measures.map((measure) => dialect.aggregate(measure));
  return {
    sql: `SELECT ${aggregates.join(',\n  ')}\nFROM ${relation}`,
    measures,
    decode: (rows, into) => {
      measures.forEach((measure, index) => {
        into.set(measure, dialect.decode(measure, rows, index));
      });
    },
  };
}

/** The query that gives one measure alone. */
export function aloneQuery(dialect: Dialect, measure: Measure, relation: string): ScanQuery {
  return {
    sql: dialect.alone(measure, relation),
    measures: [measure],
    decode: (rows, into) => into.set(measure, dialect.decode(measure, rows, 0)),
  };
}

/** The parts that engines spell differently. */
export interface Spelling {
  readonly name: string;
  /** A literal of this kind, cast where the engine would guess otherwise. */
  literal(value: Literal, kind: ColumnKind): string;
  matches(text: string, pattern: string): string;
  /** True where a floating-point value is NaN. */
  isNotANumber(text: string): string;
  isFinite(text: string): string;
  periodOf(text: string, period: Period): string;
  aggregate(measure: Measure, spell: StandardSql): string | null;
  alone(measure: Measure, relation: string, spell: StandardSql): string;
  decode(measure: Measure, rows: readonly Row[], index: number): unknown;
}

/** What standard SQL offers to a dialect's own spelling. */
export interface StandardSql {
  identifier(name: string): string;
  expression(expression: Expression): string;
  /** The column as it stands. */
  raw(column: Column): string;
  /** The column's finite values; null elsewhere. */
  finite(column: Column): string;
  /** ` FILTER (WHERE ...)` of a measure that looks at some rows only. */
  filter(measure: Measure, also?: string): string;
  literal(value: Literal, kind: ColumnKind): string;
}

const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const quoteString = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Standard SQL, with an engine's differences. */
export function createDialect(spelling: Spelling): Dialect {
  const expression = (of: Expression): string => spellExpression(of, spelling, expression);
  const standard: StandardSql = {
    identifier: quoteIdentifier,
    expression,
    raw: (column) => quoteIdentifier(column.name),
    finite: (column) => {
      const name = quoteIdentifier(column.name);
      return column.kind === 'float' ? `CASE WHEN ${spelling.isFinite(name)} THEN ${name} END` : name;
    },
    filter: (measure, also) => {
      const conditions = [measure.where && expression(measure.where), also].filter(Boolean);
      return conditions.length > 0 ? ` FILTER (WHERE ${conditions.map((text) => `(${text})`).join(' AND ')})` : '';
    },
    literal: spelling.literal,
  };
  return {
    name: spelling.name,
    quoteIdentifier,
    quoteString,
    expression,
    periodOf: (column, period) => spelling.periodOf(quoteIdentifier(column.name), period),
    aggregate: (measure) => spelling.aggregate(measure, standard) ?? standardAggregate(measure, standard, spelling),
    alone: (measure, relation) => spelling.alone(measure, relation, standard),
    decode: (measure, rows, index) =>
      (spelling.decode(measure, rows, index) ?? decodeStandard(measure, rows[0]?.[index] ?? null)) as never,
  };
}

function standardAggregate(measure: Measure, sql: StandardSql, spelling: Spelling): string | null {
  const filter = sql.filter(measure);
  switch (measure.kind) {
    case 'row_count':
      return `count(*)${filter}`;
    case 'count_if': {
      const condition = measure.where
        ? `(${sql.expression(measure.where)}) AND (${sql.expression(measure.condition)})`
        : sql.expression(measure.condition);
      return `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
    }
    case 'present_count':
      return `count(${sql.raw(measure.column)})${filter}`;
    case 'nan_count':
    case 'infinite_count': {
      const name = sql.raw(measure.column);
      const notANumber = spelling.isNotANumber(name);
      const test = measure.kind === 'nan_count' ? notANumber : `NOT ${spelling.isFinite(name)} AND NOT ${notANumber}`;
      return `sum(CASE WHEN ${test} THEN 1 ELSE 0 END)${filter}`;
    }
    case 'mean':
      return `avg(${sql.finite(measure.column)})${filter}`;
    case 'std':
      return `stddev_samp(${sql.finite(measure.column)})${filter}`;
    case 'sum':
    case 'min':
    case 'max':
      return `${measure.kind}(${sql.finite(measure.column)})${filter}`;
    default:
      return null;
  }
}

function decodeStandard(measure: Measure, value: Value): unknown {
  switch (measure.kind) {
    case 'sum':
    case 'min':
    case 'max':
      return value;
    case 'mean':
    case 'std':
      return value === null ? null : Number(value);
    default:
      return Number(value ?? 0);
  }
}

function spellExpression(of: Expression, spelling: Spelling, spell: (of: Expression) => string): string {
  switch (of.op) {
    case 'column':
      return quoteIdentifier(of.column.name);
    case 'literal':
      return spelling.literal(of.value, of.kind);
    case 'compare':
      return `${spell(of.left)} ${of.operator} ${spell(of.right)}`;
    case 'and':
    case 'or':
      return of.operands.map((operand) => `(${spell(operand)})`).join(` ${of.op.toUpperCase()} `);
    case 'not':
      return `NOT (${spell(of.operand)})`;
    case 'is_missing': {
      const text = spell(of.operand);
      const isFloat = of.operand.op === 'column' && of.operand.column.kind === 'float';
      return isFloat ? `(${text} IS NULL OR ${spelling.isNotANumber(text)})` : `${text} IS NULL`;
    }
    case 'is_in':
      return of.values.length === 0 ? 'FALSE' : `${spell(of.operand)} IN (${of.values.map(spell).join(', ')})`;
    case 'matches':
      return spelling.matches(spell(of.operand), quoteString(of.pattern));
    case 'constant':
      return of.value ? 'TRUE' : 'FALSE';
    case 'condition':
      return `(${of.text}\n)`;
  }
}
