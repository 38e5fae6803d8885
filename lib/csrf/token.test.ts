import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, render } from '../html/index.ts';
import type { NodeRequest } from '../request/any-request.ts';
import { type Keyring, keyring } from '../secrets/index.ts';
import { type CsrfFacts, type CsrfSession, csrf } from './index.ts';

const [first, second] = ['q8Zr2vXw5TnB7mKd3HsJ9pLc6GfYa4Ue', 'Wd6Yb3Nx8Qk5Rt2Vz7Mj4Hg9Pf1Lc0Sa'];
const keys = keyring(first);
const origin = 'https://shop.example.com';
const guard = csrf({ origin, keys, logIn: ['/log-in'] });
const alice: CsrfSession = { binding: 'binding-of-alice-00', hasCookie: true };
const mallory: CsrfSession = { binding: 'binding-of-mallory-0', hasCookie: true };
const nobody: CsrfSession = { binding: undefined, hasCookie: false };

function post(headers: NodeRequest['headers'] = {}, url = '/transfer'): NodeRequest {
  return { method: 'POST', url, headers };
}

function codeOf(
  request: NodeRequest,
  session: CsrfSession | undefined,
  more: Partial<CsrfFacts> = {},
  by = guard,
): string {
  const decision = by.check(request, { protocol: 'https', host: 'shop.example.com', session, ...more });
  return decision.allow ? 'allowed' : decision.code;
}

const field = (value: unknown) => ({ field: (name: string) => (name === '_csrf' ? value : undefined) });

describe('a token decides where the browser says nothing', () => {
  it('in a header and in a body', () => {
    const token = guard.token(post(), { session: alice });
    expect(codeOf(post({ 'x-csrf-token': token }), alice)).toBe('allowed');
    expect(codeOf(post(), alice, field(token))).toBe('allowed');
    expect(codeOf(post({ origin: 'null' }), alice, field(token))).toBe('allowed');
    expect(codeOf(post(), alice)).toBe('csrf/token-missing');
  });

  it("refuses another session's: csrf/token-invalid", () => {
    const token = guard.token(post(), { session: mallory });
    expect(codeOf(post({ 'x-csrf-token': token }), alice)).toBe('csrf/token-invalid');
    expect(codeOf(post(), alice, field(token))).toBe('csrf/token-invalid');
    expect(codeOf(post(), mallory, field(token))).toBe('allowed');
  });

  it('overrules neither Sec-Fetch-Site nor Origin', () => {
    const token = guard.token(post(), { session: alice });
    const headers = { 'x-csrf-token': token };
    expect(codeOf(post({ ...headers, 'sec-fetch-site': 'cross-site' }), alice)).toBe('csrf/cross-site');
    expect(codeOf(post({ ...headers, 'sec-fetch-site': 'none' }), alice)).toBe('csrf/cross-site');
    expect(codeOf(post({ ...headers, origin: 'https://evil.example' }), alice)).toBe('csrf/origin-mismatch');
  });

  it.each([
    ['an array', ['x']],
    ['a number', 1],
    ['an object', { toString: () => 'x' }],
    ['true', true],
    ['a word', 'undefined'],
    ['dots', '..'],
    ['a long text', 'a'.repeat(1_000_000)],
    ['no key', `AAAAAA.${'A'.repeat(22)}.${'A'.repeat(43)}`],
  ])('refuses what is no token: %s', (_, value) => {
    expect(codeOf(post(), alice, field(value))).toBe('csrf/token-invalid');
  });

  it.each([undefined, null, ''])('treats %j as absent', (value) => {
    expect(codeOf(post(), alice, field(value))).toBe('csrf/token-missing');
  });

  it('does not read the body where a header has the token, or where none is needed', () => {
    const read = { field: () => expect.unreachable() };
    expect(codeOf(post({ 'x-csrf-token': 'x' }), alice, read)).toBe('csrf/token-invalid');
    expect(codeOf(post({ origin }), alice, read)).toBe('allowed');
    expect(codeOf(post(), nobody, read)).toBe('allowed');
  });

  it('refuses two tokens in one header', () => {
    const token = guard.token(post(), { session: alice });
    expect(codeOf(post({ 'x-csrf-token': [token, token] }), alice)).toBe('csrf/token-invalid');
  });

  it('is not in the query, which logs and Referer keep', () => {
    const token = guard.token(post(), { session: alice });
    expect(codeOf(post({}, `/transfer?_csrf=${token}`), alice)).toBe('csrf/token-missing');
  });

  it('refuses every change of a single character', () => {
    const token = guard.token(post(), { session: alice });
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'AZaz09-_. \n'), (index, character) => {
        const changed = token.slice(0, index) + character + token.slice(index + 1);
        const expected = changed === token ? 'allowed' : 'csrf/token-invalid';
        expect(codeOf(post(), alice, field(changed))).toBe(expected);
      }),
    );
  });

  it('throws for no text that a client can send', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (header, url) => {
        expect(codeOf(post({ 'x-csrf-token': header, origin: 'null' }, url), alice)).toMatch(/^csrf\/token-/);
        expect(codeOf(post({ cookie: header, origin: header, 'sec-fetch-site': url }), alice)).not.toBe('');
      }),
    );
  });
});

