import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { Reply } from '../client/reply.ts';
import { thrownNames } from '../world/thrown.ts';
import { isProblem, tellsNothing } from './expected.ts';

/** The answers that are not 500. */
const statuses: Readonly<Record<string, number>> = {
  'status-409': 409,
  'with-headers': 401,
  refusal: 400,
  'wrapped-refusal': 400,
};

const thrown = thrownNames.map((what): Case => {
  const status = statuses[what] ?? 500;
  return {
    id: `errors/${what}`,
    sentence: `Throwing or rejecting with ${what} gets ${status} without details.`,
    async check(site) {
      for (const how of ['throw', 'reject']) {
        const reply = await site.ask(`/${how}/${what}`);
        isProblem(reply, status);
        const log: readonly string[] = (await site.ask('/log')).json;
        const times = log.filter((id) => id === reply.json.requestId).length;
        assert.equal(times, status === 500 ? 1 : 0, `${how}: calls of onError`);
      }
      assert.equal((await site.ask('/')).text, 'hello');
    },
  };
});

export const errorCases: readonly Case[] = [
  ...thrown,
  {
    id: 'errors/client-headers',
    sentence: "Of an error's own headers, the client gets WWW-Authenticate, Retry-After and Allow only.",
    async check(site) {
      const reply = await site.ask('/throw/with-headers');
      assert.equal(reply.header('www-authenticate'), 'Basic realm="shop"');
      assert.equal(reply.header('x-secret'), undefined);
    },
  },
  {
    id: 'errors/no-encoding',
    sentence:
      'An error response drops the headers of the body that failed, such as Content-Encoding and ETag.',
    async check(site) {
      const reply = await site.ask('/failing');
      isProblem(reply, 500);
      for (const name of [
        'content-encoding',
        'content-disposition',
        'content-language',
        'etag',
        'last-modified',
      ]) {
        assert.equal(reply.header(name), undefined, name);
      }
      assert.equal(reply.header('cdn-cache-control'), undefined);
    },
  },
  {
    id: 'errors/no-shared-cache',
    sentence: 'No cache stores an error response.',
    async check(site) {
      for (const target of ['/failing', '/throw/string', '/throw/refusal']) {
        assert.match((await site.ask(target)).header('cache-control') ?? '', /no-store/);
      }
    },
  },
  {
    id: 'errors/kept-cookie',
    sentence: 'A cookie that the handler set before it failed is still sent.',
    async check(site) {
      assert.match((await site.ask('/failing')).cookies.join(), /^kept=1/);
    },
  },
  {
    id: 'errors/length',
    sentence: 'An error response has its own Content-Length, and no body for HEAD.',
    async check(site) {
      const reply = await site.ask('/throw/error');
      assert.equal(reply.header('content-length') ?? String(reply.text.length), String(reply.text.length));
      const head = await site.ask('/throw/error', { method: 'HEAD' });
      assert.equal(head.status, 500);
      assert.match(head.header('content-type') ?? '', /problem\+json/);
    },
  },
  {
    id: 'errors/keep-alive',
    sentence: 'After an error, the connection can be used again.',
    async check(site) {
      const connection = await site.connect();
      connection.write(site.request('/throw/string'), 'GET').write(site.request('/'), 'GET');
      const [failed, next] = await connection.received(2);
      assert.equal(failed?.status, 500);
      assert.equal(next?.text, 'hello');
    },
  },
  {
    id: 'errors/late',
    sentence:
      'If a handler fails after its response, the client keeps that response and the server keeps running.',
    async check(site) {
      const connection = await site.connect();
      connection.write(site.request('/late'), 'GET');
      const [answer] = await connection.received(1);
      assert.equal(answer?.text, 'late');
      connection.destroy();
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal((await site.ask('/')).text, 'hello');
    },
  },
  {
    id: 'errors/in-stream',
    sentence: 'A stream that fails halfway is aborted, so that the client knows that it is incomplete.',
    async check(site) {
      const connection = await site.connect();
      connection.write(site.request('/broken-stream'), 'GET');
      const [answer] = await connection.ended();
      assert.equal(answer?.status, 200);
      assert.equal(answer.text, 'one ');
      assert.equal(answer.isComplete && answer.isFramed, false);
      assert.equal((await site.ask('/')).text, 'hello');
    },
  },
  {
    id: 'errors/before-stream',
    sentence:
      'A stream that fails before its first byte becomes a problem or is aborted. It never looks complete.',
    async check(site) {
      const connection = await site.connect();
      connection.write(site.request('/failing-stream', { headers: { Connection: 'close' } }), 'GET');
      const [answer] = await connection.ended();
      assert.doesNotMatch(connection.text, /hunter2/);
      if (answer === undefined) return;
      if (answer.status === 200) assert.equal(answer.isComplete && answer.isFramed, false);
      else isProblem(new Reply(answer), 500);
      assert.equal((await site.ask('/')).text, 'hello');
    },
  },
  {
    id: 'errors/in-stream-http10',
    sentence: 'For HTTP/1.0 too, no problem is appended to a stream that failed.',
    async check(site) {
      const connection = await site.connect();
      connection.write('GET /broken-stream HTTP/1.0\r\nHost: shop.example\r\n\r\n', 'GET');
      await connection.ended();
      assert.doesNotMatch(connection.text, /requestId|hunter2|problem\+json/);
    },
  },
  {
    id: 'errors/not-found',
    sentence: "The framework's 404 doesn't reveal the framework or echo the path as HTML.",
    async check(site) {
      const reply = await site.ask('/no<img src=x onerror=alert(1)>such'.replaceAll(' ', '%20'));
      assert.ok(reply.status === 404 || reply.status === 400, String(reply.status));
      assert.doesNotMatch(reply.text, /<img/);
      tellsNothing(reply);
    },
  },
];
