import { getEventListeners } from 'node:events';
import { createServer } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listen, type Origin, startOrigin } from '../../checks/machine/origin.ts';
import { configureEvents } from '../event/index.ts';
import { createFetch } from './guarded-fetch.ts';
import type { FetchOptions } from './policy.ts';

let origin: Origin | undefined;

/** So much time that a connection which is closed was closed by the limit in question. */
const limits = { maxBytes: 100_000, timeoutMs: 600_000 };

beforeAll(() => {
  configureEvents({ sinks: [] });
});
afterEach(async () => {
  await origin?.stop();
  origin = undefined;
});

/** Starts a server and gives a fetch to its root. */
async function serve(
  handler: Parameters<typeof startOrigin>[0],
  more: Partial<FetchOptions> = {},
): Promise<(init?: RequestInit) => Promise<Response>> {
  // A connection that has done its work is kept for a while otherwise, and `idle` would wait for that.
  const closing: typeof handler = (request, response) => {
    response.setHeader('connection', 'close');
    handler(request, response);
  };
  return fetchOf(await startOrigin(closing), more);
}

/** A server that writes bytes of its own, and `more` again and again as fast as the other side takes them. */
async function raw(bytes: string, endless?: string, more: Partial<FetchOptions> = {}) {
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(bytes, 'latin1');
      if (endless === undefined) return;
      const chunk = Buffer.from(endless.repeat(Math.ceil(16_384 / endless.length)), 'latin1');
      const go = (): void => {
        while (!socket.destroyed && socket.write(chunk));
        socket.once('drain', go);
      };
      go();
    });
  });
  return fetchOf(await listen(server), more);
}

function fetchOf(started: Origin, more: Partial<FetchOptions>): (init?: RequestInit) => Promise<Response> {
  origin = started;
  const local = { host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [started.port] };
  const fetch = createFetch({ hosts: [], allowPrivate: [local], ...limits, ...more } as FetchOptions);
  return (init) => fetch(started.url(), init);
}

async function refuses(work: Promise<unknown>, code: string, status: number): Promise<void> {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toMatchObject({ name: 'Refusal', code, status });
  // Nothing goes on in the background: the server sees its last connection closed.
  await origin?.idle();
}
const tooLarge = ['fetch/response-too-large', 502] as const;
const head = 'HTTP/1.1 200 OK\r\nconnection: keep-alive\r\n';

describe('maxBytes', () => {
  it('lets a body of exactly that size pass, and not one byte more', async () => {
    const body = async (bytes: number, headers: Record<string, string | number>) => {
      const get = await serve(
        (_request, response) => void response.writeHead(200, headers).end(Buffer.alloc(bytes)),
      );
      return (await get()).arrayBuffer();
    };
    expect((await body(100_000, { 'content-length': 100_000 })).byteLength).toBe(100_000);
    await origin?.stop();
    expect((await body(100_000, {})).byteLength).toBe(100_000);
    await origin?.stop();
    await refuses(body(100_001, { 'content-length': 100_001 }), ...tooLarge);
    await origin?.stop();
    await refuses(body(100_001, {}), ...tooLarge);
  });

  it('refuses early by the length that is announced, and does not believe it otherwise', async () => {
    const announced = await raw(`${head}content-length: 99999999999999\r\n\r\n`);
    await refuses(announced(), ...tooLarge);
    await origin?.stop();
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
    await origin?.stop();
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
    await origin?.stop();
    const large = await raw(`${head}x-a: ${'a'.repeat(20_000)}\r\ncontent-length: 2\r\n\r\nok`);
    await refuses(large(), ...tooLarge);
    await origin?.stop();
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
      await origin?.stop();
    }
  });

  it('that nobody takes off are passed on', async () => {
    for (const encoding of ['identity', 'aws-chunked', 'identity, aws-chunked']) {
      const get = await serve((_request, response) => {
        response.writeHead(200, { 'content-encoding': encoding }).end('as it is');
      });
      expect(await (await get()).text()).toBe('as it is');
      await origin?.stop();
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
    await origin?.stop();
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
    await origin?.idle();
    await expect(response.text()).rejects.toMatchObject({ code: 'fetch/timeout' });
  });

  it('leaves alone what is in time, and what was cancelled', async () => {
    const get = await serve((_request, response) => void response.end('in time'), { timeoutMs });
    expect(await (await get()).text()).toBe('in time');
    await origin?.stop();
    const endless = await raw(`${head}\r\n`, 'endless ', { timeoutMs: 60_000 });
    await (await endless()).body?.cancel();
    await origin?.idle();
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
    await origin?.idle();
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
    await origin?.idle();
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

describe('interim responses', () => {
  const answer = (count: number): string =>
    `${'HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n'.repeat(count)}${head}content-length: 2\r\n\r\nok`;

  it('may be 16, and not one more', async () => {
    expect(await (await (await raw(answer(16)))()).text()).toBe('ok');
    await origin?.stop();
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
    await origin?.stop();
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
