import { Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { setCookie } from 'hono/cookie';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, it } from 'vitest';
import { serveApp, servers } from '../../checks/hono/serve-app.ts';
import { configureEvents } from '../event/index.ts';
import { safeRedirect } from '../redirect/index.ts';
import { bulwark, bulwarkErrors } from './index.ts';

configureEvents({ sinks: [] });

const hasHeaders = ({ headers }: Response): void => {
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('content-security-policy')).toContain("object-src 'none'");
  expect(headers.getSetCookie().length).toBeLessThan(2);
};

describe.each(servers)('errors %s', (_name, serve) => {
  const site = (): { app: Hono; log: unknown[] } => {
    const log: unknown[] = [];
    const app = new Hono();
    app.use(bulwark({ maxBodyBytes: 100 }));
    app.onError(bulwarkErrors({ onError: (error) => void log.push(error) }));
    return { app, log };
  };

  it.each([
    ['an Error', new Error('hunter2')],
    ['text', 'hunter2'],
    ['null', null],
    ['undefined', undefined],
    ['a record', { status: 200, message: 'hunter2' }],
  ])('answer %s that is thrown with a 500 that has the headers, and log it once', async (_what, thrown) => {
    const { app, log } = site();
    app.get('/now', () => {
      throw thrown;
    });
    app.get('/later', async () => {
      await Promise.resolve();
      throw thrown;
    });
    const ask = await serve(app);
    for (const path of ['/now', '/later']) {
      const answer = await ask(path);
      expect(answer.status).toBe(500);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      hasHeaders(answer);
      expect(await answer.text()).not.toContain('hunter2');
    }
    expect(log).toHaveLength(2);
  });

  it('remove what describes the body that was not sent, and keep cookies', async () => {
    const { app } = site();
    app.get('/', (c) => {
      for (const name of ['Content-Encoding', 'ETag', 'Content-Disposition']) c.header(name, 'gzip');
      c.header('Cache-Control', 'public, max-age=60');
      c.header('X-Own', '1');
      setCookie(c, 'kept', '1');
      throw new Error('hunter2');
    });
    const answer = await (await serve(app))('/');
    const { headers } = answer;
    for (const name of ['content-encoding', 'etag', 'content-disposition'])
      expect(headers.has(name)).toBe(false);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-own')).toBe('1');
    expect(headers.getSetCookie()).toEqual(['kept=1; Path=/']);
    expect((await answer.json()).status).toBe(500);
  });

  it('answer a failure after the response was made with the failure alone', async () => {
    const { app } = site();
    app.use(async (_c, next) => {
      await next();
      throw new Error('hunter2');
    });
    app.get('/', (c) => c.html('<p>all of it', 200, { ETag: '"v1"' }));
    const answer = await (await serve(app))('/');
    expect(answer.status).toBe(500);
    expect(answer.headers.has('etag')).toBe(false);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    hasHeaders(answer);
  });

  it('show the status of an HTTPException, and not its message', async () => {
    const { app, log } = site();
    app.get('/client', () => {
      throw new HTTPException(404, { message: 'no user <script>' });
    });
    app.get('/server', () => {
      throw new HTTPException(503, { message: 'postgres://hunter2@db' });
    });
    const ask = await serve(app);
    const client = await ask('/client');
    expect(await client.json()).toMatchObject({ status: 404, title: 'Not Found' });
    hasHeaders(client);
    const server = await ask('/server');
    expect(server.status).toBe(500);
    expect(await server.text()).not.toContain('hunter2');
    expect(log).toHaveLength(1);
  });

  it('answer an HTTPException that is kept and thrown again, though its response was read', async () => {
    const { app, log } = site();
    const stream = new ReadableStream({ start: (controller) => controller.close() });
    const kept = new HTTPException(401, { res: new Response(stream, { status: 401 }) });
    const broken = Object.assign(new HTTPException(403, { res: new Response('x') }), {
      getResponse() {
        throw new Error('hunter2');
      },
    });
    app.get('/kept', () => {
      throw kept;
    });
    app.get('/broken', () => {
      throw broken;
    });
    const ask = await serve(app);
    for (const [path, status] of [
      ['/kept', 401],
      ['/kept', 401],
      ['/broken', 403],
    ] as const) {
      const answer = await ask(path);
      expect(answer.status).toBe(status);
      hasHeaders(answer);
      expect(await answer.text()).not.toContain('hunter2');
    }
    expect(log).toEqual([]);
  });

  it('pass on the response that an HTTPException was given: basicAuth of Hono works', async () => {
    const { app, log } = site();
    app.use('/admin', basicAuth({ username: 'ann', password: 'pass' }));
    app.get('/admin', (c) => c.text('in'));
    const ask = await serve(app);
    const refused = await ask('/admin');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toMatch(/^Basic /);
    hasHeaders(refused);
    const headers = { authorization: `Basic ${btoa('ann:pass')}` };
    expect(await (await ask('/admin', { headers })).text()).toBe('in');
    expect(log).toEqual([]);
  });

  it('answer refusals of a handler with their status, and log none', async () => {
    const { app, log } = site();
    app.get('/', (c) => c.redirect(String(safeRedirect('https://evil.example'))));
    const answer = await (await serve(app))('/');
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(log).toEqual([]);
  });

  it('answer refusals of bulwark() without bulwarkErrors() too, and leave other errors to Hono', async () => {
    const app = new Hono();
    app.use(bulwark({ maxBodyBytes: 10 }));
    app.post('/', (c) => c.text('passed'));
    const ask = await serve(app);
    const body = 'x'.repeat(11);
    const refused = await ask('/', { method: 'POST', body, headers: { 'content-length': '11' } });
    expect(refused.status).toBe(413);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    hasHeaders(refused);
    expect(await (await ask('/', { method: 'POST', body: 'x' })).text()).toBe('passed');
    const missing = await ask('/missing');
    expect(await missing.text()).toBe('404 Not Found');
    hasHeaders(missing);
  });

  it('of an error handler that fails itself are answered all the same', async () => {
    const app = new Hono();
    app.use(bulwark());
    app.onError(() => {
      throw new Error('hunter2 in the handler');
    });
    app.get('/', () => {
      throw new Error('hunter2');
    });
    const answer = await (await serve(app))('/');
    expect(answer.status).toBe(500);
    hasHeaders(answer);
    expect(await answer.text()).not.toContain('hunter2');
  });
});

describe('a response of fetch on @hono/node-server', () => {
  it('whose body fails before its first bytes tells the client nothing of the error', async () => {
    const NativeResponse = (await fetch('data:,')).constructor as typeof Response;
    const app = new Hono();
    app.use(bulwark());
    app.onError(bulwarkErrors({ onError: () => {} }));
    const failing = (): ReadableStream =>
      new ReadableStream({
        pull() {
          throw new Error('hunter2');
        },
      });
    app.get('/failing', () => new NativeResponse(failing()));
    app.get('/whole', () => new NativeResponse('whole', { status: 201, headers: { 'X-Own': '1' } }));
    app.get('/empty', () => new NativeResponse(null, { status: 204 }));
    const url = await serveApp(app);
    const told = await fetch(`${url}/failing`)
      .then((answer) => answer.text())
      .catch((error: unknown) => String((error as Error).cause));
    expect(told).not.toContain('hunter2');
    const whole = await fetch(`${url}/whole`);
    expect([whole.status, await whole.text(), whole.headers.get('x-own')]).toEqual([201, 'whole', '1']);
    expect((await fetch(`${url}/empty`)).status).toBe(204);
  });
});
