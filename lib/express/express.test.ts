import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { configureEvents } from '../event/index.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { refuse } from '../internal/refuse.ts';
import { bulwark as defendNode } from '../node/index.ts';
import { deny } from '../refusal/decision.ts';
import { currentRequest } from '../request/context.ts';
import { bulwark, bulwarkErrors } from './index.ts';

const servers: Server[] = [];
const events: SecurityEvent[] = [];
let recorder = configureEvents({ sinks: [] });

beforeEach(() => {
  events.length = 0;
  recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(app: Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const refusing = (): never =>
  refuse(deny('fetch/private-address', { host: 'intranet', address: '10.0.0.5', rule: '10.0.0.0/8' }));

describe('bulwark', () => {
  it('sets security headers and a fresh nonce that page and policy share', async () => {
    const app = express().use(bulwark());
    app.get('/', (_req, res) => void res.json({ local: res.locals.nonce, context: currentRequest()?.nonce }));
    const url = await serve(app);
    const [first, second] = [await fetch(url), await fetch(url)];
    const { local, context } = await first.json();
    expect(local).toBe(context);
    expect(Buffer.from(local, 'base64')).toHaveLength(16);
    expect(first.headers.get('content-security-policy')).toContain(`'nonce-${local}'`);
    expect(first.headers.get('x-content-type-options')).toBe('nosniff');
    expect(first.headers.get('x-powered-by')).toBeNull();
    expect((await second.json()).local).not.toBe(local);
  });

  it('removes X-Powered-By of a mounted application too, whatever is switched off', async () => {
    for (const options of [{}, { csp: false, headers: false }] as const) {
      const mounted = express().get('/', (_req, res) => void res.send('x'));
      const { headers } = await fetch(
        `${await serve(express().use(bulwark(options)).use('/in', mounted))}/in`,
      );
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('may stand inside of another server that is defended too', async () => {
    const app = express().use(bulwark({ csp: { extend: { 'img-src': ['https://a.example'] } } }));
    app.get('/', (_req, res) => void res.send(currentRequest()?.nonce));
    const server = createServer(defendNode({}, app)).listen(0, '127.0.0.1');
    servers.push(server);
    await new Promise((resolve) => server.once('listening', resolve));
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain(`'nonce-${await response.text()}'`);
    expect(policy).toContain('https://a.example');
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
  });

  it('leaves out what is switched off', async () => {
    const app = express().use(bulwark({ csp: false, headers: false }));
    app.get('/', (_req, res) => void res.send('x'));
    const { headers } = await fetch(await serve(app));
    expect(headers.get('content-security-policy')).toBeNull();
    expect(headers.get('x-frame-options')).toBeNull();
  });

  it('refuses a number of proxies that makes no sense, and an option that there is none of', () => {
    for (const trustedProxies of [-1, 1.5, 17, Number.NaN]) {
      expect(() => bulwark({ trustedProxies })).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    }
    for (const options of [{ trustProxies: 1 }, { CSP: false }, { origin: 'shop' }, { session: {} }, null]) {
      expect(() => bulwark(options as never)).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    }
    expect(bulwark({ trustedProxies: 2 })).toBeTypeOf('function');
  });
});

describe('bulwarkErrors', () => {
  it('turns a refusal into problem+json, and the event carries method, route, client and id', async () => {
    const app = express().use(bulwark({ trustedProxies: 1 }));
    app.use('/of/:tenant', express.Router().get('/preview/:id', refusing));
    app.use(bulwarkErrors());
    const response = await fetch(`${await serve(app)}/of/acme-s3cr3t/preview/7?x=1`, {
      headers: { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' },
    });
    const problem = await response.json();
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(problem).toEqual({
      type: 'about:blank',
      title: 'The request was refused.',
      status: 400,
      requestId: expect.any(String),
    });
    await recorder.flush();
    expect(events).toHaveLength(1);
    expect(events[0]?.request).toEqual({
      id: problem.requestId,
      method: 'GET',
      route: '*/preview/:id',
      client: '203.0.113.9',
    });
  });

  it('names a route of the application itself by its whole pattern', async () => {
    const app = express().use(bulwark());
    app.get('/direct/:id', refusing);
    app.use(bulwarkErrors());
    await fetch(`${await serve(app)}/direct/7`);
    await recorder.flush();
    expect(events[0]?.request?.route).toBe('/direct/:id');
  });

  it('keeps the context through a body parser and an await', async () => {
    const app = express().use(bulwark(), express.json());
    app.post('/', async (_req, res) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      res.json({ id: currentRequest()?.id });
    });
    const url = await serve(app);
    const post = (): Promise<Response> =>
      fetch(url, {
        method: 'POST',
        body: JSON.stringify({ a: 'b'.repeat(50_000) }),
        headers: { 'content-type': 'application/json' },
      });
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await (await post()).json()).id));
    expect(new Set(ids).size).toBe(20);
    expect(ids).not.toContain(undefined);
  });

  it('tells the client nothing of any other error, and the developer everything', async () => {
    const told: unknown[] = [];
    const app = express().use(bulwark());
    app.get('/', async () => {
      throw new Error('password=hunter2 at /srv/app.js');
    });
    app.use(bulwarkErrors({ onError: (error, id) => told.push(error, id) }));
    const response = await fetch(await serve(app));
    const body = await response.text();
    expect(response.status).toBe(500);
    expect(body).not.toContain('hunter2');
    expect(JSON.parse(body).requestId).toBe(told[1]);
    expect(told[0]).toEqual(new Error('password=hunter2 at /srv/app.js'));
  });

  it("keeps the framework's 4xx for what the client got wrong", async () => {
    const app = express().use(bulwark(), express.json());
    app.post('/', (_req, res) => void res.send('ok'));
    app.use(bulwarkErrors({ onError: () => {} }));
    const url = await serve(app);
    const post = (body: string): Promise<Response> =>
      fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect((await post('{broken')).status).toBe(400);
    expect((await post('{"fine":1}')).status).toBe(200);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('log is full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('log is full'))],
  ])('answers the same when onError %s', async (_how, onError) => {
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => {});
    const app = express().use(bulwark());
    app.get('/', () => {
      throw new Error('secret');
    });
    app.use(bulwarkErrors({ onError }));
    const response = await fetch(await serve(app));
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ title: 'The server could not answer.' });
    await expect.poll(() => complaints.mock.calls.length).toBe(2);
    complaints.mockRestore();
  });

  it("does not take an upstream server's status for the client's mistake", async () => {
    const told: unknown[] = [];
    const app = express().use(bulwark());
    app.get('/upstream', (_req, res) => {
      res.statusMessage = 'secret';
      throw Object.assign(new Error('upstream secret'), { status: 401 });
    });
    app.get('/own', () => {
      throw Object.assign(new Error('gone'), { status: 410, expose: true });
    });
    app.use(bulwarkErrors({ onError: (error) => void told.push(error) }));
    const url = await serve(app);
    const upstream = await fetch(`${url}/upstream`);
    expect([upstream.status, upstream.statusText]).toEqual([500, 'Internal Server Error']);
    expect(told).toHaveLength(1);
    expect((await fetch(`${url}/own`)).status).toBe(410);
    expect((await fetch(`${url}/own/%ff`)).status).toBe(404);
  });

  it('takes back what a failed handler said of its body, and keeps its cookie', async () => {
    const app = express().use(bulwark());
    app.get('/', (_req, res) => {
      res.set({ 'Content-Length': '5', 'Content-Encoding': 'gzip', ETag: '"a"', 'Set-Cookie': 'a=b' });
      throw new Error('after the headers');
    });
    app.use(bulwarkErrors({ onError: () => {} }));
    const response = await fetch(await serve(app));
    const body = await response.text();
    expect(JSON.parse(body).status).toBe(500);
    expect(response.headers.get('content-length')).toBe(String(body.length));
    for (const name of ['content-encoding', 'etag']) expect(response.headers.get(name)).toBeNull();
    expect(response.headers.get('set-cookie')).toBe('a=b');
  });

  it('leaves an answer that has begun to the framework', async () => {
    const app = express().use(bulwark());
    app.get('/', (_req, res) => {
      res.write('half');
      throw new Error('late');
    });
    app.use(bulwarkErrors({ onError: () => {} }));
    await expect(fetch(await serve(app)).then((r) => r.text())).rejects.toThrow();
  });
});
