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
    sentence: `A handler that throws or rejects with ${what} is answered with ${status} and without details.`,
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
    sentence: 'Of the headers of an error, the client gets those that it needs to ask again.',
    async check(site) {
      const reply = await site.ask('/throw/with-headers');
      assert.equal(reply.header('www-authenticate'), 'Basic realm="shop"');
      assert.equal(reply.header('x-secret'), undefined);
    },
  },
  {
    id: 'errors/no-encoding',
    sentence:
      'The answer to an error is not described as the body that failed: no Content-Encoding, ETag or type of it.',
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
    sentence: 'No cache keeps an answer to an error.',
    async check(site) {
      for (const target of ['/failing', '/throw/string', '/throw/refusal']) {
        assert.match((await site.ask(target)).header('cache-control') ?? '', /no-store/);
      }
    },
  },
  {
    id: 'errors/kept-cookie',
    sentence: 'A cookie that the handler set before it failed is sent.',
    async check(site) {
      assert.match((await site.ask('/failing')).cookies.join(), /^kept=1/);
    },
  },
  {
    id: 'errors/length',
    sentence: 'The answer to an error has its own length, and HEAD has no body.',
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
    sentence: 'After an error, the connection serves the next request.',
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
      'A failure behind the response changes nothing: the client has its answer, and the server goes on.',
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
    sentence: 'A stream that fails half way is cut, so that the client sees that it is incomplete.',
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
    sentence: 'A stream that fails before its first byte is a problem or is cut, and never looks complete.',
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
    sentence: 'To a client of HTTP/1.0 too, no problem is appended to half a stream.',
    async check(site) {
      const connection = await site.connect();
      connection.write('GET /broken-stream HTTP/1.0\r\nHost: shop.example\r\n\r\n', 'GET');
      await connection.ended();
      assert.doesNotMatch(connection.text, /requestId|hunter2|problem\+json/);
    },
  },
  {
    id: 'errors/not-found',
    sentence: "The framework's 404 shows nothing of the framework, and does not echo the path as a page.",
    async check(site) {
      const reply = await site.ask('/no<img src=x onerror=alert(1)>such'.replaceAll(' ', '%20'));
      assert.ok(reply.status === 404 || reply.status === 400, String(reply.status));
      assert.doesNotMatch(reply.text, /<img/);
      tellsNothing(reply);
    },
  },
];
