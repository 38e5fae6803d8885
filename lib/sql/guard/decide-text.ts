import { allowed, type Decision, deny } from '../../refusal/decision.ts';
import type { Token } from '../lex/token.ts';
import { createFinder, type Finder } from './finder.ts';
import { createGrams, type Grams } from './grams.ts';
import { isHarmless } from './harmless.ts';
import type { Needles } from './needles.ts';
import { contentOf, maskedText, type ReadText, readText, splitsPair, tokenBehind } from './read-text.ts';

export type TextCode = 'sql/input-in-text' | 'sql/inspection-too-large';

/** What else is known of a statement. */
export interface Around {
  /** The values that are sent beside the text. */
  readonly values?: readonly unknown[];
  /** True where the same text, but for its values, was sent before without these inputs. */
  readonly isKnown?: () => boolean;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

interface Found extends Place {
  readonly needles: Needles;
  /** The part of a form that stands there. */
  readonly form: string;
}

/**
 * Decides whether an input stands in a text as anything else than one token of it, or the content of one.
 *
 * @example
 * ```ts
 * import { decideText } from '../lib/sql/guard/decide-text.ts';
 * import { needlesOf } from '../lib/sql/guard/needles.ts';
 * import { readText } from '../lib/sql/guard/read-text.ts';
 * import { rulesFor } from '../lib/sql/lex/rules.ts';
 * import { collectInputs } from '../lib/request/inputs.ts';
 *
 * const needles = needlesOf(collectInputs({ query: { name: "x' or '1'='1" } }));
 * const read = (text: string) => () => readText(text, rulesFor('postgres'));
 * decideText(read("select 1 from users where name = 'x'' or ''1''=''1'"), needles); // { allow: true }
 * decideText(read("select 1 from users where name = 'x' or '1'='1'"), needles); // sql/input-in-text, source query.name
 * ```
 */
export function decideText(
  text: () => ReadText,
  inputs: readonly Needles[],
  around: Around = {},
): Decision<TextCode> {
  if (inputs.length === 0) return allowed;
  const read = text();
  const finder = createFinder(read.lower, inputs.length);
  const suspects: Found[] = [];
  const safe: Found[] = [];
  const grams = createGrams(read.lower);
  for (const needles of inputs) {
    if (mayStand(grams, needles)) look(read, finder, grams, needles, suspects, safe);
  }
  if (suspects.length === 0 && !finder.exhausted()) return allowed;
  if (finder.exhausted()) return deny('sql/inspection-too-large', { statement: maskedText(read, shown) });
  const judge = createJudge(read, suspects, safe, around);
  const guilty = suspects.find(judge);
  if (!guilty || around.isKnown?.()) return allowed;
  return deny('sql/input-in-text', { source: guilty.needles.source, statement: maskedText(read, shown) });
}

const shown = 300;

/** False, at little cost, for nearly every input that does not stand in the text, nor a part of it. */
function mayStand(grams: Grams, { raw, core }: Needles): boolean {
  if (core === undefined || grams.mayHold(core, 0, core.length)) return true;
  if (raw.length <= shortestPart) return false;
  return partsOf(raw).some((offset) => grams.mayHoldWords(raw, offset, offset + shortestPart));
}

/** Where the parts of an input begin that are looked for. */
function partsOf({ length }: { readonly length: number }): readonly number[] {
  const last = length - shortestPart;
  return [0, last, last >> 1, last >> 2, (last >> 2) * 3];
}

/** Sorts the places of an input into those that could be trouble and those that are its own, as data. */
function look(
  read: ReadText,
  finder: Finder,
  grams: Grams,
  needles: Needles,
  suspects: Found[],
  safe: Found[],
): void {
  const crossing: Found[] = [];
  const own: Found[] = [];
  const add = (places: readonly Found[]): void => {
    for (const place of places) (isWithin(read, place) ? own : crossing).push(place);
  };
  for (const form of needles.forms()) {
    if (!grams.mayHold(form, 0, form.length)) continue;
    add(finder.places(form).map((start) => ({ start, end: start + form.length, form, needles })));
  }
  if (own.length === 0 && crossing.length === 0) {
    for (const form of needles.forms()) {
      if (form.length > shortestPart) add(cutPlaces(read, finder, grams, needles, form));
    }
  }
  // As `a''b` it is the content of a literal, though `a'` alone would end one.
  const reach = new Map<number, number>();
  for (const { start, end } of own) reach.set(start, Math.max(end, reach.get(start) ?? 0));
  for (const place of crossing) {
    if (![0, 1, 2].some((before) => (reach.get(place.start - before) ?? 0) >= place.end))
      suspects.push(place);
  }
  if (crossing.length > mostCompared) return;
  for (const place of own.slice(0, mostCompared)) {
    if (!crossing.some(({ start, end }) => start <= place.start && end >= place.end)) safe.push(place);
  }
}

const mostCompared = 50;

/** The least that is taken for a part of an input. */
const shortestPart = 8;
const mostParts = 4;

/** Applications cut inputs off, and leave characters out: where a part of one stands. */
function cutPlaces(
  { lower }: ReadText,
  finder: Finder,
  grams: Grams,
  needles: Needles,
  form: string,
): Found[] {
  const found: Found[] = [];
  for (const offset of partsOf(form)) {
    if (!grams.mayHold(form, offset, offset + shortestPart)) continue;
    for (const at of finder.places(form.slice(offset, offset + shortestPart), mostParts)) {
      let from = 0;
      while (from < offset && form.charCodeAt(offset - from - 1) === lower.charCodeAt(at - from - 1)) from++;
      let length = shortestPart;
      while (
        offset + length < form.length &&
        form.charCodeAt(offset + length) === lower.charCodeAt(at + length)
      )
        length++;
      const part = form.slice(offset - from, offset + length);
      if (!isWeak(part) || part.length * 2 > form.length) {
        found.push({ start: at - from, end: at + length, form: part, needles });
      }
    }
  }
  return found;
}

/** True where the place is one token, or lies in the content of one without changing where that ends. */
function isWithin(read: ReadText, { start, end, form }: Found): boolean {
  const { tokens, text, rules } = read;
  const index = tokenBehind(tokens, start);
  const token = tokens[index];
  if (!token || token.start >= end) return true;
  if (rules.executableComments && !plainText.test(form) && isExecutable(tokens, index, start, end))
    return false;
  if (token.start > start || token.end < end) return false;
  if (token.kind !== 'literal' && token.kind !== 'name' && token.kind !== 'comment') return true;
  const content = contentOf(text, token);
  if (start < content.start || end > content.end) return false;
  if (token.kind === 'comment') return !(form.includes('/*') || form.includes('*/'));
  return !splitsPair(read, token, end) && (token.closed || !quoted.test(form));
}

const plainText = /^[\w .,@-]*$/;
const quoted = /['"`\\]/;

/** True where it touches a comment that may be run, or stands in one. */
function isExecutable(tokens: readonly Token[], index: number, start: number, end: number): boolean {
  for (let i = Math.max(0, index - 1); i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.start > end) break;
    if (token.style === 'executable' && token.end >= start) return true;
  }
  for (let i = index - 1; i >= 0; i--) {
    // Its closer is two characters long, its opener longer.
    const { style, start: from, end: to } = tokens[i] as Token;
    if (style === 'executable') return to - from > 2;
  }
  return false;
}

function isWeak(form: string): boolean {
  return !/['"`\\;#\0]|--|\/\*|\*\/|\$[^\s$]*\$/.test(form);
}

/** Tells of a place that crosses an edge whether the input made it do so. */
function createJudge(
  read: ReadText,
  suspects: readonly Found[],
  safe: readonly Found[],
  { values }: Around,
): (place: Found) => boolean {
  const { text, tokens, lower } = read;
  /** Where one place ends and the next begins. */
  const starts = new Set(suspects.map(({ start }) => start));
  const ends = new Set(suspects.map(({ end }) => end));
  const data = new Set(safe.filter((place) => isQuoted(place)).map(({ needles }) => needles));
  let sent: readonly string[] | undefined;
  let trials = Math.max(fewestTrials, Math.floor(mostTried / (text.length + 1)));
  let together: boolean | undefined;

  return (place) => {
    const first = tokenBehind(tokens, place.start);
    let behind = first;
    while (behind < tokens.length && (tokens[behind] as Token).start < place.end) behind++;
    const covered = tokens.slice(first, behind);
    if (marks.test(place.form) && !(read.broken && alone(place))) return false;
    const whole = (covered[0] as Token).start >= place.start && (covered.at(-1) as Token).end <= place.end;
    const glued = gluedAt(place.start, place.end);
    if (whole && isHarmless(read, first, behind)) return false;
    if (isWeak(place.form)) {
      if (glued) return false;
      return !isData(place) && (place.form.length >= clearLength || explains(place));
    }
    if (whole && isData(place)) return false;
    return (
      (place.form.length >= (isPart(place) ? 2 * clearLength : clearLength) && !glued) || explains(place)
    );
  };

  /** In the middle of a word, where no other input ends or begins. */
  function gluedAt(start: number, end: number): boolean {
    return (isInWord(start) && !ends.has(start)) || (isInWord(end) && !starts.has(end));
  }

  function isInWord(at: number): boolean {
    return isWord(lower, at - 1) && isWord(lower, at);
  }

  function isQuoted({ start }: Place): boolean {
    return tokens[tokenBehind(tokens, start)]?.kind === 'literal';
  }

  /** The application has another use for it in this statement, as data; here, the words are its own. */
  function isData({ needles }: Found): boolean {
    if (data.has(needles)) return true;
    sent ??= (values ?? []).filter((value) => typeof value === 'string').map((value) => value.toLowerCase());
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
/** Beyond these, an input is not given the benefit of the doubt. */
const fewestTrials = 16;
const mostTried = 1_000_000;
/** Quotes and comment marks without anything else stand in every text. Of an input they can only break it. */
const marks = /^(?:['"`]+|--|#|\/\*|\*\/|;)$/;

function isPart({ form, needles }: Found): boolean {
  return !needles.forms().includes(form);
}

function isWord(text: string, at: number): boolean {
  return /[\w$\u0080-\uffff]/.test(text.charAt(at));
}
