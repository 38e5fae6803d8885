/** The same words as on a server: docs/guards/html.md says what they are for. */
export const unsafeUrl = 'about:invalid#bulwark';

const bitmap =
  /^data:image\/(?:a?png|gif|jpe?g|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)(?:;charset=[\w-]{1,20})?;base64,(?:[A-Za-z0-9+/=]|%2[bf]|%3d)*$/i;

/** A URL to follow: http, https, mailto, tel, or relative, without what URL parsers strip. Otherwise undefined. */
export function linkUrl(url: string): string | undefined {
  return allowed(url, /^(?:https?|mailto|tel)$/i);
}

/** A URL to show as an image: http, https, relative, or a bitmap in `data:`. Otherwise undefined. */
export function imageUrl(url: string): string | undefined {
  const bare = strip(url);
  return bitmap.test(bare) ? bare : allowed(bare, /^https?$/i);
}

/** A copy of the decision in lib/html/values/safe-url.ts, which a guard may not import; a test holds the two together. */
function allowed(url: string, schemes: RegExp): string | undefined {
  const bare = strip(url);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1];
  return scheme === undefined || schemes.test(scheme) ? bare : undefined;
}

/** The URL as a URL parser takes it (URL standard, 4.4). */
function strip(url: string): string {
  let start = 0;
  let end = url.length;
  // A loop, since a pattern that is anchored at the end is quadratic on a run of spaces.
  while (start < end && url.charCodeAt(start) <= 0x20) start++;
  while (end > start && url.charCodeAt(end - 1) <= 0x20) end--;
  return url.slice(start, end).replace(/[\t\n\r]/g, '');
}
