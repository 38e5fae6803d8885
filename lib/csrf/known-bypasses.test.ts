import { describe, expect, it } from 'vitest';
import { keyring } from '../secrets/index.ts';
import { type CsrfOptions, csrf } from './index.ts';

const keys = keyring('q8Zr2vXw5TnB7mKd3HsJ9pLc6GfYa4Ue');
const session = { binding: 'binding-of-session-1', hasCookie: true };

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

function allows(
  sent: Partial<Sent>,
  options: CsrfOptions = {},
  body: Readonly<Record<string, unknown>> = {},
): boolean {
  const request = { method: 'POST', url: '/transfer', headers: {}, ...sent };
  const field = (name: string): unknown => body[name];
  return csrf({ keys, ...options }).check(request, { protocol: 'https', host: 'example.com', session, field })
    .allow;
}

/** Go 1.25, net/http, csrf_test.go: what its CrossOriginProtection decides, with the session's cookie in every request. */
describe("Go's CrossOriginProtection", () => {
  it.each([
    ['same-origin allowed', 'POST', { 'sec-fetch-site': 'same-origin' }, true],
    ['cross-site blocked', 'POST', { 'sec-fetch-site': 'cross-site' }, false],
    ['same-site blocked', 'POST', { 'sec-fetch-site': 'same-site' }, false],
    ['no header with matching origin', 'POST', { origin: 'https://example.com' }, true],
    ['no header with mismatched origin', 'POST', { origin: 'https://attacker.example' }, false],
    ['no header with null origin', 'POST', { origin: 'null' }, false],
    ['GET allowed', 'GET', { 'sec-fetch-site': 'cross-site' }, true],
    ['HEAD allowed', 'HEAD', { 'sec-fetch-site': 'cross-site' }, true],
    ['OPTIONS allowed', 'OPTIONS', { 'sec-fetch-site': 'cross-site' }, true],
    ['PUT blocked', 'PUT', { 'sec-fetch-site': 'cross-site' }, false],
    ['trusted origin', 'POST', { 'sec-fetch-site': 'cross-site', origin: 'https://trusted.example' }, true],
    [
      'invalid site with valid origin',
      'POST',
      { 'sec-fetch-site': 'invalid', origin: 'https://example.com' },
      false,
    ],
    // Go lets these two pass. Here `none` passes for safe methods only, and without both headers a token decides.
    ['none', 'POST', { 'sec-fetch-site': 'none' }, false],
    ['no headers', 'POST', {}, false],
    // CVE-2025-47910: a bypass pattern exempted paths that would have been redirected to it.
    [
      'a path that is cleaned to an exempt one',
      'POST',
      { 'sec-fetch-site': 'cross-site', path: '/x/../bypass' },
      false,
    ],
    ['the exempt path itself', 'POST', { 'sec-fetch-site': 'cross-site', path: '/bypass' }, true],
    ['the exempt path with a slash', 'POST', { 'sec-fetch-site': 'cross-site', path: '/bypass/' }, false],
  ] as const)('%s', (_, method, sent, expected) => {
    const { path = '/transfer', ...headers }: Record<string, string> = sent;
    const options: CsrfOptions = {
      allowOrigins: ['https://trusted.example'],
      allowUnchecked: [{ path: '/bypass', because: 'the sender signs its requests' }],
    };
    expect(allows({ method, url: path, headers }, options)).toBe(expected);
  });
});

describe('what other libraries let pass', () => {
  const own = { headers: { origin: 'https://example.com' } };

  it.each([
    ['Hono CVE-2024-48913: no Content-Type at all', {}],
    [
      'Hono CVE-2024-43787, SvelteKit CVE-2023-29008: a type in capitals',
      { 'content-type': 'Application/X-WWW-Form-Urlencoded' },
    ],
    ['SvelteKit CVE-2023-29003: text/plain', { 'content-type': 'text/plain' }],
    [
      'Fastify CVE-2022-41919: a second type behind the first',
      { 'content-type': 'application/json; text/plain' },
    ],
    ['Django CVE-2011-0696, Rails CVE-2011-0447: an XHR header', { 'x-requested-with': 'XMLHttpRequest' }],
    ['Next CVE-2026-27978: `Origin: null`', { origin: 'null' }],
    ['Next issue 92702: an Origin that is no URL', { origin: 'http://' }],
    ['Origin in capitals', { origin: 'HTTPS://EVIL.EXAMPLE' }],
    [
      'X-Forwarded-Host that names the attacker',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    ],
    ['Host in Referer', { origin: 'https://evil.example', referer: 'https://example.com/' }],
    ['an own origin in a path', { origin: 'https://evil.example/https://example.com' }],
    ['an Accept that asks for JSON', { accept: 'application/json', 'sec-fetch-site': 'cross-site' }],
    ['an upgrade header', { upgrade: 'websocket', connection: 'Upgrade', 'sec-fetch-site': 'cross-site' }],
    [
      "a preflight that isn't one",
      { 'access-control-request-method': 'GET', 'sec-fetch-site': 'cross-site' },
    ],
    ['Purpose: prefetch', { 'sec-purpose': 'prefetch', 'sec-fetch-site': 'cross-site' }],
  ])('%s', (_, headers) => {
    expect(allows({ headers })).toBe(false);
    expect(allows({ headers: { ...headers, 'sec-fetch-site': 'same-origin' } })).toBe(true);
    expect(allows(own)).toBe(true);
  });

  it('csurf: the double-submit value that an attacker can set too (a cookie and a field that agree)', () => {
    for (const value of ['x', 'A'.repeat(22), 'A'.repeat(73)]) {
      for (const name of ['_csrf', '__Host-csrf', 'XSRF-TOKEN']) {
        const headers = { cookie: `sid=1; ${name}=${value}` };
        expect(allows({ headers }, {}, { _csrf: value })).toBe(false);
        expect(allows({ headers: { ...headers, 'x-csrf-token': value } })).toBe(false);
      }
    }
    const token = csrf({ keys }).token({ headers: {} }, { session });
    expect(allows({}, {}, { _csrf: token })).toBe(true);
  });

  it('csrf-csrf: a token of another session, or of a visitor, in a session', () => {
    const guard = csrf({ keys });
    const other = guard.token(
      { headers: {} },
      { session: { binding: 'binding-of-session-2', hasCookie: true } },
    );
    expect(allows({}, {}, { _csrf: other })).toBe(false);
    let cookie = '';
    const visitor = guard.token(
      { headers: {} },
      { appendCookie: (line) => (cookie = line.split(';')[0] ?? '') },
    );
    expect(allows({ headers: { cookie } }, {}, { _csrf: visitor })).toBe(false);
  });

  it('@fastify/csrf-protection CVE-2021-29624: tokens are not shared with other subdomains', () => {
    let line = '';
    csrf({ keys }).token({ headers: {} }, { appendCookie: (sent) => (line = sent) });
    expect(line).toMatch(/^__Host-/);
    expect(line).not.toMatch(/domain/i);
  });

  it('`_method` in a body cannot make a POST safe', () => {
    expect(allows({ headers: { 'sec-fetch-site': 'cross-site' } }, {}, { _method: 'GET' })).toBe(false);
  });
});