describe('tokens', () => {
  it('are never the same text twice (BREACH), and all stay valid', () => {
    const tokens = Array.from({ length: 100 }, () => guard.token(post(), { session: alice }));
    expect(new Set(tokens).size).toBe(100);
    for (const part of [1, 2]) expect(new Set(tokens.map((token) => token.split('.')[part])).size).toBe(100);
    for (const token of tokens) expect(codeOf(post(), alice, field(token))).toBe('allowed');
  });

  it('survive the rotation of keys until the old key is gone', () => {
    const token = guard.token(post(), { session: alice });
    const of = (ring: Keyring) => codeOf(post(), alice, field(token), csrf({ origin, keys: ring }));
    expect(of(keyring(second, first))).toBe('allowed');
    expect(of(keyring(second))).toBe('csrf/token-invalid');
  });

  it('do not come from a key of another purpose', () => {
    const { id, key } = keys.current('session');
    const forged = csrf({ origin, keys: keyring(key) }).token(post(), { session: alice });
    expect(codeOf(post(), alice, field(id + forged.slice(6)))).toBe('csrf/token-invalid');
  });

  it('need keys, and a session or a place for a cookie', () => {
    for (const mint of [
      () => csrf({ origin }).token(post(), { session: alice }),
      () => guard.token(post(), {}),
      () => guard.token(post(), { session: { binding: 'short', hasCookie: true } }),
      () => guard.token(post(), { session: { binding: 'with a space in it', hasCookie: true } }),
    ]) {
      expect(mint).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
    }
  });

  it('are refused without keys, and do not pass', () => {
    const token = guard.token(post(), { session: alice });
    expect(codeOf(post(), alice, field(token), csrf({ origin }))).toBe('csrf/token-invalid');
  });

  it('come as a hidden field of the html tag', () => {
    const markup = render(html`<form method="post">${guard.field(html, post(), { session: alice })}</form>`);
    const [, value] =
      /^<form method="post"><input type="hidden" name="_csrf" value="([\w.-]{73})"><\/form>$/.exec(markup) ??
      [];
    expect(codeOf(post(), alice, field(value))).toBe('allowed');
  });
});

