import type { Token } from '../lex/token.ts';
import { isQualifiedName } from './chosen-names.ts';
import { isHarmless } from './harmless.ts';
import { isOperandPlace } from './is-operand-place.ts';
import { type Found, isWeak, type Place } from './place.ts';
import { type ReadText, readText, splitsPair, tokenBehind } from './read-text.ts';

/** A text that was sent before, in a request without the inputs that stand in it now. */
export interface OwnText {
  /** What is sent beside it this time. */
  readonly values: readonly unknown[];
  /** True where what stood in its literals was something else. */
  readonly literalsDiffer?: boolean;
}

export interface SortedPlaces {
  /** Those that cross an edge. */
  readonly suspects: readonly Found[];
  /** Those that are data of their own literal. */
  readonly safe: readonly Found[];
  /** Those that would cross an edge, had the application not escaped them, as it seems. */
  readonly covered: readonly Found[];
}

/** Tells of a place that crosses an edge whether the input made it do so. */
export function createJudge(
  read: ReadText,
  { suspects, safe, covered }: SortedPlaces,
  own: OwnText | undefined,
): (place: Found) => boolean {
  const { text, tokens, lower } = read;
  /** Where one place ends and the next begins. */
  const starts = new Set(suspects.map(({ start }) => start));
  const ends = new Set(suspects.map(({ end }) => end));
  const data = new Set(safe.filter((place) => isQuoted(place)).map(({ needles }) => needles));
  const pairs = new Map<Token, number[]>();
  const coveredEnds = new Set(covered.map(({ end }) => end));
  let sent: readonly string[] | undefined;
  let trials = Math.max(fewestTrials, Math.floor(mostTried / (text.length + 1)));
  let together: boolean | undefined;

  return (place) => {
    const first = tokenBehind(tokens, place.start);
    let behind = first;
    while (behind < tokens.length && (tokens[behind] as Token).start < place.end) behind++;
    const covered = tokens.slice(first, behind);
    if (!quotes.test(place.form) && takesPair(place, first)) return true;
    if (marks.test(place.form) && !(read.broken && alone(place))) return false;
    const whole = (covered[0] as Token).start >= place.start && (covered.at(-1) as Token).end <= place.end;
    const glued = gluedAt(place.start, place.end);
    const weak = isWeak(place.form);
    if (whole && isQualifiedName(read, first, behind)) return false;
    if ((whole || (weak && glued)) && isHarmless(read, first, behind)) return false;
    if (weak) {
      if (glued && (isPart(place) || (place.form.length < clearLength && !isJoined(place)))) return false;
      // The application wrote it: without a quote or a comment, it makes no other statement of a literal.
      if (own !== undefined || isWords(place, first, behind)) return false;
      return place.form.length >= clearLength || explains(place);
    }
    if (whole && !own?.literalsDiffer && isData(place)) return false;
    return (
      (place.form.length >= (isPart(place) ? 2 * clearLength : clearLength) && !glued) || explains(place)
    );
  };

  /** In the middle of a word, where no other input ends or begins. */
  function gluedAt(start: number, end: number): boolean {
    return (isInWord(start) && !ends.has(start)) || (isInWord(end) && !starts.has(end));
  }

  /** Where it touches a word, that is a piece of a name such as applications put in front of one: `log_`, or digits. */
  function isJoined({ start, end }: Place): boolean {
    return (
      (!isInWord(start) || joint.test(lower.slice(start - 1, start + 1))) &&
      (!isInWord(end) || joint.test(lower.slice(end - 1, end + 1)))
    );
  }

  /**
   * The literal in front ends behind a quote that seems to be doubled: `a = 'x'' and b = ' or 1=1 --'`. Where the first
   * of the two was a value's, the second ended it, and this place was to be another value.
   */
  function takesPair(place: Found, first: number): boolean {
    let index = first - 1;
    while (index >= 0 && first - index < mostBetween && tokens[index]?.kind === 'operator') index--;
    const token = tokens[index];
    if (token?.kind !== 'literal' || token.style === 'dollar' || !token.closed) return false;
    const short = marks.test(place.form) || isWeak(place.form);
    for (const at of pairsOf(token)) {
      if (short && !coveredEnds.has(at)) continue;
      if (trials-- <= 0 || isSound([{ start: at - 1, end: at }, place])) return true;
    }
    return false;
  }

  /** The second quotes of the last pairs in a literal. */
  function pairsOf(token: Token): readonly number[] {
    let found = pairs.get(token);
    if (found) return found;
    found = [];
    for (let at = token.end - 2; at > token.start && found.length < mostPairs; at--) {
      if (quotes.test(text.charAt(at)) && splitsPair(read, token, at)) found.push(at);
    }
    pairs.set(token, found);
    return found;
  }

  /** It has its own literal here, and the words are where no value would be put. That they do nothing is seen too. */
  function isWords({ form, needles }: Found, first: number, behind: number): boolean {
    return data.has(needles) && !acts.test(form) && !isOperandPlace(read, first, behind);
  }

  function isInWord(at: number): boolean {
    return isWord(lower, at - 1) && isWord(lower, at);
  }

  function isQuoted({ start }: Place): boolean {
    return tokens[tokenBehind(tokens, start)]?.kind === 'literal';
  }

  /** The application has another use for it in this statement, as data; here, the words are its own. */
  function isData({ needles }: Found): boolean {
    if (own === undefined) return false;
    if (data.has(needles)) return true;
    sent ??= own.values.filter((value) => typeof value === 'string').map((value) => value.toLowerCase());
    const form = needles.raw;
    return sent.some((value) => value.includes(form));
  }

  /**
   * With a word in its place the text is a sound one, as the developer would have written it for a harmless value. Where
   * it is not, nobody put a value there: the text only happens to read the same.
   */
  function explains(place: Found): boolean {
    if (alone(place)) return true;
    // What was left out, or written in another way, stood beside it.
    if (
      isPart(place) &&
      [1, 2].some((more) => alone({ start: Math.max(0, place.start - more), end: place.end }))
    )
      return true;
    together ??= isSound(suspects.filter(({ form }) => !marks.test(form)));
    return together;
  }

  function alone(place: Place): boolean {
    return trials-- <= 0 || isSound([place]);
  }

  function isSound(places: readonly Place[]): boolean {
    return places.length > 0 && !readText(filled(places), read.rules).broken;
  }

  function filled(places: readonly Place[]): string {
    let result = '';
    let at = 0;
    for (const { start, end } of [...places].sort((one, other) => one.start - other.start)) {
      if (end <= at) continue;
      const from = Math.max(start, at);
      result += text.slice(at, from) + 'z'.repeat(end - from);
      at = end;
    }
    return result + text.slice(at);
  }
}

/** From here on, no text reads the same by chance. */
const clearLength = 8;
/** What makes another question of a statement. An attack may be sent twice, so as to have a literal too. */
const acts =
  /[(),|&<>=!~*/+%^-]|\b(?:and|or|xor|not|union|intersect|except|join|into|procedure|returning|set)\b/;
/** Beyond these, an input is not given the benefit of the doubt. */
const fewestTrials = 16;
const mostTried = 1_000_000;
/** Quotes and comment marks without anything else stand in every text. Of an input they can only break it. */
const quotes = /^['"`]+$/;
const marks = /^(?:['"`]+|--|#|\/\*|\*\/|;)$/;

/** What stands left and right of an edge within a name or a number. */
const joint = /_.|._|\d\d/;
/** Signs between a literal and a value: `%` of a pattern. */
const mostBetween = 4;
const mostPairs = 8;

function isPart({ form, needles }: Found): boolean {
  return !needles.forms().includes(form);
}

function isWord(text: string, at: number): boolean {
  return /[\w$\u0080-\uffff]/.test(text.charAt(at));
}
