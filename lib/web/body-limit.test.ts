import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { isRefusal } from '../refusal/is-refusal.ts';
import { withBodyLimit } from './body-limit.ts';

const post = (body: ReadableStream<Uint8Array> | string, headers: Record<string, string> = {}): Request =>
  new Request('http://localhost/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

/** A body of chunks of ten bytes, and how many of them were read. */
function chunks(count: number) {
  const seen = { read: 0, cancelled: undefined as unknown };
  const source: UnderlyingDefaultSource<Uint8Array> = {
    pull(controller) {
      if (seen.read++ < count) controller.enqueue(new Uint8Array(10));
      else controller.close();
    },
    cancel(reason) {
      seen.cancelled = reason;
    },
  };
  return { seen, body: new ReadableStream(source, { highWaterMark: 0 }) };
}

it('passes on a body that is as large as the limit', async () => {
  const { body } = chunks(3);
  expect((await withBodyLimit(post(body), 30).arrayBuffer()).byteLength).toBe(30);
});

it('refuses a larger one, and reads no more of it', async () => {
  const { body, seen } = chunks(100);
  const error = await withBodyLimit(post(body), 29)
    .arrayBuffer()
    .catch((reason: unknown) => reason);
  assert.ok(isRefusal(error, 'request/body-too-large'));
  expect(seen).toEqual({ read: 3, cancelled: error });
});

it('passes on an error of the body', async () => {
  const body = new ReadableStream<Uint8Array>({ pull: () => Promise.reject(new Error('gone')) });
  await expect(withBodyLimit(post(body), 30).text()).rejects.toThrow('gone');
});

it('leaves a body with Content-Length to the server', () => {
  const request = post('text', { 'Content-Length': '4' });
  expect(withBodyLimit(request, 1)).toBe(request);
});

it('reads nothing ahead', async () => {
  const { body, seen } = chunks(3);
  const reader = withBodyLimit(post(body), 30).body?.getReader();
  await reader?.read();
  await turn();
  expect(seen.read).toBe(1);
});

it.each([
  { when: 'between reads', complete: 1, pending: false },
  { when: 'during a read', complete: 1, pending: true },
])('throws nothing if it is cancelled $when, and the client then ends it', async ({ complete, pending }) => {
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  process.on('uncaughtExceptionMonitor', note);
  const server = createServer().listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = send({ port, host: '127.0.0.1', method: 'POST' });
    client.write('first');
    const [req, res] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
    const reader = withBodyLimit(post(req as unknown as ReadableStream<Uint8Array>), 30).body?.getReader();
    for (let count = 0; count < complete; count++) await reader?.read();
    await turn();
    if (pending) void reader?.read();
    await reader?.cancel();
    client.end();
    for (let turns = 0; !req.complete && turns < 100_000; turns++) await turn();
    expect(req.complete).toBe(true);
    res.end();
    const [{ statusCode }] = (await once(client, 'response')) as [IncomingMessage];
    expect(statusCode).toBe(200);
    expect(uncaught).toEqual([]);
  } finally {
    process.off('uncaughtExceptionMonitor', note);
    server.closeAllConnections();
    server.close();
  }
});
