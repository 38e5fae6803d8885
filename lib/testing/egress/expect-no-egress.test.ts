import dgram from 'node:dgram';
import dns, { lookup, promises } from 'node:dns';
import { get } from 'node:http';
import net, { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectNoEgress } from './expect-no-egress.ts';
import { standIn } from './name-table.ts';

let server: Server;
let port = 0;
let came = 0;

beforeAll(async () => {
  server = createServer((socket) => {
    came++;
    socket.on('error', () => {}).end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => void server.close());

const url = (host = '127.0.0.1'): string => `http://${host}:${port}/`;
const connect = (options: net.NetConnectOpts): Promise<unknown> =>
  new Promise((done) => {
    const socket = net.connect(options);
    socket.on('error', done).on('connect', () => done(socket.destroy()));
  });
const viaHttp = (): Promise<unknown> =>
  new Promise((done) => get(url('evil.example'), done).on('error', done));

describe('expectNoEgress', () => {
  const tries: readonly [string, () => unknown, RegExp][] = [
    ['fetch', () => fetch(url()), /a connection to 127\.0\.0\.1:\d+/],
    ['fetch whose error is caught', () => fetch(url()).catch(() => {}), /a connection to 127/],
    ['node:http', viaHttp, new RegExp(`evil\\.example:\\d+ \\(${standIn}\\)`)],
    ['node:net', () => connect({ host: '::1', port }), /\[::1\]:\d+/],
    [
      'a Unix socket',
      () => connect({ path: '/var/run/docker.sock' }),
      /a Unix socket to \/var\/run\/docker\.sock/,
    ],
    [
      'a query of the DNS',
      () => promises.resolve4('secret.evil.example').catch(() => {}),
      /secret\.evil\.example/,
    ],
    [
      'a datagram',
      () => {
        const socket = dgram.createSocket('udp4');
        return new Promise((done) => socket.send('x', port, '127.0.0.1', done)).finally(() => socket.close());
      },
      /a datagram to \d+ 127\.0\.0\.1/,
    ],
  ];

  it.each(tries)('is red for %s, and nothing arrives', async (_what, run, told) => {
    const before = came;
    await expect(expectNoEgress(run)).rejects.toMatchObject({ name: 'AssertionError', message: told });
    expect(came).toBe(before);
  });

  const unawaited: readonly [string, () => unknown][] = [
    ['at once', () => void fetch(url()).catch(() => {})],
    ['by node:http', () => void get(url('evil.example')).on('error', () => {})],
    ['in a microtask', () => queueMicrotask(() => void fetch(url()).catch(() => {}))],
    ['in a turn of the event loop', () => void setImmediate(() => void fetch(url()).catch(() => {}))],
    ['by a timer', () => void setTimeout(() => void fetch(url()).catch(() => {}), 10)],
    [
      'by a function that goes on',
      () => {
        const audit = async (): Promise<void> => {
          await new Promise((done) => setImmediate(done));
          await fetch(url());
        };
        audit().catch(() => {});
        return 'shown';
      },
    ],
  ];

  it.each(unawaited)('is red for what run starts and does not await: %s', async (_what, run) => {
    // The runner reports by a timer of its own: one that was there before and ends meanwhile hides one that `run` sets.
    await new Promise((done) => setTimeout(done, 150));
    const before = came;
    await expect(expectNoEgress(run, { settleMs: 1000 })).rejects.toThrow(/Egress/);
    expect(came).toBe(before);
  });

  it('waits for nothing where nothing is left', async () => {
    const before = performance.now();
    await expectNoEgress(() => 'shown', { settleMs: 3_000 });
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('takes a clock that a test winds', { timeout: 2_000 }, async () => {
    vi.useFakeTimers();
    try {
      await expectNoEgress(() => {});
      await expect(expectNoEgress(() => connect({ host: 'evil.example', port }))).rejects.toThrow(/Egress/);
    } finally {
      vi.useRealTimers();
    }
  });

  it('names a run that does not end, and puts everything back', async () => {
    const run = expectNoEgress(() => new Promise(() => {}), { timeoutMs: 20 });
    await expect(run).rejects.toMatchObject({
      name: 'AssertionError',
      message: expect.stringMatching(/did not end within 20 ms/),
    });
    expect(await (await fetch(url())).text()).toBe('ok');
    await expectNoEgress(() => {});
  });

  it('lets the allowed through, by address, name and port', async () => {
    const before = came;
    await expectNoEgress(() => fetch(url()), { allow: [`127.0.0.1:${port}`] });
    await expectNoEgress(() => connect({ host: '127.0.0.1', port }), { allow: ['127.0.0.1'] });
    await expectNoEgress(() => fetch(url('shop.example')), {
      allow: [`shop.example:${port}`],
      names: { 'shop.example': ['127.0.0.1'] },
    });
    expect(came).toBe(before + 3);
    await expect(expectNoEgress(() => fetch(url()), { allow: [`127.0.0.1:${port + 1}`] })).rejects.toThrow(
      /Egress/,
    );
  });

  it('answers names from the table', async () => {
    const names = { 'a.example': ['10.0.0.5', '::1'] };
    await expectNoEgress(
      async () => {
        expect(await promises.lookup('A.example', { all: true })).toEqual([
          { address: '10.0.0.5', family: 4 },
          { address: '::1', family: 6 },
        ]);
        expect(await promises.lookup('b.example')).toEqual({ address: standIn, family: 4 });
        const address = await new Promise((done) => lookup('a.example', (_error, answer) => done(answer)));
        expect(address).toBe('10.0.0.5');
      },
      { names },
    );
  });

  it('puts everything back', async () => {
    const before = [net.Socket.prototype.connect, dns.lookup, promises.resolve4, dgram.Socket.prototype.send];
    await expect(expectNoEgress(() => fetch(url()))).rejects.toThrow();
    const after = [net.Socket.prototype.connect, dns.lookup, promises.resolve4, dgram.Socket.prototype.send];
    expect(after).toEqual(before);
    expect(await (await fetch(url())).text()).toBe('ok');
  });

  it('throws on an error that is no refusal', async () => {
    await expect(expectNoEgress(() => Promise.reject(new RangeError('mine')))).rejects.toThrow(RangeError);
  });

  it.each([
    { allow: ['*.example.com'] },
    { allow: ['http://a.example/'] },
    { allow: ['a.example:99999'] },
    { names: { 'a.example': ['b.example'] } },
    { names: { 'a.example': [] } },
    { allowed: ['a.example'] },
    { settleMs: -1 },
    { timeoutMs: Number.NaN },
  ])('does not take %j', async (options) => {
    await expect(expectNoEgress(() => {}, options as object)).rejects.toMatchObject({
      code: 'bulwark/invalid-option',
    });
  });

  it('runs one at a time', async () => {
    await expectNoEgress(() =>
      expect(expectNoEgress(() => {})).rejects.toMatchObject({ code: 'bulwark/invalid-option' }),
    );
  });
});
