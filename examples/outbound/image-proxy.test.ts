import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Origin, startOrigin } from '../../checks/machine/origin.ts';
import { configureEvents } from '../../lib/event/index.ts';
import { createImageProxy, type ImageProxy } from './image-proxy.ts';
import { type Neighbours, startNeighbours } from './testing/neighbours.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const keys = [randomBytes(32), randomBytes(32)];
let answer: RequestListener;
let neighbours: Neighbours;
let images: ImageProxy;
let front: Origin;

beforeAll(async () => {
  configureEvents({ sinks: [] });
  neighbours = await startNeighbours((request, response) => answer(request, response));
  images = createImageProxy({ keys, userAgent: 'test/1', maxBytes: 300_000, egress: neighbours.egress });
  front = await startOrigin((request, response) => void images.handle(request, response));
});
afterAll(async () => {
  await front.stop();
  await neighbours.stop();
});
beforeEach(() => {
  neighbours.requests.length = 0;
});

function serve(body: string | Buffer, headers: Record<string, string | string[]> = {}): void {
  answer = (_request, response) =>
    response.writeHead(200, { 'content-type': 'image/png', ...headers }).end(body);
}
const show = (
  init?: RequestInit,
  path = images.urlFor(neighbours.outside.url('/cat.png')),
): Promise<Response> => fetch(front.url(path), init);
const insideSaw = (): number => neighbours.inside.connections() - 1;

describe('an image', () => {
  it('is shown, with headers that make it nothing but an image', async () => {
    serve(png, {
      'set-cookie': 'a=1',
      'x-other': 'y',
      etag: '"1"',
      'content-security-policy': 'default-src *',
    });
    const response = await show();
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png);
    const headers = Object.fromEntries(response.headers);
    for (const name of ['date', 'connection', 'keep-alive', 'transfer-encoding']) delete headers[name];
    expect(headers).toEqual({
      'cache-control': 'public, max-age=86400',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'image/png',
      'cross-origin-resource-policy': 'same-site',
      'x-content-type-options': 'nosniff',
    });
  });

  it('is asked for without a header of the reader', async () => {
    serve(png);
    const own = {
      cookie: 'session=1',
      authorization: 'Basic x',
      referer: 'https://a/',
      'x-forwarded-for': '1.2.3.4',
    };
    await show({ headers: { ...own, range: 'bytes=0-1', 'accept-language': 'de' } });
    const { host, ...sent } = neighbours.requests[0]?.headers ?? {};
    expect(sent).toEqual({
      accept: 'image/png,image/jpeg,image/gif,image/webp,image/avif',
      'accept-encoding': expect.any(String),
      'accept-language': '*',
      connection: expect.any(String),
      'user-agent': 'test/1',
    });
  });

  it.each([
    ['image/jpeg', '\xff\xd8\xff\xe0'],
    ['image/gif', 'GIF89a'],
    ['image/webp', 'RIFF\x10\0\0\0WEBPVP8 '],
    ['image/avif', '\0\0\0\x1cftypavif\0\0\0\0mif1miaf'],
    ['image/avif', '\0\0\0\x1cftypmif1\0\0\0\0avifmiaf'],
  ])('has the type that its first bytes say: %s', async (type, start) => {
    serve(Buffer.from(start.padEnd(500, '\0'), 'latin1'));
    expect((await show()).headers.get('content-type')).toBe(type);
  });

  it('may answer HEAD, and takes a key that is no longer the first', async () => {
    serve(png);
    const response = await show({ method: 'HEAD' });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    const old = createImageProxy({ keys: [keys[1] as Buffer], userAgent: 'test/1' });
    expect((await show({}, old.urlFor(neighbours.outside.url('/cat.png')))).status).toBe(200);
  });
});

