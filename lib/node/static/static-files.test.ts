import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import express, { type Express } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bulwark, bulwarkErrors, staticFiles } from '../../express/index.ts';

let folder: string;
let server: Server;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-static-'));
  const site = join(folder, 'site');
  mkdirSync(join(site, 'docs'), { recursive: true });
  mkdirSync(join(site, 'empty'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(site, 'index.html'), '<h1>home</h1>');
  writeFileSync(join(site, 'docs', 'index.html'), '<h1>docs</h1>');
  writeFileSync(join(site, 'app.js'), 'run()');
  writeFileSync(join(site, '100% bl\u00e5.css'), 'a {}');
  writeFileSync(join(site, '.env'), 'KEY=1');
  symlinkSync(join(folder, 'secret.txt'), join(site, 'link.txt'));
  const app: Express = express().use(bulwark());
  app.use('/assets', staticFiles(site, { cacheControl: 'public, max-age=600', index: false }));
  app.use(staticFiles(site));
  app.use((req, res) => void res.status(404).send(`the application's: ${req.path}`));
  app.use(bulwarkErrors());
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As it is written: `fetch` would tidy the path up. */
async function ask(path: string, method = 'GET'): Promise<{ status: number; head: string; body: string }> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  const answer = await text(socket);
  const end = answer.indexOf('\r\n\r\n');
  const head = answer.slice(0, end);
  return { status: Number(head.split(' ')[1]), head, body: answer.slice(end + 4) };
}

describe('staticFiles', () => {
  it.each([
    ['/', '<h1>home</h1>', 'text/html; charset=utf-8'],
    ['/docs/', '<h1>docs</h1>', 'text/html; charset=utf-8'],
    ['/app.js?v=2', 'run()', 'text/javascript; charset=utf-8'],
    ['/100%25%20bl%C3%A5.css', 'a {}', 'text/css; charset=utf-8'],
    ['/assets/app.js', 'run()', 'text/javascript; charset=utf-8'],
  ])('serves %s', async (path, body, type) => {
    const answer = await ask(path);
    expect(answer).toMatchObject({ status: 200, body });
    expect(answer.head).toContain(`Content-Type: ${type}`);
    expect(answer.head).toContain("default-src 'self'");
    expect(answer.head).not.toContain('attachment');
    expect(answer.head).toContain(
      path.startsWith('/assets') ? 'Cache-Control: public, max-age=600' : 'Cache-Control: ',
    );
  });

  it('leads to the folder of an index', async () => {
    expect((await ask('/docs?a=1')).head).toContain('Location: /docs/?a=1');
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/docs/../../secret.txt',
    '/%252e%252e/secret.txt',
    '//secret.txt',
    '/.env',
    '/.%65nv',
    '/app.js%00.css',
    '/app.js/',
    '/empty/',
    '/missing.js',
    '/%ff',
    '/assets/',
    '/assets/docs',
    '/urn:isbn:123',
  ])('leaves %s to the application', async (path) => {
    const { status, body } = await ask(path);
    expect(body).not.toMatch(/secret$|KEY=1/);
    expect([400, 404]).toContain(status);
  });

  it('leaves an unusual path that is no file to a route', async () => {
    expect((await ask('/urn:isbn:123')).body).toBe("the application's: /urn:isbn:123");
  });

  it.each(['//evil.example/..', '/\\evil.example', '//docs', '/%2fdocs'])(
    'redirects nowhere for %s',
    async (path) => {
      expect((await ask(path)).head).not.toContain('Location');
    },
  );

  it('follows no link out of the folder', async () => {
    const { status, body } = await ask('/link.txt');
    expect(status).toBe(404);
    expect(body).toContain('was refused');
  });

  it('answers HEAD, and leaves other methods to the application', async () => {
    expect(await ask('/app.js', 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect(await ask('/app.js', 'POST')).toMatchObject({ status: 404 });
  });

  it.each(['relative/folder', ''])('takes no root that is not absolute: %j', (root) => {
    expect(() => staticFiles(root)).toThrow('absolute');
  });
});
