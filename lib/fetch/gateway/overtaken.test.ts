import { copyFileSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificates } from '../../../checks/gateway/certificates.ts';
import { httpOrigin, type Origin, tcpOrigin } from '../../../checks/gateway/origins.ts';
import {
  basic,
  codeOf,
  openRaw,
  openTunnel,
  readUntil,
  sendRaw,
  statusOf,
} from '../../../checks/gateway/raw-client.ts';
import { loopback, runningGateway } from '../../../checks/gateway/running-gateway.ts';
import { configureEvents } from '../../event/record.ts';
import type { RoleConfig } from './config/gateway-config.ts';
import { digestOf } from './role/credential.ts';

let origin: Origin;
/** The proxy of the roles: it opens a connection when it is told to, as a slow name or network does. */
let proxy: Origin;
const asked: Socket[] = [];
const grant = (): void => {
  for (const socket of asked.splice(0)) socket.write('HTTP/1.1 200 OK\r\n\r\n');
};
beforeAll(async () => {
  configureEvents({ sinks: [] });
  origin = await httpOrigin((_, response) => response.end('origin'));
  proxy = await tcpOrigin((socket) => {
    socket.once('data', () => {
      asked.push(socket);
      socket.on('data', (data) =>
        socket.end(data.includes('GET /') ? 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok' : data),
      );
    });
  });
});
afterAll(async () => {
  await origin[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
});

function roleOf(more: Partial<RoleConfig> = {}): RoleConfig {
  return {
    name: 'a',
    hosts: [],
    allowPrivate: [loopback(origin.port)],
    credentials: [{ user: 'a', passwordSha256: digestOf('pw').toString('hex') }],
    ...more,
  };
}

describe('what is being opened when the configuration is read again', () => {
  const slow = (more: Partial<RoleConfig> = {}): RoleConfig =>
    roleOf({ proxy: `http://127.0.0.1:${proxy.port}`, ...more });
  const revoked = (): RoleConfig =>
    slow({ credentials: [{ user: 'a', passwordSha256: digestOf('new').toString('hex') }] });
  const tunnel = (): string => `CONNECT 127.0.0.1:${origin.port} HTTP/1.1\r\nHost: x\r\n`;
  const plain = (): string =>
    `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n`;
  const cases: [title: string, head: () => string, next: () => RoleConfig, status: number, code: string][] = [
    ['a tunnel of a revoked user', tunnel, revoked, 407, 'gateway/unauthenticated'],
    ['a request of a revoked user', plain, revoked, 407, 'gateway/unauthenticated'],
    [
      ...(['a tunnel of a user who has another role now', tunnel] as const),
      ...([() => slow({ name: 'b' }), 407, 'gateway/unauthenticated'] as const),
    ],
  ];
  it.each(cases)('goes on where it is still allowed, and not as %s', async (_, head, next, status, code) => {
    for (const [then, expected] of [
      [() => slow({ maxTunnels: 7 }), 200],
      [next, status],
    ] as const) {
      await using rig = await runningGateway({ roles: [slow()] });
      const client = await openRaw(rig.port);
      client.write(`${head()}${basic('a', 'pw')}\r\n`);
      await rig.until(() => asked.length === 1);
      const [upstream] = asked;
      expect(await rig.gateway.reload(rig.next([then()]))).toEqual({ kept: 0, closed: 0 });
      grant();
      const answer = await readUntil(client, (text) => text.includes('\r\n\r\n'));
      expect([statusOf(answer), codeOf(answer)]).toEqual([expected, expected === 200 ? undefined : code]);
      if (expected !== 200) await rig.until(() => upstream?.closed || upstream?.readableEnded || false);
      client.destroy();
      await rig.until(() => rig.lines().some(({ msg }) => msg === 'CANONICAL-EGRESS-DECISION'));
      expect(rig.lines()[0]).toMatchObject({ allow: expected === 200 });
    }
  });

  it.each([
    ['a tunnel', tunnel],
    ['a request', plain],
  ])('is refused as %s to what is forbidden by then', async (_, head) => {
    await using rig = await runningGateway({ roles: [slow()] });
    const client = await openRaw(rig.port);
    client.write(`${head()}${basic('a', 'pw')}\r\n`);
    await rig.until(() => asked.length === 1);
    await rig.gateway.reload(rig.next([slow({ allowPrivate: [] })]));
    grant();
    const answer = await readUntil(client, (text) => text.includes('\r\n\r\n'));
    expect([statusOf(answer), codeOf(answer)]).toEqual([403, 'fetch/private-address']);
    const metrics = await rig.metrics();
    expect(metrics['bulwark_gateway_open_tunnels{role="a"}']).toBe(0);
    client.destroy();
  });
});

describe('a connection that was begun under another authority', () => {
  it('has no role by its certificate, whether it has spoken or not', async () => {
    const made = makeCertificates();
    try {
      made.authority('ca');
      made.authority('next');
      made.signed('ca', 'server', '/CN=gateway', 'IP:127.0.0.1');
      made.signed('ca', 'client', '/CN=client');
      made.signed('next', 'client2', '/CN=client');
      copyFileSync(made.path('ca.pem'), made.path('clients.pem'));
      const [key, cert] = [made.path('server.key'), made.path('server.pem')];
      const listen = { port: 0, tls: { key, cert, clientCa: made.path('clients.pem') } };
      const role = roleOf({ credentials: [], certificates: [{ cn: 'client' }] });
      await using rig = await runningGateway({ listen, roles: [role] });
      const secure = async (name: string, socket: Socket): Promise<TLSSocket> => {
        const own = {
          key: readFileSync(made.path(`${name}.key`)),
          cert: readFileSync(made.path(`${name}.pem`)),
        };
        const through = tlsConnect({ socket, rejectUnauthorized: false, ...own });
        through.on('error', () => {});
        await new Promise((done) => through.once('secureConnect', done));
        return through;
      };
      const ask = async (through: TLSSocket): Promise<number> => {
        through.write(
          `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
        );
        return statusOf(await readUntil(through, (text) => text.includes('\r\n\r\n')));
      };
      expect(await ask(await secure('client', await openRaw(rig.port)))).toBe(200);
      const silent = await secure('client', await openRaw(rig.port));
      const unshaken = await openRaw(rig.port);
      await rig.until(async () => ((await rig.metrics())['bulwark_gateway_client_connections'] ?? 0) >= 2);
      // Nothing of them is under way at the gateway, but the handshake of the second.
      await new Promise((done) => setTimeout(done, 50));
      copyFileSync(made.path('next.pem'), made.path('clients.pem'));
      await rig.gateway.reload(rig.next([role], { listen }));
      expect([407, 0]).toContain(await ask(silent));
      expect(await ask(await secure('client', unshaken))).toBe(407);
      expect(await ask(await secure('client', await openRaw(rig.port)))).toBe(407);
      expect(await ask(await secure('client2', await openRaw(rig.port)))).toBe(200);
    } finally {
      made.remove();
    }
  });
});

describe('the proxy of a role', () => {
  it('that does not answer in time gives a 504, and one that does a tunnel', async () => {
    const role = roleOf({ proxy: `http://127.0.0.1:${proxy.port}` });
    await using rig = await runningGateway({ roles: [role], limits: { connectTimeoutMs: 300 } });
    const head = `CONNECT 127.0.0.1:${origin.port} HTTP/1.1\r\nHost: x\r\n${basic('a', 'pw')}\r\n`;
    expect(statusOf(await sendRaw(rig.port, head))).toBe(504);
    await rig.until(() => rig.lines().length === 1);
    expect(rig.lines()[0]).toMatchObject({ error: 'ETIMEDOUT', status: 504 });
    asked.length = 0;
    const opening = openTunnel(rig.port, `127.0.0.1:${origin.port}`, basic('a', 'pw'));
    await rig.until(() => asked.length === 1);
    grant();
    (await opening).destroy();
  });
});
