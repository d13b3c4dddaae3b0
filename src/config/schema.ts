/**
 * Every key that `tidemark.yaml` knows, said once: the checks, the hints in error messages and the JSON Schema for
 * editors are all made from these tables.
 */

/**
 * What a key's value must be.
 * - `name`: text; a number is taken as it is written, so that `2.10` stays `2.10`
 * - `text`: text, and nothing else
 * - `names`: a list of names
 * - `section`: a map with `keys`
 * - `any`: whatever there is
 */
export type SettingType =
  | 'name'
  | 'text'
  | 'names'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'choice'
  | 'map'
  | 'list'
  | 'section'
  | 'any';

/** One key: what it is for, what its value must be, what holds without it. */
export interface SettingDescription {
  readonly key: string;
  readonly type: SettingType;
  readonly description: string;
  readonly example: unknown;
  readonly default?: unknown;
  readonly required?: boolean;
  /** The value lies above this. */
  readonly above?: number;
  /** The value lies below this. */
  readonly below?: number;
  /** For `choice`. */
  readonly choices?: readonly string[];
  /** For `names`: one name may stand without the list. */
  readonly single?: boolean;
  /** `${NAME}` in the text stands for an environment variable. */
  readonly environment?: boolean;
  /** For `section`: the keys of the map; with `named`, of each of its entries, whose names are free. */
  readonly keys?: readonly SettingDescription[];
  readonly named?: boolean;
  /** For `section`: these words, or `true` and `false`, may stand for the whole map. */
  readonly switch?: Readonly<Record<string, boolean>>;
  /** For `section` and `named`: a text may stand for a map with only this key. */
  readonly short?: string;
}

/** Severities of an expectation, the gravest first. */
export const SEVERITIES = ['critical', 'warning', 'info'] as const;

/** The probability of a false alarm, where `drift.alpha` is not given. */
export const DEFAULT_ALPHA = 0.01;

/** Words that stand for the whole of `drift:`. */
export const DRIFT_SWITCH: Readonly<Record<string, boolean>> = { on: true, yes: true, off: false, no: false };

/** The keys of `drift:`. */
export const DRIFT_KEYS = [
  {
    key: 'enabled',
    type: 'boolean',
    description: 'Whether drift is judged at all.',
    default: true,
    example: true,
  },
  {
    key: 'alpha',
    type: 'number',
    description: 'The probability of a false alarm in a whole check of unchanged data.',
    default: DEFAULT_ALPHA,
    above: 0,
    below: 1,
    example: 0.01,
  },
  {
    key: 'columns',
    type: 'names',
    description: 'The columns whose drift is judged; every column by default.',
    example: ['fare', 'distance'],
  },
  { key: 'exclude', type: 'names', description: 'Columns whose drift is not judged.', example: ['trip_id'] },
] as const satisfies readonly SettingDescription[];

/** The keys of one entry of `sources:`. */
export const SOURCE_KEYS = [
  {
    key: 'data',
    type: 'text',
    description: 'A file, folder, glob or URL.',
    required: true,
    environment: true,
    example: `postgres://reader@db/warehouse?table=public.trips`,
  },
  {
    key: 'query',
    type: 'text',
    description: 'An SQL SELECT to read instead of a table, for databases.',
    environment: true,
    example: 'select * from trips',
  },
  {
    key: 'where',
    type: 'text',
    description: 'An SQL condition that a row must meet.',
    environment: true,
    example: 'fare > 0',
  },
  {
    key: 'event_time',
    type: 'name',
    description: 'The column that says when a row happened.',
    example: 'pickup_datetime',
  },
  {
    key: 'since',
    type: 'name',
    description: 'Only rows from then on: ISO 8601, or a duration back from the newest event.',
    example: '7d',
  },
  {
    key: 'until',
    type: 'name',
    description: 'Only rows before then: ISO 8601, or a duration back from the newest event.',
    example: '2026-11-01',
  },
  { key: 'sample', type: 'integer', description: 'Read a random sample of so many rows.', above: 0, example: 100_000 },
  { key: 'columns', type: 'names', description: 'Read only these columns.', example: ['fare', 'distance'] },
  { key: 'exclude', type: 'names', description: 'Leave these columns out.', example: ['trip_id'] },
  { key: 'csv_delimiter', type: 'text', description: 'What separates the fields of a CSV file.', example: ';' },
  {
    key: 'csv_null',
    type: 'names',
    description: 'Texts of a CSV file that mean "missing"; the empty field by default.',
    single: true,
    example: ['NA', ''],
  },
] as const satisfies readonly SettingDescription[];

