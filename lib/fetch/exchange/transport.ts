import { Agent, type Dispatcher } from 'undici';
import { guardedConnector } from '../connection/connector.ts';
import { OpenOrigins } from '../connection/open-origins.ts';
import { denialError } from '../policy/denial.ts';
import { portOf } from '../policy/destination.ts';
import { hostOf } from '../policy/host-rule.ts';
import { logDecision } from '../policy/log-decision.ts';
import type { FetchPolicy } from '../policy/policy.ts';
import type { Reply } from '../response/reply.ts';
import type { BodyWatch } from '../response/response-body.ts';
import { responseHandler } from '../response/response-handler.ts';
import { maxEncodedBytes, maxHeaderBytes } from '../response/response-limits.ts';
import type { Outgoing } from './outgoing.ts';
import { sendable } from './sendable.ts';

/** Sends one request, follows nothing, and gives up when the signal says so. */
export type Send = (request: Outgoing, url: URL, signal: AbortSignal, watch: BodyWatch) => Promise<Reply>;

/** One connection pool for one policy, as a kept socket keeps its verdict. */
export function createTransport(policy: FetchPolicy): Send {
  const origins = new OpenOrigins();
  const dispatcher = new Agent({
    connect: guardedConnector(policy, {
      refused: denialError,
      wanted: (origin) => origins.wanted(origin),
      opened: (origin) => origins.opened(origin),
    }),
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
  return (request, url, signal, watch) =>
    new Promise((done, failed) => {
      const { origin, hostname } = url;
      const { method } = request;
      const handler = responseHandler({
        ...{ method, host: hostname, policy, signal, watch, done, failed },
        connected() {
          if (origins.connected(origin)) logKept(url, policy);
        },
        unconnected: () => origins.leave(origin),
      });
      origins.wait(origin);
      const options = { origin, path: url.pathname + url.search, method, ...sendable(request) };
      dispatcher.dispatch(options as Dispatcher.DispatchOptions, handler);
    });
}

function logKept(url: URL, policy: FetchPolicy): void {
  if (!policy.onDecision) return;
  logDecision(policy, 'allowed', { host: hostOf(url.hostname), port: portOf(url), kept: true });
}
