import { Misuse } from '../refusal/misuse.ts';
import { requireTemplate } from './template/require-template.ts';
import { joinParts } from './template/url-parts.ts';
import { wellFormed } from './values/escape.ts';
import { linkSchemes, runningScheme, unsafeUrl } from './values/safe-url.ts';
import { type SafeUrl, trustUrl } from './values/safe-url-type.ts';

/**
 * A URL of a scheme that a plain value cannot have, such as `sms:` or `whatsapp:`, from a literal. Values are
 * percent-encoded, but for the `+` and `@` of a number or an address behind the scheme, and stand anywhere but in the
 * scheme or the host. In a hole for a whole URL it is taken as it is.
 *
 * @throws Misuse `html/unsafe-literal` for `javascript:`, `data:` and the like, and a value at the start
 *
 * @example
 * ```ts
 * import { html, render, safeUrl } from 'bulwark/html';
 *
 * const share = safeUrl`whatsapp://send?text=${'a & b'}`;
 * render(html`<a href="${share}">x</a>`); // '<a href="whatsapp://send?text=a%20%26%20b">x</a>'
 * ```
 */
export function safeUrl(strings: TemplateStringsArray, ...values: (string | number)[]): SafeUrl {
  requireTemplate(strings, values.length, 'safeUrl');
  const [start = ''] = strings;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(start)?.[1]?.toLowerCase();
  if (/[\0- \\]/.test(start) || runningScheme.test(start)) throw new Misuse('html/unsafe-literal');
  if (scheme === undefined || linkSchemes.has(scheme))
    return trustUrl(joinParts(strings, values, 'a SafeUrl'));
  if (start.startsWith('//', scheme.length + 1)) {
    // Host and path are decided on by the rules of https.
    const behind = [`https${start.slice(scheme.length)}`, ...strings.slice(1)];
    const url = joinParts(behind, values, 'a SafeUrl');
    return trustUrl(url === unsafeUrl ? url : scheme + url.slice('https'.length));
  }
  if (start.startsWith('/', scheme.length + 1)) {
    const ownScheme = start.slice(0, scheme.length + 1);
    const url = joinParts([start.slice(ownScheme.length), ...strings.slice(1)], values, 'a SafeUrl');
    return trustUrl(url === unsafeUrl ? url : ownScheme + url);
  }
  return trustUrl(
    strings.reduce((url, text, i) => url + encoded(partOf(values[i - 1]), url, strings) + text),
  );
}

/**
 * In front of a query, what `sms:` and `sip:` take is a number or an address: as in `tel:`, `+` stays, and so does `@`
 * where no other one could be taken for it.
 */
function encoded(value: string, before: string, strings: readonly string[]): string {
  const text = encodeURIComponent(value);
  if (/[?#]/.test(before)) return text;
  const number = text.replaceAll('%2B', '+');
  return strings.some((part) => part.includes('@')) ? number : number.replaceAll('%40', '@');
}

function partOf(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return wellFormed(value);
  throw new Misuse('html/invalid-value', 'A part of a URL is a string or a number.');
}
