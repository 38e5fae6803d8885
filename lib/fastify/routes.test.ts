import http2 from 'node:http2';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryStore as limitStore, rateLimit } from '../rate-limit/index.ts';
import { memoryStore, sessions } from '../session/index.ts';
import { bulwark, routeCsp, routeRateLimit } from './index.ts';

let app: FastifyInstance;
afterEach(() => app.close());

async function create(options: object = {}, own: object = {}): Promise<FastifyInstance> {
  app = fastify(own);
  await app.register(bulwark, { onError: () => {}, ...options });
  return app;
}

async function listen(): Promise<string> {
  return app.listen({ port: 0, host: '127.0.0.1' });
}

const post = (type: string, body: string, more: object = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': type, ...more },
  body,
});

describe('config.bulwark', () => {
  it.each([
    [{ cps: false }, /cps/],
    [{ csp: { directives: { 'no-src': [] } } }, /no-src/],
    [{ rateLimit: 10 }, /rateLimit/],
    [{ maxBodyBytes: '1mb' }, /maxBodyBytes/],
    [{ cors: { origins: ['nowhere'] } }, /nowhere/],
    [true, /config\.bulwark/],
  ])('reports %o where the route is declared, in a child scope too', async (config, message) => {
    await create();
    await app.register(async (scope) => {
      expect(() => scope.get('/', { config: { bulwark: config as object } }, () => 'x')).toThrow(message);
    });
  });

  it.each(['bulwark', 'config'])(
    'is read from the route, and not from a polluted prototype: %s',
    async (name) => {
      await create({ maxBodyBytes: 10 });
      app.get('/', () => 'x');
      app.post('/', () => 'x');
      app.get('/own', { config: { bulwark: { headers: { 'X-Own': '1' } } } }, () => 'x');
      const url = await listen();
      const weak = {
        csp: false,
        headers: { 'X-Own': false },
        maxBodyBytes: 1_000_000,
        cors: { origins: '*' },
      };
      const value = name === 'bulwark' ? weak : { bulwark: weak };
      Object.defineProperty(Object.prototype, name, { value, configurable: true });
      try {
        const { headers } = await fetch(url);
        expect(headers.get('content-security-policy')).toMatch(/nonce-/);
        expect(headers.has('access-control-allow-origin')).toBe(false);
        expect((await fetch(url, post('text/plain', 'x'.repeat(11)))).status).toBe(413);
        expect((await fetch(`${url}/own`)).headers.get('x-own')).toBe('1');
      } finally {
        delete (Object.prototype as { [name: string]: unknown })[name];
      }
    },
  );

  it('is applied to a route that is declared before the plugin runs', async () => {
    app = fastify();
    app.register(bulwark);
    app.get('/', { config: { bulwark: { csp: false, headers: { 'X-Frame-Options': false } } } }, () => 'x');
    const { headers } = await fetch(await listen());
    expect([headers.has('content-security-policy'), headers.has('x-frame-options')]).toEqual([false, false]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('answers preflights of the route, and not those of its neighbour', async () => {
    await create();
    const config = { bulwark: { cors: { origins: ['https://app.example'] } } };
    app.get('/shared', { config }, () => 'x');
    app.put('/shared', { config }, () => 'x');
    app.get('/own', () => 'x');
    await app.register(async (scope) => void scope.get('/', { config }, () => 'x'), { prefix: '/child' });
    const url = await listen();
    const preflight = (path: string): Promise<Response> =>
      fetch(url + path, {
        method: 'OPTIONS',
        headers: { Origin: 'https://app.example', 'Access-Control-Request-Method': 'GET' },
      });
    for (const path of ['/shared', '/child', '/child/']) {
      const { status, headers } = await preflight(path);
      expect([path, status, headers.get('access-control-allow-origin')]).toEqual([
        path,
        204,
        'https://app.example',
      ]);
    }
    expect((await preflight('/own')).status).toBe(404);
    expect((await fetch(`${url}/shared`, { method: 'OPTIONS' })).status).toBe(404);
  });

  it('answers preflights by the route of the method that is asked for', async () => {
    await create();
    const shared = (cors: object): object => ({ config: { bulwark: { cors } } });
    app.get('/both', shared({ origins: '*' }), () => 'x');
    app.post('/both', shared({ origins: ['https://app.example'] }), () => 'x');
    app.delete('/both', () => 'x');
    app.get('/items/:id', shared({ origins: '*' }), () => 'x');
    app.post('/items/:name', shared({ origins: ['https://app.example'] }), () => 'x');
    const url = await listen();
    const answer = async (path: string, origin: string, method: string): Promise<unknown[]> => {
      const asked = { Origin: origin, 'Access-Control-Request-Method': method };
      const { status, headers } = await fetch(url + path, { method: 'OPTIONS', headers: asked });
      return [status, headers.get('access-control-allow-origin')];
    };
    for (const path of ['/both', '/items/1']) {
      expect(await answer(path, 'https://reader.example', 'GET')).toEqual([204, '*']);
      expect(await answer(path, 'https://reader.example', 'HEAD')).toEqual([204, '*']);
      expect(await answer(path, 'https://app.example', 'POST')).toEqual([204, 'https://app.example']);
      expect(await answer(path, 'https://reader.example', 'POST')).toEqual([403, null]);
    }
    expect(await answer('/both', 'https://app.example', 'DELETE')).toEqual([404, null]);
    // Without a route, the browser is told what there is.
    expect(await answer('/both', 'https://app.example', 'PUT')).toEqual([204, '*']);
    for (const odd of ['delete', 'OPTIONS', '__proto__', 'a b']) {
      expect((await answer('/both', 'https://app.example', odd))[0]).toBeLessThan(500);
    }
  });

  it('lets a route take more, or less, than the application', async () => {
    await create({ maxBodyBytes: 100 }, { bodyLimit: 5_000 });
    app.post('/more', { config: { bulwark: { maxBodyBytes: 10_000 } } }, () => 'x');
    app.post('/less', { config: { bulwark: { maxBodyBytes: 10 } } }, () => 'x');
    app.post('/usual', () => 'x');
    const url = await listen();
    const body = (length: number): RequestInit => post('application/json', `"${'x'.repeat(length - 2)}"`);
    const status = async (path: string, length: number): Promise<number> =>
      (await fetch(url + path, body(length))).status;
    expect(await status('/more', 5_000)).toBe(200);
    // Fastify's own limit.
    expect(await status('/more', 5_001)).toBe(413);
    expect(await status('/less', 10)).toBe(200);
    expect(await status('/less', 11)).toBe(413);
    expect(await status('/usual', 100)).toBe(200);
    expect(await status('/usual', 101)).toBe(413);
  });

  it('counts by session where sessions are set up', async () => {
    const session = sessions({ store: memoryStore() });
    await create({ session, csrf: false });
    const limiter = rateLimit({ store: limitStore(), limit: 1, windowSeconds: 60, key: 'session' });
    app.post('/log-in', async (request) => {
      await request.session.logIn('ann');
      return 'in';
    });
    app.get('/limited', { config: { bulwark: { rateLimit: limiter } } }, () => 'x');
    const url = await listen();
    const logIn = async (): Promise<string> =>
      (await fetch(`${url}/log-in`, { method: 'POST' })).headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    const [one, other] = [await logIn(), await logIn()];
    const status = async (cookie: string): Promise<number> =>
      (await fetch(`${url}/limited`, { headers: { Cookie: cookie } })).status;
    expect([await status(one), await status(one), await status(other)]).toEqual([200, 429, 200]);
  });
});

describe('hooks', () => {
  it('change the policy of a scope, and limit by what a hook before finds out', async () => {
    await create();
    const limiter = rateLimit({
      store: limitStore(),
      limit: 1,
      windowSeconds: 60,
      key: 'account',
    });
    await app.register(async (scope) => {
      scope.addHook('onRequest', routeCsp({ extend: { 'frame-src': ['https://maps.example'] } }));
      scope.addHook(
        'preHandler',
        routeRateLimit(limiter, (request: { headers: object }) => ({
          account: String((request.headers as { key?: unknown }).key),
        })),
      );
      scope.get('/map', () => 'x');
    });
    const url = await listen();
    const get = (key: string): Promise<Response> => fetch(`${url}/map`, { headers: { key } });
    expect((await get('a')).headers.get('content-security-policy')).toContain('frame-src');
    expect([(await get('a')).status, (await get('b')).status]).toEqual([429, 200]);
  });
});

describe('HTTP/2', () => {
  it('has the same headers and errors', async () => {
    await create({}, { http2: true });
    app.get('/', () => 'hello');
    app.get('/boom', () => {
      throw new Error('hunter2');
    });
    app.post('/json', (request) => ({ got: request.body }));
    const client = http2.connect(await listen());
    const ask = (path: string, body?: string): Promise<[status: number, policy: boolean, text: string]> =>
      new Promise((resolve, reject) => {
        const stream = client.request({
          ':path': path,
          ...(body !== undefined && { ':method': 'POST', 'content-type': 'application/json' }),
        });
        let text = '';
        let head: http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader = {};
        stream.setEncoding('utf8').on('response', (headers) => {
          head = headers;
        });
        stream.on('data', (chunk) => {
          text += chunk;
        });
        stream
          .on('end', () => resolve([head[':status'] ?? 0, 'content-security-policy' in head, text]))
          .on('error', reject);
        stream.end(body);
      });
    expect(await ask('/')).toEqual([200, true, 'hello']);
    const [status, hasPolicy, text] = await ask('/boom');
    expect([status, hasPolicy, text.includes('hunter2')]).toEqual([500, true, false]);
    expect((await ask('/%'))[0]).toBe(400);
    expect(await ask('/json', '{"a":1}')).toEqual([200, true, '{"got":{"a":1}}']);
    expect((await ask('/json', '{"a":1,"a":2}'))[0]).toBe(400);
    client.close();
  });
});
