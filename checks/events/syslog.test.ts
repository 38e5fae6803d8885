import { createSocket } from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { type AddressInfo, createServer, type Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type SecurityEvent, type Sink, syslogSink, toEcs } from '../../lib/event/index.ts';
import { makeCertificate } from '../machine/certificate.ts';
import { parseSyslog, type SyslogMessage, unframe } from './parse-syslog.ts';
import { recordSamples } from './sample-events.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

interface Stream {
  readonly port: number;
  readonly sockets: Socket[];
  octets(): Buffer;
}

async function listen(server: Server, port = 0): Promise<Stream> {
  const chunks: Buffer[] = [];
  const sockets: Socket[] = [];
  server.on('error', () => {}).on('tlsClientError', () => {});
  const onSocket = (socket: Socket): void => {
    sockets.push(socket);
    socket.on('error', () => {}).on('data', (chunk: Buffer) => chunks.push(chunk));
  };
  server.on('secureConnection', onSocket);
  if (server.constructor === createServer().constructor) server.on('connection', onSocket);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { port: (server.address() as AddressInfo).port, sockets, octets: () => Buffer.concat(chunks) };
}

const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const whole = (stream: Stream): SyslogMessage[] => {
  try {
    return unframe(stream.octets()).map(parseSyslog);
  } catch {
    return [];
  }
};

function expectSamples(messages: readonly SyslogMessage[], events: readonly SecurityEvent[]): void {
  expect(messages.map(({ data }) => data['bulwark@32473']?.['id'])).toEqual(events.map(({ id }) => id));
  const at = events.findIndex(
    ({ action, code }) => action === 'reported' && code === 'fetch/private-address',
  );
  expect(messages[at]).toMatchObject({
    facility: 10,
    severity: 3,
    timestamp: events[at]?.time,
    appName: 'bulwark',
    procId: String(process.pid),
    msgId: 'fetch/private-address',
    data: {
      'bulwark@32473': {
        action: 'reported',
        client: '203.0.113.9',
        user: 'bob',
        route: '/preview/:id',
        cwe: '918',
      },
      'evidence@32473': { host: 'quote " bracket ] slash \\ \u00e9\u{1f600}' },
    },
    text: 'An outbound request was refused, because its destination is not a public address.',
  });
}

