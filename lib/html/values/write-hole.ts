import { record } from '../../event/record.ts';
import type { Around, Hole } from '../template/hole.ts';
import type { UrlPlan } from '../template/url-plan.ts';
import { escapeHtml } from './escape.ts';
import { jsonText } from './json-text.ts';
import { printable } from './printable.ts';
import { quickUrl } from './quick-url.ts';
import { resourceUrlText } from './resource-url-type.ts';
import { joinUrl, type UrlPiece, unsafeUrl } from './safe-url.ts';
import { safeUrlText } from './safe-url-type.ts';
import { scriptValue } from './script-value.ts';
import { classNames } from './write-class.ts';
import { writeSpread } from './write-spread.ts';
import { writeCandidates, writeSrcset } from './write-srcset.ts';
import { writeText } from './write-text.ts';
import { writeTyped } from './write-typed.ts';
import type { Written } from './written.ts';

/** The markup of one hole. Every other value that it needs is at its own index. */
export function writeHole(hole: Hole, values: readonly unknown[], written: Written): string {
  const value = values[hole.index];
  switch (hole.kind) {
    case 'text':
      return writeText(value, hole.place, written, 0);
    case 'plain-text':
      return typeof value === 'boolean' ? '' : escapeHtml(printable(value, hole.place));
    case 'attribute':
      if (hole.around === undefined) return escapeScalar(value, hole.place);
      return isAbsent(value) ? '' : hole.around.open + escapeScalar(value, hole.place) + hole.around.close;
    case 'class':
      if (hole.around === undefined) return escapeHtml(classNames(value, hole.place));
      if (isAbsent(value)) return '';
      return (
        hole.around.open +
        escapeHtml(typeof value === 'string' ? value : classNames(value, hole.place)) +
        hole.around.close
      );
    case 'boolean':
      return writeBoolean(value, hole.name, hole.place);
    case 'url':
      if (hole.around === undefined) return writeUrl(hole.plan, values);
      return isAbsent(value) ? '' : within(hole.around, writeWholeUrl(hole.plan, values, value));
    case 'srcset':
      if (hole.around && isAbsent(value)) return '';
      return within(
        hole.around ?? nothing,
        hole.plan === 'list'
          ? writeSrcset(value, hole.place)
          : writeCandidates(hole.plan, (index) => urlPiece(values[index], hole.place)),
      );
    case 'json':
      return jsonText(value);
    case 'script-value':
      return scriptValue(value);
    case 'spread':
      return writeSpread(value, hole, (one, given) => writeHole(one, [given], written));
    default:
      return writeTyped(hole, value, written);
  }
}

function escapeScalar(value: unknown, place: string): string {
  if (typeof value === 'string') return escapeHtml(value);
  return typeof value === 'number' ? String(value) : escapeHtml(printable(value, place));
}

const nothing: Around = { open: '', close: '' };

/** What leaves a whole attribute out. `false` is a text in most: `aria-hidden="false"` says something. */
function isAbsent(value: unknown): boolean {
  return value === null || value === undefined;
}

function within({ open, close }: Around, text: string): string {
  return open + text + close;
}

function writeBoolean(value: unknown, name: string, place: string): string {
  if (value === false || value === null || value === undefined) return '';
  if (value === true) return ` ${name}=""`;
  return ` ${name}="${escapeHtml(printable(value, place))}"`;
}

/** One value, at its index in `values`, for the whole of a URL. */
function writeWholeUrl(plan: UrlPlan, values: readonly unknown[], value: unknown): string {
  const trusted = typeof value === 'object' ? safeUrlText(value) : undefined;
  return trusted === undefined ? writeUrl(plan, values) : escapeHtml(trusted);
}

function writeUrl(plan: UrlPlan, values: readonly unknown[]): string {
  const quick = plan.quick && quickUrl(plan.quick, plan.holes, values);
  if (quick !== undefined) return quick;
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
  return resourceUrlText(value) ?? printable(value, place);
}
