import { once } from 'node:events';
import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../checks/machine/certificate.ts';
import { configureEvents, type SecurityEvent } from '../event/index.ts';
import { trustedPeers } from '../request/trusted-peers.ts';
import { countConnections } from './count-connections.ts';
import { isLimited, limits, requestLimits, type ServerLimits, tellMissingLimits } from './index.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  configureEvents({ sinks: [] });
});

async function listening(server: Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

const start = (options: ServerLimits, created: ServerOptions = {}): Promise<number> =>
  listening(
    limits(
      createServer(created, (req, res) => res.end(`${req.rawHeaders.length / 2}`)),
      options,
    ),
  );

/** A connection, and all that the server sends until it closes it. */
function dial(
  port: number,
  localAddress = '127.0.0.1',
): { readonly socket: Socket; readonly closed: Promise<string> } {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  sockets.push(socket);
  const closed = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    // Who is cut off in the middle of sending may get a reset.
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
  });
  return { socket, closed };
}

async function request(port: number, more = '', localAddress?: string): Promise<string> {
  const { socket, closed } = dial(port, localAddress);
  socket.write(`GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n${more}\r\n`);
  return closed;
}

function eventsOf(): { readonly events: SecurityEvent[]; readonly flush: () => Promise<void> } {
  const events: SecurityEvent[] = [];
  const recorder = configureEvents({
    sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }],
  });
  return { events, flush: () => recorder.flush() };
}

