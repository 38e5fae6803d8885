import { createServer, type Server } from 'node:http';
import { connect, createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Router from '@koa/router';
// @ts-expect-error It has no types.
import coBody from 'co-body';
import Koa from 'koa';
import { afterEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { memoryStore as limitStore, rateLimit } from '../rate-limit/index.ts';
import { currentRequest } from '../request/index.ts';
import { memoryStore, sessions } from '../session/index.ts';
import { bulwark, json, routeCors, routeRateLimit, staticFiles } from './index.ts';

let server: Server;
let url = '';
const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });

async function serve(options: object, prepare: (app: Koa, router: Router) => void): Promise<void> {
  const app = new Koa().use(bulwark({ onError: () => {}, ...options }));
  const router = new Router();
  prepare(app, router);
  app.use(router.routes()).use(router.allowedMethods());
  server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

describe('the router', () => {
  it('names the pattern with the prefixes of its routers, and never the URL', async () => {
    await serve({}, (_app, router) => {
      const child = new Router({ prefix: '/orders' });
      child.get('/:id', (ctx) => {
        ctx.body = { route: currentRequest()?.route };
      });
      router.use('/users/:user', child.routes());
    });
    expect(await (await fetch(`${url}/users/1/orders/2`)).json()).toEqual({
      route: '/users/:user/orders/:id',
    });
  });

  it('answers another method, and an unknown one, with all headers', async () => {
    await serve({}, (_app, router) => {
      router.get('/a', (ctx) => {
        ctx.body = 'a';
      });
    });
    const other = await fetch(`${url}/a`, { method: 'POST' });
    expect([other.status, other.headers.get('allow'), other.headers.get('x-frame-options')]).toEqual([
      405,
      'HEAD, GET',
      'DENY',
    ]);
    const unknown = await fetch(`${url}/a`, { method: 'PURGE' });
    expect([unknown.status, unknown.headers.get('x-frame-options')]).toEqual([501, 'DENY']);
  });

  it('answers preflights of a route', async () => {
    await serve({}, (_app, router) => {
      router.all('/shared', routeCors({ origins: ['https://app.example'] }), (ctx) => {
        ctx.body = 'shared';
      });
    });
    const headers = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'PUT' };
    const preflight = await fetch(`${url}/shared`, { method: 'OPTIONS', headers });
    expect([preflight.status, await preflight.text()]).toEqual([204, '']);
    expect(await (await fetch(`${url}/shared`, { headers })).text()).toBe('shared');
  });
});

