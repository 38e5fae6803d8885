import type { AnyRequest } from '../request/any-request.ts';
import { cookieValues, setCookie } from '../request/cookies.ts';
import { randomText } from './token.ts';

/** `__Host-`: no subdomain and no plain-HTTP page can set it (RFC 6265bis, 4.1.3.2). */
const name = '__Host-csrf';

const made = new WeakMap<AnyRequest, string>();

/** The value of the visitor's cookie, 'tossed' where there are several, or undefined where there is none of ours. */
export function visitorOf(request: AnyRequest): { readonly value: string } | 'tossed' | undefined {
  const values = cookieValues(request, name);
  if (values.length > 1) return 'tossed';
  const value = values[0];
  return value !== undefined && /^[\w-]{22}$/.test(value) ? { value } : undefined;
}

/** The same, and a new cookie where the browser has none. All tokens of one request share it. */
export function visitorFor(request: AnyRequest, appendCookie: (line: string) => void): string {
  const known = visitorOf(request);
  if (typeof known === 'object') return known.value;
  const before = made.get(request);
  if (before !== undefined) return before;
  const value = randomText();
  // Lax: with Strict, a page that a link of another site opened would not see it, and make the tokens of other tabs invalid.
  appendCookie(setCookie(name, value, { sameSite: 'Lax', secure: true, httpOnly: true }));
  made.set(request, value);
  return value;
}
