import { ConfigError, type Problem } from '../errors.js';
import { checkMap, describeValue, expectMap, Reader } from './check-map.js';
import { type ConfigDocument, type Path, parseConfigDocument } from './document.js';
import { type ExpectationEntry, readEntries } from './entries.js';
import { didYouMean } from './nearest.js';
import { readConfigText } from './read-text.js';
import { DEFAULT_ALPHA, DRIFT_KEYS, DRIFT_SWITCH, RETRAIN_KEYS, SETTINGS_KEYS, SOURCE_KEYS } from './schema.js';
import { environmentReferences, resolveEnvironment } from './secrets.js';
import { throwProblems } from './yaml-problems.js';

/** Keys that begin so are free, as a place for anchors. */
const FREE_KEY_PREFIX = 'x-';

/** How drift is judged. */
export interface DriftSettings {
  readonly enabled: boolean;
  /** The probability of a false alarm in a whole check of unchanged data. */
  readonly alpha: number;
  /** Every column where this is not given. */
  readonly columns?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** One entry of `sources:`. */
export interface SourceSettings {
  /** A file, folder, glob or URL. */
  readonly data: string;
  readonly query?: string | undefined;
  readonly where?: string | undefined;
  readonly eventTime?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly sample?: number | undefined;
  readonly columns?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly csvDelimiter?: string | undefined;
  readonly csvNull?: readonly string[] | undefined;
}

/** What a `tidemark.yaml` says. */
export interface Settings {
  readonly file: string;
  readonly model?: string | undefined;
  /** As written: `2.10` is not `2.1`. */
  readonly apiVersion?: string | undefined;
  readonly eventTime?: string | undefined;
  readonly drift: DriftSettings;
  /** By name, with `${NAME}` still as written: `resolveSource` puts the variables in. */
  readonly sources: Readonly<Record<string, SourceSettings>>;
  readonly retrain?: { readonly when: string } | undefined;
  readonly expectations: readonly ExpectationEntry[];
  readonly document: ConfigDocument;
}

/**
 * Reads and checks a configuration file.
 * @throws ConfigError with everything that is wrong in it
 */
export async function loadSettings(file: string): Promise<Settings> {
  return parseSettings(await readConfigText(file), file);
}

/**
 * Checks the text of a configuration file; `file` is what messages call it.
 * @throws ConfigError with everything that is wrong in it
 */
export function parseSettings(text: string, file: string): Settings {
  const problems: Problem[] = [];
  const document = parseConfigDocument(text, file, problems);
  const reader = new Reader(document, problems);
  const own = Object.entries(document.value).filter(([key]) => !key.startsWith(FREE_KEY_PREFIX));
  const top = checkMap(reader, SETTINGS_KEYS, Object.fromEntries(own), []);
  const settings: Settings = {
    file,
    model: top.model,
    apiVersion: top.api_version,
    eventTime: top.event_time,
    drift: readDrift(reader, top.drift),
    sources: readSources(reader, top.sources),
    retrain: readRetrain(reader, top.retrain),
    expectations: readEntries(
      document,
      Array.isArray(top.expectations) ? top.expectations : [],
      ['expectations'],
      problems,
    ),
    document,
  };
  throwProblems(problems);
  return settings;
}

/**
 * One entry of `sources:` with `${NAME}` replaced by the variables of the environment. Only the entry that is used needs
 * its variables; their values are in the result and nowhere else.
 * @throws ConfigError naming every variable that is not set, or the nearest name when there is no such entry
 */
export function resolveSource(
  settings: Settings,
  name: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SourceSettings {
  const source = Object.hasOwn(settings.sources, name) ? settings.sources[name] : undefined;
  if (source === undefined) {
    const hint = didYouMean(name, Object.keys(settings.sources)) || undefined;
    const position = settings.document.locate(['sources'], 'key');
    throw new ConfigError([{ message: `There is no source \`${name}\`.`, hint, position }]);
  }
  const problems: Problem[] = [];
  const resolve = (key: string, text: string): string => {
    const path = sourcePath(settings.document, name, key);
    for (const reference of environmentReferences(text)) {
      if (reference.name === undefined || environment[reference.name] !== undefined) continue;
      problems.push({
        message: `The environment variable ${reference.name} is not set.`,
        hint: `Set it, or write \`$\${${reference.name}}\` if no variable is meant.`,
        position: settings.document.locate(path, 'value', reference.offset),
      });
    }
    return resolveEnvironment(text, environment);
  };
  const resolved: SourceSettings = {
    ...source,
    data: resolve('data', source.data),
    query: source.query && resolve('query', source.query),
    where: source.where && resolve('where', source.where),
  };
  throwProblems(problems);
  return resolved;
}

/** A source may be a bare text; then that text is its `data`. */
function sourcePath(document: ConfigDocument, name: string, key: string): Path {
  const path = ['sources', name];
  return document.has([...path, key]) ? [...path, key] : path;
}

function readDrift(reader: Reader, value: unknown): DriftSettings {
  const unset = { enabled: true, alpha: DEFAULT_ALPHA };
  if (value === undefined) return unset;
  const switched = typeof value === 'string' && Object.hasOwn(DRIFT_SWITCH, value) ? DRIFT_SWITCH[value] : value;
  if (typeof switched === 'boolean') return { ...unset, enabled: switched };
  const map = expectMap(reader, value, ['drift'], 'Write `drift: off`, or a map such as `drift: { alpha: 0.01 }`.');
  if (map === undefined) return unset;
  const { enabled, alpha, columns, exclude } = checkMap(reader, DRIFT_KEYS, map, ['drift']);
  return { enabled: enabled ?? true, alpha: alpha ?? DEFAULT_ALPHA, columns, exclude };
}

function readSources(reader: Reader, value: unknown): Readonly<Record<string, SourceSettings>> {
  // No prototype: a source that is called `constructor` must not be found where there is none.
  const sources: Record<string, SourceSettings> = Object.create(null);
  const map =
    value === undefined ? {} : expectMap(reader, value, ['sources'], 'Give each source a name: `live: data/*.csv`.');
  for (const [name, content] of Object.entries(map ?? {})) {
    const source = readSource(reader, content, ['sources', name]);
    if (name.trim() === '') reader.reportKey(['sources', name], 'A source needs a name.');
    if (source) sources[name] = source;
  }
  return sources;
}

function readSource(reader: Reader, value: unknown, path: Path): SourceSettings | undefined {
  const isShort = typeof value !== 'object' || value === null;
  if (isShort && (typeof value !== 'string' || value === '')) {
    reader.report(path, `\`${path.join('.')}\` must be a file, folder, glob or URL, got ${describeValue(value)}.`);
    return undefined;
  }
  const map = isShort ? { data: value } : expectMap(reader, value, path);
  if (map === undefined) return undefined;
  const checked = checkMap(reader, SOURCE_KEYS, map, path);
  checkReferences(reader, checked, path);
  const { data, event_time: eventTime, csv_delimiter: csvDelimiter, csv_null: csvNull, ...others } = checked;
  return data === undefined ? undefined : { data, ...others, eventTime, csvDelimiter, csvNull };
}

function checkReferences(reader: Reader, checked: Readonly<Record<string, unknown>>, path: Path): void {
  const tables = SOURCE_KEYS.filter((description) => 'environment' in description);
  for (const { key } of tables) {
    const text = checked[key];
    if (typeof text !== 'string') continue;
    const at = reader.document.has([...path, key]) ? [...path, key] : path;
    for (const { name, offset } of environmentReferences(text)) {
      if (name !== undefined) continue;
      reader.problems.push({
        message: 'A `${` begins a reference to an environment variable, and this one is not well-formed.',
        hint: `Write \`\${NAME}\`, with letters, digits and underscores; or \`$\${\` for the characters themselves.`,
        position: reader.document.locate(at, 'value', offset),
      });
    }
  }
}

function readRetrain(reader: Reader, value: unknown): Settings['retrain'] {
  if (value === undefined) return undefined;
  const map = expectMap(
    reader,
    value,
    ['retrain'],
    'For example: `retrain: { when: degraded in 3 of last 5 checks }`.',
  );
  const when = map && checkMap(reader, RETRAIN_KEYS, map, ['retrain']).when;
  return when === undefined ? undefined : { when };
}
