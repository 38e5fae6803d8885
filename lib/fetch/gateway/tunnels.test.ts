import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpOrigin, type Origin, tcpOrigin } from '../../../checks/gateway/origins.ts';
import { openRaw, openTunnel, readUntil, sendRaw, statusOf } from '../../../checks/gateway/raw-client.ts';
import { loopback, type RunningGateway, runningGateway } from '../../../checks/gateway/running-gateway.ts';
import { configureEvents } from '../../event/record.ts';

let echo: Origin;
let web: Origin;
let rig: RunningGateway;

beforeAll(async () => {
  configureEvents({ sinks: [] });
  echo = await tcpOrigin((socket) => void socket.pipe(socket));
  web = await httpOrigin((_, response) => void response.end('web'));
  rig = await runningGateway({
    roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(echo.port)] }],
  });
});

afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await echo[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
});

const target = (): string => `127.0.0.1:${echo.port}`;

describe('a tunnel', () => {
  it('carries bytes both ways, those that came with the request among them', async () => {
    const socket = await openRaw(rig.port);
    socket.write(`CONNECT ${target()} HTTP/1.1\r\nHost: x\r\n\r\nearly `);
    const answer = await readUntil(socket, (text) => text.endsWith('early '));
    expect(answer).toBe('HTTP/1.1 200 Connection Established\r\n\r\nearly ');
    socket.end('late');
    expect(await readUntil(socket, () => false)).toBe('late');
    await rig.until(() => rig.lines().some(({ msg }) => msg === 'CANONICAL-EGRESS-CLOSE'));
    const [decision, close] = rig.lines().slice(-2);
    expect(decision).toMatchObject({ allow: true, address: '127.0.0.1', status: 200, method: 'CONNECT' });
    expect(close).toMatchObject({ id: decision?.['id'], why: 'ended', bytesOut: 10, bytesIn: 10 });
  });

  it('serves HTTP/1.0 clients without Host, as old libraries are', async () => {
    const socket = await openRaw(rig.port);
    socket.write(`CONNECT ${target()} HTTP/1.0\r\n\r\n`);
    expect(await readUntil(socket, (text) => text.includes('\r\n\r\n'))).toMatch(/^HTTP\/1\.1 200/);
    socket.destroy();
  });

  it('stays half-open: who has said all still listens', async () => {
    await using counting = await tcpOrigin((socket) => {
      let bytes = 0;
      socket.on('data', (chunk) => {
        bytes += chunk.length;
      });
      socket.on('end', () => setTimeout(() => socket.end(String(bytes)), 50));
    });
    await using own = await runningGateway({
      roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(counting.port)] }],
    });
    const socket = await openTunnel(own.port, `127.0.0.1:${counting.port}`);
    socket.end(Buffer.alloc(1_000_000));
    expect(await readUntil(socket, () => false)).toBe('1000000');
  });

  it('holds back the one that is faster, and loses nothing', async () => {
    const size = 40_000_000;
    await using large = await tcpOrigin((socket) => void socket.end(Buffer.alloc(size)));
    await using own = await runningGateway({
      roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(large.port)] }],
    });
    const socket = await openTunnel(own.port, `127.0.0.1:${large.port}`);
    await new Promise((done) => setTimeout(done, 200));
    socket.end();
    expect((await readUntil(socket, () => false)).length).toBeGreaterThan(size - 1_000_000);
    await own.until(() => own.lines().length === 2);
    expect(own.lines()[1]).toMatchObject({ why: 'ended', bytesIn: size });
    expect((await own.metrics())['bulwark_gateway_bytes_total{role="test",direction="in"}']).toBe(size);
  });

  it('ends on both sides when one is reset', async () => {
    let closed = false;
    await using watching = await tcpOrigin((socket) => {
      socket.resume().once('end', () => {
        closed = true;
      });
    });
    await using own = await runningGateway({
      roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(watching.port)] }],
    });
    const socket = await openTunnel(own.port, `127.0.0.1:${watching.port}`);
    socket.resetAndDestroy();
    await own.until(() => closed);
    await own.until(() => own.lines().length === 2);
    expect(own.lines()[1]).toMatchObject({ msg: 'CANONICAL-EGRESS-CLOSE', why: 'error' });
  });

  it('ends when nothing moves, and at the end of its life although something does', async () => {
    const roles = [
      { name: 'test', anonymous: true, hosts: 'public' as const, allowPrivate: [loopback(echo.port)] },
    ];
    await using idle = await runningGateway({ roles, limits: { idleMs: 100 } });
    await readUntil(await openTunnel(idle.port, target()), () => false);
    await idle.until(() => idle.lines().length === 2);
    expect(idle.lines()[1]).toMatchObject({ why: 'idle' });
    await using short = await runningGateway({ roles, limits: { tunnelMs: 300 } });
    const socket = await openTunnel(short.port, target());
    const talk = setInterval(() => socket.write('x'), 10);
    await readUntil(socket, () => false);
    clearInterval(talk);
    await short.until(() => short.lines().length === 2);
    expect(short.lines()[1]).toMatchObject({ why: 'life' });
  });
});

describe('a role with a proxy of its own', () => {
  it('goes through that one, to the address that was checked here', async () => {
    await using next = await runningGateway({
      roles: [
        {
          ...{ name: 'next', hosts: 'public' as const, allowPrivate: [loopback(echo.port, web.port)] },
          credentials: [{ user: 'u', passwordSha256: createHash('sha256').update('p').digest('hex') }],
        },
      ],
    });
    await using own = await runningGateway({
      roles: [
        {
          ...{
            name: 'test',
            anonymous: true,
            hosts: 'public' as const,
            allowPrivate: [loopback(echo.port, web.port)],
          },
          proxy: `http://u:p@127.0.0.1:${next.port}`,
        },
      ],
    });
    const socket = await openTunnel(own.port, `127.1:${echo.port}`);
    socket.end('chained');
    expect(await readUntil(socket, () => false)).toBe('chained');
    const plain = `GET http://127.0.0.1:${web.port}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
    expect(statusOf(await sendRaw(own.port, plain))).toBe(200);
    await next.until(() => next.lines().length >= 2);
    expect(next.lines()[0]).toMatchObject({ host: '127.0.0.1', method: 'CONNECT', principal: 'user u' });
    expect(statusOf(await sendRaw(own.port, 'CONNECT 10.0.0.1:443 HTTP/1.1\r\nHost: x\r\n\r\n'))).toBe(403);
  });
});

describe('a client that goes while its tunnel is opened', () => {
  it('leaves nothing open', async () => {
    await using own = await runningGateway({
      roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(echo.port)] }],
    });
    for (let i = 0; i < 20; i++) {
      const socket = await openRaw(own.port);
      socket.write(`CONNECT ${target()} HTTP/1.1\r\nHost: x\r\n\r\n`);
      if (i % 2 === 0) await once(socket, 'data').catch(() => {});
      socket.resetAndDestroy();
    }
    await own.until(async () => {
      const metrics = await own.metrics();
      return (
        metrics['bulwark_gateway_open_tunnels{role="test"}'] === 0 &&
        metrics['bulwark_gateway_client_connections'] === 0
      );
    });
  });
});
