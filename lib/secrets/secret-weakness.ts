import { weaknessOf } from './weakness.ts';

/** Charts and providers generate passwords of 10 characters and more. */
const leastLength = 8;
const url = /^[a-z][a-z\d+.-]{1,30}:\/\//i;

/**
 * Why a secret that another service issued is guessable: a password, a token, or a URL with a password. Of what has a form of its own (a
 * private key, JSON) nothing is judged, because its words say nothing about the secret in it.
 */
export function secretWeakness(text: string, anyLength: boolean): string | undefined {
  if (/^\s*(?:-----BEGIN |<[^<>]*>[^<>]*<)/.test(text) || isRecord(text)) return undefined;
  const isUrl = url.test(text);
  const secret = isUrl ? passwordIn(text) : text;
  if (secret === undefined) return undefined;
  if (secret.length < leastLength && !anyLength) {
    return `${isUrl ? 'has a password of' : 'has'} fewer than ${leastLength} characters`;
  }
  const weakness = weaknessOf(secret);
  return weakness !== undefined && isUrl ? `has a password that ${weakness}` : weakness;
}

/** JSON, or lines of settings. `[redacted]` and `{{ secret }}` only begin like it. */
function isRecord(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  if (text.includes('\n')) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The password of a URL; undefined where it has none. */
export function passwordIn(text: string): string | undefined {
  if (!url.test(text)) return undefined;
  const authority = text.replace(url, '').split(/[/?#]/, 1)[0] ?? '';
  const credentials = authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
  const colon = credentials.indexOf(':');
  if (colon === -1 || colon === credentials.length - 1) return undefined;
  const encoded = credentials.slice(colon + 1);
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
