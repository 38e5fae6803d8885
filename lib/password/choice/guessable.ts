import { commonWords } from './common-words.ts';
import { fold } from './fold.ts';
import { runAt } from './runs.ts';

/** How little of a password an attacker has to guess. */
export interface Guessable {
  /** In characters: a word of a list counts as three; a name from the context, a run, a year and a repetition as one. */
  readonly unknown: number;
  readonly usesContext: boolean;
}

interface Piece {
  readonly length: number;
  readonly weight: number;
  readonly isContext: boolean;
}

const wordWeight = 3;
const shortestWord = 5;
const longestWord = 24;
/** What is longer is judged by its beginning, which is long enough. */
const mostCharacters = 128;

/**
 * Divides the password into pieces that attackers' programs try first, so that the least is left to guess.
 *
 * @param context words that stand for this user and site, folded
 */
export function guessable(password: string, context: ReadonlySet<string>): Guessable {
  const lower = unspaced(password.toLowerCase().slice(0, mostCharacters));
  const folded = fold(lower);
  const backwards = [...folded].reverse().join('');
  // From the end: the best division of what follows each place.
  const best: { unknown: number; usesContext: boolean }[] = [];
  best[lower.length] = { unknown: 0, usesContext: false };
  for (let start = lower.length - 1; start >= 0; start--) {
    for (const { length, weight, isContext } of piecesAt(lower, folded, backwards, start, context)) {
      const rest = best[start + length] as Guessable;
      const unknown = rest.unknown + weight;
      const former = best[start];
      if (former === undefined || unknown < former.unknown) {
        best[start] = { unknown, usesContext: isContext || rest.usesContext };
      }
    }
  }
  return best[0] as Guessable;
}

function piecesAt(
  lower: string,
  folded: string,
  backwards: string,
  start: number,
  context: ReadonlySet<string>,
): Piece[] {
  const pieces: Piece[] = [{ length: 1, weight: 1, isContext: false }];
  const run = runAt(lower, start);
  if (run > 0) pieces.push({ length: run, weight: 1, isContext: false });
  if (/^(?:19|20)\d\d/.test(lower.slice(start, start + 4)))
    pieces.push({ length: 4, weight: 1, isContext: false });
  const copied = copyAt(folded, start);
  if (copied > 0) pieces.push({ length: copied, weight: 1, isContext: false });
  const most = Math.min(longestWord, lower.length - start);
  for (let length = 3; length <= most; length++) {
    const word = folded.slice(start, start + length);
    const mirrored = backwards.slice(lower.length - start - length, lower.length - start);
    const isContext = context.has(word) || context.has(mirrored);
    if (isContext) pieces.push({ length, weight: 1, isContext });
    else if (length >= shortestWord && (commonWords().has(word) || commonWords().has(mirrored))) {
      pieces.push({ length, weight: wordWeight, isContext });
    }
  }
  return pieces;
}

/** The length of what begins here and began before, too: at least four characters. `abcabcabc` is `abc`, copied. */
function copyAt(text: string, start: number): number {
  let length = 0;
  for (let tried = 4; start > 0 && start + tried <= text.length; tried++) {
    if (!text.slice(0, start + tried - 1).includes(text.slice(start, start + tried))) break;
    length = tried;
  }
  return length;
}

/** `p-a-s-s-w-o-r-d` is `password`. */
function unspaced(text: string): string {
  const regular = /^.([^\p{L}\p{N}]).(?:\1.){2,}$/u.test(text);
  return regular ? [...text].filter((_, place) => place % 2 === 0).join('') : text;
}
