import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { isDefended, isProblem } from './expected.ts';

const asJson = { 'Content-Type': 'application/json' };

export const limitCases: readonly Case[] = [
  {
    id: 'limits/url',
    sentence: 'A URL that is too long is refused with 414. A shorter one is accepted.',
    on: 'stored',
    async check(site) {
      isProblem(await site.ask(`/?q=${'x'.repeat(500)}`), 414);
      assert.equal((await site.ask(`/?q=${'x'.repeat(400)}`)).text, 'hello');
    },
  },
  {
    id: 'limits/headers',
    sentence: 'Too many header lines are refused with 431. Fewer are accepted.',
    on: 'stored',
    async check(site) {
      const lines = (count: number): Record<string, string> =>
        Object.fromEntries(Array.from({ length: count }, (_, i) => [`X-${i}`, 'x']));
      isProblem(await site.ask('/', { headers: lines(40) }), 431);
      assert.equal((await site.ask('/', { headers: lines(20) })).text, 'hello');
    },
  },
  {
    id: 'limits/query',
    sentence: 'Too many fields in a query are refused with 400. Fewer are accepted.',
    on: 'stored',
    async check(site) {
      isProblem(await site.ask(`/?${'a=1&'.repeat(11)}`), 400);
      assert.equal((await site.ask(`/?${'a=1&'.repeat(8)}`)).text, 'hello');
    },
  },
  {
    id: 'limits/body-fields',
    sentence: 'A body with too many fields is refused with 400. One with fewer is accepted.',
    on: 'stored',
    async check(site) {
      const send = (count: number) =>
        site.ask('/json', {
          ...{ method: 'POST', body: JSON.stringify(Array.from({ length: count }, () => 1)) },
          headers: { ...asJson, 'Sec-Fetch-Site': 'same-origin' },
        });
      isProblem(await send(30), 400);
      assert.equal((await send(10)).json.got.length, 10);
    },
  },
  {
    id: 'limits/body-depth',
    sentence: 'A body that is nested too deeply is refused with 400. A flatter one is accepted.',
    on: 'stored',
    async check(site) {
      const send = (depth: number) =>
        site.ask('/json', {
          ...{ method: 'POST', body: '['.repeat(depth) + ']'.repeat(depth) },
          headers: { ...asJson, 'Sec-Fetch-Site': 'same-origin' },
        });
      isProblem(await send(8), 400);
      assert.equal((await send(3)).status, 200);
    },
  },
  {
    id: 'limits/off',
    sentence: 'The limits of requests can be switched off.',
    on: 'off',
    async check(site) {
      assert.equal((await site.ask(`/?q=${'x'.repeat(9_000)}&${'a=1&'.repeat(1_500)}`)).text, 'hello');
    },
  },
  {
    id: 'limits/rate',
    sentence: 'Requests over the limit get 429 and Retry-After. Other addresses are not affected.',
    on: 'stored',
    async check(site) {
      const own = { 'X-Forwarded-For': '198.51.100.1' };
      const replies = await Promise.all(Array.from({ length: 25 }, () => site.ask('/', { headers: own })));
      const refused = replies.filter(({ status }) => status === 429);
      assert.equal(refused.length, 5);
      for (const reply of refused) {
        isProblem(reply, 429);
        assert.match(reply.header('retry-after') ?? '', /^[1-9]\d?$/);
      }
      assert.equal((await site.ask('/', { headers: { 'X-Forwarded-For': '198.51.100.2' } })).status, 200);
    },
  },
  {
    id: 'limits/rate-headers',
    sentence: 'Responses say how much of the limit is left.',
    on: 'stored',
    async check(site) {
      const reply = await site.ask('/');
      assert.match(`${reply.header('ratelimit')} ${reply.header('ratelimit-policy')}`, /\d/);
    },
  },
  {
    id: 'limits/rate-errors',
    sentence: 'Errors and 404s count towards the limit.',
    on: 'stored',
    async check(site) {
      const headers = { 'X-Forwarded-For': '198.51.100.3' };
      const targets = ['/nothing', '/throw/error'];
      for (let i = 0; i < 20; i++) await site.ask(targets[i % 2] ?? '/', { headers });
      isProblem(await site.ask('/nothing', { headers }), 429);
    },
  },
  {
    id: 'limits/route-rate',
    sentence: 'A route can have its own limit by client address.',
    on: 'sealed',
    async check(site) {
      const statuses: number[] = [];
      for (let i = 0; i < 3; i++) statuses.push((await site.ask('/limited')).status);
      assert.deepEqual(statuses, [200, 200, 429]);
      isProblem(await site.ask('/limited'), 429);
      assert.equal((await site.ask('/')).status, 200);
      assert.equal(
        (await site.ask('/limited', { headers: { 'X-Forwarded-For': '198.51.100.4' } })).status,
        200,
      );
    },
  },
  {
    id: 'limits/rate-keep-alive',
    sentence: 'After a 429, the connection serves the next request or is closed.',
    on: 'sealed',
    async check(site) {
      for (let i = 0; i < 2; i++) await site.ask('/limited');
      const connection = await site.connect();
      connection.write(site.request('/limited'), 'GET').write(site.request('/'), 'GET');
      const [refused, next] = await connection.received(2);
      assert.equal(refused?.status, 429);
      assert.ok(next === undefined ? connection.isEnded : next.text === 'hello');
    },
  },
  {
    id: 'limits/announced-body',
    sentence:
      'A body announced as too large is refused with 413 before it is sent. The connection is closed.',
    async check(site) {
      const connection = await site.connect();
      const headers = { 'Content-Length': '10000000' };
      connection.write(site.request('/raw', { method: 'POST', headers }), 'POST');
      const [answer, ...more] = await connection.ended();
      assert.equal(answer?.status, 413);
      assert.deepEqual(more, []);
    },
  },
  {
    id: 'limits/chunked-body',
    sentence: 'A chunked body is cut off when it has grown too large.',
    async check(site) {
      const connection = await site.connect();
      const head = site
        .request('/raw', { method: 'POST', chunks: [] })
        .toString('latin1')
        .replace('0\r\n\r\n', '');
      connection.write(head, 'POST');
      for (let i = 0; i < 100 && !connection.isEnded; i++) {
        connection.write(`1000\r\n${'x'.repeat(4_096)}\r\n`);
        await new Promise(setImmediate);
      }
      const [answer] = await connection.ended();
      assert.equal(answer?.status, 413);
    },
  },
  {
    id: 'limits/body-below',
    sentence: 'A body below the limit arrives complete, with Content-Length or chunked.',
    async check(site) {
      const text = 'x'.repeat(150_000);
      const announced = await site.ask('/raw', { method: 'POST', body: text });
      assert.deepEqual(announced.json, { bytes: 150_000 });
      isDefended(announced);
      const chunked = await site.ask('/raw', {
        method: 'POST',
        chunks: [text.slice(0, 90_000), text.slice(90_000)],
      });
      assert.deepEqual(chunked.json, { bytes: 150_000 });
    },
  },
];