/** The keys of `retrain:`. */
export const RETRAIN_KEYS = [
  {
    key: 'when',
    type: 'text',
    description: 'When it is time to train the model anew.',
    required: true,
    example: 'degraded in 3 of last 5 checks',
  },
] as const satisfies readonly SettingDescription[];

/** What an expectation may say beside its kwargs; in the short form these stand among the kwargs. */
export const ENTRY_META_KEYS = [
  {
    key: 'severity',
    type: 'choice',
    choices: SEVERITIES,
    description: 'How grave a failure is; `--fail-on` decides which ones fail a check.',
    default: 'critical',
    example: 'warning',
  },
  { key: 'id', type: 'name', description: 'A name of its own, unique in the file.', example: 'known-payments' },
  { key: 'meta', type: 'map', description: 'Anything you want to find again in the result.', example: { team: 'x' } },
  { key: 'notes', type: 'any', description: 'Notes for readers of the report.', example: 'Agreed with finance.' },
  { key: 'description', type: 'text', description: 'What the rule means, in a sentence.', example: 'Fares are paid.' },
] as const satisfies readonly SettingDescription[];

/** What stands among the kwargs in both forms without being one of the rule's own. */
export const ENTRY_EXECUTION_KEYS = [
  { key: 'row_condition', type: 'text', description: 'Judge only rows that meet this condition.', example: 'fare > 0' },
  { key: 'condition_parser', type: 'text', description: 'The language of `row_condition`.', example: 'duckdb' },
  {
    key: 'result_format',
    type: 'any',
    description: 'How much a result tells, in the words of Great Expectations.',
    example: 'SUMMARY',
  },
  {
    key: 'catch_exceptions',
    type: 'boolean',
    description: 'Taken for compatibility: a rule that cannot be evaluated never stops the others.',
    example: true,
  },
] as const satisfies readonly SettingDescription[];

/** The keys of an expectation in Great Expectations' long form. */
export const LONG_ENTRY_KEYS = [
  { key: 'type', type: 'text', description: 'The name of the rule.', example: 'expect_column_to_exist' },
  {
    key: 'expectation_type',
    type: 'text',
    description: 'The older name of `type`.',
    example: 'expect_column_to_exist',
  },
  { key: 'kwargs', type: 'map', description: 'What the rule needs to know.', default: {}, example: { column: 'fare' } },
  ...ENTRY_META_KEYS,
  { key: 'ge_cloud_id', type: 'any', description: 'Written by Great Expectations; ignored.', example: null },
  { key: 'rendered_content', type: 'any', description: 'Written by Great Expectations; ignored.', example: null },
  { key: 'expectation_context', type: 'any', description: 'Written by Great Expectations; ignored.', example: null },
  { key: 'success_on_last_run', type: 'any', description: 'Written by Great Expectations; ignored.', example: null },
] as const satisfies readonly SettingDescription[];

/** The keys at the top of `tidemark.yaml`. Keys that begin with `x-` are free, as a place for anchors. */
export const SETTINGS_KEYS = [
  { key: 'model', type: 'name', description: 'The model that the data is for.', example: 'fares' },
  {
    key: 'api_version',
    type: 'name',
    description: 'The version of the model; the newest by default.',
    example: '2.1.0',
  },
  {
    key: 'event_time',
    type: 'name',
    description: 'The column that says when a row happened.',
    example: 'pickup_datetime',
  },
  {
    key: 'drift',
    type: 'section',
    description: 'How drift against the snapshot is judged, or `off`.',
    keys: DRIFT_KEYS,
    switch: DRIFT_SWITCH,
    example: { alpha: 0.01, columns: ['fare', 'distance'] },
  },
  {
    key: 'sources',
    type: 'section',
    named: true,
    short: 'data',
    description: 'Data under names, which stand wherever a command takes data.',
    keys: SOURCE_KEYS,
    example: { live: { data: 'data/*.parquet' } },
  },
  {
    key: 'expectations',
    type: 'list',
    description: 'The rules that new data must meet.',
    default: [],
    example: [{ expect_column_values_to_not_be_null: { column: 'fare' } }],
  },
  {
    key: 'retrain',
    type: 'section',
    description: 'When it is time to train the model anew.',
    keys: RETRAIN_KEYS,
    example: { when: 'degraded in 3 of last 5 checks' },
  },
] as const satisfies readonly SettingDescription[];