describe('nothing but a 404', () => {
  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'image/svg+xml'],
    ['SVG that is called PNG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/png'],
    ['a page that is called PNG', '<script>alert(1)</script>', 'image/png'],
    ['PNG that is called a page', png, 'text/html'],
    ['an empty body', '', 'image/png'],
    ['a video of the same family', '\0\0\0\x18ftypmp42\0\0\0\0isomavif', 'image/avif'],
  ])('is made of %s', async (name, body, type) => {
    // Brands after the end of the box are bytes of something else.
    serve(name.startsWith('a video') ? Buffer.from(String(body).replace('\x18', '\x14'), 'latin1') : body, {
      'content-type': type,
    });
    const response = await show();
    expect([response.status, await response.text()]).toEqual([404, 'No image.\n']);
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-site');
    serve(png);
    expect((await show()).status).toBe(200);
  });

  it('is given for a path that it did not sign, and nobody is asked', async () => {
    serve(png);
    const good = images.urlFor(neighbours.outside.url('/cat.png'));
    const [, mac = ''] = good.split('/');
    const other = Buffer.from(neighbours.outside.url('/dog.png')).toString('base64url');
    const foreign = createImageProxy({ keys: [randomBytes(32)], userAgent: 'x' });
    for (const path of [
      ...[
        '/',
        '/favicon.ico',
        `/${mac}`,
        `/${mac}/`,
        `/${mac}/${other}`,
        `/${'A'.repeat(43)}/${other}`,
        `${good}?x=1`,
      ],
      ...[`/${mac}/${'A'.repeat(9_000)}`, foreign.urlFor(neighbours.outside.url('/cat.png'))],
    ]) {
      expect([path, (await show({}, path)).status]).toEqual([path, 404]);
    }
    expect((await show({ method: 'POST', body: 'x' }, good)).status).toBe(404);
    expect(neighbours.requests).toEqual([]);
    expect((await show({}, good)).status).toBe(200);
  });

  it('is given for what leads inside, and inside hears nothing', async () => {
    for (const url of [
      'http://169.254.169.254/a.png',
      neighbours.inside.url('/a.png'),
      'http://[::1]/a.png',
    ]) {
      expect((await show({}, images.urlFor(url))).status).toBe(404);
    }
    answer = (_request, response) => response.writeHead(302, { location: neighbours.inside.url() }).end();
    expect((await show()).status).toBe(404);
    expect(insideSaw()).toBe(0);
  });

  it('is given for an error of the server, of the network, and a length that is too large', async () => {
    answer = (_request, response) => response.writeHead(500, { 'content-type': 'image/png' }).end(png);
    expect((await show()).status).toBe(404);
    answer = (request) => request.socket.destroy();
    expect((await show()).status).toBe(404);
    serve(png, { 'content-length': '300001' });
    expect((await show()).status).toBe(404);
    serve(Buffer.concat([png, Buffer.alloc(200_000)]));
    expect((await (await show()).arrayBuffer()).byteLength).toBe(png.length + 200_000);
  });
});

describe('an image that turns out too large', () => {
  it.each([false, true])(
    'is cut off, so that nobody takes it for whole (compressed: %s)',
    async (compressed) => {
      const body = Buffer.concat([png, Buffer.alloc(5_000_000)]);
      answer = (_request, response) => {
        const coding = compressed ? { 'content-encoding': 'gzip' } : {};
        response.writeHead(200, { 'content-type': 'image/png', ...coding });
        // In parts, so that there is no Content-Length.
        response.write(compressed ? gzipSync(body) : body);
        response.end();
      };
      await expect(show().then((response) => response.arrayBuffer())).rejects.toThrow(TypeError);
      await neighbours.outside.idle();
    },
  );
});

describe('a reader that goes away', () => {
  it('ends the request that was made for it', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      response.write(png);
    };
    const away = new AbortController();
    const response = await show({ signal: away.signal });
    expect(response.status).toBe(200);
    away.abort();
    await response.arrayBuffer().catch(() => {});
    await neighbours.outside.idle();
  });
});

describe('options', () => {
  it('that are weak, and addresses that are not of the web, are a mistake', () => {
    expect(() => createImageProxy({ keys: [], userAgent: 'x' })).toThrow(TypeError);
    expect(() => createImageProxy({ keys: [randomBytes(31)], userAgent: 'x' })).toThrow(TypeError);
    expect(() => images.urlFor('javascript:alert(1)')).toThrow(TypeError);
    expect(() => images.urlFor(`https://example.com/${'x'.repeat(2_048)}`)).toThrow(TypeError);
    expect(images.urlFor('https://example.com/a.png')).toMatch(/^\/[\w-]{43}\/[\w-]+$/);
  });
});
