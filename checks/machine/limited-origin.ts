import { createServer } from 'node:net';
import { afterEach, beforeAll, expect } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { createFetch } from '../../lib/fetch/guarded-fetch.ts';
import type { FetchOptions } from '../../lib/fetch/policy/policy.ts';
import { listen, type Origin, startOrigin } from './origin.ts';

/** The server of the test that runs. */
let origin: Origin | undefined;

/** So much time that a connection which is closed was closed by the limit in question. */
const limits = { maxBytes: 100_000, timeoutMs: 600_000 };

beforeAll(() => {
  configureEvents({ sinks: [] });
});
afterEach(() => stopOrigin());

/** Stops the server before its test ends, for a test that starts two. */
export async function stopOrigin(): Promise<void> {
  await origin?.stop();
  origin = undefined;
}

/** Resolves when the server has no connection. */
export async function originIdle(): Promise<void> {
  await origin?.idle();
}

/** Starts a server and gives a fetch to its root. */
export async function serve(
  handler: Parameters<typeof startOrigin>[0],
  more: Partial<FetchOptions> = {},
): Promise<(init?: RequestInit) => Promise<Response>> {
  // A connection that has done its work is kept for a while otherwise, and `idle` would wait for that.
  const closing: typeof handler = (request, response) => {
    response.setHeader('connection', 'close');
    handler(request, response);
  };
  return fetchOf(await startOrigin(closing), more);
}

/** A server that writes bytes of its own, and `more` again and again as fast as the other side takes them. */
export async function raw(
  bytes: string,
  endless?: string,
  more: Partial<FetchOptions> = {},
): Promise<(init?: RequestInit) => Promise<Response>> {
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(bytes, 'latin1');
      if (endless === undefined) return;
      const chunk = Buffer.from(endless.repeat(Math.ceil(16_384 / endless.length)), 'latin1');
      const go = (): void => {
        while (socket.writable && socket.write(chunk));
        socket.once('drain', go);
      };
      go();
    });
  });
  return fetchOf(await listen(server), more);
}

/** A fetch to the root of a server that was started. */
export function fetchOf(
  started: Origin,
  more: Partial<FetchOptions>,
): (init?: RequestInit) => Promise<Response> {
  origin = started;
  const local = { host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [started.port] };
  const fetch = createFetch({ hosts: [], allowPrivate: [local], ...limits, ...more } as FetchOptions);
  return (init) => fetch(started.url(), init);
}

/** It fails with this refusal, and the server sees its last connection closed. */
export async function refuses(work: Promise<unknown>, code: string, status: number): Promise<void> {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toMatchObject({ name: 'Refusal', code, status });
  // Nothing goes on in the background: the server sees its last connection closed.
  await origin?.idle();
}
export const tooLarge = ['fetch/response-too-large', 502] as const;
/** The head of a response of a server that writes its own bytes. */
export const head = 'HTTP/1.1 200 OK\r\nconnection: keep-alive\r\n';
