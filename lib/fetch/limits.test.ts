import { getEventListeners } from 'node:events';
import { createServer } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  fetchOf,
  head,
  originIdle,
  raw,
  refuses,
  serve,
  stopOrigin,
  tooLarge,
} from '../../checks/machine/limited-origin.ts';
import { listen, startOrigin } from '../../checks/machine/origin.ts';

describe('maxBytes', () => {
  it('lets a body of exactly that size pass, and not one byte more', async () => {
    const body = async (bytes: number, headers: Record<string, string | number>) => {
      const get = await serve(
        (_request, response) => void response.writeHead(200, headers).end(Buffer.alloc(bytes)),
      );
      return (await get()).arrayBuffer();
    };
    expect((await body(100_000, { 'content-length': 100_000 })).byteLength).toBe(100_000);
    await stopOrigin();
    expect((await body(100_000, {})).byteLength).toBe(100_000);
    await stopOrigin();
    await refuses(body(100_001, { 'content-length': 100_001 }), ...tooLarge);
    await stopOrigin();
    await refuses(body(100_001, {}), ...tooLarge);
  });

  it('refuses early by the length that is announced, and does not believe it otherwise', async () => {
    const announced = await raw(`${head}content-length: 99999999999999\r\n\r\n`);
    await refuses(announced(), ...tooLarge);
    await stopOrigin();
    const get = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 200_000, 'content-type': 'text/plain' }).end();
    });
    expect((await get({ method: 'HEAD' })).headers.get('content-length')).toBe('200000');
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(50_000_000))],
    ['x-gzip', gzipSync(Buffer.alloc(50_000_000))],
    ['br', brotliCompressSync(Buffer.alloc(50_000_000))],
  ])('is counted after decoding %s', async (encoding, bomb) => {
    expect(bomb.length).toBeLessThan(100_000);
    const get = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding, 'content-length': bomb.length }).end(bomb);
    });
    await refuses(
      get().then((response) => response.arrayBuffer()),
      ...tooLarge,
    );
  });

  it('decodes one coding within it', async () => {
    const get = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'GZip' }).end(gzipSync(Buffer.alloc(90_000, 'a')));
    });
    expect((await (await get()).text()).length).toBe(90_000);
  });

  it('ends a body that never ends', async () => {
    const endless = await raw(`${head}content-type: text/plain\r\n\r\n`, 'endless ');
    await refuses(
      endless().then((response) => response.text()),
      ...tooLarge,
    );
    await stopOrigin();
    const chunked = await raw(`${head}transfer-encoding: chunked\r\n\r\n`, '8\r\nendless \r\n');
    await refuses(
      chunked().then((response) => response.text()),
      ...tooLarge,
    );
  });

  it('bounds what arrives too, where decoding gives nothing', async () => {
    // A gzip member's name has no length, so its header can go on for ever.
    const start = '\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x03';
    const get = await raw(`${head}content-encoding: gzip\r\n\r\n${start}`, 'name');
    await refuses(
      get().then((response) => response.text()),
      ...tooLarge,
    );
  });

  it('stops a reader that reads chunk by chunk', async () => {
    const endless = await raw(`${head}\r\n`, 'endless ');
    const reader = (await endless()).body?.getReader();
    let bytes = 0;
    const readAll = async (): Promise<void> => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
        bytes += part.value.length;
    };
    await refuses(readAll(), ...tooLarge);
    expect(bytes).toBeLessThanOrEqual(100_000);
  });
});

describe('the headers of a response', () => {
  it('may be 16 KiB', async () => {
    const get = await raw(`${head}x-a: ${'a'.repeat(12_000)}\r\ncontent-length: 2\r\n\r\nok`);
    expect(await (await get()).text()).toBe('ok');
    await stopOrigin();
    const large = await raw(`${head}x-a: ${'a'.repeat(20_000)}\r\ncontent-length: 2\r\n\r\nok`);
    await refuses(large(), ...tooLarge);
    await stopOrigin();
    const endless = await raw(head, 'x-a: aaaaaaaa\r\n');
    await refuses(endless(), ...tooLarge);
  });
});

