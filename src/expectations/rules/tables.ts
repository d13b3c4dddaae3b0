import { boundKwargs, boundsConflict, boundsOf, columnKwarg, within } from '../kwargs.js';
import type { Rule } from '../rule.js';

const existRule: Rule = {
  type: 'expect_column_to_exist',
  description: 'The table has the column.',
  kwargs: {
    column: columnKwarg,
    column_index: { type: 'count', description: 'Its place among the columns, counted from 0.' },
  },
  example: { column: 'fare' },
  create: (kwargs, table) => {
    const index = table.columns.findIndex((column) => column.name === kwargs.column);
    const asked = kwargs.column_index ?? null;
    const success = index >= 0 && (asked === null || Number(asked) === index);
    return { measures: [], judge: () => ({ success, result: { observed_value: index >= 0 ? index : null } }) };
  },
};

const rowCountRule: Rule = {
  type: 'expect_table_row_count_to_be_between',
  description: 'The number of rows lies between two bounds.',
  kwargs: boundKwargs,
  example: { min_value: 100 },
  conflict: (kwargs) => boundsConflict(kwargs, true),
  create: (kwargs, table) => {
    const rows = { kind: 'row_count', where: table.where } as const;
    return {
      measures: [rows],
      judge: (values) => {
        const observed = values.get(rows);
        return { success: within(observed, boundsOf(kwargs)), result: { observed_value: observed } };
      },
    };
  },
};

const columnSetRule: Rule = {
  type: 'expect_table_columns_to_match_set',
  description: 'The table has these columns, in any order.',
  kwargs: {
    column_set: { type: 'names', required: true, description: 'The names of the columns.' },
    exact_match: { type: 'boolean', default: true, description: 'False where other columns are allowed too.' },
  },
  example: { column_set: ['ride_id', 'fare'], exact_match: false },
  create: (kwargs, table) => {
    const names = table.columns.map((column) => column.name);
    const missing = (kwargs.column_set as string[]).filter((name) => !names.includes(name));
    const extra = names.filter((name) => !(kwargs.column_set as string[]).includes(name));
    const success = missing.length === 0 && (kwargs.exact_match === false || extra.length === 0);
    const mismatched = { ...(missing.length > 0 && { missing }), ...(extra.length > 0 && { unexpected: extra }) };
    return {
      measures: [],
      judge: () => ({ success, result: { observed_value: names, details: { mismatched } } }),
    };
  },
};

export const tableRules: readonly Rule[] = [existRule, rowCountRule, columnSetRule];
