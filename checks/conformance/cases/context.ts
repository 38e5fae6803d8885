import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { contextWays } from '../world/request-context.ts';

const ways = contextWays.map(
  (how): Case => ({
    id: `context/${how}`,
    sentence: `The context is kept in code that runs later: ${how}.`,
    async check(site) {
      const replies = await Promise.all(Array.from({ length: 5 }, () => site.ask(`/context/${how}`)));
      for (const reply of replies) {
        assert.equal(reply.status, 200);
        assert.equal(reply.json.nonce, reply.policyNonce);
        assert.equal(reply.json.client, '127.0.0.1');
        assert.equal(reply.json.route, '/context/:how');
      }
      assert.equal(new Set(replies.map(({ json }) => json.id)).size, 5);
    },
  }),
);

export const contextCases: readonly Case[] = [
  ...ways,
  {
    id: 'context/facts',
    sentence: 'The context has the id, method, route pattern, client address and nonce.',
    async check(site) {
      const { json } = await site.ask('/users/17?secret=1');
      assert.match(json.id, /^[\da-f-]{36}$/);
      assert.deepEqual(
        { ...json, id: '', nonce: '' },
        { id: '', method: 'GET', route: '/users/:id', client: '127.0.0.1', nonce: '' },
      );
    },
  },
  {
    id: 'context/body',
    sentence: 'The context is kept while the body is read and parsed.',
    async check(site) {
      const connection = await site.connect();
      const request = site.request('/context-body', {
        ...{ method: 'POST', body: '{"a":1}' },
        headers: { 'Content-Type': 'application/json', Connection: 'close' },
      });
      connection.write(request.subarray(0, -3), 'POST');
      await new Promise((resolve) => setTimeout(resolve, 10));
      const [answer] = await connection.write(request.subarray(-3)).ended();
      assert.equal(answer?.status, 200);
      const { route, method } = JSON.parse(answer.text);
      assert.deepEqual({ route, method }, { route: '/context-body', method: 'POST' });
    },
  },
  {
    id: 'context/events',
    sentence: "Events have the request's id, route pattern and client address.",
    async check(site) {
      const { json } = await site.ask('/reject/refusal');
      const events: readonly { code: string; request?: { id: string } }[] = (await site.ask('/events')).json;
      // The same request may write another one, about its headers.
      const event = events.find(
        ({ code, request }) => code === 'fetch/private-address' && request?.id === json.requestId,
      );
      assert.deepEqual(event?.request, {
        ...{ id: json.requestId, method: 'GET', route: '/reject/:what', client: '127.0.0.1' },
      });
    },
  },
];
