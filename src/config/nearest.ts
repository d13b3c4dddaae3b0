import { distance } from 'fastest-levenshtein';

/** Up to this many candidates are listed in full when none is near. */
const LISTED_CANDIDATES = 12;
/** Longer names are not compared: the distance costs time that grows with the product of both lengths. */
const MAX_COMPARED_LENGTH = 200;

/** How many edits a name may be away and still be taken for a slip: about a third of it, at least one. */
function allowedDistance(length: number): number {
  return Math.max(1, Math.floor(length / 3));
}

/** Edits between two names. Two letters that changed places are one slip, though they take two edits. */
function editsBetween(a: string, b: string): number {
  const edits = distance(a, b);
  return edits === 2 && a.length === b.length && sortedLetters(a) === sortedLetters(b) ? 1 : edits;
}

function sortedLetters(name: string): string {
  return [...name].sort().join('');
}

/**
 * The candidate that `name` most probably meant, regardless of case, or nothing when none is reasonably close.
 * Of equally near ones the first wins.
 */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.trim().toLowerCase();
  if (wanted === '' || wanted.length > MAX_COMPARED_LENGTH) return undefined;
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate.length > MAX_COMPARED_LENGTH) continue;
    const found = editsBetween(wanted, candidate.toLowerCase());
    if (found <= allowedDistance(Math.max(wanted.length, candidate.length)) && found < bestDistance) {
      best = candidate;
      bestDistance = found;
    }
  }
  return best;
}

/**
 * A hint in a full sentence: "Did you mean `x`?", or with no near candidate and few of them "Known: a, b, c.".
 * Empty when there is nothing helpful to say.
 */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const near = nearest(name, candidates);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  if (candidates.length > 0 && candidates.length <= LISTED_CANDIDATES) return `Known: ${candidates.join(', ')}.`;
  return '';
}
