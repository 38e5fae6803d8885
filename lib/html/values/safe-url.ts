import type { UrlPlan, UrlPosition } from '../template/url-plan.ts';
import { wellFormed } from './escape.ts';

/**
 * Stands where a URL was set aside. It is not a URL that any browser follows, it is found by a search through pages
 * and logs, and the page around it goes on working.
 */
export const unsafeUrl = 'about:invalid#bulwark';

/** Followed, or opened by another program, without running anything in the page. */
export const linkSchemes: ReadonlySet<string> = new Set(['http', 'https', 'mailto', 'tel']);

/** Schemes that run what they name, or whose content a value could be. */
export const runningScheme: RegExp = /^(?:javascript|vbscript|data|blob|filesystem|view-source|about):/i;

/** The start of a `data:` URL of a bitmap. `image/jpg` is no registered type, and what many programs write. */
export const bitmapStart: RegExp =
  /^data:image\/(?:a?png|gif|jpe?g|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)(?:;charset=[\w-]{1,20})?;base64,/i;
const bitmapContent = /^(?:[A-Za-z0-9+/=]|%2[bf]|%3d)*$/i;

/**
 * The URL without what URL parsers strip (URL standard, 4.4), or undefined where its scheme is not among `schemes`.
 * What has no scheme is relative, and allowed.
 */
export function allowedUrl(url: string, schemes: ReadonlySet<string>): string | undefined {
  const bare = stripUrl(url);
  // A name with anything else in front of the colon, NUL included, is no scheme to a URL parser.
  const found = /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1];
  return found === undefined || schemes.has(found.toLowerCase()) ? bare : undefined;
}

/** True for a `data:` URL of a bitmap, which as an image runs nothing. */
export function isBitmap(url: string): boolean {
  const bare = stripUrl(url);
  const start = bitmapStart.exec(bare)?.[0];
  return start !== undefined && bitmapContent.test(bare.slice(start.length));
}

/** A value for one hole. `encoded` is taken as it is where a query starts. */
export type UrlPiece = string | { readonly encoded: string };

/**
 * Decides on the joined value of all parts of a URL attribute.
 *
 * @param pieces the values of the plan's holes
 * @returns the URL, or undefined where it is to be set aside
 */
export function joinUrl(plan: UrlPlan, pieces: readonly UrlPiece[]): string | undefined {
  const { texts, holes, shape } = plan;
  let joined = texts[0] as string;
  // The same URL with a letter for the start: that is as the value says, the rest must be as the template says.
  let rooted = joined;
  const written: string[] = [];
  for (let i = 0; i < holes.length; i++) {
    const { position } = holes[i] as UrlPlan['holes'][number];
    const piece = encode(position, pieces[i] as UrlPiece, hostEnds(texts, i));
    if (piece === undefined || (i > 0 && extendsHost(position, joined, piece))) return undefined;
    written.push(piece);
    joined += piece + texts[i + 1];
    rooted += (position === 'start' ? 'x' : piece) + texts[i + 1];
  }
  if (rooted !== shape && dotSegments(rooted).length !== dotSegments(shape).length) return undefined;
  if (addsDotSegments(plan, written, joined) || startClimbs(plan, written, joined)) return undefined;
  if (leadsAfterEmptyStart(plan, written, joined) || takesTextAsHost(plan, written, joined)) return undefined;
  const url = stripUrl(joined);
  // `at`, since `holes[0]` of none would be that of a polluted prototype.
  const start = holes.at(0)?.position === 'start' ? stripUrl(String(pieces[0])) : shape;
  if (startsAuthority(url) && !startsAuthority(start)) return undefined;
  if (plan.image && isBitmap(url)) return url;
  return allowedUrl(url, linkSchemes);
}

function encode(position: UrlPosition, piece: UrlPiece, ends: boolean): string | undefined {
  if (typeof piece === 'object') {
    return position === 'query' ? piece.encoded : encode('part', piece.encoded, ends);
  }
  const value = wellFormed(piece);
  switch (position) {
    case 'start':
      return value;
    case 'part':
    case 'query':
      return encodeURIComponent(value);
    case 'address':
      return encodeURIComponent(value).replaceAll('%40', '@').replaceAll('%2B', '+');
    case 'host':
      return isHost(value, ends) ? value : undefined;
    case 'port':
      return /^\d{1,5}$/.test(value) ? value : undefined;
    case 'base64':
      return bitmapContent.test(value) ? value : undefined;
  }
}

