import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import type { Reply } from '../client/reply.ts';
import type { Site } from '../client/site.ts';
import { origin } from '../configurations.ts';
import { isPrivate, isProblem } from './expected.ts';

const asForm = { 'Content-Type': 'application/x-www-form-urlencoded' };
const sameOrigin = { 'Sec-Fetch-Site': 'same-origin', Origin: origin };

/** The cookies of someone who has logged in. */
export async function logIn(site: Site): Promise<string> {
  const reply = await site.ask('/log-in', { method: 'POST', headers: sameOrigin });
  assert.equal(reply.status, 200);
  return reply.jar;
}

function post(site: Site, headers: Readonly<Record<string, string>>, body = 'a=1'): Promise<Reply> {
  return site.ask('/transfer', { method: 'POST', headers: { ...asForm, ...headers }, body });
}

function passes(reply: Reply): void {
  assert.equal(reply.status, 200, reply.text);
  assert.equal(reply.text, 'done');
}

interface Sent {
  readonly id: string;
  readonly sentence: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly isAnonymous?: boolean;
}

const accepted: readonly Sent[] = [
  {
    id: 'same-origin',
    sentence: 'A form of the site itself is accepted.',
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  },
  {
    id: 'own-origin',
    sentence: 'It is accepted from a browser that sends only Origin.',
    headers: { Origin: origin },
  },
  {
    ...{ id: 'no-browser', sentence: 'A request without cookies and browser headers is accepted.' },
    ...{ headers: {}, isAnonymous: true },
  },
];
const refused: readonly Sent[] = [
  {
    ...{ id: 'cross-site', sentence: 'A form on another site is refused.' },
    headers: { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
  },
  {
    ...{ id: 'same-site', sentence: 'A form on a sibling subdomain is refused.' },
    headers: { 'Sec-Fetch-Site': 'same-site', Origin: 'https://blog.shop.example' },
  },
  {
    id: 'none',
    sentence: 'A request with Sec-Fetch-Site: none is refused.',
    headers: { 'Sec-Fetch-Site': 'none' },
  },
  {
    id: 'foreign-origin',
    sentence: 'A foreign Origin is refused.',
    headers: { Origin: 'https://evil.example' },
  },
  { id: 'null-origin', sentence: 'Origin: null needs a token.', headers: { Origin: 'null' } },
  {
    id: 'near-origin',
    sentence: "An origin that begins with the site's own is refused.",
    headers: { Origin: `${origin}.evil.example` },
  },
  {
    id: 'no-headers',
    sentence: 'A request with cookies, and without Origin and Sec-Fetch-Site, needs a token.',
    headers: {},
  },
  {
    id: 'wrong-token',
    sentence: 'An invented token is refused.',
    headers: { 'X-CSRF-Token': 'a'.repeat(64) },
  },
  {
    ...{ id: 'text-plain', sentence: 'A cross-site form sent as text/plain is refused.' },
    headers: { 'Content-Type': 'text/plain', 'Sec-Fetch-Site': 'cross-site' },
  },
  {
    ...{ id: 'json', sentence: 'Cross-site JSON is refused.' },
    headers: { 'Content-Type': 'application/json', Origin: 'https://evil.example' },
  },
];

export const csrfCases: readonly Case[] = [
  ...accepted.map(
    ({ id, sentence, headers, isAnonymous }): Case => ({
      ...{ id: `csrf/${id}`, sentence, on: 'sealed' },
      async check(site) {
        passes(await post(site, { ...headers, ...(!isAnonymous && { Cookie: await logIn(site) }) }));
      },
    }),
  ),
  ...refused.map(
    ({ id, sentence, headers }): Case => ({
      ...{ id: `csrf/${id}`, sentence, on: 'sealed' },
      async check(site) {
        isProblem(await post(site, { ...headers, Cookie: await logIn(site) }), 403);
      },
    }),
  ),
  {
    id: 'csrf/safe-methods',
    sentence: 'Cross-site GET, HEAD and OPTIONS are accepted.',
    on: 'sealed',
    async check(site) {
      const headers = { 'Sec-Fetch-Site': 'cross-site', Cookie: await logIn(site) };
      for (const method of ['GET', 'HEAD'])
        assert.equal((await site.ask('/session', { method, headers })).status, 200);
      assert.notEqual((await site.ask('/session', { method: 'OPTIONS', headers })).status, 403);
    },
  },
  {
    id: 'csrf/override',
    sentence: 'A GET with X-HTTP-Method-Override: DELETE is checked as a DELETE.',
    on: 'sealed',
    async check(site) {
      const headers = {
        'Sec-Fetch-Site': 'cross-site',
        Cookie: await logIn(site),
        'X-HTTP-Method-Override': 'DELETE',
      };
      isProblem(await site.ask('/session', { headers }), 403);
    },
  },
  {
    id: 'csrf/every-path',
    sentence: 'PUT, PATCH and DELETE are checked even where no route exists.',
    on: 'sealed',
    async check(site) {
      const headers = { 'Sec-Fetch-Site': 'cross-site', Cookie: await logIn(site) };
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        isProblem(await site.ask('/no-such-route', { method, headers }), 403);
      }
    },
  },
  {
    id: 'csrf/token-in-header',
    sentence: "A token of the user's session is accepted in its header.",
    on: 'sealed',
    async check(site) {
      const Cookie = await logIn(site);
      const { text } = await site.ask('/token', { headers: { Cookie } });
      passes(await post(site, { Cookie, 'X-CSRF-Token': text }));
    },
  },
  {
    id: 'csrf/token-in-form',
    sentence: 'A token is accepted in a form field. The handler can still read the whole form.',
    on: 'sealed',
    async check(site) {
      const Cookie = await logIn(site);
      const { text } = await site.ask('/form', { headers: { Cookie } });
      const [, name, value] = /name="([^"]+)" value="([^"]+)"/.exec(text) ?? [];
      const body = `a=1&${name}=${encodeURIComponent(value ?? '')}&b=${'x'.repeat(40_000)}`;
      passes(await post(site, { Cookie }, body));
      const read = await site.ask('/form', { method: 'POST', headers: { ...asForm, Cookie }, body });
      assert.equal(read.json.got.a, '1');
      assert.equal(read.json.got.b.length, 40_000);
    },
  },
  {
    id: 'csrf/token-of-another',
    sentence: 'A token of another session is refused.',
    on: 'sealed',
    async check(site) {
      const thief = await logIn(site);
      const { text } = await site.ask('/token', { headers: { Cookie: thief } });
      isProblem(await post(site, { Cookie: await logIn(site), 'X-CSRF-Token': text }), 403);
    },
  },
  {
    id: 'csrf/log-in',
    sentence: 'No other site can log a visitor in, whichever headers the browser omits.',
    on: 'sealed',
    async check(site) {
      const foreign: readonly Record<string, string>[] = [
        {},
        { Origin: 'null' },
        { 'Sec-Fetch-Site': 'cross-site' },
      ];
      for (const headers of foreign) {
        const reply = await site.ask('/log-in', { method: 'POST', headers });
        isProblem(reply, 403);
        assert.deepEqual(reply.cookies, []);
      }
    },
  },
  {
    id: 'csrf/token-private',
    sentence:
      "Shared caches don't store a page with a token. Its visitor gets the cookie that the token is bound to.",
    on: 'sealed',
    async check(site) {
      const page = await site.ask('/form');
      isPrivate(page);
      assert.match(page.cookies.join(), /^__Host-csrf=[^;]+;.*Secure/);
      const [, value] = /value="([^"]+)"/.exec(page.text) ?? [];
      passes(await post(site, { Cookie: page.jar, 'X-CSRF-Token': value ?? '' }));
    },
  },
  {
    id: 'csrf/with-store',
    sentence: 'The check is also on for sessions in a store.',
    on: 'stored',
    async check(site) {
      const Cookie = await logIn(site);
      isProblem(await post(site, { Cookie, 'Sec-Fetch-Site': 'cross-site' }), 403);
      passes(await post(site, { Cookie, 'Sec-Fetch-Site': 'same-origin' }));
    },
  },
];