describe('content codings', () => {
  it('are one at most', async () => {
    const twice = gzipSync(gzipSync(Buffer.alloc(1_000)));
    for (const encoding of ['gzip, gzip', 'gzip,br', 'deflate, x-gzip']) {
      const get = await serve((_request, response) => {
        response.writeHead(200, { 'content-encoding': encoding }).end(twice);
      });
      await refuses(get(), 'fetch/content-encoding', 502);
      await stopOrigin();
    }
  });

  it('that nobody takes off are passed on', async () => {
    for (const encoding of ['identity', 'aws-chunked', 'identity, aws-chunked']) {
      const get = await serve((_request, response) => {
        response.writeHead(200, { 'content-encoding': encoding }).end('as it is');
      });
      expect(await (await get()).text()).toBe('as it is');
      await stopOrigin();
    }
  });
});

describe('timeoutMs', () => {
  const timeoutMs = 300;

  it('ends a server that says nothing', async () => {
    const get = await raw('', undefined, { timeoutMs });
    await refuses(get(), 'fetch/timeout', 504);
  });

  it('ends headers and bodies that come drop by drop', async () => {
    const drip = async (start: string) => {
      const server = createServer((socket) => {
        socket.write(start);
        const timer = setInterval(() => socket.write('a'), 50);
        socket.once('close', () => clearInterval(timer));
      });
      return fetchOf(await listen(server), { timeoutMs });
    };
    await refuses((await drip('HTTP/1.1 200 OK\r\nx-a: '))(), 'fetch/timeout', 504);
    await stopOrigin();
    const get = await drip(`${head}\r\n`);
    await refuses(
      get().then((response) => response.text()),
      'fetch/timeout',
      504,
    );
  });

  it('counts redirects together', async () => {
    const get = await serve(
      (_request, response) => {
        setTimeout(() => response.writeHead(302, { location: '/' }).end(), 50);
      },
      { timeoutMs, maxRedirects: 100 },
    );
    await refuses(get(), 'fetch/timeout', 504);
  });

  it('closes a response that nobody reads', async () => {
    const endless = await raw(`${head}\r\n`, 'endless ', { timeoutMs });
    const response = await endless();
    await originIdle();
    await expect(response.text()).rejects.toMatchObject({ code: 'fetch/timeout' });
  });

  it('leaves alone what is in time, and what was cancelled', async () => {
    const get = await serve((_request, response) => void response.end('in time'), { timeoutMs });
    expect(await (await get()).text()).toBe('in time');
    await stopOrigin();
    const endless = await raw(`${head}\r\n`, 'endless ', { timeoutMs: 60_000 });
    await (await endless()).body?.cancel();
    await originIdle();
  });

  it('lets go of the signal of the caller when the exchange is over', async () => {
    const { signal } = new AbortController();
    const get = await serve((request, response) => void response.end(request.method === 'GET' ? 'body' : ''));
    await (await get({ signal })).text();
    await get({ signal, method: 'HEAD' });
    await (await get({ signal })).body?.cancel();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a hostile server', () => {
  it('that redirects with a body without end is let go', async () => {
    const target = await startOrigin((_request, response) => void response.end('there'));
    const get = await raw(`HTTP/1.1 302 Found\r\nlocation: ${target.url()}\r\n\r\n`, 'endless ', {
      allowPrivate: [
        { host: '127.0.0.1', cidr: '127.0.0.0/8', ports: [...Array(65_535).keys()].map((n) => n + 1) },
      ],
    });
    expect(await (await get()).text()).toBe('there');
    await originIdle();
    await target.stop();
  });

  it.each([
    ['closes at once', ''],
    ['speaks another protocol', '-ERR unknown command\r\n'],
    ['sends two lengths', `${head}content-length: 1\r\ncontent-length: 2\r\n\r\nab`],
    ['sends a length and chunks', `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['sends a broken chunk', `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`],
    ['sends broken gzip', `${head}content-encoding: gzip\r\ncontent-length: 4\r\n\r\nnope`],
    ['ends too early', `${head}content-length: 10\r\n\r\nshort`],
  ])('that %s gives an error, as fetch does', async (_name, bytes) => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.end(bytes, 'latin1'));
    });
    const get = fetchOf(await listen(server), {});
    await expect(get().then((response) => response.text())).rejects.toBeInstanceOf(Error);
    await originIdle();
  });

  it('that sends an odd reason gives a response', async () => {
    const get = await raw('HTTP/1.1 200 \x80\x01\xff\r\ncontent-length: 2\r\n\r\nok');
    const outcome = await get().then(
      (response) => response.text(),
      (error: unknown) => error instanceof TypeError,
    );
    expect([true, 'ok']).toContain(outcome);
  });
});
