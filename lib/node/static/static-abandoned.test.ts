import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as onFastify from '../../fastify/index.ts';
import { bulwark as onHono } from '../../hono/index.ts';
import { staticFiles as honoFiles } from '../../hono/node/index.ts';
import * as onKoa from '../../koa/index.ts';

/** More than sockets hold: the file is half sent while the client does not read. */
const size = 20_000_000;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-static-'));
  writeFileSync(join(folder, 'film.bin'), Buffer.alloc(size));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let stop: () => unknown = () => {};
afterEach(() => stop());

/** What the handler of each request came to, in the order in which they ended. */
const ended: string[] = [];
const settle = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (value) => {
      ended.push('resolved');
      return value;
    },
    (error: unknown) => {
      ended.push(`rejected: ${String(error)}`);
      throw error;
    },
  );

async function onFastifyApp(): Promise<Server> {
  const app = fastify({ forceCloseConnections: true });
  app.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = function (request, reply) {
      return settle(Promise.resolve(handler.call(this, request, reply)));
    };
  });
  await app.register(onFastify.bulwark);
  await app.register(onFastify.staticFiles(folder), { prefix: '/assets' });
  await app.ready();
  return app.server;
}

async function onKoaApp(): Promise<Server> {
  const app = new Koa().use(onKoa.bulwark()).use((_ctx, next) => settle(next()) as Promise<void>);
  app.use(onKoa.staticFiles(folder, { prefix: '/assets' }));
  return createServer(app.callback());
}

async function onHonoApp(): Promise<Server> {
  const app = new Hono().use(onHono()).use((_c, next) => settle(next()) as Promise<void>);
  app.use('/assets/*', honoFiles(folder));
  return createAdaptorServer(app) as Server;
}

async function start(make: () => Promise<Server>): Promise<number> {
  ended.length = 0;
  const server = (await make()).listen(0, '127.0.0.1');
  stop = () => {
    server.close();
    server.closeAllConnections();
  };
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function send(port: number, path: string, ...headers: string[]): Socket {
  const client = connect(port, '127.0.0.1').on('error', () => {});
  client.write([`GET ${path} HTTP/1.1`, 'Host: a.example', ...headers, '', ''].join('\r\n'));
  return client;
}

describe.each([
  ['Fastify', onFastifyApp],
  ['Koa', onKoaApp],
  ['Hono', onHonoApp],
])('a static file with %s', (_name, make) => {
  it.each([
    ['a plain request', []],
    ['a conditional request', ['If-None-Match: "other"', 'If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT']],
    ['a range', ['Range: bytes=1-', 'If-Range: "other"']],
  ])('ends its handler where the client of %s goes away half way (CWE-772)', async (_what, headers) => {
    const port = await start(make);
    const client = send(port, '/assets/film.bin', ...headers);
    expect(String((await once(client, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
    client.pause();
    expect(ended).toEqual([]);
    client.resetAndDestroy();
    await vi.waitFor(() => expect(ended).toEqual(['resolved']));
    const { status } = await fetch(`http://127.0.0.1:${port}/assets/film.bin`, { method: 'HEAD' });
    expect(status).toBe(200);
  });

  it('arrives as a whole where the client stays, and is not sent again', async () => {
    const url = `http://127.0.0.1:${await start(make)}/assets/film.bin`;
    const whole = await fetch(url);
    expect((await whole.arrayBuffer()).byteLength).toBe(size);
    const again = await fetch(url, { headers: { 'If-None-Match': String(whole.headers.get('etag')) } });
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
    await vi.waitFor(() => expect(ended).toEqual(['resolved', 'resolved']));
  });

  it('that is not there is answered with 404, and once', async () => {
    const url = `http://127.0.0.1:${await start(make)}`;
    for (const path of ['/assets/none', '/assets/.env', '/assets/%2e%2e/x', '/assets']) {
      expect((await fetch(url + path)).status, path).toBe(404);
    }
    expect(ended.filter((each) => each !== 'resolved')).toEqual([]);
  });
});

it('asks the asynchronous 404 handler of Fastify once', async () => {
  const asked: string[] = [];
  const port = await start(async () => {
    const app = fastify({ forceCloseConnections: true });
    await app.register(onFastify.bulwark);
    app.setNotFoundHandler(async (request, reply) => {
      await new Promise((resolve) => setImmediate(resolve));
      asked.push(request.url);
      return reply.code(404).send('none');
    });
    await app.register(onFastify.staticFiles(folder));
    await app.ready();
    return app.server;
  });
  expect(await (await fetch(`http://127.0.0.1:${port}/none`)).text()).toBe('none');
  expect(asked).toEqual(['/none']);
});
