import { once } from 'node:events';
import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type RequestHandler, type Response } from 'express';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../checks/machine/chromium.ts';
import { missing } from '../../checks/machine/missing.ts';
import { configureEvents } from '../event/index.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { bulwark, routeCsp } from './index.ts';

const servers: Server[] = [];
const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await recorder.flush();
  events.length = 0;
});
afterAll(() => void configureEvents({ sinks: [] }));

async function serve(app: Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a route behind `bulwark()` and these handlers answers. */
async function answered(
  send: (res: Response) => void,
  ...before: RequestHandler[]
): Promise<globalThis.Response> {
  const app = express().use(bulwark(), ...before);
  app.get('/', (_req, res) => send(res));
  return fetch(await serve(app), { redirect: 'manual' });
}

const page = '<!doctype html><title>x</title>';
const cacheControl = async (
  send: (res: Response) => void,
  ...before: RequestHandler[]
): Promise<string | null> => (await answered(send, ...before)).headers.get('cache-control');
const codes = async (): Promise<string[]> => {
  await recorder.flush();
  return events.map(({ code }) => code);
};

describe('a page with a nonce', () => {
  it.each<[string, (res: Response) => void]>([
    ['send', (res) => void res.send(page)],
    ['a stream', (res) => void res.type('html').write(page, () => res.end())],
    ['writeHead with a record', (res) => void res.writeHead(200, { 'content-type': 'text/html' }).end(page)],
    [
      'writeHead with a list',
      (res) => void res.writeHead(200, 'OK', ['Content-Type', 'text/html'] as never).end(page),
    ],
    [
      'flushHeaders',
      (res) => {
        res.type('application/xhtml+xml').flushHeaders();
        res.end(page);
      },
    ],
    ['a list of one type', (res) => void res.setHeader('Content-Type', ['text/html']).end(page)],
    ['an error page', (res) => void res.status(404).send(page)],
  ])('is kept out of shared caches, sent by %s', async (_how, send) => {
    expect(await cacheControl(send)).toBe('private, no-cache');
    expect(await codes()).toEqual([]);
  });

  it('keeps what the application says, where that is private', async () => {
    for (const value of ['no-store', 'private, max-age=60']) {
      expect(await cacheControl((res) => void res.set('Cache-Control', value).send(page))).toBe(value);
    }
    expect(await codes()).toEqual([]);
  });

  it('is not shared even where the application says so, and an event tells', async () => {
    expect(await cacheControl((res) => void res.set('Cache-Control', 'public, max-age=600').send(page))).toBe(
      'private, max-age=600',
    );
    const given = { 'Content-Type': 'text/html', 'Cache-Control': 's-maxage=60', 'X-Kept': '1' };
    const response = await answered((res) => void res.writeHead(200, given).end(page));
    expect([response.headers.get('cache-control'), response.headers.get('x-kept')]).toEqual(['private', '1']);
    const network = await answered(
      (res) =>
        void res.set({ 'CDN-Cache-Control': 'max-age=60', 'Surrogate-Control': 'no-store' }).send(page),
    );
    expect(network.headers.get('cdn-cache-control')).toBeNull();
    expect(network.headers.get('surrogate-control')).toBe('no-store');
    expect(new Set(await codes())).toEqual(new Set(['csp/shared-nonce']));
  });

  it.each([
    ['CDN-Cache-Control', 'max-age=60', 'private'],
    ['Cloudflare-CDN-Cache-Control', 'max-age=60', 'no-store'],
    ['Akamai-Cache-Control', 'max-age=60', 'no-store'],
    ['Surrogate-Control', 'max-age=60', 'no-store'],
    ['Edge-Control', '!no-store, max-age=1d', 'bypass-cache'],
    ['X-Accel-Expires', '600', '0'],
    ['X-LiteSpeed-Cache-Control', 'public,max-age=60', 'no-cache,no-store'],
  ])('is sent without %s, unless that keeps it out of the network', async (name, shares, keeps) => {
    const sent = async (value: string): Promise<(string | null)[]> => {
      const set = await answered((res) => void res.set(name, value).send(page));
      const written = await answered(
        (res) => void res.writeHead(200, { 'Content-Type': 'text/html', [name]: value }).end(page),
      );
      return [set.headers.get(name), written.headers.get(name)];
    };
    expect(await sent(keeps)).toEqual([keeps, keeps]);
    expect(await codes()).toEqual([]);
    expect(await sent(shares)).toEqual([null, null]);
    expect(await codes()).toEqual(['csp/shared-nonce', 'csp/shared-nonce']);
    const data = await answered((res) => void res.set(name, shares).json({}));
    expect(data.headers.get(name)).toBe(shares);
  });

  it('of a folder is private without an event, and its other files are shared as before', async () => {
    const app = express().use(bulwark(), express.static(new URL('../../examples', import.meta.url).pathname));
    app.get('/made', (_req, res) => void res.set('Cache-Control', 'public, max-age=0').send(page));
    const url = await serve(app);
    expect((await fetch(`${url}/made`)).headers.get('cache-control')).toBe('private, max-age=0');
    const file = await fetch(`${url}/pages/package.json`);
    expect(file.headers.get('cache-control')).toBe('public, max-age=0');
    expect(await codes()).toEqual([]);
  });
});

describe('what carries no nonce, or is no page', () => {
  it.each<[string, (res: Response) => void]>([
    ['JSON', (res) => void res.set('Cache-Control', 'public, max-age=60').json({})],
    ['a stylesheet', (res) => void res.set('Cache-Control', 'public, max-age=60').type('css').send('a{}')],
    ['a redirect', (res) => void res.set('Cache-Control', 'public, max-age=60').redirect(301, '/x')],
    [
      'a page whose handler took the policy away',
      (res) => {
        for (const name of ['Content-Security-Policy', 'Content-Security-Policy-Report-Only'])
          res.removeHeader(name);
        res.set('Cache-Control', 'public, max-age=60').send(page);
      },
    ],
  ])('is left alone: %s', async (_what, send) => {
    expect(await cacheControl(send)).toBe('public, max-age=60');
    expect(await codes()).toEqual([]);
  });

  it('is left alone under a policy of hashes, and without a policy', async () => {
    const shared = (res: Response): void => void res.set('Cache-Control', 'public, max-age=60').send(page);
    const hashes = routeCsp({ directives: { 'script-src': ["'self'"], 'style-src': ["'self'"] } });
    expect(await cacheControl(shared, hashes)).toBe('public, max-age=60');
    expect(await cacheControl(shared, routeCsp(false))).toBe('public, max-age=60');
    expect(await cacheControl((res) => void res.json({}))).toBeNull();
    expect(await codes()).toEqual([]);
  });

  it('gets the nonce of a route that brings the policy back', async () => {
    const app = express().use(bulwark({ csp: false }));
    app.get('/', routeCsp({}), (_req, res) => void res.send(page));
    app.get('/none', (_req, res) => void res.send(page));
    const url = await serve(app);
    expect((await fetch(url)).headers.get('cache-control')).toBe('private, no-cache');
    expect((await fetch(`${url}/none`)).headers.get('cache-control')).toBeNull();
  });
});

describe('another middleware that waits for the head', () => {
  const late: RequestHandler = (_req, res, next) => {
    const { writeHead } = res;
    res.writeHead = function (this: Response, ...args: Parameters<typeof writeHead>) {
      this.setHeader('Cache-Control', 'public, max-age=600');
      return writeHead.apply(this, args);
    } as typeof writeHead;
    next();
  };

  it('is called too, before or behind, once', async () => {
    expect(await cacheControl((res) => void res.send(page), late)).toBe('private, max-age=600');
    const app = express().use(late, bulwark(), express().use(bulwark()), late);
    app.get('/', (_req, res) => void res.send(page));
    expect((await fetch(await serve(app))).status).toBe(200);
  });
});

const reason = missing('chromium');
describe.skipIf(reason)(`a page that the browser asks for again${reason ? `: ${reason}` : ''}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  }, 60_000);
  afterAll(() => browser?.close());

  it('runs its scripts after a 304, by the nonce that it was stored with', async () => {
    const app = express().use(bulwark());
    let sent = 0;
    app.get('/', (_req, res) => {
      sent++;
      const script = `<script nonce="${res.locals['nonce']}">document.title = 'ran'</script>`;
      res.set('ETag', '"same"').type('html').send(`<!doctype html><title>x</title>${script}`);
    });
    const url = await serve(app);
    // Not by fetch, which would ask for a full answer.
    const [again] = (await once(get(url, { headers: { 'If-None-Match': '"same"' } }), 'response')) as [
      IncomingMessage,
    ];
    again.resume();
    expect([again.statusCode, again.headers['content-security-policy']]).toEqual([304, undefined]);
    expect(again.headers['x-frame-options']).toBe('DENY');
    const tab = await browser.newPage();
    const statuses: number[] = [];
    tab.on('response', (response) => statuses.push(response.status()));
    for (let visit = 0; visit < 2; visit++) {
      await tab.goto(url);
      await expect.poll(() => tab.title()).toBe('ran');
      await tab.goto('about:blank');
    }
    // Once for the first question and once for each visit: the browser asked again, and was told that nothing changed.
    expect(sent).toBe(3);
    expect(statuses).toHaveLength(2);
    await tab.close();
  }, 60_000);
});
