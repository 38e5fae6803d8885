import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { misplaced } from '../template/misplaced.ts';
import { headOnly, notAfterHead, textEffect } from './effect.ts';
import { escapeHtml } from './escape.ts';
import { type Place, placeWithin } from './place.ts';
import { printable, refuseObject } from './printable.ts';
import { type Content, contentOf } from './safe-html.ts';
import { lateSlot } from './slots.ts';
import type { Written } from './written.ts';

/** Deeper than any page nests its lists, and no depth for the stack. */
const maxNesting = 100;

/** A value in element text. */
export function writeText(value: unknown, place: Place, written: Written, depth: number): string {
  if (typeof value === 'string') {
    if (!blank.test(value)) note(textEffect, place, written);
    return escapeHtml(value);
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    note(textEffect, place, written);
    return String(value);
  }
  if (typeof value === 'boolean') return '';
  if (typeof value !== 'object' || value === null) return escapeHtml(printable(value, 'element text'));
  if (Array.isArray(value)) {
    if (depth >= maxNesting) refuse(deny('html/not-text', { place: 'element text', type: 'Array' }));
    let text = '';
    for (let i = 0; i < value.length; i++) text += writeText(value[i], place, written, depth + 1);
    return text;
  }
  const content = contentOf(value);
  if (content) return splice(content, place, written);
  if (value instanceof URL || value instanceof URLSearchParams) {
    return writeText(value.toString(), place, written, depth);
  }
  if (!isLate(value)) {
    if (!isSequence(value)) return refuseObject(value, 'element text');
    return writeText(itemsOf(value), place, written, depth);
  }
  listen(value);
  written.lates ??= [];
  written.lates.push({ value, place: lateOrder(place, isPromise(value), written) });
  written.slotted = true;
  // What it will hold is not known, so that the whole fits only where that is asked again.
  return lateSlot;
}

/** White space between tags, which stays where it is. */
const blank = /^[\t\n\f\r ]*$/;

/** Refuses what would move something that stands behind it, and keeps what reaches beyond this place. */
function note(effects: number, place: Place, written: Written): void {
  if ((effects & place.refuses) !== 0) throw misplaced(effects & place.refuses, place.spot);
  written.effects |= effects & place.passes;
  if (!place.ordered) return;
  // Which of the two stands first in the value is not known.
  if ((effects & place.enters & notAfterHead) !== 0) written.entered = true;
  if (written.entered && (effects & headOnly) !== 0) throw misplaced(headOnly, place.spot);
  if ((effects & place.enters) !== 0) written.entered = true;
}

/** What a promise will hold is not known: it may open the body, and after that nothing for the head may follow. */
function lateOrder(place: Place, isOne: boolean, written: Written): Place {
  if (!place.ordered) return place;
  const { entered } = written;
  written.entered = true;
  return entered || !isOne ? { ...place, refuses: place.refuses | headOnly } : place;
}

function splice(content: Content, place: Place, written: Written): string {
  const { foreign } = place;
  if (foreign && !content.fitsForeign) throw new Misuse('html/foreign-content', inForeign);
  const { effects } = content;
  if (place.ordered || (effects & place.refuses) !== 0) note(effects, place, written);
  else written.effects |= effects & place.passes;
  if (!content.fitsForeign) written.fitsForeign = false;
  if (content.slotted) written.slotted = true;
  if (content.lates) {
    written.lates ??= [];
    for (const late of content.lates) written.lates.push({ ...late, place: placeWithin(late.place, place) });
  }
  return content.markup;
}

/** Sets, generators and other iterables, but not maps, whose items are pairs, bytes, or boxed strings. A client cannot send one. */
function isSequence(value: object): value is Iterable<unknown> {
  if (value instanceof Map || value instanceof String || ArrayBuffer.isView(value)) return false;
  return typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';
}

/** More than any page shows; a generator may have no end. */
const maxItems = 1_000_000;

function itemsOf(value: Iterable<unknown>): unknown[] {
  const items: unknown[] = [];
  for (const item of value) {
    if (items.length >= maxItems) {
      throw new Misuse('html/invalid-value', 'An iterable in element text has more than 1,000,000 items.');
    }
    items.push(item);
  }
  return items;
}

/** A client's JSON holds no functions, so that none of its objects is taken for one of these. */
function isLate(value: object): value is PromiseLike<unknown> | AsyncIterable<unknown> {
  return (
    isPromise(value) ||
    typeof (value as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === 'function'
  );
}

/** For values of a page that there will not be: a promise among them has nobody else who listens. */
export function listenTo(value: unknown, depth = 0): void {
  if (Array.isArray(value)) {
    if (depth <= maxNesting) for (const one of value) listenTo(one, depth + 1);
  } else if (typeof value === 'object' && value !== null) listen(value);
}

/**
 * A promise may fail before its turn comes, or be of a page that is never streamed: then nobody else listens. Anything
 * else with a `then` may be a query that runs when that is called, and is left alone until its turn.
 */
function listen(value: object): void {
  try {
    Promise.prototype.then.call(value as Promise<unknown>, undefined, () => {});
  } catch {
    // It is no promise of the language: `then` of the prototype takes nothing else.
  }
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

const inForeign =
  'The markup was made for HTML, and stands inside <svg> or <math>. Build it with the html tag, with each element ' +
  'closed, and without HTML elements.';
