import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Case } from '../case.ts';
import type { Ask } from '../client/site.ts';
import { friend } from '../configurations.ts';

/** Answers without a body, or with one that nobody asked for: the next answer must not be read as part of them. */
const kinds: readonly (readonly [id: string, what: string, target: string, ask: Ask, status: number])[] = [
  ['head-error', 'HEAD of an error', '/throw/error', { method: 'HEAD' }, 500],
  ['head-refusal', 'HEAD of a refusal', '/reject/refusal', { method: 'HEAD' }, 400],
  ['head-not-found', 'HEAD of a 404', '/nothing', { method: 'HEAD' }, 404],
  ['head-stream', 'HEAD of a stream', '/stream', { method: 'HEAD' }, 200],
  ['head-file', 'HEAD of a file', '/assets/site.css', { method: 'HEAD' }, 200],
  ['not-modified', 'a 304', '/etag', { headers: { 'If-None-Match': '"v1"' } }, 304],
  ['redirect', 'a redirect', '/redirect', {}, 302],
  [
    ...(['preflight', 'a preflight', '/shared/data'] as const),
    { method: 'OPTIONS', headers: { Origin: friend, 'Access-Control-Request-Method': 'POST' } },
    204,
  ],
  [
    ...(['report', 'a report', '/csp-reports'] as const),
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/csp-report' },
      body: '{"csp-report":{"effective-directive":"img-src","blocked-uri":"data","document-uri":"https://a.example/"}}',
    },
    204,
  ],
  ['failing', 'an error after headers for another body', '/failing', {}, 500],
  ['throw-nothing', 'an error that is nothing', '/reject/undefined', {}, 500],
];

export const framingCases: readonly Case[] = [
  ...kinds.map(
    ([id, what, target, ask, status]): Case => ({
      id: `framing/${id}`,
      sentence: `After ${what}, the next response on the connection is complete.`,
      async check(site) {
        const connection = await site.connect();
        connection.write(site.request(target, ask), ask.method ?? 'GET').write(site.request('/json'), 'GET');
        const [first, second, ...more] = await connection.received(2);
        assert.equal(first?.status, status);
        assert.equal(second?.text, '{"ok":true}');
        assert.deepEqual(more, []);
      },
    }),
  ),
  {
    id: 'framing/slow-body',
    sentence: 'A body that arrives byte by byte is read completely, and so is the next request.',
    async check(site) {
      const connection = await site.connect();
      const headers = { 'Content-Type': 'application/json' };
      const bytes = site.request('/json', { method: 'POST', headers, body: '{"a":"b"}' });
      connection.write(bytes.subarray(0, -9), 'POST');
      for (const byte of bytes.subarray(-9)) {
        connection.write(Buffer.from([byte]));
        await wait(1);
      }
      const [first, second] = await connection.write(site.request('/'), 'GET').received(2);
      assert.equal(first?.text, '{"got":{"a":"b"}}');
      assert.equal(second?.text, 'hello');
    },
  },
  {
    id: 'framing/broken-chunk',
    sentence: 'A body with a malformed chunk is refused with 400. The handler never sees a part of it.',
    async check(site) {
      const connection = await site.connect();
      const head =
        'POST /json HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
      connection.write(`${head}2\r\n{}\r\n`, 'POST');
      await wait(10);
      const answers = await connection.write('zz\r\n').ended();
      assert.ok(answers.length <= 1);
      for (const { status } of answers) assert.equal(status, 400);
    },
  },
  {
    id: 'framing/many',
    sentence: 'Fifty pipelined requests get their own responses.',
    async check(site) {
      const connection = await site.connect();
      for (let i = 0; i < 50; i++) connection.write(site.request(`/page?name=n${i}`), 'GET');
      const answers = await connection.received(50);
      assert.deepEqual(
        answers.map(({ text }) => /id="name">([^<]*)</.exec(text.replaceAll('<!-- -->', ''))?.[1]),
        Array.from({ length: 50 }, (_, i) => `n${i}`),
      );
    },
  },
];
