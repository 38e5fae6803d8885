import assert from 'node:assert/strict';
import { once } from 'node:events';
import { constants } from 'node:http2';
import { setTimeout as wait } from 'node:timers/promises';
import type { Case } from '../case.ts';
import { logIn } from './csrf.ts';
import { isDefended, isPrivate, isProblem } from './expected.ts';

export const http2Cases: readonly Case[] = [
  {
    id: 'http2/page',
    sentence: 'A page over HTTP/2 has the headers, the policy and its nonce.',
    async check(site) {
      const page = await site.connectHttp2().ask('/page');
      assert.equal(page.status, 200);
      isDefended(page);
      isPrivate(page);
      assert.ok(page.pageNonce);
      assert.equal(page.pageNonce, page.policyNonce);
      assert.equal(page.header('connection'), undefined);
    },
  },
  {
    id: 'http2/errors',
    sentence: 'Errors over HTTP/2 become problems.',
    async check(site) {
      const connection = site.connectHttp2();
      for (const what of ['error', 'string', 'proxy']) {
        isProblem(await connection.ask(`/throw/${what}`), 500);
        isProblem(await connection.ask(`/reject/${what}`), 500);
      }
      isProblem(await connection.ask('/reject/refusal'), 400);
      isDefended(await connection.ask('/nothing'));
    },
  },
  {
    id: 'http2/context',
    sentence: 'Each stream of a connection has its own context.',
    async check(site) {
      const connection = site.connectHttp2();
      const replies = await Promise.all(Array.from({ length: 10 }, () => connection.ask('/context/timer')));
      for (const reply of replies) {
        assert.equal(reply.json.nonce, reply.policyNonce);
        assert.equal(reply.json.client, '127.0.0.1');
        assert.equal(reply.json.route, '/context/:how');
      }
      assert.equal(new Set(replies.map(({ json }) => json.id)).size, 10);
    },
  },
  {
    id: 'http2/body',
    sentence: 'JSON and large bodies arrive.',
    async check(site) {
      const connection = site.connectHttp2();
      const post = { ':method': 'POST' };
      const got = await connection.ask('/json', { ...post, 'content-type': 'application/json' }, '{"a":1}');
      assert.deepEqual(got.json, { got: { a: 1 } });
      assert.deepEqual((await connection.ask('/raw', post, 'x'.repeat(150_000))).json, { bytes: 150_000 });
    },
  },
  {
    id: 'http2/csrf',
    sentence:
      'A form with its token is accepted, and the handler reads it whole. A form on another site is refused.',
    on: 'sealed',
    async check(site) {
      const cookie = await logIn(site);
      const connection = site.connectHttp2();
      const form = {
        ...{ ':method': 'POST', ':scheme': 'https', cookie },
        'content-type': 'application/x-www-form-urlencoded',
      };
      const page = await connection.ask('/form', { cookie });
      const [, name, value] = /name="([^"]+)" value="([^"]+)"/.exec(page.text) ?? [];
      const token = `${name}=${encodeURIComponent(value ?? '')}`;
      for (const body of [`a=1&${token}&b=x`, `a=1&${token}&b=${'x'.repeat(80_000)}`]) {
        assert.equal((await connection.ask('/transfer', form, body)).text, 'done');
        const { got } = (await connection.ask('/form', form, body)).json;
        assert.equal(got.a, '1');
        assert.equal(got.b.length, body.length - body.indexOf('&b=') - 3);
      }
      isProblem(await connection.ask('/transfer', form, 'a=1&_csrf=x'), 403);
      const foreign = { ...form, 'sec-fetch-site': 'cross-site' };
      isProblem(await connection.ask('/transfer', foreign, `a=1&${token}`), 403);
      assert.equal((await connection.ask('/')).text, 'hello');
    },
  },
  {
    id: 'http2/large-body',
    sentence: 'A body that is too large is refused with 413. Other streams continue.',
    async check(site) {
      const connection = site.connectHttp2();
      const stream = connection.stream('/raw', { ':method': 'POST', 'content-length': '10000000' }, false);
      assert.equal((await connection.reply(stream)).status, 413);
      assert.equal((await connection.ask('/')).text, 'hello');
    },
  },
  {
    id: 'http2/stream',
    sentence: 'A stream arrives complete. One that fails is reset with an error.',
    async check(site) {
      const connection = site.connectHttp2();
      const whole = await connection.ask('/stream');
      assert.equal(whole.text, 'one two three');
      assert.ok(whole.isComplete);
      const broken = await connection.ask('/broken-stream');
      assert.equal(broken.text, 'one ');
      assert.equal(broken.isComplete, false);
      assert.equal((await connection.ask('/')).text, 'hello');
    },
  },
  {
    id: 'http2/abort',
    sentence: "When the client cancels, the response's stream is closed.",
    async check(site) {
      const connection = site.connectHttp2();
      for (const code of [constants.NGHTTP2_NO_ERROR, constants.NGHTTP2_CANCEL]) {
        const stream = connection.stream('/endless').on('error', () => {});
        await once(stream, 'data');
        stream.close(code);
        let open = 1;
        for (let i = 0; i < 300 && open > 0; i++) {
          await wait(10);
          ({ open } = (await site.ask('/open')).json);
        }
        assert.equal(open, 0, `RST_STREAM with ${code}`);
      }
      assert.equal((await connection.ask('/')).text, 'hello');
    },
  },
  {
    id: 'http2/head',
    sentence: 'HEAD and 304 have headers and no body.',
    async check(site) {
      const connection = site.connectHttp2();
      const head = await connection.ask('/page', { ':method': 'HEAD' });
      assert.equal(head.text, '');
      isDefended(head);
      const same = await connection.ask('/etag', { 'if-none-match': '"v1"' });
      assert.equal(same.status, 304);
      assert.equal(same.header('content-security-policy'), undefined);
    },
  },
];
