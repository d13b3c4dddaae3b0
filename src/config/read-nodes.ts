import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  type LineCounter,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { Position, Problem } from '../errors.js';
import { MAX_DEPTH, positionAt, TOO_DEEP } from './yaml-problems.js';

/** Aliases may add so many values to what is written out in the file. */
const MAX_ALIASED_VALUES = 100_000;
const MERGE_KEY = '<<';

/** Whether a value of a document is a map. */
export function isPlainMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value and how many values it consists of when all aliases are written out. */
interface Sized {
  readonly value: unknown;
  readonly size: number;
}

const NOTHING: Sized = { value: null, size: 1 };

/** Turns nodes into plain values in the order of the file. Values that aliases repeat are shared, not copied. */
export class NodeReader {
  /** What each alias repeats. */
  readonly targets = new Map<Alias, ParsedNode>();
  readonly #anchors = new Map<string, ParsedNode>();
  readonly #finished = new Map<ParsedNode, Sized>();
  #aliasedValues = 0;

  constructor(
    readonly file: string,
    readonly lines: LineCounter,
    readonly problems: Problem[],
  ) {}

  /** The plain value of a node, and of everything in it. */
  read(node: ParsedNode, depth: number): Sized {
    if (depth > MAX_DEPTH) {
      this.problems.push({ message: TOO_DEEP, position: this.#position(node) });
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

/** Whether a key is the `<<` that puts another map's entries into its own. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === MERGE_KEY;
}
