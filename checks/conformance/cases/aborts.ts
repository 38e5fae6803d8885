import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Case } from '../case.ts';
import type { Site } from '../client/site.ts';

async function goesOn(site: Site): Promise<void> {
  assert.equal((await site.ask('/')).text, 'hello');
}

export const abortCases: readonly Case[] = [
  {
    id: 'aborts/in-body',
    sentence: 'A client that disconnects while sending its body does no harm.',
    async check(site) {
      for (const target of ['/raw', '/json', '/form', '/upload', '/csp-reports']) {
        const connection = await site.connect();
        const type = { '/json': 'application/json', '/csp-reports': 'application/csp-report' }[target];
        const headers = {
          'Content-Length': '1000',
          'Content-Type':
            type ??
            (target === '/upload' ? 'multipart/form-data; boundary=b' : 'application/x-www-form-urlencoded'),
        };
        connection.write(site.request(target, { method: 'POST', headers }), 'POST').write('{"a":');
        await wait(10);
        connection.destroy();
      }
      await wait(20);
      await goesOn(site);
    },
  },
  {
    id: 'aborts/in-answer',
    sentence: "When the client disconnects, the response's stream is closed.",
    async check(site) {
      const connection = await site.connect();
      await connection.write(site.request('/endless'), 'GET').begun();
      assert.equal((await site.ask('/open')).json.open, 1);
      connection.destroy();
      let open = 1;
      for (let i = 0; i < 800 && open > 0; i++) {
        await wait(10);
        ({ open } = (await site.ask('/open')).json);
      }
      assert.equal(open, 0);
      await goesOn(site);
    },
  },
  {
    id: 'aborts/in-answer-quiet',
    sentence: 'A client that disconnects during a response is not reported to onError.',
    async check(site) {
      const before: readonly string[] = (await site.ask('/log')).json;
      const connection = await site.connect();
      await connection.write(site.request('/endless'), 'GET').begun();
      connection.destroy();
      await wait(100);
      assert.deepEqual((await site.ask('/log')).json, before);
    },
  },
  {
    id: 'aborts/in-body-quiet',
    sentence: 'A client that disconnects while a parser reads its body is not reported to onError.',
    async check(site) {
      const before: readonly string[] = (await site.ask('/log')).json;
      for (const [target, type] of [
        ['/json', 'application/json'],
        ['/form', 'application/x-www-form-urlencoded'],
      ] as const) {
        const connection = await site.connect();
        const headers = { 'Content-Length': '1000', 'Content-Type': type };
        connection.write(site.request(target, { method: 'POST', headers }), 'POST').write('{"a":');
        await wait(10);
        connection.destroy();
      }
      await wait(50);
      assert.deepEqual((await site.ask('/log')).json, before);
    },
  },
  {
    id: 'aborts/before-answer',
    sentence: 'A client that disconnects before the response does no harm.',
    async check(site) {
      for (const target of ['/slow', '/page', '/stream', '/throw/error', '/reject/null']) {
        const connection = await site.connect();
        connection.write(site.request(target), 'GET').destroy();
      }
      await wait(80);
      await goesOn(site);
    },
  },
  {
    id: 'aborts/in-head',
    sentence: 'A client that disconnects while sending headers does no harm.',
    async check(site) {
      const connection = await site.connect();
      connection.write('GET /page HTTP/1.1\r\nHost: shop.ex');
      await wait(5);
      connection.destroy();
      await goesOn(site);
    },
  },
];
