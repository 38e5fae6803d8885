import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import type { Reply } from '../client/reply.ts';
import { friend } from '../configurations.ts';
import { isDefended, isProblem } from './expected.ts';

const asks = (method: string, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  'Access-Control-Request-Method': method,
  ...more,
});
const evil = 'https://evil.example';

export const corsCases: readonly Case[] = [
  {
    id: 'cors/read',
    sentence: 'A listed site can read a route. Vary keeps cached copies apart.',
    async check(site) {
      const reply = await site.ask('/shared/data', { headers: { Origin: friend } });
      assert.deepEqual(reply.json, { shared: true });
      assert.equal(reply.header('access-control-allow-origin'), friend);
      assert.match(reply.header('vary') ?? '', /Origin/i);
      isDefended(reply);
    },
  },
  {
    id: 'cors/subdomain',
    sentence: 'A pattern matches subdomains, and nothing that only resembles one.',
    async check(site) {
      const allowed = async (Origin: string): Promise<string | undefined> =>
        (await site.ask('/shared/data', { headers: { Origin } })).header('access-control-allow-origin');
      assert.equal(await allowed('https://a.partner.example'), 'https://a.partner.example');
      for (const near of [
        'https://partner.example',
        'https://apartner.example',
        'http://a.partner.example',
        `https://a.partner.example.evil.example`,
      ]) {
        assert.equal(await allowed(near), undefined, near);
      }
    },
  },
  {
    id: 'cors/foreign',
    sentence: "Other sites, and Origin: null, can't read it.",
    async check(site) {
      for (const Origin of [
        evil,
        'null',
        `${friend}.evil.example`,
        'http://app.example',
        'https://app.example:8443',
      ]) {
        const reply = await site.ask('/shared/data', { headers: { Origin } });
        assert.equal(reply.header('access-control-allow-origin'), undefined, Origin);
        assert.match(reply.header('vary') ?? '', /Origin/i);
      }
    },
  },
  {
    id: 'cors/not-on-others',
    sentence: 'Other routes are not shared.',
    async check(site) {
      const reply = await site.ask('/json', { headers: { Origin: friend } });
      assert.equal(reply.header('access-control-allow-origin'), undefined);
    },
  },
  {
    id: 'cors/route-preflight',
    sentence: 'A preflight of the route gets 204 and the list of what is allowed.',
    async check(site) {
      const headers = {
        Origin: friend,
        ...asks('POST', { 'Access-Control-Request-Headers': 'content-type' }),
      };
      const reply = await site.ask('/shared/data', { method: 'OPTIONS', headers });
      assert.equal(reply.status, 204);
      assert.equal(reply.header('access-control-allow-origin'), friend);
      assert.match(reply.header('access-control-allow-methods') ?? '', /POST/);
      assert.match(reply.header('access-control-allow-headers') ?? '', /content-type/i);
      assert.match(reply.header('access-control-max-age') ?? '', /^\d+$/);
      isDefended(reply);
    },
  },
  {
    id: 'cors/route-preflight-refused',
    sentence:
      "A preflight of another site gets 403. The allowed methods never include one that isn't listed.",
    async check(site) {
      const ask = (Origin: string, method: string): Promise<Reply> =>
        site.ask('/shared/data', { method: 'OPTIONS', headers: { Origin, ...asks(method) } });
      const foreign = await ask(evil, 'POST');
      assert.equal(foreign.status, 403);
      assert.equal(foreign.header('access-control-allow-methods'), undefined);
      assert.equal(foreign.header('access-control-allow-origin'), undefined);
      isDefended(foreign);
      const other = await ask(friend, 'DELETE');
      assert.doesNotMatch(other.header('access-control-allow-methods') ?? '', /DELETE|\*/);
    },
  },
  {
    id: 'cors/app-read',
    sentence: 'CORS for the whole application, with credentials: only a listed site can read.',
    on: 'stored',
    async check(site) {
      const reply = await site.ask('/json', { headers: { Origin: friend } });
      assert.equal(reply.header('access-control-allow-origin'), friend);
      assert.equal(reply.header('access-control-allow-credentials'), 'true');
      const foreign = await site.ask('/json', { headers: { Origin: evil } });
      assert.equal(foreign.header('access-control-allow-origin'), undefined);
      assert.equal(foreign.header('access-control-allow-credentials'), undefined);
    },
  },
  {
    id: 'cors/app-preflight',
    sentence: 'A preflight of any path is answered without a route, session or token.',
    on: 'stored',
    async check(site) {
      for (const path of ['/transfer', '/no-such-route']) {
        const headers = { Origin: friend, 'Sec-Fetch-Site': 'cross-site', ...asks('POST') };
        const reply = await site.ask(path, { method: 'OPTIONS', headers });
        assert.equal(reply.status, 204);
        assert.equal(reply.header('access-control-allow-origin'), friend);
        assert.deepEqual(reply.cookies, []);
      }
    },
  },
  {
    id: 'cors/app-preflight-refused',
    sentence: 'A preflight of another site is refused before a handler runs.',
    on: 'stored',
    async check(site) {
      const reply = await site.ask('/transfer', {
        method: 'OPTIONS',
        headers: { Origin: evil, ...asks('POST') },
      });
      assert.equal(reply.status, 403);
      assert.equal(reply.header('access-control-allow-origin'), undefined);
      isDefended(reply);
    },
  },
  {
    id: 'cors/app-error',
    sentence: 'A listed site can read errors, refusals and 404s too.',
    on: 'stored',
    async check(site) {
      const headers = { Origin: friend };
      for (const [target, status] of [
        ['/throw/error', 500],
        ['/reject/refusal', 400],
        ['/nothing', 404],
      ] as const) {
        const reply = await site.ask(target, { headers });
        assert.equal(reply.status, status);
        assert.equal(reply.header('access-control-allow-origin'), friend, target);
      }
    },
  },
  {
    id: 'cors/plain-options',
    sentence: "OPTIONS that isn't a preflight goes to the application.",
    on: 'stored',
    async check(site) {
      const reply = await site.ask('/json', { method: 'OPTIONS', headers: { Origin: friend } });
      assert.equal(reply.header('access-control-allow-methods'), undefined);
      isDefended(reply);
    },
  },
  {
    id: 'cors/not-csrf',
    sentence: "A site that can read the API can't change anything with the user's cookies.",
    on: 'stored',
    async check(site) {
      const headers = { Origin: friend, 'Sec-Fetch-Site': 'same-site', Cookie: '__Host-session=x' };
      isProblem(await site.ask('/transfer', { method: 'POST', headers, body: '' }), 403);
    },
  },
];
