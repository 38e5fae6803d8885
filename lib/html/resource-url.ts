import { Misuse } from '../refusal/misuse.ts';
import { requireTemplate } from './template/require-template.ts';
import { joinParts } from './template/url-parts.ts';
import { type TrustedResourceUrl, trustResourceUrl } from './values/resource-url-type.ts';

/** An origin with the slash behind it, a path from the root, or a path beside the page; no scheme but these. */
const trustedStart =
  /^(?:https?:\/\/[a-z0-9.-]+(?::\d+)?(?:[/?#]|$)|\/\/[a-z0-9.-]+(?::\d+)?\/|\/(?![/\\])|\.{0,2}[a-z0-9_-][^:\\]*$|\.{1,2}\/)/i;

/**
 * The URL of code or of a document, from a literal: the source of a script, a frame, an object or a style sheet. Values
 * are percent-encoded, and stand behind the host, and in a path behind its first slash.
 *
 * @throws Misuse `html/unsafe-literal` for a scheme other than http and https, and for a value in front of the path
 *
 * @example
 * ```ts
 * import { html, render, resourceUrl } from 'bulwark/html';
 *
 * const video: string = 'dQw4/../..';
 * render(html`<iframe src="${resourceUrl`https://video.example/embed/${video}`}"></iframe>`);
 * // '<iframe src="https://video.example/embed/dQw4%2F..%2F.."></iframe>'
 * ```
 */
export function resourceUrl(
  strings: TemplateStringsArray,
  ...values: (string | number | URLSearchParams)[]
): TrustedResourceUrl {
  requireTemplate(strings, values.length, 'resourceUrl');
  const [start = ''] = strings;
  const goesOn = values.length === 0 || start.includes('/') || start.includes('?');
  if (start === '') throw new Misuse('html/unsafe-literal', undefined, { hint: startFix });
  if (!goesOn || /[\0- ]/.test(strings.join('')) || !trustedStart.test(start)) {
    throw new Misuse('html/unsafe-literal', undefined, { hint: literalFix });
  }
  return trustResourceUrl(joinParts(strings, values, 'a TrustedResourceUrl'));
}

const startFix =
  `A value cannot start the URL. Write the origin, or the start of the path, as static text: resourceUrl\`/assets/\${file}\`. ` +
  'A base URL of your configuration goes through trustedResourceUrl(url, { because }) of bulwark/unsafe/html.';
const literalFix =
  'Start with "/", with a file or folder beside the page and its "/", or with "https://", a host and a "/", and put ' +
  'values behind that. Percent-encode spaces.';
