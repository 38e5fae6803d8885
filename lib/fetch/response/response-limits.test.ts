import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  head,
  originIdle,
  raw,
  refuses,
  serve,
  stopOrigin,
  tooLarge,
} from '../../../checks/machine/limited-origin.ts';

describe('interim responses', () => {
  const answer = (count: number): string =>
    `${'HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n'.repeat(count)}${head}content-length: 2\r\n\r\nok`;

  it('may be 16, and not one more', async () => {
    expect(await (await (await raw(answer(16)))()).text()).toBe('ok');
    await stopOrigin();
    await refuses((await raw(answer(17)))(), ...tooLarge);
  });

  it('without end are ended', async () => {
    await refuses((await raw('', 'HTTP/1.1 102 Processing\r\n\r\n'))(), ...tooLarge);
  });
});

describe('maxRatio', () => {
  const zeros = (bytes: number): Buffer => gzipSync(Buffer.alloc(bytes));
  const gzip = { 'content-encoding': 'gzip' };

  it('ends a bomb long before maxBytes, and lets small dense bodies pass', async () => {
    const small = await serve((_request, response) => response.writeHead(200, gzip).end(zeros(900_000)), {
      maxBytes: 100_000_000,
    });
    expect((await (await small()).arrayBuffer()).byteLength).toBe(900_000);
    await stopOrigin();
    const bomb = await serve((_request, response) => response.writeHead(200, gzip).end(zeros(50_000_000)), {
      maxBytes: 100_000_000,
    });
    await refuses(
      bomb().then((response) => response.arrayBuffer()),
      'fetch/decompression-ratio',
      502,
    );
  });

  it('is what the policy says', async () => {
    const get = await serve((_request, response) => response.writeHead(200, gzip).end(zeros(2_000_000)), {
      maxBytes: 100_000_000,
      maxRatio: 2_000,
    });
    expect((await (await get()).arrayBuffer()).byteLength).toBe(2_000_000);
  });
});

describe('contentTypes', () => {
  const contentTypes = ['text/html', 'image/*'];
  const typed = (type: string | undefined) =>
    serve((_request, response) => response.writeHead(200, type ? { 'content-type': type } : {}).end('x'), {
      contentTypes,
    });

  it.each(['text/html', 'Text/HTML; charset=utf-8', 'image/png', 'image/svg+xml'])(
    'takes %s',
    async (type) => {
      expect(await (await (await typed(type))()).text()).toBe('x');
    },
  );

  it.each(['text/plain', 'text/htmlx', 'application/json', 'image', '', undefined])(
    'refuses %s',
    async (type) => {
      await refuses((await typed(type))(), 'fetch/content-type', 502);
    },
  );

  it.each([300, 305, 399, 404, 500])('refuses a page with status %i as any other', async (status) => {
    const get = await serve(
      (_request, response) => response.writeHead(status, { 'content-type': 'text/plain' }).end('x'),
      { contentTypes },
    );
    await refuses(get(), 'fetch/content-type', 502);
  });

  it('gives a redirect that is not followed, without the page beside it', async () => {
    const headers = { location: '/there', 'content-type': 'text/plain' };
    const get = await serve((_request, response) => response.writeHead(302, headers).end('x'), {
      contentTypes,
    });
    const response = await get({ redirect: 'manual' });
    expect([response.status, response.headers.get('location'), await response.text()]).toEqual([
      ...[302, '/there', ''],
    ]);
    await originIdle();
  });

  it('does not ask where there is no body', async () => {
    const get = await serve((_request, response) => response.writeHead(204).end(), { contentTypes });
    expect((await get()).status).toBe(204);
  });
});

describe('coded data that ends before the body does', () => {
  const gzip = gzipSync('hello');
  it.each([
    ['gzip', Buffer.concat([gzip, Buffer.alloc(8)])],
    ['deflate', Buffer.concat([deflateSync('hello'), Buffer.from('more')])],
    ['deflate', Buffer.concat([deflateRawSync('hello'), Buffer.from('more')])],
    ['br', Buffer.concat([brotliCompressSync('hello'), Buffer.from('more')])],
  ])('ends a %s body, and the connection with it', async (coding, bytes) => {
    const get = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': coding });
      response.write(bytes);
      // It never ends by itself.
      const timer = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(timer));
    });
    expect(await (await get()).text()).toBe('hello');
    await originIdle();
  });

  it('keeps a connection whose body ends where its data does', async () => {
    const get = await raw(
      `${head}content-encoding: gzip\r\ncontent-length: ${gzip.length}\r\n\r\n${gzip.toString('latin1')}`,
    );
    expect(await (await get()).text()).toBe('hello');
  });

  it('takes several members of gzip as one body', async () => {
    const get = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.concat([gzip, gzip]));
    });
    expect(await (await get()).text()).toBe('hellohello');
  });
});

describe('a body that comes byte by byte', () => {
  it('arrives whole', async () => {
    const text = 'abcdefghij'.repeat(2_000);
    const chunks = [...text].map((letter) => `1\r\n${letter}\r\n`).join('');
    const get = await raw(`${head}transfer-encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`);
    const pieces: number[] = [];
    let all = '';
    for await (const piece of (await get()).body as unknown as AsyncIterable<Uint8Array>) {
      pieces.push(piece.byteLength);
      all += Buffer.from(piece).toString();
    }
    expect(all).toBe(text);
    // 20,000 chunks, in as many pieces as the socket was read.
    expect(pieces.length).toBeLessThan(200);
  });
});
