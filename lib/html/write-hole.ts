import { record } from '../event/record.ts';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { escapeHtml } from './escape.ts';
import type { Hole } from './hole.ts';
import { jsonText } from './json-text.ts';
import { printable, refuseObject } from './printable.ts';
import { contentOf } from './safe-html.ts';
import { joinUrl, type UrlPiece, unsafeUrl } from './safe-url.ts';
import type { UrlPlan } from './url-plan.ts';

/** Collects whether everything spliced in so far fits inside `<svg>` and `<math>` too. */
export interface Written {
  fitsForeign: boolean;
}

export function writeHole(hole: Hole, values: readonly unknown[], written: Written): string {
  const value = values[hole.index];
  switch (hole.kind) {
    case 'text':
      return typeof value === 'string' ? escapeHtml(value) : writeText(value, hole.foreign, written, 0);
    case 'plain-text':
      return typeof value === 'boolean' ? '' : escapeHtml(printable(value, hole.place));
    case 'attribute':
      return escapeHtml(printable(value, hole.place));
    case 'boolean':
      return writeBoolean(value, hole.name, hole.place);
    case 'url':
      return writeUrl(hole.plan, values);
    case 'json':
      return jsonText(value);
  }
}

/** Deeper than any page nests its lists, and no depth for the stack. */
const maxNesting = 100;

function writeText(value: unknown, foreign: boolean, written: Written, depth: number): string {
  if (typeof value === 'boolean') return '';
  if (typeof value !== 'object' || value === null) return escapeHtml(printable(value, 'element text'));
  const content = contentOf(value);
  if (content) {
    if (foreign && !content.fitsForeign) throw new Misuse('html/foreign-content', inForeign);
    written.fitsForeign &&= content.fitsForeign;
    return content.markup;
  }
  if (!Array.isArray(value)) return refuseObject(value, 'element text');
  if (depth >= maxNesting) refuse(deny('html/not-text', { place: 'element text', type: 'Array' }));
  let text = '';
  for (const item of value) text += writeText(item, foreign, written, depth + 1);
  return text;
}

function writeBoolean(value: unknown, name: string, place: string): string {
  if (value === false || value === null || value === undefined) return '';
  if (value === true) return ` ${name}=""`;
  return ` ${name}="${escapeHtml(printable(value, place))}"`;
}

function writeUrl(plan: UrlPlan, values: readonly unknown[]): string {
  const pieces = plan.holes.map(({ index }) => urlPiece(values[index], plan.place));
  const url = joinUrl(plan, pieces);
  if (url !== undefined) return escapeHtml(url);
  const shown = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.encoded).slice(0, 1024));
  record('html/unsafe-url', 'blocked', { place: plan.place, value: shown.join(' ') });
  return unsafeUrl;
}

function urlPiece(value: unknown, place: string): UrlPiece {
  if (typeof value === 'string') return value;
  if (value instanceof URL) return value.href;
  if (value instanceof URLSearchParams) return { encoded: value.toString() };
  return printable(value, place);
}

const inForeign =
  'The markup was made for HTML, and stands inside <svg> or <math>. Build it with the html tag, with each element ' +
  'closed, and without HTML elements.';
