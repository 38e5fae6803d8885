import { once } from 'node:events';
import { createServer, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
// @ts-expect-error Its types are those of Express 5.
import express4 from 'express4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expressApp } from './express.ts';
import { fastifyApp } from './fastify.ts';
import { honoApp } from './hono.ts';
import { koaApp } from './koa.ts';
import { nodeServer } from './node.ts';

type Rows = () => AsyncIterable<string>;

async function listening(listener: RequestListener): Promise<Server> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function fastifyServer(rows: Rows): Promise<Server> {
  const app = await fastifyApp(rows);
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app.server;
}

function koaServer(rows: Rows): Promise<Server> {
  const app = koaApp(rows);
  // The report that fails is a part of the test.
  app.silent = true;
  return listening(app.callback());
}

async function honoServer(rows: Rows): Promise<Server> {
  const server = serve({ fetch: honoApp(rows).fetch, port: 0, hostname: '127.0.0.1' }) as Server;
  if (!server.listening) await once(server, 'listening');
  return server;
}

async function bareServer(rows: Rows): Promise<Server> {
  const server = nodeServer(rows).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const servers: Record<string, (rows: Rows) => Promise<Server>> = {
  'Express 5': (rows) => listening(expressApp(rows)),
  'Express 4': (rows) => listening(expressApp(rows, express4)),
  'node:http': bareServer,
  Fastify: fastifyServer,
  Koa: koaServer,
  Hono: honoServer,
};

describe.each(Object.entries(servers))('%s', (_name, start) => {
  let server: Server;
  let origin = '';
  /** What the next report consists of. */
  let rows: Rows;

  beforeAll(async () => {
    server = await start(() => rows());
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  it('answers with the page, its character set, and one nonce in the policy and on the script', async () => {
    const response = await fetch(`${origin}/hello/${encodeURIComponent('<b>"\u00e9\u{1f600}')}`);
    const body = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(body).toContain('<h1>Hello &lt;b&gt;&quot;\u00e9\u{1f600}</h1>');
    const nonce = /<script nonce="([^"]+)">/.exec(body)?.[1];
    expect(nonce).toHaveLength(24);
    expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    const again = await (await fetch(`${origin}/hello/x`)).text();
    expect(again).not.toContain(nonce);
  });

  it('answers a HEAD with the same headers and no body', async () => {
    const response = await fetch(`${origin}/hello/x`, { method: 'HEAD' });
    expect([response.headers.get('content-type'), await response.text()]).toEqual([
      'text/html; charset=utf-8',
      '',
    ]);
  });

  it('sends rows while later ones are awaited', async () => {
    let release = (): void => {};
    const later = new Promise<void>((resolve) => {
      release = resolve;
    });
    rows = async function* () {
      yield '<first>';
      await later;
      yield 'last';
    };
    const response = await fetch(`${origin}/report`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const decoder = new TextDecoder();
    let body = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      body += decoder.decode(chunk, { stream: true });
      if (body.includes('&lt;first&gt;')) release();
    }
    expect(body).toMatch(/<li>&lt;first&gt;<\/li><li>last<\/li><\/ul>$/);
  });

  it('cuts a page off whose rows fail, and goes on serving', async () => {
    rows = async function* () {
      yield 'a';
      await Promise.resolve();
      throw new Error('The database left.');
    };
    await expect(fetch(`${origin}/report`).then((response) => response.text())).rejects.toThrow();
    expect((await fetch(`${origin}/hello/x`)).status).toBe(200);
  });

  it('stops asking for rows when the client leaves', async () => {
    let stopped = (): void => {};
    const end = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    rows = async function* () {
      try {
        for (;;) yield 'x'.repeat(100_000);
      } finally {
        stopped();
      }
    };
    const req = request(`${origin}/report`).end();
    const [res] = await once(req, 'response');
    res.destroy();
    await end;
  });
});
