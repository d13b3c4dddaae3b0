import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { Position, Problem } from '../errors.js';
import { MAX_FILE_BYTES, tooLarge } from './read-text.js';
import { positionAt, throwProblems, yamlProblem } from './yaml-problems.js';

/** Deeper nesting than this is refused. */
const MAX_DEPTH = 100;
/** Aliases may add so many values to what is written out in the file. */
const MAX_ALIASED_VALUES = 100_000;
const MERGE_KEY = '<<';

/** Keys and list indexes from the top of a document to one of its values. */
export type Path = readonly (string | number)[];

/** A parsed configuration file: its plain value, and where each part of it stands. */
export interface ConfigDocument {
  readonly file: string;
  /** Maps are objects with text keys, integers beyond 2^53 are bigints. An empty file is an empty map. */
  readonly value: Readonly<Record<string, unknown>>;
  /**
   * Where a value (or its key) stands; for a path that does not exist, its nearest existing parent. `offset` counts
   * characters into a text value, as far as it is written plainly.
   */
  locate(path: Path, where?: 'key' | 'value', offset?: number): Position;
  /** A scalar as it is written in the file, without quotes: `2.10` where the value is the number 2.1. */
  sourceText(path: Path): string | undefined;
}

/**
 * Parses one YAML or JSON text whose top level is a map. Duplicate keys, unknown tags and excessive aliases are added to
 * `problems` when it is given, so that the caller can report them together with its own.
 * @throws ConfigError with every syntax error; without `problems`, with everything that is wrong
 */
export function parseConfigDocument(text: string, file: string, problems?: Problem[]): ConfigDocument {
  if (Buffer.byteLength(text) > MAX_FILE_BYTES) throw tooLarge(file);
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lines = new LineCounter();
  const contents = parseYaml(plain, file, lines);
  const found: Problem[] = problems ?? [];
  const reader = new NodeReader(file, lines, found);
  const value = contents === null ? null : reader.read(contents, 0).value;
  if (value !== null && !isPlainMap(value)) {
    throwProblems([...found, topLevelProblem(value, positionAt(file, lines, contents?.range[0] ?? 0))]);
  }
  if (problems === undefined) throwProblems(found);
  return new YamlDocument(file, plain, lines, contents, isPlainMap(value) ? value : {}, reader.targets);
}

/** Whether a value of a document is a map. */
export function isPlainMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function topLevelProblem(value: unknown, position: Position): Problem {
  const kind = Array.isArray(value) ? 'a list' : 'a single value';
  return { message: `The file must hold settings (\`key: value\`), got ${kind}.`, position };
}

function parseYaml(text: string, file: string, lines: LineCounter): ParsedNode | null {
  try {
    const document = parseDocument(text, {
      intAsBigInt: true,
      lineCounter: lines,
      logLevel: 'silent',
      prettyErrors: false,
      resolveKnownTags: false,
      schema: 'core',
      stringKeys: true,
      // The library compares each key with every other; NodeReader does it in one pass and names the first place.
      uniqueKeys: false,
    });
    throwProblems([...document.errors, ...document.warnings].map((error) => yamlProblem(error, file, lines)));
    return document.contents;
  } catch (error) {
    // The library recurses without a limit of its own.
    if (error instanceof RangeError) throwProblems([tooDeep({ file, line: 1, column: 1 })]);
    throw error;
  }
}

function tooDeep(position: Position): Problem {
  return { message: `The file is nested more than ${MAX_DEPTH} levels deep.`, position };
}

/** A value and how many values it consists of when all aliases are written out. */
interface Sized {
  readonly value: unknown;
  readonly size: number;
}

const NOTHING: Sized = { value: null, size: 1 };

/** Turns nodes into plain values in the order of the file. Values that aliases repeat are shared, not copied. */
class NodeReader {
  readonly targets = new Map<Alias, ParsedNode>();
  readonly #anchors = new Map<string, ParsedNode>();
  readonly #finished = new Map<ParsedNode, Sized>();
  #aliasedValues = 0;

  constructor(
    readonly file: string,
    readonly lines: LineCounter,
    readonly problems: Problem[],
  ) {}