describe('a slow client (slowloris, CWE-400)', () => {
  it('is cut while it sends one header line after another, and others are served meanwhile', async () => {
    const port = await start({ headersTimeoutMs: 300 }, { connectionsCheckingInterval: 50 });
    const slow = Array.from({ length: 50 }, () => dial(port));
    for (const { socket } of slow) socket.write('GET / HTTP/1.1\r\nHost: a.example\r\n');
    const drip = setInterval(() => {
      for (const { socket } of slow) if (socket.writable) socket.write('X-A: b\r\n');
    }, 20);
    expect(await request(port)).toContain('200 OK');
    const answers = await Promise.all(slow.map(({ closed }) => closed));
    clearInterval(drip);
    expect(answers.filter((text) => text === '' || text.includes('408 Request Timeout'))).toHaveLength(50);
  });

  it('is cut while it sends its body byte by byte', async () => {
    const port = await start(
      { headersTimeoutMs: 200, requestTimeoutMs: 300 },
      { connectionsCheckingInterval: 50 },
    );
    // The handler answers at once; the request is not over until its body is.
    const { socket, closed } = dial(port);
    socket.write('POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1000000\r\n\r\n');
    const drip = setInterval(() => socket.writable && socket.write('a'), 20);
    expect(await closed).toMatch(/200 OK|408 Request Timeout/);
    clearInterval(drip);
  });

  it('that is only slow within the limits is served', async () => {
    const port = await start({ headersTimeoutMs: 20_000 }, { connectionsCheckingInterval: 50 });
    const { socket, closed } = dial(port);
    for (const line of ['GET / HTTP/1.1\r\n', 'Host: a.example\r\n', 'Connection: close\r\n', '\r\n']) {
      socket.write(line);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    expect(await closed).toContain('200 OK');
  });
});

describe('header lines', () => {
  it('beyond maxHeaderBytes are answered with 431, also if the limit is set after the server was made', async () => {
    const port = await start({ maxHeaderBytes: 2_048 });
    expect(await request(port, `X-Long: ${'a'.repeat(3_000)}\r\n`)).toContain('431');
    expect(await request(port, 'X-A: b\r\n'.repeat(1_000))).toContain('431');
    expect(await request(port, `X-Long: ${'a'.repeat(1_500)}\r\n`)).toContain('200 OK');
  });

  it('may have more room than Node gives', async () => {
    const port = await start({ maxHeaderBytes: 65_536 });
    expect(await request(port, `X-Long: ${'a'.repeat(40_000)}\r\n`)).toContain('200 OK');
    expect(await request(port, `X-Long: ${'a'.repeat(70_000)}\r\n`)).toContain('431');
  });

  it('beyond some thousand are dropped by Node without a word, which is why no more may be allowed', async () => {
    const port = await start({ maxHeaderBytes: 65_536 });
    const text = await request(port, Array.from({ length: 2_500 }, (_, i) => `X-${i}: b\r\n`).join(''));
    const seen = Number(/\r\n\r\n(\d+)/.exec(text)?.[1]);
    expect(seen).toBeLessThan(2_500);
    // What is left is still refused by the highest limit there is.
    const rawHeaders = Array.from({ length: 2 * seen }, () => 'x');
    const { judge } = requestLimits({ maxHeaders: 1_000 });
    expect(judge({ method: 'GET', url: '/', headers: {}, rawHeaders })).toMatchObject({
      code: 'limits/too-many-headers',
    });
  });

  it('of a flood end without the server', async () => {
    const port = await start({});
    const { socket, closed } = dial(port);
    socket.write('GET / HTTP/1.1\r\n');
    for (let i = 0; i < 100 && socket.writable; i++) socket.write('X-A: bbbbbbbbbbbbbbbb\r\n'.repeat(100));
    expect(await closed).toMatch(/^$|431/);
    expect(await request(port)).toContain('200 OK');
  });
});

describe('connections', () => {
  it('beyond maxConnections are closed with an event, and there is room again once others end', async () => {
    const { events, flush } = eventsOf();
    const port = await start({ maxConnections: 3 });
    const held = Array.from({ length: 3 }, () => dial(port));
    await Promise.all(held.map(({ socket }) => once(socket, 'connect')));
    expect(await request(port)).toBe('');
    await flush();
    expect(events).toMatchObject([{ code: 'limits/too-many-connections', evidence: { by: 'server' } }]);
    for (const { socket } of held) socket.destroy();
    await expect.poll(() => request(port)).toContain('200 OK');
  });

  it('of one address are bounded, while another one is served', async () => {
    const { events, flush } = eventsOf();
    const server = createServer((_req, res) => res.end('hello'));
    // Of loopback nothing is counted otherwise.
    countConnections(server, { perAddress: 5, isProxy: (address) => address === '127.0.0.9' });
    const port = await listening(server);
    const held = Array.from({ length: 5 }, () => dial(port, '127.0.0.2'));
    await Promise.all(held.map(({ socket }) => once(socket, 'connect')));
    expect(await request(port, '', '127.0.0.2')).toBe('');
    expect(await request(port, '', '127.0.0.3')).toContain('200 OK');
    const proxied = Array.from({ length: 20 }, () => request(port, '', '127.0.0.9'));
    for (const answer of await Promise.all(proxied)) expect(answer).toContain('200 OK');
    await flush();
    expect(events).toMatchObject([{ code: 'limits/too-many-connections', evidence: { by: '127.0.0.2' } }]);
    held[0]?.socket.destroy();
    await expect.poll(() => request(port, '', '127.0.0.2')).toContain('200 OK');
  });

  it('of private addresses are not counted, as they are a proxy', async () => {
    const port = await start({ maxConnectionsPerAddress: 1 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => request(port)));
    for (const answer of answers) expect(answer).toContain('200 OK');
    expect(trustedPeers(['private', '198.51.100.0/24'], 'countNot')('198.51.100.7')).toBe(true);
  });

  it('carry maxRequestsPerSocket requests', async () => {
    const port = await start({ maxRequestsPerSocket: 2, keepAliveTimeoutMs: 100 });
    const { socket, closed } = dial(port);
    socket.write('GET / HTTP/1.1\r\nHost: a.example\r\n\r\n'.repeat(2));
    const text = await closed;
    expect(text.match(/200 OK/g)).toHaveLength(2);
    expect(text).toContain('Connection: close');
  });
});

describe('limits', () => {
  it('are set on the server that is given back', () => {
    const server = createServer();
    expect(limits(server, { keepAliveTimeoutMs: 65_000 })).toBe(server);
    expect(server).toMatchObject({
      ...{
        headersTimeout: 20_000,
        requestTimeout: 300_000,
        keepAliveTimeout: 65_000,
        maxConnections: 10_000,
      },
      ...{ maxRequestsPerSocket: 10_000, maxHeaderSize: 16_384 },
    });
    expect(isLimited(server)).toBe(true);
  });

  it.each([
    ...[
      { headersTimeoutMs: 0 },
      { headersTimeoutMs: 2_000, requestTimeoutMs: 1_000 },
      { maxConnections: 0 },
      { maxHeaderBytes: 100 },
    ],
    ...[
      { maxRequestsPerSocket: -1 },
      { maxConnectionsPerAddress: 1.5 },
      { countNot: '10.0.0.0/8' },
      { countNot: ['x'] },
    ],
    ...[{ countNot: ['0.0.0.0/0'] }, { keepAliveTimeoutMs: '5' }, { headersTimeout: 1 }, null],
  ])('that make no sense are a mistake, and change nothing: %j', (options) => {
    const server = createServer();
    const before = server.headersTimeout;
    expect(() => limits(server, options as never)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
    expect(server.headersTimeout).toBe(before);
    expect(isLimited(server)).toBe(false);
  });

  it('are set on a server of node:https, and after it listens', async () => {
    const { key, cert, remove } = makeCertificate(['localhost']);
    const server = createSecureServer({ key, cert, connectionsCheckingInterval: 50 }, (_req, res) =>
      res.end(),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    limits(server, { headersTimeoutMs: 200 });
    const { port } = server.address() as AddressInfo;
    const socket = tlsConnect({ port, host: '127.0.0.1', ca: cert, servername: 'localhost' });
    await once(socket, 'secureConnect');
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n');
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(String(chunk)).toContain('408');
    server.closeAllConnections();
    server.close();
    remove();
  });

  it('are not set twice, nor on what is no server', () => {
    const server = limits(createServer());
    const invalid = expect.objectContaining({ code: 'bulwark/invalid-option' });
    expect(() => limits(server)).toThrow(invalid);
    for (const other of [undefined, null, {}, () => undefined])
      expect(() => limits(other as never)).toThrow(invalid);
  });
});

describe('a server without limits', () => {
  it('is reported once, and one with limits never', async () => {
    const { events, flush } = eventsOf();
    const handle = (req: { socket: object }, res: { end(): void }): void => {
      tellMissingLimits(req.socket as never);
      res.end();
    };
    const without = await listening(createServer(handle as never));
    const limited = await listening(limits(createServer(handle as never)));
    for (const port of [limited, without, without]) await request(port);
    await flush();
    expect(events).toMatchObject([{ code: 'limits/server-without-limits', count: 1 }]);
  });
});
