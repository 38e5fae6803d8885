import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { onTestFinished } from 'vitest';

type More = Partial<Parameters<typeof createAdaptorServer>[0]>;

/** Serves an application on loopback until the test ends, and returns its URL. */
export async function serveApp(app: Hono, more: More = {}): Promise<string> {
  const server = createAdaptorServer({ fetch: app.fetch, ...more }) as Server;
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** The ways in which an application answers: each is one of the two paths of the adapter. */
export const servers: readonly (readonly [name: string, serve: (app: Hono) => Promise<Ask>])[] = [
  [
    'on @hono/node-server',
    async (app) => {
      const url = await serveApp(app);
      return (path, init) => fetch(url + path, { redirect: 'manual', ...init });
    },
  ],
  ['on a web Request', async (app) => async (path, init) => app.request(path, init)],
];
