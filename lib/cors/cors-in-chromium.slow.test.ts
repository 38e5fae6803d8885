import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../checks/machine/chromium.ts';
import { missing } from '../../checks/machine/missing.ts';
import { type Cors, cors } from './index.ts';

const reason = missing('chromium');

describe.skipIf(reason)(`in Chromium${reason ? `: ${reason}` : ''}`, () => {
  let server: Server;
  let browser: Browser;
  let port = 0;
  let policy: Cors | undefined;
  /** Requests that reached the handler behind the policy. */
  const handled: string[] = [];

  beforeAll(async () => {
    server = createServer((req, res) => {
      if (req.url === '/page') {
        res.setHeader('Content-Type', 'text/html').end('<!doctype html><title>x</title>');
        return;
      }
      const answer = policy?.answer(req);
      for (const [name, value] of answer?.headers ?? []) res.setHeader(name, value);
      if (answer?.preflight) {
        res.writeHead(answer.preflight.status).end();
        return;
      }
      if (req.url !== '/favicon.ico') handled.push(`${req.method} ${req.url}`);
      res.setHeader('Cache-Control', 'max-age=60').end('secret');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  const at = (host: string): string => `http://${host}:${port}`;

  async function open(host: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(`${at(host)}/page`);
    return page;
  }

  /** What a page gets: the body, or the name of the error. */
  async function get(page: Page, path: string, init: object = {}): Promise<string> {
    const url = `${at('api.localhost')}${path}`;
    return page.evaluate(
      async ([to, options]) =>
        fetch(to as string, options as RequestInit).then(
          (res) => res.text(),
          (error: Error) => error.name,
        ),
      [url, init] as const,
    );
  }

  it('a listed page reads with credentials, and a foreign one does not', async () => {
    policy = cors({ origins: [at('app.localhost')], allowCredentials: true });
    const app = await open('app.localhost');
    const evil = await open('evil.localhost');
    const sandboxed = await open('evil.localhost');
    expect(await get(app, '/a', { credentials: 'include' })).toBe('secret');
    expect(await get(evil, '/b', { credentials: 'include' })).toBe('TypeError');
    expect(await get(evil, '/c')).toBe('TypeError');
    // A sandboxed frame has the origin `null`.
    const read = await sandboxed.evaluate(
      (url) =>
        new Promise((resolve) => {
          addEventListener('message', ({ data }) => resolve(data));
          const frame = document.createElement('iframe');
          frame.sandbox.add('allow-scripts');
          frame.srcdoc = `<script>fetch('${url}', { credentials: 'include' }).then((r) => r.text(), (e) => e.name)
            .then((text) => parent.postMessage(text, '*'))</script>`;
          document.body.append(frame);
        }),
      `${at('api.localhost')}/d`,
    );
    expect(read).toBe('TypeError');
    for (const page of [app, evil, sandboxed]) await page.close();
  });

  it('a preflight lets a listed page send JSON by PUT, and stops a foreign one before the handler', async () => {
    policy = cors({ origins: [`http://*.localhost:${port}`], methods: ['PUT'] });
    const init = { method: 'PUT', body: '{}', headers: { 'Content-Type': 'application/json' } };
    const app = await open('app.localhost');
    const evil = await open('127.0.0.1');
    handled.length = 0;
    expect(await get(app, '/put', init)).toBe('secret');
    expect(handled).toEqual(['PUT /put']);
    expect(await get(evil, '/put', init)).toBe('TypeError');
    expect(await get(app, '/put', { ...init, headers: { ...init.headers, 'X-Other': 'a' } })).toBe(
      'TypeError',
    );
    expect(await get(app, '/put', { ...init, method: 'DELETE' })).toBe('TypeError');
    expect(handled).toEqual(['PUT /put']);
    for (const page of [app, evil]) await page.close();
  });

  it('the cache keeps the answers for two listed pages apart', async () => {
    policy = cors({ origins: [at('one.app.localhost'), at('two.app.localhost')] });
    // One context, so that both use the same cache, and one partition of it: both are the same site.
    const context = await browser.newContext();
    for (const host of ['one.app.localhost', 'two.app.localhost', 'one.app.localhost']) {
      const page = await context.newPage();
      await page.goto(`${at(host)}/page`);
      expect(await get(page, '/cached')).toBe('secret');
    }
    await context.close();
  });

  it('every site reads public data, and none with cookies', async () => {
    policy = cors({ origins: '*' });
    const page = await open('evil.localhost');
    expect(await get(page, '/public')).toBe('secret');
    expect(await get(page, '/private', { credentials: 'include' })).toBe('TypeError');
    await page.close();
  });

  it('without a policy a foreign page may send, and read nothing', async () => {
    policy = undefined;
    const page = await open('evil.localhost');
    handled.length = 0;
    expect(await get(page, '/none')).toBe('TypeError');
    expect(handled).toEqual(['GET /none']);
    await page.close();
  });
});
