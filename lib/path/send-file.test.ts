import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerTo } from '../errors/answer-to.ts';
import { fileResponse, inside, type SendFileOptions, sendFile } from './index.ts';

let folder: string;
let server: Server;
let url: string;
/** What the next request gets, and how its sending ended. */
let options: SendFileOptions = {};
let ended: Promise<unknown> = Promise.resolve();

const large = Buffer.alloc(3_000_000, 'large ');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-send-'));
  writeFileSync(join(folder, 'report.pdf'), '%PDF-1.7');
  writeFileSync(join(folder, 'page.html'), '<script>alert(1)</script>');
  writeFileSync(join(folder, 'large.bin'), large);
  writeFileSync(join(folder, 'shrinks.bin'), '');
  writeFileSync(join(folder, '.env'), 'KEY=1');
  writeFileSync(join(folder, 'empty.txt'), '');
  mkdirSync(join(folder, '.git'));
  writeFileSync(join(folder, '.git', 'config'), '[core]');
  symlinkSync('/etc/passwd', join(folder, 'passwd'));
  execFileSync('mkfifo', [join(folder, 'fifo')]);
  server = createServer((req, res) => {
    res.setHeader('Content-Security-Policy', "default-src 'self'");
    const path = inside(folder, decodeURIComponent((req.url ?? '/').slice(1)) || 'nothing');
    ended = sendFile(req, res, path, options).catch((error: unknown) => {
      const { status } = answerTo(error);
      if (!res.headersSent && !res.destroyed) res.writeHead(status).end();
      return error;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(name: string, headers: Record<string, string> = {}, given: SendFileOptions = {}) {
  options = given;
  const response = await fetch(url + name, { headers });
  return {
    status: response.status,
    headers: response.headers,
    body: Buffer.from(await response.arrayBuffer()),
  };
}

describe('sendFile', () => {
  it('sends a file to be saved under its name', async () => {
    const { status, headers, body } = await ask('report.pdf');
    expect(status).toBe(200);
    expect(body.toString()).toBe('%PDF-1.7');
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('content-disposition')).toBe('attachment; filename="report.pdf"');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });

  it('sends a large file whole and in parts', async () => {
    const whole = await ask('large.bin');
    expect(whole.body.equals(large)).toBe(true);
    const etag = whole.headers.get('etag') as string;
    const part = await ask('large.bin', { range: 'bytes=2000000-2999999', 'if-range': etag });
    expect(part.status).toBe(206);
    expect(part.body.equals(large.subarray(2_000_000))).toBe(true);
    expect((await ask('large.bin', { 'if-none-match': etag })).status).toBe(304);
  });

  it('notices that a file was rewritten', async () => {
    const before = (await ask('report.pdf')).headers.get('etag');
    writeFileSync(join(folder, 'report.pdf'), '%PDF-1.7');
    expect((await ask('report.pdf')).headers.get('etag')).not.toBe(before);
  });

  it('sends an empty file, and a name of its own', async () => {
    const { status, headers, body } = await ask(
      'empty.txt',
      {},
      { name: 'M\u00fcller.txt', type: 'text/plain' },
    );
    expect([status, body.length]).toEqual([200, 0]);
    expect(headers.get('content-disposition')).toContain("filename*=UTF-8''M%C3%BCller.txt");
  });

  it.each(['.env', '.git/config', 'passwd', 'fifo', '.git', 'missing.txt', 'report.pdf/more', ''])(
    'answers 404 to %j',
    async (name) => {
      const { status, body } = await ask(name);
      expect([status, body.length]).toEqual([404, 0]);
    },
  );

  it('sends a dot file if asked to', async () => {
    expect((await ask('.env', {}, { allowDotFiles: true })).body.toString()).toBe('KEY=1');
  });

  it('stays in its sandbox when the browser asks again, whatever policy the application has', async () => {
    const etag = (await ask('page.html', {}, { disposition: 'inline' })).headers.get('etag') ?? '';
    const again = await ask('page.html', { 'if-none-match': etag }, { disposition: 'inline' });
    expect(again.status).toBe(304);
    expect(again.headers.get('content-security-policy')).toContain('sandbox');
    const own = await ask('page.html', { 'if-none-match': etag }, { allowActiveContent: true });
    expect(own.headers.get('content-security-policy')).toBe("default-src 'self'");
  });

  it('obeys no polluted prototype (CWE-1321)', async () => {
    const inherited = Object.prototype as Record<string, unknown>;
    const evil = { allowDotFiles: true, allowActiveContent: true, name: 'evil.exe', disposition: 'inline' };
    try {
      Object.assign(inherited, evil);
      const [dotFile, page] = [await ask('.env'), await ask('page.html')];
      expect(dotFile.status).toBe(404);
      expect(page.headers.get('content-disposition')).toBe('attachment; filename="page.html"');
      expect(page.headers.get('content-security-policy')).toContain('sandbox');
    } finally {
      for (const name of Object.keys(evil)) delete inherited[name];
    }
  });

  it('shows a page of the application, or an untrusted one in a sandbox', async () => {
    const own = await ask('page.html', {}, { allowActiveContent: true });
    expect(own.headers.get('content-disposition')).toBe('inline; filename="page.html"');
    expect(own.headers.get('content-security-policy')).toBe("default-src 'self'");
    const strange = await ask('page.html', {}, { disposition: 'inline' });
    expect(strange.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('leaves no handle open, whatever was asked and however it ended', async () => {
    const handles = (): number => readdirSync('/proc/self/fd').length;
    await ask('report.pdf');
    const before = handles();
    for (let i = 0; i < 20; i++) {
      await ask('report.pdf', { range: 'bytes=99-' });
      await ask('report.pdf', { 'if-none-match': '*' });
      await ask('missing.txt');
      await ask('report.pdf', {}, { disposition: 'nonsense' as never });
      await hangUp('large.bin');
    }
    expect(handles()).toBeLessThan(before + 5);
  });

  it('resolves when the client goes away', async () => {
    await hangUp('large.bin');
    expect(await ended).toBeUndefined();
  });

  it('closes the connection if the file gets shorter, so that nothing else can pass for its rest', async () => {
    options = {};
    // More than the buffers of both ends hold.
    truncateSync(join(folder, 'shrinks.bin'), 100_000_000);
    const response = await new Promise<IncomingMessage>((resolve) =>
      get(`${url}shrinks.bin`, { agent: false }, resolve),
    );
    truncateSync(join(folder, 'shrinks.bin'), 1_000);
    await expect(buffer(response)).rejects.toThrow('aborted');
    expect(await ended).toMatchObject({ message: 'The file changed while it was sent.' });
  });

  it.each([
    ['a string', '/etc/passwd'],
    ['an object like one', { root: '/etc', relative: 'passwd', absolute: '/etc/passwd', name: 'passwd' }],
  ])('takes no path that inside did not make: %s', async (_, path) => {
    await expect(fileResponse(new Request(url), path as never)).rejects.toThrow('inside');
  });
});

describe('fileResponse', () => {
  it('returns the same answer as a web Response', async () => {
    const request = new Request(url, { headers: { range: 'bytes=0-3' } });
    const response = await fileResponse(request, inside(folder, 'report.pdf'));
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe('bytes 0-3/8');
    expect(await response.text()).toBe('%PDF');
  });

  it('refuses a dot file', async () => {
    await expect(fileResponse(new Request(url), inside(folder, '.env'))).rejects.toMatchObject({
      code: 'path/dot-file',
      status: 404,
    });
  });

  it('rejects if the file does not exist', async () => {
    await expect(fileResponse(new Request(url), inside(folder, 'none'))).rejects.toThrow('no such file');
  });
});

/** Asks, takes the first bytes and disconnects. */
async function hangUp(name: string): Promise<void> {
  options = {};
  const response = await new Promise<IncomingMessage>((resolve) =>
    get(url + name, { agent: false }, resolve),
  );
  response.once('data', () => response.destroy());
  await buffer(response).catch(() => undefined);
  await ended;
}
