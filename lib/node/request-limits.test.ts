import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { configureEvents } from '../event/index.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { bulwarkErrors, bulwark as onExpress } from '../express/index.ts';
import { limits } from '../limits/index.ts';
import { bulwark as onWeb } from '../web/index.ts';
import { type BulwarkOptions, bulwark } from './index.ts';

const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
const codes = async (): Promise<string[]> => {
  await recorder.flush();
  return events.splice(0).map(({ code }) => code);
};
afterAll(() => void configureEvents({ sinks: [] }));

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

type Ask = (path: string, init?: RequestInit) => Promise<Response>;
const servers: readonly [string, (options: Pick<BulwarkOptions, 'limits'>) => Promise<Ask>][] = [
  [
    'node:http',
    async (options) => {
      const url = await listen(createServer(bulwark(options, (_req, res) => void res.end('x'))));
      return (path, init) => fetch(url + path, init);
    },
  ],
  [
    'a web Request',
    async (options) => {
      const app = onWeb(options, () => new Response('x'));
      return (path, init) => app(new Request(`http://127.0.0.1${path}`, init));
    },
  ],
];

describe.each(servers)('%s', (_name, serve) => {
  it('accepts no URL, header lines or query without a limit', async () => {
    const ask = await serve({});
    await codes();
    expect((await ask(`/${'x'.repeat(9_000)}`)).status).toBe(414);
    expect((await ask(`/?${'a&'.repeat(1_001)}`)).status).toBe(400);
    const lines = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`x-${i}`, '1']));
    expect((await ask('/', { headers: lines })).status).toBe(431);
    expect(await codes()).toEqual([
      'limits/url-too-long',
      'limits/too-many-fields',
      'limits/too-many-headers',
    ]);
    expect((await ask(`/?${'a&'.repeat(900)}`)).status).toBe(200);
  });

  it('accepts what the options allow', async () => {
    expect((await (await serve({ limits: { maxUrlLength: 16 } }))(`/${'x'.repeat(100)}`)).status).toBe(414);
    expect((await (await serve({ limits: false }))(`/${'x'.repeat(9_000)}`)).status).toBe(200);
  });
});

describe('a parsed body in Express', () => {
  async function post(body: string, type: string, limits?: BulwarkOptions['limits']): Promise<Response> {
    const app = express().use(onExpress(limits === undefined ? {} : { limits }));
    app.use(express.json({ limit: '10mb' }), express.urlencoded({ extended: true, limit: '10mb' }));
    app.post('/', (req, res) => void res.json(req.body));
    app.use(bulwarkErrors());
    const url = await listen(createServer(app));
    return fetch(url, { method: 'POST', body, headers: { 'content-type': type } });
  }
  const json = 'application/json';

  it('reaches no handler if it is too deep or has too many fields', async () => {
    await codes();
    const deep = await post(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, json);
    expect([deep.status, (await deep.json()) as object]).toMatchObject([
      400,
      { title: 'The request was refused.' },
    ]);
    expect((await post(JSON.stringify(Array.from({ length: 200_000 }, () => 1)), json)).status).toBe(400);
    expect(
      (await post('a=1&b=2&c=3', 'application/x-www-form-urlencoded', { maxBodyFields: 2 })).status,
    ).toBe(400);
    expect(await codes()).toEqual(['limits/too-deep', 'limits/too-many-fields', 'limits/too-many-fields']);
  });

  it('reaches it as it is otherwise', async () => {
    const body = { list: [1, 2, { a: 'b' }], text: 'x'.repeat(100_000) };
    expect(await (await post(JSON.stringify(body), json)).json()).toEqual(body);
    expect(await (await post('a=1&b[c]=2', 'application/x-www-form-urlencoded')).json()).toEqual({
      a: '1',
      b: { c: '2' },
    });
    const deep = `${'['.repeat(500)}${']'.repeat(500)}`;
    expect(await (await post(deep, json, false)).text()).toBe(deep);
  });
});

it('ends no process where a parser sets the body in a listener of the request', async () => {
  const parse = (req: IncomingMessage & { body?: unknown }, _res: unknown, next: () => void): void => {
    let text = '';
    req.on('data', (chunk) => {
      text += chunk;
    });
    req.on('end', () => {
      req.body = JSON.parse(text);
      next();
    });
  };
  const app = express().use(onExpress({}), parse);
  app.post('/', (req, res) => void res.json(req.body));
  const url = await listen(createServer(app.use(bulwarkErrors())));
  const post = (body: string): Promise<Response> => fetch(url, { method: 'POST', body });
  const refused = await post(`${'['.repeat(200)}${']'.repeat(200)}`);
  expect([refused.status, await refused.json()]).toMatchObject([400, { title: 'The request was refused.' }]);
  expect(await (await post('[[1]]')).json()).toEqual([[1]]);
});

it('judges a body once that an upload parser assigns again for each field', async () => {
  let walks = 0;
  const app = bulwark({}, (req: IncomingMessage & { body?: object }, res) => {
    const body = new Proxy({} as Record<string, string>, {
      ownKeys: (target) => {
        walks += 1;
        return Reflect.ownKeys(target);
      },
    });
    for (let field = 0; field < 1_000; field++) {
      body[`field${field}`] = 'x';
      req.body = body;
    }
    res.end(Object.keys({ ...req.body }).length.toString());
  });
  const answer = await fetch(await listen(createServer(app)), { method: 'POST', body: 'x' });
  expect(await answer.text()).toBe('1000');
  expect(walks).toBeLessThan(10);
});

describe('a server without limits', () => {
  it('is named once in production, and one with them is not', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    onTestFinished(() => void vi.unstubAllEnvs());
    const app = bulwark({}, (_req, res) => void res.end('x'));
    await codes();
    const bare = await listen(createServer(app));
    for (let i = 0; i < 2; i++) await fetch(bare);
    expect(await codes()).toEqual(['limits/server-without-limits']);
    await fetch(await listen(limits(createServer(app))));
    expect(await codes()).toEqual([]);
  });
});
