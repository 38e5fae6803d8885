import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { bulwark as nodeBulwark } from '../node/index.ts';
import { memoryStore, rateLimit } from '../rate-limit/index.ts';
import type { SessionLoader } from '../session/index.ts';
import { bulwark, bulwarkErrors, routeRateLimit } from './index.ts';

configureEvents({ sinks: [] });

async function statusOf(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const headers = { 'Sec-Fetch-Site': 'cross-site' };
  return (await fetch(url, { method: 'POST', headers })).status;
}

/** Sessions whose store, or whose `map` of a former library, fails with something odd. */
function failing(thrown: unknown): SessionLoader<object> {
  return {
    cookieName: '__Host-session',
    load: () => Promise.reject(thrown),
    of: () => {
      throw new Error('not loaded');
    },
  };
}

// What Express's `next` takes for "go on" (CWE-636).
describe.each([undefined, null, '', 0, false, 'route', 'router', new Error('odd')])(
  'a guard that fails with %j',
  (thrown) => {
    it('lets no request pass in Express', async () => {
      const handler = vi.fn((_req: unknown, res: express.Response) => void res.send('passed'));
      const app = express().use(bulwark({ session: failing(thrown) }));
      app.post('/', handler).use(bulwarkErrors({ onError: () => {} }));
      expect(await statusOf(app)).toBe(500);
      expect(handler).not.toHaveBeenCalled();
    });

    it('lets no request pass on node:http', async () => {
      const handler = vi.fn();
      expect(await statusOf(nodeBulwark({ session: failing(thrown), onError: () => {} }, handler))).toBe(500);
      expect(handler).not.toHaveBeenCalled();
    });

    it('lets no request pass a limit of a route', async () => {
      const handler = vi.fn((_req: unknown, res: express.Response) => void res.send('passed'));
      const limiter = rateLimit({ store: memoryStore(), limit: 1, windowSeconds: 60, key: 'address' });
      const facts = (): never => {
        throw thrown;
      };
      const app = express().use(bulwark());
      app.post('/', routeRateLimit(limiter, facts), handler).use(bulwarkErrors({ onError: () => {} }));
      expect(await statusOf(app)).toBe(500);
      expect(handler).not.toHaveBeenCalled();
    });
  },
);

it('lets a request pass where no guard fails', async () => {
  const limiter = rateLimit({ store: memoryStore(), limit: 1, windowSeconds: 60, key: 'address' });
  const app = express().use(bulwark());
  app.post('/', routeRateLimit(limiter), (_req, res) => void res.send('passed'));
  expect(await statusOf(app)).toBe(200);
});

describe('an error after half an answer', () => {
  it.each<[string, () => unknown]>([
    ['an ordinary one', () => new Error('odd')],
    [
      'one with a getter that throws',
      () => Object.defineProperty(new Error('odd'), 'status', { get: throwing, enumerable: true }),
    ],
    ['a proxy that throws', () => new Proxy({}, { get: throwing, getPrototypeOf: throwing })],
  ])('cuts the connection, and is logged once: %s', async (_what, thrown) => {
    const onError = vi.fn();
    const app = express().use(bulwark());
    app.get('/', async (_req, res) => {
      await new Promise((written) => res.write('half', written));
      throw thrown();
    });
    app.get('/whole', (_req, res) => void res.send('whole')).use(bulwarkErrors({ onError }));
    const server = createServer(app).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
    expect(onError).toHaveBeenCalledTimes(1);
    expect(await (await fetch(`${url}/whole`)).text()).toBe('whole');
  });
});

function throwing(): never {
  throw new Error('odd');
}
