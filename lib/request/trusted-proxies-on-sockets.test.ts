import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type NetConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { configureEvents, type SecurityEvent } from '../event/index.ts';
import { currentRequest, withRequest } from './context.ts';
import { peerOf } from './peer-of.ts';
import type { Proxied } from './proxied.ts';
import { readConnection } from './read-connection.ts';
import { type TrustedProxyOptions, trustedProxies } from './trusted-proxies.ts';

let server: Server | undefined;
const folder = mkdtempSync(join(tmpdir(), 'bulwark-'));
const unixPath = join(folder, 'app.sock');

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
  rmSync(unixPath, { force: true });
});

/** What the server reads of one request with forged headers, sent over a real socket. */
async function readOver(
  listen: { host: string } | { path: string },
  option: number | TrustedProxyOptions,
  dial?: string,
): Promise<Proxied> {
  const proxies = trustedProxies(option);
  const seen = new Promise<Proxied>((resolve) => {
    server = createServer((req, res) => {
      resolve(readConnection(proxies, { ...peerOf(req.socket), headers: req.headers }));
      res.end();
    });
  });
  await new Promise<void>((resolve) =>
    (server as Server).listen('path' in listen ? listen : { port: 0, ...listen }, resolve),
  );
  const { port } = (server as Server).address() as AddressInfo;
  const to: NetConnectOpts = 'path' in listen ? { path: listen.path } : { port, host: dial ?? listen.host };
  connect(to).end(
    'GET / HTTP/1.1\r\nHost: a.example\r\nX-Forwarded-For: 203.0.113.9\r\nConnection: close\r\n\r\n',
  );
  return seen;
}

describe('a real connection', () => {
  configureEvents({ sinks: [] });

  it.each([
    ['IPv4', { host: '127.0.0.1' }, undefined],
    ['IPv6', { host: '::1' }, undefined],
    ['IPv4 at a socket for both', { host: '::' }, '127.0.0.1'],
    ['a Unix socket', { path: unixPath }, undefined],
  ] as const)('over %s is believed by a number', async (_, listen, dial) => {
    const expected = { client: '203.0.113.9', protocol: 'http', host: 'a.example' };
    expect(await readOver(listen, 1, dial)).toEqual(expected);
  });

  it.each([
    ['IPv4', { host: '127.0.0.1' }, undefined, '127.0.0.1'],
    ['IPv6', { host: '::1' }, undefined, '::1'],
    ['IPv4 at a socket for both', { host: '::' }, '127.0.0.1', '127.0.0.1'],
  ] as const)('over %s is not believed unless `from` has it', async (_, listen, dial, client) => {
    expect((await readOver(listen, { hops: 1, from: ['10.0.0.0/8'] }, dial)).client).toBe(client);
  });

  it('that the client has reset is not taken for a Unix socket', async () => {
    let reset: () => unknown = () => undefined;
    const found = new Promise<Proxied>((resolve) => {
      server = createServer((req: IncomingMessage) => {
        // As late as an application may ask: the address is gone, unless it was read before.
        req.socket.once('close', () =>
          resolve(trustedProxies(1).read({ ...peerOf(req.socket), headers: req.headers })),
        );
        reset();
      });
    });
    await new Promise<void>((resolve) => (server as Server).listen(0, '127.0.0.1', resolve));
    const client = connect((server as Server).address() as { port: number });
    reset = () => client.resetAndDestroy();
    client.write('GET / HTTP/1.1\r\nHost: a.example\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n');
    const { client: address, ignored } = await found;
    expect(address).not.toBe('203.0.113.9');
    expect(ignored?.header).toBe('x-forwarded-for');
  });
});

describe('an ignored header', () => {
  it('is the event request/untrusted-proxy once a request, although the event asks for the client', async () => {
    const events: SecurityEvent[] = [];
    const recorder = configureEvents({
      sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }],
    });
    const proxies = trustedProxies(1);
    const headers = { 'x-forwarded-for': '6.6.6.6' };
    const read = (sent: object): Proxied =>
      readConnection(proxies, { remote: '198.51.100.7', encrypted: false, headers: sent as never });
    withRequest({ id: 'r-1', client: () => read(headers).client }, () => {
      expect(currentRequest()?.client).toBe('198.51.100.7');
      read(headers);
    });
    withRequest({ id: 'r-2' }, () => read({ host: 'a.example' }));
    await recorder.flush();
    expect(events).toMatchObject([
      {
        code: 'request/untrusted-proxy',
        action: 'blocked',
        count: 1,
        request: { id: 'r-1', client: '198.51.100.7' },
        evidence: { peer: '198.51.100.7', header: 'x-forwarded-for', hops: 1 },
      },
    ]);
  });
});
