import type { Finder } from './finder.ts';
import type { Grams } from './grams.ts';
import { isWithin } from './is-within.ts';
import type { Needles } from './needles.ts';
import { type Found, isWeak } from './place.ts';
import type { ReadText } from './read-text.ts';

/** Sorts the places of an input, where it may stand at all, into those that could be trouble and those that are its own, as data. */
export function sortPlaces(
  read: ReadText,
  finder: Finder,
  grams: Grams,
  needles: Needles,
  suspects: Found[],
  safe: Found[],
  covered: Found[],
): void {
  if (!mayStand(grams, needles)) return;
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
    const isCovered = [0, 1, 2].some((before) => (reach.get(place.start - before) ?? 0) >= place.end);
    (isCovered ? covered : suspects).push(place);
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
