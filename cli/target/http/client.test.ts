import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { openGate } from '../gate/open-gate.ts';
import { type Served, serveHttp, serveRaw } from '../testing/serve.ts';
import { type BudgetOptions, createBudget } from './budget.ts';
import { type Client, createClient } from './client.ts';
import { headerValues, type Reply } from './reply.ts';

const open: Served[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function clientOf(served: Served, limits: Partial<BudgetOptions> = {}): Promise<Client> {
  open.push(served);
  const gate = await openGate({ urls: [new URL(served.origin)], allowHosts: [] });
  const budget = createBudget({ mostRequests: 60, mostConnections: 10, totalMs: 20_000, ...limits });
  const client = createClient({ gate, budget, timeoutMs: 400, maxBytes: 1_000, userAgent: 'test' });
  return client;
}

async function ask(handler: RequestListener, path = '/'): Promise<Reply> {
  const served = await serveHttp(handler);
  return (await clientOf(served)).send({ url: new URL(served.origin), path });
}

async function askRaw(handler: (socket: Socket) => void): Promise<Reply> {
  const served = await serveRaw(handler);
  return (await clientOf(served)).send({ url: new URL(served.origin) });
}

describe('an answer', () => {
  it('has its headers in order, with repeats, and its body', async () => {
    const reply = await ask((_req, res) => {
      res.setHeader('Set-Cookie', ['a=1', 'b=2']).setHeader('X-Two', 'x').end('gr\u00fcn');
    });
    expect(reply).toMatchObject({
      kind: 'answer',
      method: 'GET',
      status: 200,
      body: 'gr\u00fcn',
      isCut: false,
    });
    expect(reply.kind === 'answer' && headerValues(reply, 'set-cookie')).toEqual(['a=1', 'b=2']);
    expect(reply.kind === 'answer' && headerValues(reply, 'x-two')).toEqual(['x']);
  });

  it('is to the path as it was given', async () => {
    const reply = await ask((req, res) => res.end(req.url), '/%/..%5c<a>?b[=%00');
    expect(reply).toMatchObject({ body: '/%/..%5c<a>?b[=%00' });
    expect(reply.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/%\/\.\.%5c<a>\?b\[=%00$/);
  });

  it.each([
    ['gzip', gzipSync('packed')],
    ['br', brotliCompressSync('packed')],
  ])('is decompressed, although nobody asked for %s', async (coding, body) => {
    const reply = await ask((req, res) => {
      expect(req.headers['accept-encoding']).toBe('identity');
      res.setHeader('Content-Encoding', coding).end(body);
    });
    expect(reply).toMatchObject({ body: 'packed', isCut: false });
  });

  it('has no body in a coding that is not known', async () => {
    const reply = await ask((_req, res) => void res.setHeader('Content-Encoding', 'zz').end('???'));
    expect(reply).toMatchObject({ status: 200, body: '', isCut: true });
  });
});

describe('a hostile server', () => {
  it('is cut off when it sends without end', async () => {
    let sent = 0;
    const reply = await ask((_req, res) => {
      const more = (): void => {
        while (!res.destroyed && sent < 1e9) {
          sent += 65_536;
          if (!res.write(Buffer.alloc(65_536, 'a'))) return void res.once('drain', more);
        }
      };
      more();
    });
    expect(reply).toMatchObject({ status: 200, body: 'a'.repeat(1_000), isCut: true });
    expect(sent).toBeLessThan(50_000_000);
  });

  it('is cut off when a small body unpacks to a large one', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const reply = await ask((_req, res) => void res.setHeader('Content-Encoding', 'gzip').end(bomb));
    expect(reply).toMatchObject({ body: '\0'.repeat(1_000), isCut: true });
  });

  it('keeps what it sent before it stalled', async () => {
    const reply = await ask((_req, res) => void res.write('first'));
    expect(reply).toMatchObject({ status: 200, body: 'first', isCut: true });
  });

  it('keeps what it sent before it broke off', async () => {
    const reply = await askRaw((socket) => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfirst');
    });
    expect(reply).toMatchObject({ status: 200, body: 'first', isCut: true });
  });

  it.each<[string, string, (socket: Socket) => void]>([
    ['timeout', 'never answers', () => {}],
    [
      'timeout',
      'sends headers byte by byte',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nX: ');
        const timer = setInterval(() => socket.write('a'), 20);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    [
      'timeout',
      'continues for ever',
      (socket) => {
        const timer = setInterval(() => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 20);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    ['malformed', 'speaks no HTTP', (socket) => void socket.end('SSH-2.0-OpenSSH_9.7\r\n')],
    [
      'malformed',
      'sends too many headers',
      (socket) => void socket.write(`HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(20_000)}`),
    ],
    [
      'malformed',
      'steers a terminal in a header',
      (socket) => void socket.write('HTTP/1.1 200 OK\r\nA: \u001b[2J\r\n\r\n'),
    ],
    ['closed', 'closes at once', (socket) => void socket.destroy()],
    ['closed', 'closes after the request', (socket) => void socket.once('data', () => socket.end())],
    [
      'closed',
      'switches protocols',
      (socket) =>
        void socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    ],
  ])('is %s when it %s', async (reason, _what, handler) => {
    const reply = await askRaw(handler);
    expect(reply).toMatchObject({ kind: 'none', reason });
    expect(reply.kind === 'none' && reply.sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('gets no more requests after three without an answer', async () => {
    const served = await serveRaw(() => {});
    const client = await clientOf(served);
    const reasons: string[] = [];
    for (let index = 0; index < 5; index++) {
      const reply = await client.send({ url: new URL(served.origin) });
      reasons.push(reply.kind === 'none' ? reply.reason : reply.kind);
    }
    expect(reasons).toEqual(['timeout', 'timeout', 'timeout', 'not-sent', 'not-sent']);
    expect(served.seen).toHaveLength(3);
  });

  it('is told from a port on which nothing listens', async () => {
    const served = await serveHttp(() => {});
    const client = await clientOf(served);
    await served.close();
    expect(await client.send({ url: new URL(served.origin) })).toMatchObject({
      kind: 'none',
      reason: 'refused',
    });
  });

  it('that hangs up on some requests gets the others', async () => {
    const served = await serveHttp((req, res) => {
      if (req.url === '/ok') res.end('ok');
      else req.socket.destroy();
    });
    const client = await clientOf(served);
    const url = new URL(served.origin);
    for (const path of ['/a', '/b', '/c', '/d'])
      expect(await client.send({ url, path })).toMatchObject({ reason: 'closed' });
    expect(await client.send({ url, path: '/ok' })).toMatchObject({ body: 'ok' });
  });

  it('that serves one connection at a time is asked all the same', async () => {
    let isBusy = false;
    const waiting: (() => void)[] = [];
    const served = await serveRaw(async (socket) => {
      socket.pause();
      if (isBusy) await new Promise<void>((resolve) => waiting.push(resolve));
      isBusy = true;
      socket.on('close', () => {
        isBusy = false;
        waiting.shift()?.();
      });
      socket.on('data', (request) => {
        const isKept = !/^connection: close\r$/im.test(request.toString());
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        if (!isKept) socket.end();
      });
      socket.resume();
    });
    const client = await clientOf(served);
    const url = new URL(served.origin);
    const replies = await Promise.all(Array.from({ length: 10 }, () => client.send({ url })));
    expect(replies).toMatchObject(Array(10).fill({ body: 'ok' }));
  });
});

describe('the limits', () => {
  it('hold for the number of requests', async () => {
    const served = await serveHttp((_req, res) => res.end());
    const client = await clientOf(served, { mostRequests: 7 });
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => client.send({ url: new URL(served.origin) })),
    );
    expect(replies.filter(({ kind }) => kind === 'answer')).toHaveLength(7);
    expect(replies.filter((one) => one.kind === 'none' && one.reason === 'not-sent')).toHaveLength(13);
    expect(served.seen).toHaveLength(7);
  });

  it('space requests out', async () => {
    const served = await serveHttp((_req, res) => res.end());
    const client = await clientOf(served, { perSecond: 20 });
    const start = performance.now();
    await Promise.all(Array.from({ length: 6 }, () => client.send({ url: new URL(served.origin) })));
    // Never earlier; how much later depends on the machine.
    expect(performance.now() - start).toBeGreaterThanOrEqual(5 * 50 - 20);
  });

  it('end the whole, and a request that runs then', async () => {
    const served = await serveRaw(() => {});
    const client = await clientOf(served, { totalMs: 100 });
    const reasons = [];
    for (let index = 0; index < 3; index++) {
      const reply = await client.send({ url: new URL(served.origin) });
      reasons.push(reply.kind === 'none' ? reply.reason : '');
    }
    // A timer may ring a moment early, so that the second one is sent and cut off.
    expect([reasons[0], reasons[2]]).toEqual(['timeout', 'not-sent']);
  });

  it('send nothing to another host', async () => {
    const [served, other] = [
      await serveHttp((_req, res) => res.end()),
      await serveHttp((_req, res) => res.end()),
    ];
    open.push(other);
    const client = await clientOf(served);
    expect(await client.send({ url: new URL(other.origin) })).toMatchObject({
      kind: 'none',
      reason: 'not-sent',
    });
    expect(other.seen).toEqual([]);
  });
});
