import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { configureEvents } from '../../lib/event/index.ts';
import { passwords } from '../../lib/password/index.ts';
import { isRefusal } from '../../lib/refusal/is-refusal.ts';

export interface ServerReport {
  readonly peakMb: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export const sharedPassword = 'correct horse battery staple';
/** What the guard takes by default: the cores, or the threads of Node's pool but one. */
export const concurrency: number = Math.min(availableParallelism(), 3);

/** A log-in on bare node:http. Every user has the same password, with a salt of their own. */
export async function serveLogIns(): Promise<void> {
  configureEvents({ sinks: [] });
  const guard = passwords();
  const users = await Promise.all(Array.from({ length: 20 }, () => guard.hash(sharedPassword)));
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const server = createServer((request, response) => {
    void logIn(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });

  async function logIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    let body = '';
    for await (const chunk of request) body += chunk;
    const { user, password } = JSON.parse(body) as { user: number; password: string };
    try {
      const { ok } = await guard.verify(password, users[user % users.length], { signal: gone.signal });
      response.writeHead(ok ? 204 : 401).end();
    } catch (error) {
      if (!isRefusal(error, 'password/busy')) throw error;
      response.writeHead(error.status, { 'retry-after': String(error.detail.retryAfterSeconds) }).end();
    }
  }

  server.listen({ port: 0, host: '127.0.0.1', backlog: 2_048 }, () => {
    delay.enable();
    process.send?.((server.address() as AddressInfo).port);
  });
  process.on('message', () => {
    process.send?.({
      peakMb: process.resourceUsage().maxRSS / 1_024,
      p99Ms: delay.percentile(99) / 1e6,
      maxMs: delay.max / 1e6,
    } satisfies ServerReport);
  });
  process.once('disconnect', () => process.exit());
}