describe('the application', () => {
  it('answers preflights before any middleware of its own', async () => {
    let ran = 0;
    await serve({ cors: { origins: ['https://app.example'] } }, (app) => {
      app.use((ctx) => {
        ran++;
        ctx.body = 'x';
      });
    });
    const headers = { Origin: 'https://app.example', 'Access-Control-Request-Method': 'PUT' };
    expect([(await fetch(url, { method: 'OPTIONS', headers })).status, ran]).toEqual([204, 0]);
    expect([(await fetch(url, { headers })).status, ran]).toEqual([200, 1]);
  });

  it("counts its own proxies, and leaves Koa's settings alone", async () => {
    await serve({ trustedProxies: { hops: 1, from: ['127.0.0.1/32'] } }, (app) => {
      app.use((ctx) => {
        ctx.body = { ours: currentRequest()?.client, koas: ctx.ip };
      });
    });
    const headers = { 'X-Forwarded-For': '6.6.6.6, 203.0.113.7' };
    expect(await (await fetch(url, { headers })).json()).toEqual({ ours: '203.0.113.7', koas: '127.0.0.1' });
  });

  it('limits the fields of what any parser makes', async () => {
    await serve({ limits: { maxBodyFields: 2 } }, (app) => {
      app
        .use(async (ctx, next) => {
          Object.assign(ctx.request, { body: await coBody.json(ctx.req) });
          return next();
        })
        .use((ctx) => {
          ctx.body = 'taken';
        });
    });
    const post = (body: string): Promise<number> =>
      fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }).then(
        ({ status }) => status,
      );
    expect([await post('{"a":1,"b":2}'), await post('{"a":1,"b":2,"c":3}')]).toEqual([200, 400]);
  });

  it('writes events of the response in the context of its request', async () => {
    await serve({}, (_app, router) => {
      router.get('/pages/:id', (ctx) => {
        ctx.set('Cache-Control', 'public, max-age=60');
        ctx.body = `<script nonce="${ctx.state.nonce}"></script>`;
      });
    });
    expect((await fetch(`${url}/pages/1`)).headers.get('cache-control')).toBe('private, max-age=60');
    await recorder.flush();
    const event = events.findLast(({ code }) => code === 'csp/shared-nonce');
    expect(event?.request?.route).toBe('/pages/:id');
  });

  it('has a session, and limits by what it knows', async () => {
    const session = sessions<{ cart: string }>({ store: memoryStore() });
    const limiter = rateLimit({ store: limitStore(), limit: 1, windowSeconds: 60, key: 'session' });
    await serve({ session, csrf: false }, (_app, router) => {
      router.post('/log-in', async (ctx) => {
        await session.of(ctx.req).logIn('ann', { cart: 'lamp' });
        ctx.body = 'in';
      });
      const facts = (ctx: { req: Koa.Context['req'] }): { session: string | undefined } => ({
        session: session.of(ctx.req).binding,
      });
      router.get('/cart', routeRateLimit(limiter, facts), (ctx) => {
        ctx.body = ctx.state.session.data;
      });
    });
    const logIn = await fetch(`${url}/log-in`, { method: 'POST' });
    const Cookie = logIn.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    const first = await fetch(`${url}/cart`, { headers: { Cookie } });
    expect(await first.json()).toEqual({ cart: 'lamp' });
    expect((await fetch(`${url}/cart`, { headers: { Cookie } })).status).toBe(429);
  });

  it('serves files below a prefix, and passes on other requests', async () => {
    const folder = new URL('../../checks/conformance/assets', import.meta.url).pathname;
    await serve({}, (app) => {
      app.use(staticFiles(folder, { prefix: '/assets/' })).use((ctx) => {
        ctx.body = `next ${ctx.path}`;
      });
    });
    const get = (path: string): Promise<Response> => fetch(url + path, { redirect: 'manual' });
    expect((await get('/assets/site.css')).headers.get('content-type')).toContain('text/css');
    expect((await get('/assets/folder')).headers.get('location')).toBe('/assets/folder/');
    for (const path of ['/assets/none', '/assets', '/assetsite.css', '/assets/%73ite.css']) {
      expect(await (await get(path)).text()).toBe(`next ${path}`);
    }
    expect(() => staticFiles(folder, { prefix: 'assets' })).toThrow(/prefix/);
  });

  it('serves files behind a mount, and redirects to the folder that the client asked for', async () => {
    const folder = new URL('../../checks/conformance/assets', import.meta.url).pathname;
    await serve({}, (app) => {
      // As koa-mount does.
      app.use(async (ctx, next) => {
        const { path } = ctx;
        ctx.path = path.slice('/shop'.length);
        await next();
        ctx.path = path;
      });
      app.use(staticFiles(folder));
    });
    expect((await fetch(`${url}/shop/site.css`)).headers.get('content-type')).toContain('text/css');
    const moved = await fetch(`${url}/shop/folder?a=1`, { redirect: 'manual' });
    expect(moved.headers.get('location')).toBe('/shop/folder/?a=1');
  });

  it('leaves the URL of a request over HTTP/2, whether a file is below its prefix or not', async () => {
    const folder = new URL('../../checks/conformance/assets', import.meta.url).pathname;
    const app = new Koa().use(bulwark()).use(staticFiles(folder, { prefix: '/assets' }));
    app.use((ctx) => {
      ctx.body = `next ${ctx.url}`;
    });
    const http2 = createHttp2Server(app.callback());
    await new Promise<void>((resolve) => http2.listen(0, '127.0.0.1', resolve));
    const client = connect(`http://127.0.0.1:${(http2.address() as AddressInfo).port}`);
    try {
      const get = (path: string): Promise<string> => text(client.request({ ':path': path }));
      for (const path of ['/cart?a=1', '/assets/none', '/assets', '/']) {
        expect(await get(path)).toBe(`next ${path}`);
      }
      expect(await get('/assets/site.css')).not.toContain('next');
    } finally {
      client.destroy();
      http2.close();
    }
  });

  it('leaves a body of another type to the handler, unless a schema needs it', async () => {
    const schema = {
      '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
    } as const;
    await serve({}, (_app, router) => {
      router.post('/any', json(), (ctx) => {
        ctx.body = { has: ctx.request.body !== undefined };
      });
      router.post('/needed', json({ schema }), (ctx) => {
        ctx.body = 'x';
      });
    });
    const post = (path: string): Promise<Response> => fetch(url + path, { method: 'POST', body: 'text' });
    expect(await (await post('/any')).json()).toEqual({ has: false });
    expect((await post('/needed')).status).toBe(415);
  });
});

it.each([{ trustedProxys: 1 }, { onerror: () => {} }])('reports %o at startup', (options) => {
  expect(() => bulwark(options as object)).toThrow(Object.keys(options)[0]);
});
