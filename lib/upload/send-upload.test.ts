import { randomBytes } from 'node:crypto';
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordOf } from '../../checks/upload/store-files.ts';
import { temporaryFolder } from '../../checks/upload/temporary-folder.ts';
import { configureEvents } from '../event/index.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import { diskStore } from './disk/index.ts';
import { type ServeUploadOptions, sendUpload, uploadResponse } from './index.ts';

configureEvents({ sinks: [] });

const store = diskStore({ folder: temporaryFolder() });
const data = randomBytes(100_000);
let options: ServeUploadOptions = {};
let port = 0;

const server = createServer((req, res) => {
  sendUpload(req, res, store, decodeURIComponent((req.url ?? '').slice(1)), options).catch(
    (error: unknown) => {
      res.writeHead(isRefusal(error) ? error.status : 500).end();
    },
  );
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function upload(
  type: string,
  extension: string,
  name: string,
  status: 'ready' | 'quarantined' = 'ready',
) {
  const file = await store.begin();
  await file.write(data);
  await file.publish({ ...recordOf(file.id, data.byteLength, status, name), type, extension });
  return file.id;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  given: ServeUploadOptions = {},
) {
  options = given;
  return new Promise<Answer>((resolve, reject) => {
    const sent = httpRequest({ port, host: '127.0.0.1', path: `/${path}`, headers, method }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () =>
        resolve({ status: res.statusCode, headers: res.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', reject).end();
  });
}

describe('an upload is served', () => {
  it('as a download, in a sandbox, with its own type', async () => {
    const id = await upload('application/pdf', 'pdf', 'Jahresbericht \u2013 2026.pdf');
    const { status, headers, body } = await get(id);
    expect(status).toBe(200);
    expect(body.equals(data)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '100000',
      'content-disposition': `attachment; filename="Jahresbericht _ 2026.pdf"; filename*=UTF-8''Jahresbericht%20%E2%80%93%202026.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-cache',
      etag: `"${id}"`,
    });
  });

  it('in ranges, with conditions, and by HEAD', async () => {
    const id = await upload('image/png', 'png', 'a.png');
    const part = await get(id, { range: 'bytes=10-99' });
    expect(part.status).toBe(206);
    expect(part.body.equals(data.subarray(10, 100))).toBe(true);
    expect((await get(id, { 'if-none-match': `"${id}"` })).status).toBe(304);
    expect((await get(id, { range: 'bytes=200000-' })).status).toBe(416);
    const head = await get(id, {}, 'HEAD');
    expect([head.status, head.headers['content-length'], head.body.byteLength]).toEqual([200, '100000', 0]);
  });

  it('as a web Response too', async () => {
    const id = await upload('image/png', 'png', 'a.png');
    const response = await uploadResponse(new Request(`https://shop.example/${id}`), store, id);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await response.arrayBuffer()).equals(data)).toBe(true);
  });
});

describe('a type', () => {
  it.each([
    ['text/html', 'html'],
    ['image/svg+xml', 'svg'],
    ['text/javascript', 'js'],
    ['application/javascript', 'js'],
    ['application/json', 'json'],
    ['text/css', 'css'],
    ['text/xml', 'xml'],
    ['application/xhtml+xml', 'xhtml'],
    ['text/plain', 'txt'],
    ['application/wasm', 'wasm'],
    ['text/html; charset=utf-8', 'html'],
    ['image/png\r\nX-Evil: 1', 'png'],
  ])('that a browser could run or apply is sent as bytes: %s', async (type, extension) => {
    const { headers } = await get(await upload(type, extension, `a.${extension}`));
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-disposition']).toMatch(/^attachment;/);
    expect(headers['x-evil']).toBeUndefined();
  });

  it.each(['image/png', 'application/pdf', 'video/mp4', 'audio/mpeg', 'application/zip'])(
    'is kept: %s',
    async (type) => {
      expect((await get(await upload(type, 'x', 'a.x'))).headers['content-type']).toBe(type);
    },
  );

  it('is shown inline only if it is listed', async () => {
    const [png, pdf] = [
      await upload('image/png', 'png', 'a.png'),
      await upload('application/pdf', 'pdf', 'a.pdf'),
    ];
    const inline = { allowInline: ['image/png'] };
    expect((await get(png)).headers['content-disposition']).toMatch(/^attachment;/);
    expect((await get(png, {}, 'GET', inline)).headers['content-disposition']).toMatch(/^inline;/);
    expect((await get(png, {}, 'GET', inline)).headers['content-security-policy']).toMatch(/sandbox/);
    expect((await get(pdf, {}, 'GET', inline)).headers['content-disposition']).toMatch(/^attachment;/);
  });

  it.each([
    { allowInline: ['image/svg+xml'] },
    { allowInline: ['image/png', 'text/html'] },
    { allowInline: ['application/pdf'] },
    { allowInline: ['IMAGE/PNG'] },
    { allowInline: 'image/png' },
    { allowInline: [undefined] },
    { disposition: 'inline' },
    { allowActiveContent: true },
    { cacheControl: 'a\r\nb' },
    { allowEmbedding: 'all' },
  ])('is not made weaker by an option: %j', async (given) => {
    const id = await upload('image/png', 'png', 'a.png');
    const serving = uploadResponse(new Request('https://a.example/'), store, id, given as never);
    await expect(serving).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
  });
});

describe('a name', () => {
  it.each([
    ['photo', 'image/png', 'png', 'photo.png'],
    ['photo.PNG', 'image/png', 'png', 'photo.PNG'],
    ['photo.jpeg', 'image/jpeg', 'jpg', 'photo.jpeg'],
    ['photo.webp', 'image/png', 'png', 'photo.webp.png'],
    ['photo.html', 'image/png', 'png', 'photo.html.png'],
    ['data', 'application/octet-stream', '', 'data'],
    ['a"\r\nX-Evil: 1.png', 'image/png', 'png', 'a___X-Evil_ 1.png'],
  ])('%j of type %s is saved with its extension', async (name, type, extension, saved) => {
    const { headers } = await get(await upload(type, extension, name));
    expect(headers['content-disposition']?.split(';')[1]).toBe(` filename="${saved}"`);
    expect(headers['x-evil']).toBeUndefined();
  });
});

describe('nothing else is served', () => {
  it.each(['../../etc/passwd', '', 'A'.repeat(26), 'a'.repeat(26), '%2e%2e%2fetc'])(
    'under the id %j',
    async (id) => {
      expect((await get(encodeURIComponent(id))).status).toBe(404);
    },
  );

  it('from quarantine, until it is released', async () => {
    const id = await upload('image/png', 'png', 'a.png', 'quarantined');
    expect((await get(id)).status).toBe(404);
    await store.release(id);
    expect((await get(id)).status).toBe(200);
  });
});

describe('an origin of its own', () => {
  const origin = 'https://usercontent.example';

  it.each(['usercontent.example', 'USERCONTENT.example', 'usercontent.example:443'])(
    'is taken: %s',
    async (host) => {
      const id = await upload('image/png', 'png', 'a.png');
      expect((await get(id, { host }, 'GET', { origin })).status).toBe(200);
    },
  );

  it.each([
    'shop.example',
    'usercontent.example:8443',
    'usercontent.example.evil.example',
    'evil.example/usercontent.example',
    'a@usercontent.example',
    'sub.usercontent.example',
    'usercontent.example.',
  ])('is refused at another host: %s', async (host) => {
    const id = await upload('image/png', 'png', 'a.png');
    expect((await get(id, { host }, 'GET', { origin })).status).toBe(421);
  });

  it('is that of the URL in a web request', async () => {
    const id = await upload('image/png', 'png', 'a.png');
    const response = await uploadResponse(new Request(`${origin}/${id}`), store, id, { origin });
    expect(response.status).toBe(200);
    await response.body?.cancel();
    const other = uploadResponse(new Request(`https://shop.example/${id}`), store, id, { origin });
    await expect(other).rejects.toMatchObject({ code: 'upload/other-origin', status: 421 });
  });

  it.each(['usercontent.example', 'https://usercontent.example/', 'https://a.example/b', 'null', 7])(
    'is an origin, not %j',
    async (value) => {
      const id = await upload('image/png', 'png', 'a.png');
      const serving = uploadResponse(new Request(origin), store, id, { origin: value as string });
      await expect(serving).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
    },
  );
});
