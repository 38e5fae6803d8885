import { record } from '../../event/record.ts';
import type { CandidatePlan } from '../template/srcset-plan.ts';
import type { UrlPlan } from '../template/url-plan.ts';
import { escapeHtml } from './escape.ts';
import { printable } from './printable.ts';
import { joinUrl, type UrlPiece, unsafeUrl } from './safe-url.ts';
import { imagesIn, trimCommas } from './srcset-text.ts';

/** One image of a `srcset`, by the width that it has, or the density of the screen that it is for. */
export interface ImageCandidate {
  readonly url: string | URL;
  /** In pixels, a whole number from 1. */
  readonly width?: number;
  /** Such as 2, for a screen with two pixels for each pixel of CSS. */
  readonly density?: number;
}

/** A `srcset` of static text with holes in its URLs. */
export function writeCandidates(
  plans: readonly CandidatePlan[],
  pieceOf: (index: number) => UrlPiece,
): string {
  return plans
    .map(({ url, descriptor }) => {
      const pieces = url.holes.map(({ index }) => pieceOf(index));
      return escapeHtml(imageUrl(url, pieces) + descriptor);
    })
    .join(', ');
}

/** A whole `srcset`: a list of images, or one as a string. An image that cannot be shown is left out, with an event. */
export function writeSrcset(value: unknown, place: string): string {
  const candidates = Array.isArray(value)
    ? value.map((item) => readCandidate(item, place))
    : readText(value, place);
  const plan: UrlPlan = { ...whole, place };
  return candidates
    .filter(({ descriptor }) => {
      const known = /^(?: [1-9]\d{0,8}w| (?:\d{1,4}|\d{0,4}\.\d{1,6})x)?$/.test(descriptor);
      if (!known) record('html/unsafe-url', 'blocked', { place, value: descriptor.slice(0, 1024) });
      return known;
    })
    .map(({ url, descriptor }) => escapeHtml(imageUrl(plan, [url]) + descriptor))
    .join(', ');
}

const whole = {
  ...{ image: true, texts: ['', ''], shape: 'x' },
  holes: [{ index: 0, position: 'start' as const }],
  quick: undefined,
};

interface Candidate {
  readonly url: string;
  readonly descriptor: string;
}

function readCandidate(item: unknown, place: string): Candidate {
  if (typeof item !== 'object' || item === null || item instanceof URL) {
    return { url: item instanceof URL ? item.href : printable(item, place), descriptor: '' };
  }
  const own = (name: string): unknown =>
    Object.hasOwn(item, name) ? (item as Record<string, unknown>)[name] : undefined;
  const url = own('url');
  const [width, density] = [own('width'), own('density')];
  return {
    url: url instanceof URL ? url.href : printable(url, place),
    descriptor:
      width !== undefined ? ` ${String(width)}w` : density !== undefined ? ` ${String(density)}x` : '',
  };
}

function readText(value: unknown, place: string): readonly Candidate[] {
  return imagesIn(printable(value, place)).map(({ url, descriptor }) => ({
    url,
    descriptor: descriptor === '' ? '' : ` ${descriptor}`,
  }));
}

/** A URL that ends where it should: white space and a comma at either end would start another image. */
function imageUrl(plan: UrlPlan, pieces: readonly UrlPiece[]): string {
  const url = joinUrl(plan, pieces);
  if (url === undefined) {
    const shown = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.encoded).slice(0, 1024));
    record('html/unsafe-url', 'blocked', { place: plan.place, value: shown.join(' ') });
    return unsafeUrl;
  }
  const bare = trimCommas(url);
  const from = url.indexOf(bare);
  const encoded = bare.replace(/[\t\n\f\r ]/g, (space) => encodeURIComponent(space));
  return '%2C'.repeat(from) + encoded + '%2C'.repeat(url.length - from - bare.length);
}
