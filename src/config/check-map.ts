import type { Problem } from '../errors.js';
import type { ConfigDocument, Path } from './document.js';
import { didYouMean } from './nearest.js';
import { isPlainMap } from './read-nodes.js';
import type { SettingDescription } from './schema.js';
import { maskSecrets } from './secrets.js';

/** A quoted value is cut to so many characters. */
const QUOTED_LENGTH = 60;

/** Collects what is wrong in one document while it is read. */
export class Reader {
  constructor(
    readonly document: ConfigDocument,
    readonly problems: Problem[],
  ) {}

  /** Notes a problem at a value. */
  report(path: Path, message: string, hint?: string): void {
    this.problems.push({ message, hint: hint || undefined, position: this.document.locate(path) });
  }

  /** Notes a problem at a key. */
  reportKey(path: Path, message: string, hint?: string): void {
    this.problems.push({ message, hint: hint || undefined, position: this.document.locate(path, 'key') });
  }
}

type ValueOf<D extends SettingDescription> = D extends { choices: readonly (infer C)[] }
  ? C
  : D['type'] extends 'name' | 'text'
    ? string
    : D['type'] extends 'number' | 'integer'
      ? number
      : D['type'] extends 'boolean'
        ? boolean
        : D['type'] extends 'names'
          ? readonly string[]
          : D['type'] extends 'map'
            ? Readonly<Record<string, unknown>>
            : unknown;

/** What is left of a map after the check: the values that are right. */
export type Checked<T extends readonly SettingDescription[]> = {
  readonly [D in T[number] as D['key']]?: ValueOf<D>;
};

/**
 * Checks a map against the table of its keys. What is wrong is reported and left out of the result; a key without a
 * value counts as not given.
 */
export function checkMap<const T extends readonly SettingDescription[]>(
  reader: Reader,
  table: T,
  map: Readonly<Record<string, unknown>>,
  path: Path,
): Checked<T> {
  const known = new Map<string, SettingDescription>(table.map((description) => [description.key, description]));
  const checked: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(map)) {
    const description = known.get(key);
    if (description === undefined) {
      reportUnknownKey(reader, key, [...known.keys()], [...path, key]);
    } else if (value !== null || description.type === 'any') {
      const result = checkValue(reader, description, value, [...path, key]);
      if (result !== undefined) checked[key] = result;
    }
  }
  for (const { key, required, example } of known.values()) {
    if (required && (map[key] === undefined || map[key] === null)) {
      reader.report(path, `\`${key}\` is missing${within(path)}.`, `For example: \`${key}: ${String(example)}\`.`);
    }
  }
  return checked as Checked<T>;
}

/** Checks a value that must be a map; reports it and returns undefined when it is not. */
export function expectMap(
  reader: Reader,
  value: unknown,
  path: Path,
  hint?: string,
): Record<string, unknown> | undefined {
  if (isPlainMap(value)) return value;
  reader.report(path, wrongType(path, 'a map', value), hint);
  return undefined;
}

/** A value as a message calls it: its type, and as much of it as is safe and useful to show. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'number' || typeof value === 'bigint') return `the number ${value}`;
  if (typeof value !== 'string') return `\`${String(value)}\``;
  if (value.trim() === '') return 'an empty text';
  const masked = maskSecrets(value).replace(/\s+/g, ' ');
  return `the text \`${masked.length > QUOTED_LENGTH ? `${masked.slice(0, QUOTED_LENGTH)}…` : masked}\``;
}

/** `drift.columns` or `expectations[2].kwargs`, for messages. */
export function pathName(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

function wrongType(path: Path, wanted: string, value: unknown): string {
  return `\`${pathName(path)}\` must be ${wanted}, got ${describeValue(value)}.`;
}

function reportUnknownKey(reader: Reader, key: string, known: readonly string[], path: Path): void {
  reader.reportKey(path, `Unknown key \`${key}\`${within(path.slice(0, -1))}.`, didYouMean(key, known));
}

function within(path: Path): string {
  return path.length > 0 ? ` in \`${pathName(path)}\`` : '';
}

function checkValue(reader: Reader, description: SettingDescription, value: unknown, path: Path): unknown {
  switch (description.type) {
    case 'name':
      return checkName(reader, value, path);
    case 'text':
      return checkText(reader, value, path);
    case 'names':
      return checkNames(reader, description, value, path);
    case 'number':
    case 'integer':
      return checkNumber(reader, description, value, path);
    case 'boolean':
      return checkBoolean(reader, value, path);
    case 'choice':
      return checkChoice(reader, description.choices ?? [], value, path);
    case 'map':
      return expectMap(reader, value, path);
    case 'list':
      return checkList(reader, value, path);
    case 'section':
    case 'any':
      return value;
  }
}

function checkName(reader: Reader, value: unknown, path: Path, empty: 'refused' | 'allowed' = 'refused'): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return reader.document.sourceText(path) ?? String(value);
  if (value === '' && empty === 'allowed') return value;
  return checkText(reader, value, path);
}

function checkText(reader: Reader, value: unknown, path: Path): unknown {
  // White space alone is a text where it separates something, such as a tab between fields.
  if (typeof value === 'string' && value !== '') return value;
  const hint = typeof value === 'object' || value === '' ? undefined : 'Put it in quotes if it is meant as text.';
  reader.report(path, wrongType(path, 'text', value), hint);
  return undefined;
}

function checkNames(reader: Reader, description: SettingDescription, value: unknown, path: Path): unknown {
  const empty = description.single ? 'allowed' : 'refused';
  if (!Array.isArray(value)) {
    if (description.single && typeof value !== 'object') {
      const name = checkName(reader, value, path, empty);
      return name === undefined ? undefined : [name];
    }
    const hint = typeof value === 'string' ? `Write a list: \`[${maskSecrets(value)}]\`.` : undefined;
    reader.report(path, wrongType(path, 'a list', value), hint);
    return undefined;
  }
  return value
    .map((item, index) => checkName(reader, item, [...path, index], empty))
    .filter((item) => item !== undefined);
}

function checkNumber(reader: Reader, description: SettingDescription, value: unknown, path: Path): unknown {
  const { above = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY } = description;
  const whole = description.type === 'integer';
  const fits = typeof value === 'number' && value > above && value < below && (!whole || Number.isSafeInteger(value));
  if (fits) return value;
  reader.report(path, wrongType(path, `${whole ? 'a whole number' : 'a number'}${rangeName(description)}`, value));
  return undefined;
}

function rangeName({ above, below }: SettingDescription): string {
  if (above !== undefined && below !== undefined) return ` between ${above} and ${below}`;
  if (above !== undefined) return ` greater than ${above}`;
  return below === undefined ? '' : ` less than ${below}`;
}

function checkBoolean(reader: Reader, value: unknown, path: Path): unknown {
  if (typeof value === 'boolean') return value;
  reader.report(path, wrongType(path, '`true` or `false`', value));
  return undefined;
}

function checkChoice(reader: Reader, choices: readonly string[], value: unknown, path: Path): unknown {
  if (typeof value === 'string' && choices.includes(value)) return value;
  const wanted = choices.map((choice) => `\`${choice}\``).join(', ');
  const hint = typeof value === 'string' ? didYouMean(value, choices) : '';
  reader.report(path, wrongType(path, `one of ${wanted}`, value), hint.startsWith('Did') ? hint : undefined);
  return undefined;
}

function checkList(reader: Reader, value: unknown, path: Path): unknown {
  if (Array.isArray(value)) return value;
  reader.report(path, wrongType(path, 'a list', value), 'Begin each entry with `- `.');
  return undefined;
}
