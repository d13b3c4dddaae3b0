import type { LineCounter, YAMLError } from 'yaml';
import { ConfigError, type Position, type Problem } from '../errors.js';
import { maskSecrets } from './secrets.js';

/** Deeper nesting than this is refused. */
export const MAX_DEPTH = 100;
/** What is said about deeper nesting. */
export const TOO_DEEP = `The file is nested more than ${MAX_DEPTH} levels deep.`;

/** So many problems of one file are listed; the rest is counted. */
const LISTED_PROBLEMS = 100;

interface PlainWords {
  readonly message: string;
  readonly hint?: string;
}

/** The YAML library's error codes in words for somebody who does not know YAML's grammar. */
const PLAIN_WORDS: Readonly<Partial<Record<YAMLError['code'], PlainWords>>> = {
  BAD_ALIAS: {
    message: 'A `*` must be followed by the name of an anchor.',
    hint: 'Put a text that begins with `*` in quotes.',
  },
  BAD_DQ_ESCAPE: {
    message: 'A backslash in double quotes begins an escape, and this one is not known.',
    hint: 'Put a text with backslashes, such as a regular expression, in single quotes.',
  },
  BAD_INDENT: {
    message: 'The indentation does not fit the lines around it.',
    hint: 'Entries of one list or one map begin at the same column.',
  },
  BAD_SCALAR_START: {
    message: 'A text without quotes cannot begin with this character.',
    hint: 'Put the text in quotes.',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'Two keys run into each other here.',
    hint: 'Mind the indentation of the next line, and put a text that contains a colon and a space in quotes.',
  },
  BLOCK_IN_FLOW: {
    message: 'Indented lines cannot stand inside `{ }` or `[ ]`.',
    hint: 'Separate the entries by commas, or leave the brackets out.',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'A key must stand on one line and be followed by a colon and a space.',
  },
  MULTIPLE_DOCS: {
    message: 'The file holds more than one document.',
    hint: 'Remove the `---`, or put the documents into files of their own.',
  },
  NON_STRING_KEY: {
    message: 'A key must be plain text, not a list or a map.',
    hint: 'Put a text that begins with `{` or `[` in quotes.',
  },
  RESOURCE_EXHAUSTION: { message: TOO_DEEP },
  TAB_AS_INDENT: { message: 'A tab cannot be used for indentation.', hint: 'Replace it by spaces.' },
  TAG_RESOLVE_FAILED: {
    message: 'This tag (a word that begins with `!`) is not known here, or does not fit its value.',
    hint: 'Put a text that begins with `!` in quotes.',
  },
  UNEXPECTED_TOKEN: {
    message: 'This does not belong here.',
    hint: 'A bracket, comma, colon or quote before it may be missing or too many.',
  },
};

/** Where one code stands for several mistakes, the library's message tells them apart. */
const WORDS_BY_MESSAGE: readonly (readonly [RegExp, PlainWords])[] = [
  [/must (?:be sufficiently indented and )?end with a ([\]}])$/, { message: 'The closing bracket `$1` is missing.' }],
  [/^Missing closing (["'])quote$/, { message: 'The closing quote ($1) is missing.' }],
  [
    /^Implicit map keys need to be followed by map values$/,
    { message: 'This line has a key without a value.', hint: 'A key is followed by a colon and a space.' },
  ],
];

/** The place of an offset in a text. */
export function positionAt(file: string, lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(Math.max(0, offset));
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

/** Errors and warnings of the YAML library as problems in plain words, one for each place. */
export function yamlProblems(errors: readonly YAMLError[], file: string, lines: LineCounter): Problem[] {
  // When the library gives up on the nesting, what it says about the rest is noise.
  const exhausted = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  const places = new Set<number>();
  return (exhausted ? [exhausted] : errors)
    .filter(({ pos }) => !places.has(pos[0]) && places.add(pos[0]))
    .map((error) => ({ ...plainWords(error), position: positionAt(file, lines, error.pos[0]) }));
}

function plainWords({ code, message }: YAMLError): PlainWords {
  for (const [pattern, words] of WORDS_BY_MESSAGE) {
    const match = pattern.exec(message);
    if (match) return { ...words, message: words.message.replace('$1', match[1] ?? '') };
  }
  return PLAIN_WORDS[code] ?? { message: sentence(maskSecrets(message)) };
}

/** Throws what is wrong, in the order of the file and each thing once; returns when nothing is. */
export function throwProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const sorted = [...problems].sort(
    (a, b) =>
      (a.position?.line ?? 0) - (b.position?.line ?? 0) || (a.position?.column ?? 0) - (b.position?.column ?? 0),
  );
  const seen = new Set<string>();
  const distinct = sorted.filter(({ message, position }) => {
    const key = `${position?.line}:${position?.column}:${message}`;
    return !seen.has(key) && seen.add(key);
  });
  const rest = distinct.length - LISTED_PROBLEMS;
  if (rest <= 0) throw new ConfigError(distinct);
  throw new ConfigError([...distinct.slice(0, LISTED_PROBLEMS), { message: `${rest} more problems are not listed.` }]);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
