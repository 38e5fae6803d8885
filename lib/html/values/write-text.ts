import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { escapeHtml } from './escape.ts';
import { printable, refuseObject } from './printable.ts';
import { type Content, contentOf } from './safe-html.ts';
import { lateSlot } from './slots.ts';
import type { Written } from './written.ts';

/** Deeper than any page nests its lists, and no depth for the stack. */
const maxNesting = 100;

/** A value in element text. */
export function writeText(value: unknown, foreign: boolean, written: Written, depth: number): string {
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return '';
  if (typeof value !== 'object' || value === null) return escapeHtml(printable(value, 'element text'));
  if (Array.isArray(value)) {
    if (depth >= maxNesting) refuse(deny('html/not-text', { place: 'element text', type: 'Array' }));
    let text = '';
    for (let i = 0; i < value.length; i++) text += writeText(value[i], foreign, written, depth + 1);
    return text;
  }
  const content = contentOf(value);
  if (content) return splice(content, foreign, written);
  if (!isLate(value)) return refuseObject(value, 'element text');
  listen(value);
  written.lates ??= [];
  written.lates.push({ value, foreign });
  written.slotted = true;
  // What it will hold is not known, so that the whole fits only where that is asked again.
  return lateSlot;
}

function splice(content: Content, foreign: boolean, written: Written): string {
  if (foreign && !content.fitsForeign) throw new Misuse('html/foreign-content', inForeign);
  if (!content.fitsForeign) written.fitsForeign = false;
  if (content.slotted) written.slotted = true;
  if (content.lates) {
    written.lates ??= [];
    for (const late of content.lates) written.lates.push(foreign ? { ...late, foreign } : late);
  }
  return content.markup;
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
