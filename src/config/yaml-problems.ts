import type { LineCounter, YAMLError } from 'yaml';
import { ConfigError, type Position, type Problem } from '../errors.js';
import { maskSecrets } from './secrets.js';

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
    message: 'There is a second key in this line.',
    hint: 'Put a text that contains a colon followed by a space in quotes.',
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

/** The place of an offset in a text. */
export function positionAt(file: string, lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(Math.max(0, offset));
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

/** An error or warning of the YAML library as a problem in plain words. */
export function yamlProblem(error: YAMLError, file: string, lines: LineCounter): Problem {
  const words = PLAIN_WORDS[error.code] ?? { message: sentence(maskSecrets(error.message)) };
  return { ...words, position: positionAt(file, lines, error.pos[0]) };
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
