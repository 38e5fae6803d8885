import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import type { Answer } from '../client/read-answers.ts';
import { Reply } from '../client/reply.ts';
import { hasSecurityHeaders, isDefended, isProblem, tellsNothing } from './expected.ts';
import { head, send } from './send-bytes.ts';

const close = 'Connection: close';

export const httpCases: readonly Case[] = [
  {
    id: 'http/large-head',
    sentence: 'A head that is too large is refused with 431.',
    async check(site) {
      const [answer] = await send(
        site,
        head('GET / HTTP/1.1', 'Host: shop.example', `X: ${'x'.repeat(20_000)}`),
      );
      assert.equal(answer?.status, 431);
    },
  },
  {
    id: 'http/http10',
    sentence: 'HTTP/1.0 works with and without Host.',
    async check(site) {
      for (const lines of [[], ['Host: shop.example']]) {
        const [answer] = await send(site, head('GET / HTTP/1.0', ...lines));
        assert.equal(answer?.status, 200);
        assert.equal(answer.text, 'hello');
        isDefended(new Reply(answer as Answer));
      }
    },
  },
  {
    id: 'http/http10-stream',
    sentence: "For HTTP/1.0, a stream isn't chunked.",
    async check(site) {
      const [answer] = await send(site, head('GET /stream HTTP/1.0', 'Host: shop.example'));
      assert.equal(answer?.text, 'one two three');
      assert.equal(new Reply(answer as Answer).header('transfer-encoding'), undefined);
    },
  },
  {
    id: 'http/pipelining',
    sentence: 'Pipelined requests are answered in order, even if the first is the slowest.',
    async check(site) {
      const connection = await site.connect();
      const targets = ['/slow', '/', '/throw/error', '/reject/string', '/page', '/stream', '/nothing', '/'];
      for (const target of targets) connection.write(site.request(target), 'GET');
      const answers = await connection.received(targets.length);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 500, 500, 200, 200, 404, 200],
      );
      assert.equal(answers[0]?.text, 'slow');
      assert.equal(answers[5]?.text, 'one two three');
      assert.equal(answers[7]?.text, 'hello');
    },
  },
  {
    id: 'http/pipelined-bodies',
    sentence: 'A body that no handler reads is never taken for the next request (CWE-444).',
    async check(site) {
      const connection = await site.connect();
      const inner = 'GET /gone HTTP/1.1\r\nHost: shop.example\r\n\r\n';
      connection.write(site.request('/nothing', { method: 'POST', body: inner }), 'POST');
      connection.write(site.request('/', { headers: { Connection: 'close' } }), 'GET');
      const answers = await connection.ended();
      assert.deepEqual(
        answers.map(({ status }) => status).filter((status) => status !== 404 && status !== 405),
        [200],
      );
    },
  },
  {
    id: 'http/expect',
    sentence: 'A client that waits for 100 Continue gets it once, and then its response.',
    async check(site) {
      const connection = await site.connect();
      const headers = { Expect: '100-continue', 'Content-Length': '5', Connection: 'close' };
      connection.write(site.request('/raw', { method: 'POST', headers }), 'POST');
      const [go] = await connection.received(1);
      assert.equal(go?.status, 100);
      const answers = await connection.write('12345').ended();
      assert.deepEqual(
        answers.map(({ status }) => status),
        [100, 200],
      );
      assert.deepEqual(JSON.parse(answers[1]?.text ?? ''), { bytes: 5 });
    },
  },
  {
    id: 'http/expect-refused',
    sentence: 'If its body is too large, it gets 413 and never 100 Continue.',
    async check(site) {
      const connection = await site.connect();
      const headers = { Expect: '100-continue', 'Content-Length': '10000000' };
      connection.write(site.request('/raw', { method: 'POST', headers }), 'POST');
      const answers = await connection.ended();
      assert.deepEqual(
        answers.map(({ status }) => status),
        [413],
      );
    },
  },
  {
    id: 'http/expect-csrf',
    sentence: 'If it is refused as cross-site, it gets 403 and never 100 Continue.',
    on: 'sealed',
    async check(site) {
      const connection = await site.connect();
      const headers = { Expect: '100-continue', 'Content-Length': '10', 'Sec-Fetch-Site': 'cross-site' };
      connection.write(site.request('/raw', { method: 'POST', headers }), 'POST');
      const answers = await connection.ended();
      assert.deepEqual(
        answers.map(({ status }) => status),
        [403],
      );
    },
  },
  {
    id: 'http/expect-unknown',
    sentence: 'Other expectations get 417, or are ignored.',
    async check(site) {
      const reply = await site.ask('/', { headers: { Expect: 'hunter2' } });
      assert.ok(reply.status === 417 || reply.status === 200, String(reply.status));
      tellsNothing(reply);
    },
  },
  {
    id: 'http/keep-alive',
    sentence: 'One connection serves pages, errors, redirects and refusals in turn.',
    async check(site) {
      const connection = await site.connect();
      const targets = [
        '/',
        '/page',
        '/throw/null',
        '/redirect',
        '/nothing',
        '/cookies',
        '/reject/refusal',
        '/',
      ];
      for (const [index, target] of targets.entries()) {
        connection.write(site.request(target), 'GET');
        assert.equal((await connection.received(index + 1)).length, index + 1, target);
      }
      assert.equal(connection.answers.at(-1)?.text, 'hello');
    },
  },
  {
    id: 'http/head',
    sentence: 'HEAD has the status and type of GET, and no body.',
    async check(site) {
      for (const target of ['/', '/page', '/json', '/stream', '/nothing']) {
        const connection = await site.connect();
        connection.write(site.request(target, { method: 'HEAD' }), 'HEAD').write(site.request('/'), 'GET');
        const [answer, next] = await connection.received(2);
        const get = await site.ask(target);
        assert.equal(answer?.status, get.status, target);
        assert.equal(new Reply(answer as Answer).header('content-type'), get.header('content-type'), target);
        assert.equal(next?.text, 'hello', target);
      }
    },
  },
  {
    id: 'http/trace',
    sentence: 'TRACE echoes nothing.',
    async check(site) {
      const reply = await site.ask('/page', {
        method: 'TRACE',
        headers: { 'X-Echo': 'hunter2', Cookie: 'a=hunter2' },
      });
      assert.ok(reply.status >= 400 && reply.status < 500, String(reply.status));
      tellsNothing(reply);
    },
  },
  {
    id: 'http/rare-methods',
    sentence: 'Methods that no route has get 404, 405 or 501, with the headers.',
    async check(site) {
      for (const method of ['PROPFIND', 'LOCK', 'PURGE', 'REPORT', 'PATCH']) {
        const reply = await site.ask('/page', { method });
        assert.ok([404, 405, 501].includes(reply.status), `${method} ${reply.status}`);
        hasSecurityHeaders(reply);
      }
    },
  },
  {
    id: 'http/connect',
    sentence: 'CONNECT opens no tunnel.',
    async check(site) {
      const answers = await send(site, head('CONNECT 127.0.0.1:22 HTTP/1.1', 'Host: shop.example', close));
      for (const { status } of answers) assert.ok(status >= 400 && status < 600, String(status));
      assert.equal((await site.ask('/')).text, 'hello');
    },
  },
  {
    id: 'http/upgrade',
    sentence: "An unwanted WebSocket upgrade doesn't switch protocols.",
    async check(site) {
      const headers = {
        ...{ Connection: 'Upgrade, close', Upgrade: 'websocket' },
        ...{ 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version': '13' },
      };
      const connection = await site.connect();
      const answers = await connection.write(site.request('/page', { headers }), 'GET').ended();
      for (const { status } of answers) assert.notEqual(status, 101);
      assert.equal((await site.ask('/')).text, 'hello');
    },
  },
  {
    id: 'http/refused-then-next',
    sentence: 'After a body is refused, nothing on its connection is taken for a new request.',
    async check(site) {
      const connection = await site.connect();
      connection.write(
        site.request('/raw', { method: 'POST', headers: { 'Content-Length': '300000' } }),
        'POST',
      );
      connection.write(site.request('/gone'), 'GET');
      const answers = await connection.ended();
      assert.deepEqual(
        answers.map(({ status }) => status),
        [413],
      );
      isProblem(new Reply(answers[0] as Answer), 413);
    },
  },
];