  read(node: ParsedNode, depth: number): Sized {
    if (depth > MAX_DEPTH) {
      this.problems.push(tooDeep(this.#position(node)));
      return NOTHING;
    }
    if (isAlias(node)) return this.#readAlias(node);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    const result = this.#readContents(node, depth);
    if (node.anchor !== undefined) this.#finished.set(node, result);
    return result;
  }

  #readContents(node: Exclude<ParsedNode, Alias.Parsed>, depth: number): Sized {
    if (isScalar(node)) return { value: this.#scalarValue(node), size: 1 };
    if (isMap(node)) return this.#readMap(node, depth);
    const items = node.items.map((item) => this.read(item as ParsedNode, depth + 1));
    return { value: items.map((item) => item.value), size: items.reduce((sum, item) => sum + item.size, 1) };
  }

  #readMap(map: YAMLMap.Parsed, depth: number): Sized {
    const own = new Map<string, unknown>();
    const merged = new Map<string, unknown>();
    const firsts = new Map<string, Position>();
    let size = 1;
    for (const { key, value } of map.items) {
      const { value: name } = this.read(key, depth + 1);
      const content = value === null ? NOTHING : this.read(value as ParsedNode, depth + 1);
      size += content.size;
      if (isMergeKey(key)) {
        this.#merge(content.value, merged, key);
        continue;
      }
      const text = String(name);
      const first = firsts.get(text);
      if (first === undefined) firsts.set(text, this.#position(key));
      else this.problems.push(duplicateKey(text, first, this.#position(key)));
      own.set(text, content.value);
    }
    return { value: Object.fromEntries([...merged, ...own]), size };
  }

  #merge(value: unknown, merged: Map<string, unknown>, key: ParsedNode): void {
    for (const map of Array.isArray(value) ? value : [value]) {
      if (!isPlainMap(map)) {
        const message = 'The value of `<<` must be a map, or a list of maps.';
        this.problems.push({ message, position: this.#position(key) });
        continue;
      }
      for (const [name, content] of Object.entries(map)) if (!merged.has(name)) merged.set(name, content);
    }
  }

  #readAlias(alias: Alias.Parsed): Sized {
    const target = this.#anchors.get(alias.source);
    const finished = target && this.#finished.get(target);
    if (target === undefined || finished === undefined) {
      this.problems.push({
        message: target
          ? `The alias \`*${alias.source}\` stands inside the value that it repeats.`
          : `There is no anchor \`&${alias.source}\` before this alias.`,
        hint: 'Put a text that begins with `*` in quotes.',
        position: this.#position(alias),
      });
      return NOTHING;
    }
    const before = this.#aliasedValues;
    this.#aliasedValues += finished.size;
    if (this.#aliasedValues > MAX_ALIASED_VALUES) {
      const message = `The aliases of this file expand to more than ${MAX_ALIASED_VALUES} values.`;
      if (before <= MAX_ALIASED_VALUES) this.problems.push({ message, position: this.#position(alias) });
      return NOTHING;
    }
    this.targets.set(alias, target);
    return finished;
  }

  #scalarValue(scalar: Scalar.Parsed): unknown {
    const { value, source } = scalar as { value: unknown; source?: string };
    if (typeof value === 'bigint') {
      const converted = Number(value);
      return Number.isSafeInteger(converted) ? converted : value;
    }
    if (typeof value === 'number' && !Number.isFinite(value) && /\d/.test(source ?? '')) {
      this.problems.push({ message: `The number ${source} is too large.`, position: this.#position(scalar) });
    }
    return value;
  }

  #position(node: ParsedNode): Position {
    return positionAt(this.file, this.lines, node.range[0]);
  }
}

function duplicateKey(name: string, first: Position, position: Position): Problem {
  return {
    message: `The key \`${name}\` stands twice in one map; the first is in line ${first.line}.`,
    hint: 'Remove one of them.',
    position,
  };
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === MERGE_KEY;
}

class YamlDocument implements ConfigDocument {
  constructor(
    readonly file: string,
    readonly text: string,
    readonly lines: LineCounter,
    readonly contents: ParsedNode | null,
    readonly value: Readonly<Record<string, unknown>>,
    readonly targets: ReadonlyMap<Alias, ParsedNode>,
  ) {}

  locate(path: Path, where: 'key' | 'value' = 'value', offset = 0): Position {
    let node = this.contents;
    let place = node?.range[0] ?? 0;
    for (const [index, segment] of path.entries()) {
      const found = this.#child(node, segment);
      if (found === undefined) return positionAt(this.file, this.lines, place);
      node = found.value;
      const wantsKey = index === path.length - 1 && where === 'key';
      place = (wantsKey ? found.key : undefined) ?? node?.range[0] ?? found.key ?? place;
    }
    return positionAt(this.file, this.lines, place + (where === 'value' && node ? this.#inside(node, offset) : 0));
  }

  sourceText(path: Path): string | undefined {
    let node = this.contents;
    for (const segment of path) node = this.#child(node, segment)?.value ?? null;
    const scalar = this.#follow(node);
    return isScalar(scalar) ? ((scalar as { source?: string }).source ?? '') : undefined;
  }

  /** Escapes and folded lines move what follows them, so only a text that is written plainly has places inside. */
  #inside(node: ParsedNode, offset: number): number {
    if (!isScalar(node) || typeof node.value !== 'string') return 0;
    const raw = this.text.slice(node.range[0], node.range[1]);
    if (raw === node.value) return offset;
    return raw.slice(1, -1) === node.value ? offset + 1 : 0;
  }

  #follow(node: ParsedNode | null): ParsedNode | null {
    return isAlias(node) ? (this.targets.get(node) ?? null) : node;
  }

  #child(parent: ParsedNode | null, segment: string | number): Child | undefined {
    const node = this.#follow(parent);
    if (isSeq(node)) {
      const item = typeof segment === 'number' ? (node.items[segment] as ParsedNode | undefined) : undefined;
      return item && { key: undefined, value: item };
    }
    if (!isMap(node)) return undefined;
    // The last one counts, as it does for the value.
    const pair = node.items.findLast(({ key }) => isScalar(key) && key.value === segment && !isMergeKey(key));
    if (pair) return { key: (pair.key as ParsedNode).range[0], value: pair.value as ParsedNode | null };
    return this.#mergedChild(node as YAMLMap.Parsed, segment);
  }

  #mergedChild(map: YAMLMap.Parsed, segment: string | number): Child | undefined {
    for (const { key, value } of map.items) {
      if (!isMergeKey(key)) continue;
      const source = this.#follow(value as ParsedNode | null);
      const maps = isSeq(source) ? (source.items as ParsedNode[]) : [source];
      for (const candidate of maps) {
        const found = this.#child(candidate, segment);
        if (found) return found;
      }
    }
    return undefined;
  }
}

interface Child {
  readonly key: number | undefined;
  readonly value: ParsedNode | null;
}
