import { copyFileSync, readFileSync } from 'node:fs';
import { connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificates } from '../../../checks/gateway/certificates.ts';
import { httpOrigin, type Origin, tcpOrigin } from '../../../checks/gateway/origins.ts';
import {
  basic,
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
let echo: Origin;
beforeAll(async () => {
  configureEvents({ sinks: [] });
  origin = await httpOrigin((incoming, response) => {
    if (incoming.url === '/slow') setTimeout(() => response.end('slow'), 300);
    else response.end('origin');
  });
  echo = await tcpOrigin((socket) => void socket.pipe(socket));
});
afterAll(async () => {
  await origin[Symbol.asyncDispose]();
  await echo[Symbol.asyncDispose]();
});

const hashed = (user: string, password: string) => ({
  user,
  passwordSha256: digestOf(password).toString('hex'),
});

function roleOf(name: string, more: Partial<RoleConfig> = {}): RoleConfig {
  return {
    name,
    hosts: 'public',
    allowPrivate: [loopback(origin.port, echo.port)],
    credentials: [hashed(name, 'pw')],
    ...more,
  };
}

async function echoes(socket: Awaited<ReturnType<typeof openRaw>>): Promise<boolean> {
  if (socket.destroyed) return false;
  socket.write('ping');
  return (await readUntil(socket, (text) => text === 'ping')) === 'ping';
}

describe('a reload', () => {
  it('keeps the tunnels that are still allowed, and closes the others', async () => {
    const roles = ['stays', 'vanishes', 'narrowed', 'rekeyed', 'renamed'].map((name) => roleOf(name));
    await using rig = await runningGateway({ roles });
    const at = `127.0.0.1:${echo.port}`;
    const tunnels = await Promise.all(roles.map(({ name }) => openTunnel(rig.port, at, basic(name, 'pw'))));
    const report = await rig.gateway.reload(
      rig.next([
        roleOf('stays', { hosts: ['example.com'] }),
        roleOf('narrowed', { allowPrivate: [loopback(origin.port)] }),
        roleOf('rekeyed', { credentials: [hashed('rekeyed', 'new')] }),
        roleOf('other', { credentials: [hashed('renamed', 'pw')] }),
      ]),
    );
    expect(report).toEqual({ kept: 1, closed: 4 });
    const [stays, ...others] = tunnels;
    expect(stays && (await echoes(stays))).toBe(true);
    for (const socket of others) expect(await readUntil(socket, () => false)).toBe('');
    await rig.until(async () => (await rig.metrics())['bulwark_gateway_open_tunnels{role="stays"}'] === 1);
    expect(
      statusOf(await sendRaw(rig.port, `CONNECT ${at} HTTP/1.1\r\nHost: x\r\n${basic('rekeyed', 'pw')}\r\n`)),
    ).toBe(407);
    (await openTunnel(rig.port, at, basic('rekeyed', 'new'))).destroy();
    stays?.destroy();
  });

  it('changes nothing where the next configuration is wrong, or would listen elsewhere', async () => {
    await using rig = await runningGateway({ roles: [roleOf('a')] });
    const socket = await openTunnel(rig.port, `127.0.0.1:${echo.port}`, basic('a', 'pw'));
    for (const [next, sentence] of [
      [rig.next([]), 'roles: At least one role'],
      [
        rig.next([roleOf('a')], { listen: { port: 1 } }),
        'listen: This changes where or how the gateway listens',
      ],
      [rig.next([roleOf('a')], { admin: { port: 1 } }), 'admin: This changes'],
    ] as const) {
      await expect(rig.gateway.reload(next)).rejects.toThrow(sentence);
    }
    expect(await echoes(socket)).toBe(true);
    const metrics = await rig.metrics();
    expect(metrics['bulwark_gateway_config_reloads_total{result="failed"}']).toBe(2);
    await rig.gateway.reload(rig.next([roleOf('a')]));
    expect((await rig.metrics())['bulwark_gateway_config_reloads_total{result="ok"}']).toBe(1);
    expect(await echoes(socket)).toBe(true);
    socket.destroy();
  });

  it('uses no connection that was opened under the former rules, and interrupts no request', async () => {
    await using rig = await runningGateway({ roles: [roleOf('a')] });
    const get = (path: string): Promise<string> =>
      sendRaw(
        rig.port,
        `GET http://127.0.0.1:${origin.port}${path} HTTP/1.1\r\nHost: x\r\n${basic('a', 'pw')}Connection: close\r\n\r\n`,
      );
    const slow = get('/slow');
    await rig.until(async () => (await rig.metrics())['bulwark_gateway_open_requests{role="a"}'] === 1);
    await rig.gateway.reload(rig.next([roleOf('a')]));
    const before = origin.connections();
    expect(statusOf(await get('/'))).toBe(200);
    expect(origin.connections()).toBe(before + 1);
    expect(statusOf(await slow)).toBe(200);
    await rig.gateway.reload(rig.next([roleOf('a', { allowPrivate: [] })]));
    expect(statusOf(await get('/'))).toBe(403);
  });

  it('takes new certificates, and trusts no client by a former authority', async () => {
    const made = makeCertificates();
    try {
      made.authority('ca');
      made.authority('next');
      made.signed('ca', 'server', '/CN=old', 'IP:127.0.0.1');
      made.signed('next', 'server2', '/CN=new', 'IP:127.0.0.1');
      made.signed('ca', 'client', '/CN=client');
      copyFileSync(made.path('ca.pem'), made.path('clients.pem'));
      const listen = {
        port: 0,
        tls: {
          key: made.path('server.key'),
          cert: made.path('server.pem'),
          clientCa: made.path('clients.pem'),
        },
      };
      const role = roleOf('a', { credentials: [], certificates: [{ cn: 'client' }] });
      await using rig = await runningGateway({ listen, roles: [role] });
      const open = async () => {
        const own = {
          key: readFileSync(made.path('client.key')),
          cert: readFileSync(made.path('client.pem')),
        };
        const socket = tlsConnect({ port: rig.port, host: '127.0.0.1', rejectUnauthorized: false, ...own });
        socket.on('error', () => {});
        await new Promise((done) => socket.once('secureConnect', done));
        socket.write(`CONNECT 127.0.0.1:${echo.port} HTTP/1.1\r\nHost: x\r\n\r\n`);
        return { socket, answer: await readUntil(socket, (text) => text.includes('\r\n\r\n')) };
      };
      const first = await open();
      expect(statusOf(first.answer)).toBe(200);
      expect(first.socket.getPeerCertificate().subject.CN).toBe('old');
      copyFileSync(made.path('next.pem'), made.path('clients.pem'));
      const next = {
        ...listen,
        tls: { ...listen.tls, key: made.path('server2.key'), cert: made.path('server2.pem') },
      };
      expect(await rig.gateway.reload(rig.next([role], { listen: next }))).toEqual({ kept: 0, closed: 1 });
      const second = await open();
      expect(second.socket.getPeerCertificate().subject.CN).toBe('new');
      expect(statusOf(second.answer)).toBe(407);
    } finally {
      made.remove();
    }
  });
});

describe('a stop', () => {
  it('accepts nothing more, lets what is under way end, and then closes it', async () => {
    await using rig = await runningGateway({ roles: [roleOf('a')] });
    const auth = basic('a', 'pw');
    const tunnel = await openTunnel(rig.port, `127.0.0.1:${echo.port}`, auth);
    const kept = await openRaw(rig.port);
    const slow = sendRaw(
      rig.port,
      `GET http://127.0.0.1:${origin.port}/slow HTTP/1.1\r\nHost: x\r\n${auth}\r\n`,
    );
    await rig.until(async () => (await rig.metrics())['bulwark_gateway_open_requests{role="a"}'] === 1);
    let closed = false;
    const closing = rig.gateway.close({ drainMs: 20_000 }).then(() => {
      closed = true;
    });
    await rig.until(async () => (await fetch(`http://127.0.0.1:${rig.adminPort}/ready`)).status === 503);
    expect((await fetch(`http://127.0.0.1:${rig.adminPort}/health`)).status).toBe(200);
    await expect(openRaw(rig.port)).rejects.toThrow('ECONNREFUSED');
    expect(await readUntil(kept, () => false)).toBe('');
    const answer = await slow;
    expect(statusOf(answer)).toBe(200);
    expect(answer).toMatch(/^connection: close\r$/im);
    expect(await echoes(tunnel)).toBe(true);
    expect(closed).toBe(false);
    tunnel.end();
    await closing;
    expect(rig.lines().at(-1)).toMatchObject({ msg: 'CANONICAL-EGRESS-CLOSE', why: 'ended' });
  });

  it('ends what takes longer than it may, and at once when it is asked again', async () => {
    const auth = basic('a', 'pw');
    for (const again of [false, true]) {
      await using rig = await runningGateway({ roles: [roleOf('a')] });
      const tunnel = await openTunnel(rig.port, `127.0.0.1:${echo.port}`, auth);
      const closing = rig.gateway.close({ drainMs: again ? 600_000 : 100 });
      if (again) await rig.gateway.close();
      await closing;
      expect(await readUntil(tunnel, () => false)).toBe('');
      expect(rig.lines().at(-1)).toMatchObject({ msg: 'CANONICAL-EGRESS-CLOSE', why: 'stopped' });
    }
  });
});
