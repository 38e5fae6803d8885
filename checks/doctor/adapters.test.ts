import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Diagnosis } from '../../cli/doctor/diagnosis.ts';
import { runDoctor } from '../../cli/doctor/run-doctor.ts';
import { configureEvents } from '../../lib/event/index.ts';
import * as onFastify from '../../lib/fastify/index.ts';
import * as onHono from '../../lib/hono/index.ts';
import * as onKoa from '../../lib/koa/index.ts';
import { bulwark as onWeb } from '../../lib/web/index.ts';
import { openNodeProxy } from './node-proxy.ts';

configureEvents({ sinks: [] });

interface Options {
  readonly trustedProxies: number;
}

const html = 'text/html; charset=utf-8';
const pageWith = (nonce: string): string =>
  `<!doctype html><title>x</title><script nonce="${nonce}">1</script>`;
const listening = async (server: Server): Promise<Server> => {
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return server;
};

const adapters: Readonly<Record<string, (options: Options) => Promise<Server>>> = {
  async fastify(options) {
    const app = fastify();
    await app.register(onFastify.bulwark, options);
    app.get('/', (_req, reply) => reply.type(html).send(pageWith(reply.nonce)));
    onFastify.defendServer(app.server);
    await app.listen({ port: 0, host: '127.0.0.1' });
    return app.server;
  },
  hono(options) {
    const app = new Hono();
    app.use(onHono.bulwark(options));
    app.onError(onHono.bulwarkErrors());
    app.get('/', (c) => c.html(pageWith(c.var.nonce)));
    return listening(onHono.defendServer(createServer(getRequestListener(app.fetch) as never)));
  },
  koa(options) {
    const app = new Koa();
    app.use(onKoa.bulwark(options));
    app.use((ctx) => {
      if (ctx.path !== '/') return;
      ctx.type = html;
      ctx.body = pageWith(ctx.state['nonce']);
    });
    return listening(onKoa.defendServer(createServer(app.callback())));
  },
  web(options) {
    const app = onWeb(options, async () => {
      const { currentRequest } = await import('../../lib/request/index.ts');
      return new Response(pageWith(currentRequest()?.nonce ?? ''), { headers: { 'Content-Type': html } });
    });
    return listening(createServer((req, res) => void answer(app, req, res)));
  },
};

/** As servers of web Requests do it. */
async function answer(
  app: ReturnType<typeof onWeb>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const headers = Object.entries(req.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const request = new Request(`http://${req.headers.host}${req.url}`, { headers });
  const response = await app(request, { remote: req.socket.remoteAddress });
  res.writeHead(response.status, [...response.headers]);
  res.end(await response.text());
}

const printed: string[] = [];
const closing: (() => unknown)[] = [];

beforeEach(() => {
  vi.stubEnv('BULWARK_DOCTOR', '1');
  vi.spyOn(console, 'error').mockImplementation((text) => void printed.push(String(text)));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  for (const close of closing.splice(0)) close();
});

async function wrongAt(port: number): Promise<string[]> {
  const token = await vi.waitFor(() => {
    const found = /BULWARK_DOCTOR_TOKEN=(\S+)/.exec(printed.at(-1) ?? '')?.[1];
    if (found === undefined) throw new Error('no token yet');
    return found;
  });
  const options = {
    target: `http://127.0.0.1:${port}/`,
    format: 'json',
    paths: [],
    tokenFile: undefined,
    ca: undefined,
  };
  const { text } = await runDoctor(options, { BULWARK_DOCTOR_TOKEN: token });
  const { diagnoses } = JSON.parse(text) as { diagnoses: Diagnosis[] };
  expect(diagnoses.map(({ id }) => id)).toContain('proxies/hops');
  return diagnoses.filter(({ verdict }) => verdict === 'wrong').map(({ id }) => id);
}

describe.each(Object.entries(adapters))('an application on %s', (_name, start) => {
  async function open(trustedProxies: number): Promise<number> {
    const server = await start({ trustedProxies });
    closing.push(() => server.close().closeAllConnections());
    return (server.address() as AddressInfo).port;
  }

  async function behindProxy(target: number): Promise<number> {
    const { port, server } = await openNodeProxy(target, false);
    closing.push(() => server.close().closeAllConnections());
    return port;
  }

  it('is correct directly, and behind a proxy that it counts', async () => {
    expect(await wrongAt(await open(0))).toEqual([]);
    expect(await wrongAt(await behindProxy(await open(1)))).toEqual([]);
  });

  it('is wrong if it counts no proxy, or one that does not exist', async () => {
    expect(await wrongAt(await behindProxy(await open(0)))).toEqual(['proxies/hops']);
    expect(await wrongAt(await open(1))).toEqual(['proxies/tls', 'proxies/hops']);
  });
});
