import { Misuse } from '../refusal/misuse.ts';
import { type AnyRequest, headerOf } from './any-request.ts';

/** More than browsers keep for a site. What follows is not read. */
const longestHeader = 65_536;

/**
 * All values that a request has for a cookie, in the order in which they came (RFC 6265, 5.4). More than one means that
 * another path or host has set it too (cookie tossing): nobody can tell which one is the application's.
 *
 * @param name as it was set, with its prefix; case matters
 */
export function cookieValues(request: AnyRequest, name: string): readonly string[] {
  const header = headerOf(request, 'cookie');
  if (header === undefined || !header.includes(name)) return [];
  const values: string[] = [];
  for (const pair of header.slice(0, longestHeader).split(';')) {
    const equals = pair.indexOf('=');
    if (equals !== -1 && trimmed(pair.slice(0, equals)) === name) {
      const value = trimmed(pair.slice(equals + 1));
      values.push(/^".*"$/.test(value) ? value.slice(1, -1) : value);
    }
  }
  return values;
}

/** Spaces and tabs only, as in RFC 6265, 5.2: with `trim`, a name after a no-break space would pass for the one with a prefix. */
function trimmed(text: string): string {
  return text.replace(/^[ \t]+/, '').replace(/[ \t]{1,64}$/, '');
}

export interface CookieAttributes {
  /** How long the browser keeps it; without it, until the browser is closed. 0 removes it. */
  readonly maxAgeSeconds?: number | undefined;
  readonly sameSite: 'Lax' | 'Strict' | 'None';
  /** False only on plain-HTTP development hosts. */
  readonly secure: boolean;
  readonly httpOnly: boolean;
}

/**
 * A `Set-Cookie` line for the whole host and no other one: `Path=/` and no `Domain`.
 *
 * @throws Misuse `bulwark/invalid-option` for a name or value that RFC 6265, 4.1.1, does not allow
 *
 * @example
 * ```text
 * setCookie('__Host-id', 'abc', { sameSite: 'Lax', secure: true, httpOnly: true });
 * // '__Host-id=abc; Path=/; Secure; HttpOnly; SameSite=Lax'
 * ```
 */
export function setCookie(name: string, value: string, attributes: CookieAttributes): string {
  const { maxAgeSeconds, sameSite, secure, httpOnly } = attributes;
  if (!isCookieName(name) || !/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(value)) {
    throw new Misuse(
      'bulwark/invalid-option',
      'The name or value of a cookie has characters that RFC 6265 does not allow.',
    );
  }
  return [
    `${name}=${value}`,
    'Path=/',
    ...(maxAgeSeconds === undefined ? [] : [`Max-Age=${Math.max(0, Math.floor(maxAgeSeconds))}`]),
    ...(secure ? ['Secure'] : []),
    ...(httpOnly ? ['HttpOnly'] : []),
    `SameSite=${sameSite}`,
  ].join('; ');
}

/** A token as in RFC 9110, 5.6.2. */
export function isCookieName(name: string): boolean {
  return /^[!#$%&'*+.^_`|~\w-]{1,128}$/.test(name);
}
