import { base64Text } from '../internal/decode-base64.ts';

const longest = 100_000;

/** What any of the decodings needs. */
const mayDecode = /[%&\\+<]|^\s*[[{"]|^[A-Za-z\d+/_-]{8,}={0,2}$/;

/**
 * A string that came with a request, and what applications make of such strings before they use them: URL-decoded, at
 * most twice, with escapes and character references resolved, without backslashes (`stripslashes`), without tags
 * (`strip_tags`), parsed as JSON, or decoded from base64 where that gives readable text. A text may repeat.
 */
export function* decodings(text: string): Generator<string | object, void> {
  yield text;
  if (text.length > longest || !mayDecode.test(text)) return;
  let encoded = text;
  for (let times = 0; times < 2 && /%[\da-f]{2}/i.test(encoded); times++) {
    const decoded = urlDecoded(encoded);
    if (decoded === encoded) break;
    yield decoded;
    encoded = decoded;
  }
  for (const decode of [unescaped, withoutEntities]) {
    const decoded = decode(encoded);
    if (decoded !== encoded) yield decoded;
  }
  yield* stripped(encoded);
  if (/[\w)'"]\+[\w('"]/.test(encoded)) yield encoded.replaceAll('+', ' ');
  if (/^\s*[[{"]/.test(text)) {
    const value = parsed(text);
    if (typeof value === 'string' || (typeof value === 'object' && value !== null)) yield value;
  }
  if (base64.test(text)) {
    const decoded = readable(text);
    if (decoded !== undefined) yield decoded;
  }
}

/** What PHP's functions of these names make of a text, and their copies elsewhere, in either order. */
function* stripped(text: string): Generator<string, void> {
  const bare = withoutSlashes(text);
  if (bare !== text) yield bare;
  for (const from of bare === text ? [text] : [text, bare]) {
    for (const without of [withoutTags(from), withoutMarkup(from)]) if (without !== from) yield without;
  }
}

/** `\\'` is `'`, and `\\\\` is one backslash. */
function withoutSlashes(text: string): string {
  return text.replace(/\\([\s\S]?)/g, (_, behind: string) => (behind === '0' ? '\0' : behind));
}

/** All between `<` and the next `>`, whatever it is. In one pass, however many are open. */
function withoutTags(text: string): string {
  let result = '';
  let from = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', from)) {
    const close = text.indexOf('>', at);
    if (close === -1) break;
    result += text.slice(from, at);
    from = close + 1;
  }
  return result + text.slice(from);
}

/** As browsers and PHP see tags: a `<` before white space is a sign, and an open tag takes all behind it along. */
function withoutMarkup(text: string): string {
  let result = '';
  let from = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', Math.max(from, at + 1))) {
    if (!/[a-z/!?]/i.test(text.charAt(at + 1))) continue;
    result += text.slice(from, at);
    const close = text.indexOf('>', at);
    if (close === -1) return result;
    from = close + 1;
  }
  return result + text.slice(from);
}

/** Where one sequence is none of UTF-8, the others are decoded all the same, as lenient decoders do. */
function urlDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Overlong UTF-8, which decoders used to take: two bytes for what is one.
    return text
      .replace(/%c([01])%([89ab][\da-f])/gi, (_, high: string, low: string) => overlong(high, low))
      .replace(/%([\da-f]{2})/gi, (_, hex: string) => character(hex));
  }
}

/** `%u0027`, and a string of JavaScript or JSON without its quotes. */
function unescaped(text: string): string {
  return text.replace(/(?:%|\\)u([\da-f]{4})|\\x([\da-f]{2})/gi, (_, long?: string, short?: string) =>
    character(long ?? short ?? ''),
  );
}

function withoutEntities(text: string): string {
  return text
    .replace(/&#x0*([\da-f]{1,4});?/gi, (_, hex: string) => character(hex))
    .replace(/&#0*(\d{1,5});?/g, (_, decimal: string) => String.fromCharCode(Number(decimal)))
    .replace(/&(apos|quot|lt|gt|amp);/g, (_, name: string) => entities[name] as string);
}

const entities: Readonly<Record<string, string>> = { apos: "'", quot: '"', lt: '<', gt: '>', amp: '&' };

function overlong(high: string, low: string): string {
  return String.fromCharCode((Number.parseInt(high, 16) << 6) | (Number.parseInt(low, 16) & 0x3f));
}

function character(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const base64 = /^[A-Za-z\d+/_-]{8,}={0,2}$/;

function readable(text: string): string | undefined {
  const decoded = base64Text(text);
  // Most words are base64 of something; of noise it is seldom all printable.
  return decoded.length > 3 && /^[\t\n\r -~\u00a0-\u024f]+$/.test(decoded) ? decoded : undefined;
}