describe('syslogSink', () => {
  it.each(['127.0.0.1', 'localhost'])('sends a datagram an event, to %s', async (host) => {
    const socket = createSocket('udp4');
    closing.push(() => socket.close());
    const got: Buffer[] = [];
    socket.on('message', (message) => got.push(message)).bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    const events = await recordSamples([syslogSink({ host, port, protocol: 'udp' })]);
    await until(() => got.length === events.length);
    expectSamples(got.map(parseSyslog), events);
  });

  it('sends a stream over tcp, and opens it again where it ended', async () => {
    const first = createServer();
    const stream = await listen(first);
    const sink = syslogSink({ host: '127.0.0.1', port: stream.port, protocol: 'tcp', reconnectMs: 0 });
    const events = await recordSamples([{ name: sink.name, write: sink.write }]);
    await until(() => whole(stream).length === events.length);
    expectSamples(whole(stream), events);
    for (const socket of stream.sockets) socket.destroy();
    first.close();
    await once(first, 'close');
    while (
      await Promise.resolve(sink.write(events)).then(
        () => true,
        () => false,
      )
    );
    const again = await listen(createServer(), stream.port);
    await sink.write(events);
    await until(() => whole(again).length === events.length);
    expectSamples(whole(again), events);
    await sink.close?.();
  });

  it('sends over tls to a server that it can verify, and to no other', async () => {
    const certificate = makeCertificate(['127.0.0.1']);
    closing.push(certificate.remove);
    const stream = await listen(createTlsServer({ key: certificate.key, cert: certificate.cert }));
    const target = { host: '127.0.0.1', port: stream.port, protocol: 'tls' } as const;
    const events = await recordSamples([syslogSink({ ...target, tls: { ca: certificate.cert } })]);
    await until(() => whole(stream).length === events.length);
    expectSamples(whole(stream), events);
    const other = makeCertificate(['127.0.0.2']);
    closing.push(other.remove);
    await expect(syslogSink(target).write(events)).rejects.toThrow('self-signed certificate');
    const misnamed = await listen(createTlsServer({ key: other.key, cert: other.cert }));
    const toOther = { ...target, port: misnamed.port, tls: { ca: other.cert } };
    await expect(syslogSink(toOther).write(events)).rejects.toThrow('altnames');
    expect(whole(stream)).toHaveLength(events.length);
  });

  it('is led nowhere else by a polluted prototype, and verifies by no other authority', async () => {
    const certificate = makeCertificate(['127.0.0.1']);
    closing.push(certificate.remove);
    const elsewhere = createServer();
    const path = join(mkdtempSync(join(tmpdir(), 'bulwark-')), 'evil.sock');
    const stolen: Socket[] = [];
    elsewhere.on('connection', (socket) => void stolen.push(socket.on('error', () => {}))).listen(path);
    await once(elsewhere, 'listening');
    closing.push(() => {
      elsewhere.close();
      for (const socket of stolen) socket.destroy();
      rmSync(dirname(path), { recursive: true });
    });
    const tcp = await listen(createServer());
    const tls = await listen(createTlsServer({ key: certificate.key, cert: certificate.cert }));
    const events = await recordSamples([]);
    const to = (protocol: 'tcp' | 'tls', { port }: Stream, ca?: string): Sink =>
      syslogSink({ host: '127.0.0.1', port, protocol, timeoutMs: 1_000, ...(ca && { tls: { ca } }) });
    const [plain, verified, unverified] = [
      ...[to('tcp', tcp), to('tls', tls, certificate.cert)],
      to('tls', tls),
    ] as [Sink, Sink, Sink];
    const pollution = {
      ...{ path, ca: certificate.cert, checkServerIdentity: () => {}, rejectUnauthorized: false },
      ...{ lookup: () => {}, localAddress: '192.0.2.1', family: 6, servername: 'evil.example', socket: {} },
      ...{ secureContext: {}, timeoutMs: 1, shape: () => ({ evil: true }) },
    };
    let failure: unknown;
    try {
      for (const [name, value] of Object.entries(pollution))
        Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
      await plain.write(events);
      await verified.write(events);
      failure = await Promise.resolve(unverified.write(events)).catch((error: unknown) => error);
    } finally {
      for (const name of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, name);
    }
    await until(() => whole(tcp).length === events.length && whole(tls).length === events.length);
    expectSamples(whole(tcp), events);
    expectSamples(whole(tls), events);
    expect(failure).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(stolen).toEqual([]);
  });

  it('keeps no socket after its close, whether the peer ends its side or not', async () => {
    const peers: Socket[] = [];
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      peers.push(socket.on('error', () => {}).resume());
    });
    const { port } = await listen(server);
    const [event] = (await recordSamples([])) as [SecurityEvent];
    const opened = vi.spyOn(Socket.prototype, 'connect');
    const sink = syslogSink({ host: '127.0.0.1', port, protocol: 'tcp', timeoutMs: 50 });
    await sink.write([event]);
    await sink.close?.();
    const socket = opened.mock.contexts.at(-1) as Socket;
    opened.mockRestore();
    await until(() => socket.destroyed);
    expect(peers).toHaveLength(1);
    // It may be given to another recorder.
    await sink.write([event]);
    await until(() => peers.length === 2);
    await sink.close?.();
  });

  it.each(['udp', 'tcp'] as const)('looks the name up within its time, over %s', async (protocol) => {
    const slow = vi.spyOn(dns, 'lookup').mockImplementation((() => {}) as never);
    const slowly = vi.spyOn(dns.promises, 'lookup').mockImplementation(() => new Promise<never>(() => {}));
    syncBuiltinESMExports();
    try {
      const sink = syslogSink({ host: 'logs.example', protocol, timeoutMs: 30 });
      await expect(sink.write([])).rejects.toThrow('nothing was taken within 30 ms');
      expect(slow.mock.calls.length + slowly.mock.calls.length).toBe(1);
    } finally {
      slow.mockRestore();
      slowly.mockRestore();
      syncBuiltinESMExports();
    }
  });

  it.each([480, 700, 1000])('holds %i bytes, whatever an event has in it', async (maxBytes) => {
    const stream = await listen(createServer());
    const sink = syslogSink({
      ...({ host: '127.0.0.1', port: stream.port, protocol: 'tcp', maxBytes, shape: toEcs } as const),
      hostname: `h${'\u00e9 '.repeat(300)}${'x'.repeat(300)}`,
    });
    const [event] = (await recordSamples([])).slice(-1) as [SecurityEvent];
    const long = { ...event, request: { id: 'r', user: '\u{1f600}'.repeat(128), route: ']"\\'.repeat(85) } };
    await sink.write([
      event,
      { ...long, evidence: { ['a=b]c "'.repeat(9)]: '\u00e9'.repeat(256), host: 'h' } },
    ]);
    await until(() => whole(stream).length === 2);
    const [, second] = whole(stream);
    for (const message of unframe(stream.octets())) expect(message.length).toBeLessThanOrEqual(maxBytes);
    expect(second?.data['bulwark@32473']).toMatchObject({ id: event.id, code: event.code });
    await sink.close?.();
  });

  it('fails, for a while at once, where nobody listens', async () => {
    const server = createServer();
    const { port } = await listen(server);
    server.close();
    await once(server, 'close');
    const sink = syslogSink({ host: '127.0.0.1', port, protocol: 'tcp', reconnectMs: 600_000 });
    await expect(sink.write([])).rejects.toThrow('ECONNREFUSED');
    await expect(sink.write([])).rejects.toThrow('failed a moment ago');
  });

  it('tries again where nobody listens for a moment, and waits for its time after a failure', async () => {
    const server = createServer();
    const { port } = await listen(server);
    server.close();
    await once(server, 'close');
    const [event] = (await recordSamples([])) as [SecurityEvent];
    const target = { host: '127.0.0.1', port, protocol: 'tcp' } as const;
    const first = syslogSink({ ...target });
    const second = syslogSink({ ...target, reconnectMs: 200 });
    await expect(second.write([event])).rejects.toThrow('ECONNREFUSED');
    const written = [first.write([event]), second.write([event])];
    await new Promise((resolve) => setTimeout(resolve, 20));
    const stream = await listen(createServer(), port);
    await Promise.all(written);
    await until(() => stream.sockets.length === 2 && stream.octets().toString().split(event.id).length === 3);
    await first.close?.();
    await second.close?.();
  });

  it('gives up on a receiver that reads nothing', async () => {
    const server = createServer({ pauseOnConnect: true });
    const { port } = await listen(server);
    const sink = syslogSink({ host: '127.0.0.1', port, protocol: 'tcp', timeoutMs: 100, maxBytes: 65_000 });
    const [event] = (await recordSamples([])) as [SecurityEvent];
    const evidence = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${i}`, 'x'.repeat(256)]));
    const batch = Array.from({ length: 100 }, () => ({ ...event, evidence }));
    const fill = async (): Promise<void> => {
      for (let i = 0; i < 20; i++) await sink.write(batch);
    };
    await expect(fill()).rejects.toThrow('nothing was taken within 100 ms');
  });

  it.each([
    { host: '' },
    { hots: '127.0.0.1' } as object,
    { protocol: 'tls' as const, tls: { rejectUnauthorized: false } as object },
    { protocol: 'sctp' as never },
    { port: 0 },
    { facility: 24 },
    { maxBytes: 479 },
    { reconnectMs: -1 },
  ])('refuses %j', (options) => {
    expect(() => syslogSink({ host: '127.0.0.1', protocol: 'udp', ...options })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});
