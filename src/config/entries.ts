import type { Position, Problem } from '../errors.js';
import { type Checked, checkMap, describeValue, expectMap, Reader } from './check-map.js';
import type { ConfigDocument, Path } from './document.js';
import { isPlainMap } from './read-nodes.js';
import { ENTRY_EXECUTION_KEYS, ENTRY_META_KEYS, LONG_ENTRY_KEYS, type SEVERITIES } from './schema.js';

/** How grave the failure of an expectation is. */
export type Severity = (typeof SEVERITIES)[number];

/** One expectation of a file, whichever form it was written in. */
export interface ExpectationEntry {
  /** The name of the rule, such as `expect_column_values_to_be_between`; not checked to exist. */
  readonly type: string;
  /** As written: texts that begin with `$` and `{ $PARAMETER: ... }` are still to be bound. */
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly id?: string | undefined;
  readonly severity: Severity;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly notes?: unknown;
  readonly description?: string | undefined;
  readonly rowCondition?: string | undefined;
  /** The language of `rowCondition`, as Great Expectations names it. */
  readonly conditionParser?: string | undefined;
  readonly resultFormat?: unknown;
  /** Where the entry begins. */
  readonly position: Position;
  /**
   * Where the value of a kwarg (or of `severity`, `id`, ...) stands, or a part `inside` it, or the character at `offset`
   * of its text; the entry's own place when it is not given.
   */
  locate(kwarg?: string, inside?: Path, offset?: number): Position;
  /** Where the name of a kwarg stands. */
  locateKey(kwarg: string): Position;
}

const SHORT_KEYS = [...ENTRY_META_KEYS, ...ENTRY_EXECUTION_KEYS] as const;
const SHORT_EXAMPLE = 'Write `- expect_column_values_to_not_be_null: { column: fare }`.';

/**
 * Reads the list of expectations that stands at `path` of a document. Entries that are wrong are left out, and what is
 * wrong with them is added to `problems`.
 */
export function readEntries(
  document: ConfigDocument,
  list: readonly unknown[],
  path: Path,
  problems: Problem[],
): ExpectationEntry[] {
  const reader = new Reader(document, problems);
  const entries = list.flatMap((value, index) => readEntry(reader, value, [...path, index]) ?? []);
  const firsts = new Map<string, Position>();
  for (const entry of entries) {
    if (entry.id === undefined) continue;
    const first = firsts.get(entry.id);
    const position = entry.locate('id');
    if (first === undefined) firsts.set(entry.id, position);
    else {
      const message = `The id \`${entry.id}\` is given twice; the first is in line ${first.line}.`;
      problems.push({ message, hint: 'Give each rule an id of its own.', position });
    }
  }
  return entries;
}

function readEntry(reader: Reader, value: unknown, path: Path): ExpectationEntry | undefined {
  if (value === null || value === '') {
    reader.report(path, 'This entry is empty.', SHORT_EXAMPLE);
    return undefined;
  }
  if (typeof value === 'string') return makeEntry(reader, { type: value, kwargs: {}, path, kwargsPath: path });
  if (!isPlainMap(value)) {
    reader.report(
      path,
      `An expectation must be a rule's name with its kwargs, got ${describeValue(value)}.`,
      SHORT_EXAMPLE,
    );
    return undefined;
  }
  const isLong = ['type', 'expectation_type', 'kwargs'].some((key) => Object.hasOwn(value, key));
  return isLong ? readLongEntry(reader, value, path) : readShortEntry(reader, value, path);
}

function readShortEntry(reader: Reader, map: Record<string, unknown>, path: Path): ExpectationEntry | undefined {
  const keys = Object.keys(map);
  const [type] = keys;
  if (type === undefined || type === '') {
    reader.report(path, 'This entry is empty.', SHORT_EXAMPLE);
    return undefined;
  }
  if (keys.length > 1) {
    reader.report(
      path,
      `An entry is one rule, but this one has ${keys.length} keys: ${keys.slice(0, 5).join(', ')}.`,
      'Indent the kwargs further than the name of the rule, and begin each rule with `- `.',
    );
    return undefined;
  }
  const kwargsPath = [...path, type];
  const content = map[type] ?? {};
  const all = expectMap(reader, content, kwargsPath, `Write the kwargs as a map: \`${type}: { column: fare }\`.`);
  if (all === undefined) return undefined;
  const [kwargs, beside] = separate(all, SHORT_KEYS);
  return makeEntry(reader, { type, kwargs, path, kwargsPath }, checkMap(reader, SHORT_KEYS, beside, kwargsPath));
}

function readLongEntry(reader: Reader, map: Record<string, unknown>, path: Path): ExpectationEntry | undefined {
  const outer = checkMap(reader, LONG_ENTRY_KEYS, map, path);
  const type = outer.type ?? outer.expectation_type;
  const kwargsPath = [...path, 'kwargs'];
  const [kwargs, beside] = separate(outer.kwargs ?? {}, ENTRY_EXECUTION_KEYS);
  const execution = checkMap(reader, ENTRY_EXECUTION_KEYS, beside, kwargsPath);
  if (outer.type !== undefined && outer.expectation_type !== undefined && outer.type !== outer.expectation_type) {
    reader.report([...path, 'expectation_type'], '`type` and `expectation_type` name different rules.');
  }
  if (type === undefined) {
    const given = (map.type ?? map.expectation_type ?? null) !== null;
    if (!given) reader.report(path, '`type`, the name of the rule, is missing.', SHORT_EXAMPLE);
    return undefined;
  }
  return makeEntry(reader, { type, kwargs, path, kwargsPath }, { ...outer, ...execution });
}

/** Parts a map into what is not in the table and what is. */
function separate(
  map: Readonly<Record<string, unknown>>,
  table: readonly { readonly key: string }[],
): [Record<string, unknown>, Record<string, unknown>] {
  const keys = new Set(table.map(({ key }) => key));
  const entries = Object.entries(map);
  return [
    Object.fromEntries(entries.filter(([key]) => !keys.has(key))),
    Object.fromEntries(entries.filter(([key]) => keys.has(key))),
  ];
}

interface EntryParts {
  readonly type: string;
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly path: Path;
  readonly kwargsPath: Path;
}

function makeEntry(reader: Reader, parts: EntryParts, beside: Checked<typeof SHORT_KEYS> = {}): ExpectationEntry {
  const { document } = reader;
  const { type, kwargs, path, kwargsPath } = parts;
  const position = document.locate(path);
  const pathOf = (key: string): Path | undefined =>
    [kwargsPath, path].map((parent) => [...parent, key]).find((candidate) => document.has(candidate));
  return {
    type,
    kwargs,
    id: beside.id,
    severity: beside.severity ?? 'critical',
    meta: beside.meta ?? {},
    notes: beside.notes ?? undefined,
    description: beside.description,
    rowCondition: beside.row_condition,
    conditionParser: beside.condition_parser,
    resultFormat: beside.result_format ?? undefined,
    position,
    locate: (kwarg, inside = [], offset) => {
      const found = kwarg === undefined ? undefined : pathOf(kwarg);
      return found ? document.locate([...found, ...inside], 'value', offset) : position;
    },
    locateKey: (kwarg) => {
      const found = pathOf(kwarg);
      return found ? document.locate(found, 'key') : position;
    },
  };
}
