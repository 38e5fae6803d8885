import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peerOf } from './peer-of.ts';
import type { Proxied } from './proxied.ts';
import { trustedProxies } from './trusted-proxies.ts';

/** Linux has all of 127.0.0.0/8 on loopback: the proxies are .2 to .4, and the client is another one. */
const clientAt = '127.0.1.1';
const from = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];

const claims: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'x-forwarded-for': '6.6.6.6' },
  { 'x-forwarded-for': '6.6.6.6, 127.0.0.2, 127.0.0.3, 127.0.0.4' },
  { 'x-forwarded-for': '6.6.6.6, ::ffff:127.0.0.2' },
  { 'x-forwarded-for': ', , ,' },
  { 'x-forwarded-for': 'unknown, 127.0.0.2', forwarded: 'for=6.6.6.6' },
  { forwarded: 'for=6.6.6.6;proto=https;host=evil.example', 'x-forwarded-host': 'evil.example' },
];

describe('behind a chain of real proxies', () => {
  const servers: Server[] = [];
  let hops = 0;
  let seen: Proxied | undefined;
  /** Where a request enters: the application itself, then one proxy more each. */
  const entries: number[] = [];

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '::', resolve));
    return (server.address() as AddressInfo).port;
  }

  /** Appends what it sees and connects onwards from its own address, as proxies do. */
  function proxy(address: string, port: number): Server {
    return createServer((req, res) => {
      const before = req.headers['x-forwarded-for'];
      const peer = String(req.socket.remoteAddress).replace('::ffff:', '');
      const list = before === undefined ? peer : `${before}, ${peer}`;
      const headers = { ...req.headers, 'x-forwarded-for': list };
      const options = { port, host: '127.0.0.1', localAddress: address, headers, agent: false as const };
      request(options, (answer: IncomingMessage) =>
        answer.pipe(res.writeHead(answer.statusCode ?? 502)),
      ).end();
    });
  }

  async function ask(port: number, headers: Readonly<Record<string, string>>): Promise<Proxied | undefined> {
    seen = undefined;
    const options = { port, host: '127.0.0.1', localAddress: clientAt, headers, agent: false as const };
    await new Promise<void>((resolve, reject) => {
      const sent = request(options, (answer) => answer.resume().on('end', resolve));
      sent.on('error', reject).end();
    });
    return seen;
  }

  beforeAll(async () => {
    entries.push(
      await listen(
        createServer((req, res) => {
          seen = trustedProxies({ hops, from }).read({ ...peerOf(req.socket), headers: req.headers });
          res.end();
        }),
      ),
    );
    for (const address of from) entries.push(await listen(proxy(address, entries.at(-1) as number)));
  });

  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  it.each([0, 1, 2, 3, 4, 16])(
    'with %s of them configured, the client is never what a header claimed',
    async (configured) => {
      hops = configured;
      for (const [proxies, port] of entries.entries()) {
        for (const claim of claims) {
          const { client, host, protocol } = (await ask(port, { host: 'shop.example.com', ...claim })) ?? {};
          // With fewer configured than there are, the address of a proxy of one's own.
          const expected = configured >= proxies ? clientAt : from[configured];
          expect([proxies, claim, client]).toEqual([proxies, claim, expected]);
          expect(host).toBe('shop.example.com');
          expect(protocol).toBe('http');
        }
      }
    },
  );
});
