import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { Reply } from '../client/reply.ts';
import type { Site } from '../client/site.ts';
import { origin } from '../configurations.ts';
import { logIn } from './csrf.ts';
import { isDefended, isProblem } from './expected.ts';

/** A request whose lines a client has written itself, as no library lets it. */
async function lines(site: Site, first: string, ...rest: readonly string[]): Promise<Reply> {
  const connection = await site.connect();
  const all = [`${first} HTTP/1.1`, 'Host: shop.example', ...rest, 'Connection: close', '', ''];
  const [answer] = await connection.write(all.join('\r\n'), first.split(' ', 1)[0]).ended();
  assert.ok(answer, connection.text);
  return new Reply(answer);
}

const internal: Readonly<Record<string, string>> = {
  // CVE-2025-29927: the proxy of Next.js was skipped.
  'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware',
  'x-middleware-next': '1',
  'x-middleware-rewrite': '/session',
  'x-middleware-override-headers': 'x-bulwark-request',
  'x-middleware-request-x-nonce': 'AAAAAAAAAAAAAAAAAAAAAA==',
  'x-bulwark-request': 'forged',
  'X-Bulwark-Nonce': 'AAAAAAAAAAAAAAAAAAAAAA==',
  'x-invoke-path': '/session',
  'x-matched-path': '/session',
  'x-now-route-matches': '1=session',
  'x-original-url': '/session',
  'x-rewrite-url': '/session',
};

const prefetches: readonly Readonly<Record<string, string>>[] = [
  { Purpose: 'prefetch' },
  { 'Sec-Purpose': 'prefetch;prerender' },
  { 'next-router-prefetch': '1' },
  { RSC: '1', 'Next-Router-State-Tree': '%5B%22%22%5D' },
  { 'X-Requested-With': 'XMLHttpRequest', Accept: 'application/json' },
];

