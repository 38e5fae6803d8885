import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bulwark, bulwarkErrors, staticFiles } from '../../express/index.ts';

let site: string;
let server: Server;

beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), 'bulwark-static-'));
  mkdirSync(join(site, 'admin'));
  mkdirSync(join(site, 'docs'));
  writeFileSync(join(site, 'index.html'), 'home');
  writeFileSync(join(site, 'docs', 'index.html'), 'docs');
  writeFileSync(join(site, 'admin', 'users.html'), 'users');
  for (const name of ['~ann.html', '%61.txt', "it's (1)+@2x,=;.txt"]) writeFileSync(join(site, name), name);
  const app = express().use(bulwark());
  app.use('/assets', staticFiles(site));
  app.use('/bare', staticFiles(site, { index: false }));
  writeFileSync(join(site, 'app.js'), 'run()');
  app.use('/public', staticFiles(site, { cacheControl: 'public, max-age=600' }));
  app.use('/admin', (_req, res) => void res.status(401).send('log in'));
  app.use(staticFiles(site));
  app.use((_req, res) => void res.status(404).send('none'));
  app.use(bulwarkErrors());
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
  rmSync(site, { recursive: true, force: true });
});

/** As it is written: `fetch` would tidy the path up. */
async function ask(target: string, headers = ''): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n${headers}Connection: close\r\n\r\n`);
  return text(socket);
}

describe('the path of a static file', () => {
  it.each([
    '/admin%2fusers.html',
    '/%61dmin/users.html',
    '/%41dmin/users.html',
    '/a%64min%2Fusers%2ehtml',
    '/assets%2fadmin/users.html',
  ])('does not pass a log-in as %s (CWE-177)', async (target) => {
    expect(await ask(target)).toMatch(/^HTTP\/1.1 (?:401|404) [\s\S]*\r\n\r\n(?:log in|none)$/);
  });

  it.each([
    ['/~ann.html', '~ann.html'],
    ['/%7Eann.html', '~ann.html'],
    ['/%2561.txt', '%61.txt'],
    ['/it%27s%20%281%29%2B%402x%2C%3D%3B.txt', "it's (1)+@2x,=;.txt"],
    ["/it's%20(1)+@2x,=;.txt", "it's (1)+@2x,=;.txt"],
    ['http://localhost/docs/', 'docs'],
    ['http://localhost/assets/docs/?a=1', 'docs'],
  ])('may be written as %s', async (target, body) => {
    expect(await ask(target)).toMatch(/^HTTP\/1.1 200 /);
    expect((await ask(target)).split('\r\n\r\n')[1]).toBe(body);
  });

  it.each([
    ['/assets', '/assets/'],
    ['/assets?a=1', '/assets/?a=1'],
    ['http://localhost/docs', '/docs/'],
  ])('leads from %s to a folder, so that links in its index work', async (target, location) => {
    expect(await ask(target)).toContain(`Location: ${location}\r\n`);
  });

  it('leads nowhere without an index', async () => {
    expect(await ask('/bare')).toMatch(/^HTTP\/1.1 404 /);
  });
});

describe('a static file that the browser has', () => {
  it('stays in shared caches: its 304 says that it is no page with a nonce', async () => {
    const headers = await ask('/public/app.js');
    const etag = /ETag: (\S+)/.exec(headers)?.[1] as string;
    const again = await ask('/public/app.js', `If-None-Match: ${etag}\r\n`);
    expect(again).toMatch(/^HTTP\/1.1 304 /);
    expect(again).toContain('Cache-Control: public, max-age=600\r\n');
  });
});

describe('the options of static files', () => {
  it.each([
    { cacheControl: 'public\n' },
    { disposition: 'shown' },
    { allowEmbedding: '*' },
    { links: 'all' },
    { index: '../index.html' },
    { index: true },
    { index: ['index.html'] },
  ])('are judged at startup: %j', (options) => {
    expect(() => staticFiles(site, options as never)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it('may be any that are meant', () => {
    const options = {
      index: 'start/home.htm',
      links: 'refuse',
      allowEmbedding: 'same-site',
      cacheControl: 'no-store',
    } as const;
    expect(staticFiles(site, options)).toBeTypeOf('function');
    expect(staticFiles(site, { index: false, disposition: 'attachment' })).toBeTypeOf('function');
  });

  it('are not those of a polluted prototype', async () => {
    writeFileSync(join(site, '.env'), 'KEY=1');
    const inherited = Object.prototype as Record<string, unknown>;
    try {
      Object.assign(inherited, { allowDotFiles: true, index: '.env' });
      expect(await ask('/.env')).toMatch(/^HTTP\/1.1 404 /);
      expect(await ask('/')).toMatch(/home$/);
    } finally {
      delete inherited['allowDotFiles'];
      delete inherited['index'];
    }
  });
});
