import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Express, type Response } from 'express';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { bulwark, routeCsp } from './index.ts';

configureEvents({ sinks: [] });
const folder = mkdtempSync(join(tmpdir(), 'bulwark-pages-'));
afterAll(() => rmSync(folder, { recursive: true }));
const page = '<!doctype html><title>x</title>';
writeFileSync(join(folder, 'page.html'), page);
writeFileSync(join(folder, 'app.js'), '1');

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Not by fetch, which would ask for a full answer. */
function ask(url: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((done, failed) => {
    get(url, { headers, agent: false }, (response: IncomingMessage) => {
      response.resume();
      done({ status: response.statusCode, headers: response.headers });
    }).once('error', failed);
  });
}

/** The answer to a first request, and to one that says what it has stored. */
async function twice(app: Express, path: string): Promise<readonly [Answer, Answer]> {
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const first = await ask(url, {});
  return [first, await ask(url, { 'if-none-match': String(first.headers.etag ?? '"own"') })];
}

/** Takes away what the `send` of Express 4 takes away from a 304. */
function withoutContent(res: Response): void {
  for (const name of res.getHeaderNames()) if (name.startsWith('content-')) res.removeHeader(name);
}

const shared = 'public, max-age=60';
const routes = (): Express => {
  const app = express().use(bulwark());
  app.use('/static', express.static(folder, { maxAge: 60_000 }));
  app.get('/send', (_req, res) => void res.set('Cache-Control', shared).set('ETag', '"own"').send(page));
  app.get('/plain', (_req, res) => void res.set('ETag', '"own"').send(page));
  app.get('/file', (_req, res) => res.sendFile(join(folder, 'page.html'), { maxAge: 60_000 }));
  app.get('/own', (req, res) => {
    res.set({ 'Cache-Control': shared, ETag: '"own"', 'X-Accel-Expires': '60' });
    if (req.headers['if-none-match'] === '"own"') res.status(304).end();
    else res.type('html').end(page);
  });
  app.get('/head', (req, res) => {
    const headers = { 'Cache-Control': shared, ETag: '"own"', 'CDN-Cache-Control': 'max-age=60' };
    if (req.headers['if-none-match'] === '"own"') res.writeHead(304, headers).end();
    else res.writeHead(200, { ...headers, 'Content-Type': 'text/html' }).end(page);
  });
  app.get('/express4', (req, res) => {
    res.set({ 'Cache-Control': shared, ETag: '"own"' }).type('html');
    if (req.headers['if-none-match'] !== '"own"') return void res.end(page);
    withoutContent(res);
    res.status(304).end();
  });
  app.get('/json', (_req, res) => void res.set('Cache-Control', shared).set('ETag', '"own"').json({}));
  app.get('/css4', (req, res) => {
    res.set({ 'Cache-Control': shared, ETag: '"own"' }).type('css');
    if (req.headers['if-none-match'] !== '"own"') return void res.end('a{}');
    withoutContent(res);
    res.status(304).end();
  });
  app.get(
    '/hash',
    routeCsp({ directives: { 'script-src': ["'self'"], 'style-src': ["'self'"] } }),
    (_req, res) => {
      res.set('Cache-Control', shared).set('ETag', '"own"').send(page);
    },
  );
  app.get('/unset', (req, res) => {
    res.set('ETag', '"own"');
    if (req.headers['if-none-match'] === '"own"') res.status(304).end();
    else res.json({});
  });
  return app;
};

describe('the 304 of a page with a nonce', () => {
  it.each(['/send', '/plain', '/static/page.html', '/file', '/own', '/head', '/express4'])(
    'says what its page said: %s',
    async (path) => {
      const [first, again] = await twice(routes(), path);
      expect([first.status, again.status]).toEqual([200, 304]);
      expect(first.headers['cache-control']).toMatch(/^private, (?:max-age=60|no-cache)$/);
      expect(again.headers['cache-control']).toBe(first.headers['cache-control']);
      for (const name of ['content-security-policy', 'x-accel-expires', 'cdn-cache-control']) {
        expect(again.headers[name]).toBeUndefined();
      }
    },
  );
});

describe('the 304 of anything else', () => {
  it.each(['/json', '/static/app.js', '/css4', '/hash'])('stays shared: %s', async (path) => {
    const [first, again] = await twice(routes(), path);
    expect([first.status, again.status]).toEqual([200, 304]);
    expect(first.headers['cache-control']).toBe(shared);
    expect(again.headers['cache-control']).toBe(shared);
  });

  it('that says nothing of caches still says nothing', async () => {
    const [, again] = await twice(routes(), '/unset');
    expect([again.status, again.headers['cache-control']]).toEqual([304, undefined]);
  });
});