export const forgedCases: readonly Case[] = [
  {
    id: 'forged/prefetch',
    sentence: 'Prefetch and router headers remove neither the policy nor the security headers.',
    async check(site) {
      for (const headers of prefetches) {
        isDefended(await site.ask('/page', { headers }));
        isDefended(await site.ask('/page?_rsc=1', { headers }));
      }
    },
  },
  {
    id: 'forged/internal-headers',
    sentence:
      'Forged internal headers of frameworks and proxies change neither the page nor its nonce (CVE-2025-29927).',
    async check(site) {
      const page = await site.ask('/page', { headers: internal });
      assert.equal(page.status, 200);
      assert.match(page.text, /id="name"/);
      assert.ok(page.pageNonce);
      assert.equal(page.pageNonce, page.policyNonce);
      assert.ok(!page.pageNonce.startsWith('AAAA'));
      isDefended(page);
    },
  },
  {
    id: 'forged/internal-headers-csrf',
    sentence: "Forged internal headers don't bypass the CSRF check.",
    on: 'sealed',
    async check(site) {
      const headers = { ...internal, 'Sec-Fetch-Site': 'cross-site', Cookie: await logIn(site) };
      isProblem(await site.ask('/transfer', { method: 'POST', headers, body: '' }), 403);
    },
  },
  {
    id: 'forged/internal-headers-session',
    sentence: 'Forged internal headers log nobody in.',
    on: 'sealed',
    async check(site) {
      const headers = { ...internal, 'X-User': 'ann', 'X-Forwarded-User': 'ann', 'X-Remote-User': 'ann' };
      assert.deepEqual((await site.ask('/session', { headers })).json, { data: {}, isNew: true });
      assert.equal((await site.ask('/users/1', { headers })).json.user, undefined);
    },
  },
  {
    id: 'forged/request-id',
    sentence: "A client can't choose the request's id.",
    async check(site) {
      const headers = {
        'X-Request-Id': 'hunter2',
        'Request-Id': 'hunter2',
        'X-Correlation-Id': 'hunter2',
        traceparent: 'hunter2',
      };
      assert.match((await site.ask('/users/1', { headers })).json.id, /^[\da-f]{8}-/);
    },
  },
  {
    id: 'forged/origin-twice',
    sentence: "Two Origin lines are refused, even if one of them is the site's own.",
    on: 'sealed',
    async check(site) {
      const cookie = `Cookie: ${await logIn(site)}`;
      const [own, evil] = [`Origin: ${origin}`, 'Origin: https://evil.example'];
      for (const pair of [
        [own, evil],
        [evil, own],
      ]) {
        const reply = await lines(site, 'POST /transfer', cookie, ...pair, 'Content-Length: 0');
        assert.ok(reply.status === 403 || reply.status === 400, String(reply.status));
      }
    },
  },
  {
    id: 'forged/site-twice',
    sentence: 'Two Sec-Fetch-Site lines are refused, even if one of them is same-origin.',
    on: 'sealed',
    async check(site) {
      const cookie = `Cookie: ${await logIn(site)}`;
      const [own, evil] = ['Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: cross-site'];
      for (const pair of [
        [own, evil],
        [evil, own],
      ]) {
        const reply = await lines(site, 'POST /transfer', cookie, ...pair, 'Content-Length: 0');
        assert.ok(reply.status === 403 || reply.status === 400, String(reply.status));
      }
    },
  },
  {
    id: 'forged/forwarded-twice',
    sentence: "Of several X-Forwarded-For lines, the proxy's is the last.",
    on: 'sealed',
    async check(site) {
      const forwarded = [
        'X-Forwarded-For: 198.51.100.66',
        'X-Forwarded-For: 10.0.0.1',
        'X-Forwarded-For: 198.51.100.77',
      ];
      assert.equal((await lines(site, 'GET /users/1', ...forwarded)).json.client, '198.51.100.77');
    },
  },
  {
    id: 'forged/cookie-twice',
    sentence: 'The session is found if the cookies come in several lines.',
    on: 'sealed',
    async check(site) {
      const cookies = ['Cookie: a=1', `Cookie: ${await logIn(site)}`, 'Cookie: b=2'];
      assert.equal((await lines(site, 'GET /session', ...cookies)).json.user, 'ann');
    },
  },
  {
    id: 'forged/type-twice',
    sentence: 'A body with two Content-Type lines is read as the first type, or refused.',
    async check(site) {
      for (const pair of [
        ['text/plain', 'application/json'],
        ['application/json', 'text/plain'],
      ]) {
        const types = pair.map((type) => `Content-Type: ${type}`);
        const connection = await site.connect();
        const head = [
          'POST /order HTTP/1.1',
          'Host: shop.example',
          ...types,
          'Content-Length: 13',
          'Connection: close',
          '',
          '',
        ];
        const [answer] = await connection.write(`${head.join('\r\n')}{"product":7}`, 'POST').ended();
        const isJson = pair[0] === 'application/json';
        assert.ok(
          answer?.status === 415 || answer?.status === 400 || (isJson && answer?.status === 200),
          String(answer?.status),
        );
      }
    },
  },
  {
    id: 'forged/method-in-query',
    sentence:
      'A GET with _method=DELETE is checked as a DELETE, and a POST that claims to be a GET as a POST.',
    on: 'sealed',
    async check(site) {
      const headers = { 'Sec-Fetch-Site': 'cross-site', Cookie: await logIn(site) };
      isProblem(await site.ask('/session?_method=DELETE', { headers }), 403);
      const claims = {
        ...headers,
        'X-HTTP-Method-Override': 'GET',
        'X-HTTP-Method': 'GET',
        'X-Method-Override': 'GET',
      };
      isProblem(await site.ask('/transfer?_method=GET', { method: 'POST', headers: claims, body: '' }), 403);
    },
  },
  {
    id: 'forged/absolute-target',
    sentence: 'A request with a target in absolute form is checked for CSRF too.',
    on: 'sealed',
    async check(site) {
      const headers = { 'Sec-Fetch-Site': 'cross-site', Cookie: await logIn(site) };
      isProblem(await site.ask('http://shop.example/transfer', { method: 'POST', headers, body: '' }), 403);
    },
  },
  {
    id: 'forged/get-body',
    sentence: 'A body announced as too large is refused on GET and DELETE too.',
    async check(site) {
      for (const method of ['GET', 'DELETE']) {
        const connection = await site.connect();
        const headers = { 'Content-Length': '10000000' };
        const [answer] = await connection.write(site.request('/', { method, headers }), method).ended();
        assert.equal(answer?.status, 413, method);
      }
    },
  },
];
