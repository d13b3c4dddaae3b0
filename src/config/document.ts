import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { Position, Problem } from '../errors.js';
import { isMergeKey, isPlainMap, NodeReader } from './read-nodes.js';
import { MAX_FILE_BYTES, tooLarge } from './read-text.js';
import { positionAt, TOO_DEEP, throwProblems, yamlProblems } from './yaml-problems.js';

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
  /** Whether there is a value at a path. */
  has(path: Path): boolean;
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

function topLevelProblem(value: unknown, position: Position): Problem {
  const kind = Array.isArray(value) ? 'a list' : 'a single value';
  return { message: `The file must hold settings (\`key: value\`), got ${kind}.`, position };
}

function parseYaml(text: string, file: string, lines: LineCounter): ParsedNode | null {
  try {
    const document = parseDocument(text, {
      intAsBigInt: true,
      lineCounter: lines,
      logLevel: 'error',
      prettyErrors: false,
      resolveKnownTags: false,
      schema: 'core',
      stringKeys: true,
      // The library compares each key with every other; NodeReader does it in one pass and names the first place.
      uniqueKeys: false,
    });
    // A closing bracket at the start of a line is only frowned upon: other YAML parsers take it.
    const warnings = document.warnings.filter(({ code }) => code !== 'BAD_INDENT');
    throwProblems(yamlProblems([...document.errors, ...warnings], file, lines));
    return document.contents;
  } catch (error) {
    // The library recurses without a limit of its own.
    if (error instanceof RangeError) throwProblems([{ message: TOO_DEEP, position: { file, line: 1, column: 1 } }]);
    throw error;
  }
}

class YamlDocument implements ConfigDocument {
  readonly #children = new WeakMap<YAMLMap.Parsed, Map<unknown, Child>>();

  constructor(
    readonly file: string,
    readonly text: string,
    readonly lines: LineCounter,
    readonly contents: ParsedNode | null,
    readonly value: Readonly<Record<string, unknown>>,
    readonly targets: ReadonlyMap<Alias, ParsedNode>,
  ) {}

  locate(path: Path, where: 'key' | 'value' = 'value', offset?: number): Position {
    let node = this.contents;
    let place = node?.range[0] ?? 0;
    for (const [index, segment] of path.entries()) {
      const found = this.#child(node, segment);
      if (found === undefined) return positionAt(this.file, this.lines, place);
      node = found.value;
      const wantsKey = index === path.length - 1 && where === 'key';
      place = (wantsKey ? found.key : undefined) ?? node?.range[0] ?? found.key ?? place;
    }
    return positionAt(this.file, this.lines, place + (node && offset !== undefined ? this.#inside(node, offset) : 0));
  }

  has(path: Path): boolean {
    let node = this.contents;
    for (const segment of path) {
      const found = this.#child(node, segment);
      if (found === undefined) return false;
      node = found.value;
    }
    return true;
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
    const own = this.#entries(node as YAMLMap.Parsed).get(segment);
    if (own) return own;
    return this.#mergedChild(node as YAMLMap.Parsed, segment);
  }

  /** Made once for a map, so that many problems in a large one are found in one pass. */
  #entries(map: YAMLMap.Parsed): Map<unknown, Child> {
    const known = this.#children.get(map);
    if (known) return known;
    // Of duplicate keys the last one counts, as it does for the value.
    const children = new Map<unknown, Child>();
    for (const { key, value } of map.items) {
      if (isScalar(key) && !isMergeKey(key)) {
        children.set(key.value, { key: key.range[0], value: value as ParsedNode | null });
      }
    }
    this.#children.set(map, children);
    return children;
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