describe('log-in without a session', () => {
  /** A visitor's browser loads the form: its cookie, and the token in the form. */
  function visit(): { cookie: string; token: string } {
    const lines: string[] = [];
    const token = guard.token(post(), { session: nobody, appendCookie: (line) => lines.push(line) });
    expect(lines).toEqual([
      expect.stringMatching(/^__Host-csrf=[\w-]{22}; Path=\/; Secure; HttpOnly; SameSite=Lax$/),
    ]);
    return { cookie: (lines[0] ?? '').split(';')[0] ?? '', token };
  }

  it('needs a token, as an old browser could be logged in to an account of the attacker', () => {
    expect(codeOf(post({}, '/log-in'), nobody)).toBe('csrf/token-missing');
    expect(codeOf(post({}, '/search'), nobody)).toBe('allowed');
    expect(codeOf(post({}, '/other'), nobody, { logIn: true })).toBe('csrf/token-missing');
    expect(codeOf(post({ origin }, '/log-in'), nobody)).toBe('allowed');
    expect(codeOf(post({ 'sec-fetch-site': 'same-origin' }, '/log-in'), nobody)).toBe('allowed');
    expect(codeOf(post({ 'sec-fetch-site': 'cross-site' }, '/log-in'), nobody)).toBe('csrf/cross-site');
  });

  it.each([
    '/LOG-IN',
    '/log-in/',
    '//log-in',
    '/x/../log-in',
    '/log%2Din',
    '/log%252din',
    '/./log-in?x',
    '/log-in;x=1',
    '/\\log-in',
    'https://shop.example.com/log-in',
  ])('is recognised however a router may read it: %s', (url) => {
    expect(codeOf(post({}, url), nobody)).toBe('csrf/token-missing');
  });

  it.each(['/log-ins', '/log', '/api/log-in', '/log-in/help', '/'])('is not any other path: %s', (url) => {
    expect(codeOf(post({}, url), nobody)).toBe('allowed');
  });

  it('accepts the token of the same browser', () => {
    const { cookie, token } = visit();
    expect(codeOf(post({ cookie }, '/log-in'), nobody, field(token))).toBe('allowed');
    expect(codeOf(post({ cookie, origin: 'null' }, '/log-in'), nobody, field(token))).toBe('allowed');
  });

  it("refuses the attacker's token, with the victim's cookie or none", () => {
    const attacker = visit();
    expect(codeOf(post({ cookie: visit().cookie }, '/log-in'), nobody, field(attacker.token))).toBe(
      'csrf/token-invalid',
    );
    expect(codeOf(post({}, '/log-in'), nobody, field(attacker.token))).toBe('csrf/token-invalid');
  });

  it("refuses a tossed cookie beside the browser's own", () => {
    const [victim, attacker] = [visit(), visit()];
    for (const cookie of [`${victim.cookie}; ${attacker.cookie}`, `${attacker.cookie}; ${victim.cookie}`]) {
      expect(codeOf(post({ cookie }, '/log-in'), nobody, field(attacker.token))).toBe('csrf/token-invalid');
    }
    for (const cookie of ['__host-csrf=', '__Host-csrf-x=', 'csrf=', '=__Host-csrf=', '__Host-csrf =x; a=']) {
      const tossed = cookie + (attacker.cookie.split('=')[1] ?? '');
      expect(
        codeOf(post({ cookie: `${victim.cookie}; ${tossed}` }, '/log-in'), nobody, field(attacker.token)),
        cookie,
      ).toBe('csrf/token-invalid');
    }
  });

  it("does not take a visitor's token for a session, but a session's for a log-in", () => {
    const { cookie, token } = visit();
    expect(codeOf(post({ cookie }), alice, field(token))).toBe('csrf/token-invalid');
    expect(codeOf(post({ cookie }, '/log-in'), alice, field(token))).toBe('allowed');
    expect(codeOf(post({}, '/log-in'), alice, field(guard.token(post(), { session: alice })))).toBe(
      'allowed',
    );
  });

  it("does not take a session's token for a visitor whose cookie has that value", () => {
    const lines: string[] = [];
    const value = 'A'.repeat(22);
    const cookie = `__Host-csrf=${value}`;
    const token = guard.token(post({ cookie }), { appendCookie: (line) => lines.push(line) });
    expect(lines).toEqual([]);
    expect(codeOf(post({ cookie }, '/log-in'), nobody, field(token))).toBe('allowed');
    expect(codeOf(post(), { binding: value, hasCookie: true }, field(token))).toBe('csrf/token-invalid');
  });

  it('gives one cookie to a page with several forms', () => {
    const lines: string[] = [];
    const page = post();
    const tokens = [1, 2, 3].map(() => guard.token(page, { appendCookie: (line) => lines.push(line) }));
    expect(lines).toHaveLength(1);
    const cookie = (lines[0] ?? '').split(';')[0] ?? '';
    for (const token of tokens)
      expect(codeOf(post({ cookie }, '/log-in'), nobody, field(token))).toBe('allowed');
  });

  it('replaces a cookie that is not ours', () => {
    for (const cookie of ['__Host-csrf=x', '__Host-csrf=', `__Host-csrf=${'A'.repeat(5_000)}`]) {
      const lines: string[] = [];
      guard.token(post({ cookie }), { appendCookie: (line) => lines.push(line) });
      expect(lines).toHaveLength(1);
    }
  });
});
