import { AsyncLocalStorage } from 'node:async_hooks';
import { Agent, fetch as undiciFetch } from 'undici';
import { guardedConnector } from './connector.ts';
import type { Outgoing } from './outgoing.ts';
import type { FetchPolicy } from './policy.ts';
import { maxEncodedBytes, maxHeaderBytes } from './response-limits.ts';

/** Sends one request, follows nothing, and gives up when the signal says so. */
export type Send = (request: Outgoing, url: URL, signal: AbortSignal) => Promise<Response>;

/** One connection pool for one policy, as a kept socket keeps its verdict. */
export function createTransport(policy: FetchPolicy): Send {
  const waiting = new AsyncLocalStorage<AbortSignal>();
  const dispatcher = new Agent({
    connect: guardedConnector(policy, waiting),
    headersTimeout: policy.timeoutMs,
    bodyTimeout: policy.timeoutMs,
    maxHeaderSize: maxHeaderBytes,
    maxResponseSize: maxEncodedBytes(policy),
    keepAliveTimeout: 4_000,
    // Else `Keep-Alive: timeout=600` of a hostile server holds a socket for ten minutes.
    keepAliveMaxTimeout: 5_000,
    // What report mode lets pass serves one request: a kept socket would outlive `until`, and write no event.
    pipelining: policy.mode.reportUntil > Date.now() ? 0 : 1,
  });
  // undici's fetch and its Agent come from one copy, as another fetch does not know this Agent's handlers.
  const fetch = undiciFetch as unknown as (url: URL, init: object) => Promise<Response>;
  return ({ method, headers, body }, url, signal) =>
    waiting.run(signal, () =>
      fetch(url, {
        method,
        headers: [...headers],
        signal,
        dispatcher,
        redirect: 'manual',
        ...(body !== null && { body, duplex: 'half' }),
      }),
    );
}
