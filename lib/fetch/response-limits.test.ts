import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { head, raw, refuses, serve, stopOrigin, tooLarge } from '../../checks/machine/limited-origin.ts';

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

  it('does not ask where there is no body', async () => {
    const get = await serve((_request, response) => response.writeHead(204).end(), { contentTypes });
    expect((await get()).status).toBe(204);
  });
});