/** True where the authority ends behind hole `i`, so that a value there may come with a port. */
function hostEnds(texts: readonly string[], i: number): boolean {
  const next = texts[i + 1] as string;
  return next === '' ? i + 2 === texts.length : /^[\\/?#]/.test(next);
}

function isHost(value: string, portFits: boolean): boolean {
  const found = /^[a-z0-9.-]+(?::(\d{1,5}))?$/i.exec(value);
  if (!found) return false;
  const port = found[1];
  return port === undefined || (portFits && Number(port) >= 1 && Number(port) <= 65_535);
}

/** True where the URL so far ends within a host name that a value came with, and this one would go on with it. */
function extendsHost(position: UrlPosition, joined: string, piece: string): boolean {
  if (position === 'host' || position === 'port' || piece === '') return false;
  if (!/^(?:https?:[\\/]*|[\\/]{2})[^\\/?#]+$/i.test(stripUrl(joined))) return false;
  return !/^[\\/?#]/.test(stripUrl(piece)) && !(joined.endsWith(':') && /^\d{1,5}$/.test(piece));
}

/** The segments of the path that are `.` or `..`, which a URL parser resolves, also as `%2e`. */
function dotSegments(url: string): readonly string[] {
  const path = url.slice(0, url.search(/[?#]|$/));
  if (!/\.|%2e/i.test(path)) return [];
  return path
    .replace(/%2e/gi, '.')
    .split(/[\\/]/)
    .filter((segment) => segment === '.' || segment === '..');
}

/**
 * True where several values are the start, as in `href="${base}${path}"`, and one behind the first climbs: `joined` has
 * other dot segments than with nothing, a letter, or a letter in a segment of its own, in place of these values.
 */
function addsDotSegments({ holes }: UrlPlan, written: readonly string[], joined: string): boolean {
  const starts = holes.filter(({ position }) => position === 'start').length;
  if (starts < 2) return false;
  const [first = '', ...later] = written.slice(0, starts);
  const tail = joined.slice(first.length + later.join('').length);
  const found = dotSegments(stripUrl(joined)).join('/');
  return ['', 'x', '/x'].every((plain) => dotSegments(stripUrl(first + plain + tail)).join('/') !== found);
}

/**
 * True where the values at the start climb out of where the page is, and the template goes on with the path: `..` in
 * `href="${value}/edit"` is `../edit`. What the template climbs by itself counts for nothing.
 */
function startClimbs({ holes }: UrlPlan, written: readonly string[], joined: string): boolean {
  const starts = holes.filter(({ position }) => position === 'start').length;
  const start = written.slice(0, starts).join('');
  const tail = joined.slice(start.length);
  if (stripUrl(start) === '' || !/^[^?#]/.test(tail)) return false;
  return climbs(stripUrl(joined)) > climbs(`x${stripUrl(tail)}`);
}

/**
 * True where the start is empty, and a value behind it climbs: in `href="${a} ${b}/x"` the URL parser trims the space
 * that is then in front.
 */
function leadsAfterEmptyStart(
  { texts, holes }: UrlPlan,
  written: readonly string[],
  joined: string,
): boolean {
  const starts = holes.filter(({ position }) => position === 'start').length;
  if (starts === 0 || stripUrl(written.slice(0, starts).join('')) !== '') return false;
  const shape = texts.map((text, i) => (i < starts ? text : text + (i < holes.length ? 'x' : ''))).join('');
  return dotSegments(stripUrl(joined)).length !== dotSegments(stripUrl(shape)).length;
}

/**
 * True where the values at the start hold the slashes of an authority and no host, so that a URL parser takes static
 * text for it: `//` in `href="${value}/edit"` gives the host `edit`. `${'https:'}//example.com/` says its host itself.
 */
function takesTextAsHost({ holes }: UrlPlan, written: readonly string[], joined: string): boolean {
  const starts = holes.filter(({ position }) => position === 'start').length;
  const given = written.slice(0, starts).join('');
  const start = stripUrl(given);
  if (!/^(?:https?:[\\/]*|[\\/]{2,})$/i.test(start)) return false;
  const tail = stripUrl(joined.slice(given.length));
  return tail !== '' && !(start.endsWith(':') && /^\/\/[^\\/]/.test(tail));
}

/** How many directories above its start the path of a URL leads. */
function climbs(url: string): number {
  const path = url
    .slice(0, url.search(/[?#]|$/))
    .replace(/^(?:[a-z][a-z0-9+.-]*:)?(?:[\\/]{2}[^\\/]*)?[\\/]?/i, '');
  let [depth, lowest] = [0, 0];
  for (const segment of path.replace(/%2e/gi, '.').split(/[\\/]/)) {
    if (segment === '..') depth -= 1;
    else if (segment !== '.') depth += 1;
    lowest = Math.min(lowest, depth);
  }
  return -lowest;
}

function startsAuthority(url: string): boolean {
  return /^[\\/]{2}/.test(url);
}

/** The URL as a URL parser reads it: without C0 controls and spaces at its ends, and tabs and newlines anywhere. */
export function stripUrl(url: string): string {
  if (!stripped.test(url)) return url;
  let start = 0;
  let end = url.length;
  // A loop, since a pattern that is anchored at the end is quadratic on a run of spaces.
  while (start < end && url.charCodeAt(start) <= 0x20) start++;
  while (end > start && url.charCodeAt(end - 1) <= 0x20) end--;
  return url.slice(start, end).replace(/[\t\n\r]/g, '');
}

const stripped = /[\0- ]/;
