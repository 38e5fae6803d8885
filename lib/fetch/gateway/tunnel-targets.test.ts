import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpOrigin, type Origin, tcpOrigin } from '../../../checks/gateway/origins.ts';
import { codeOf, openTunnel, readUntil, sendRaw, statusOf } from '../../../checks/gateway/raw-client.ts';
import { loopback, type RunningGateway, runningGateway } from '../../../checks/gateway/running-gateway.ts';
import { configureEvents } from '../../event/record.ts';

let echo: Origin;
let rig: RunningGateway;

beforeAll(async () => {
  configureEvents({ sinks: [] });
  echo = await tcpOrigin((socket) => void socket.pipe(socket));
  rig = await runningGateway({
    roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(echo.port)] }],
  });
});

afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await echo[Symbol.asyncDispose]();
});

const target = (): string => `127.0.0.1:${echo.port}`;

function connect(authority: string, fields: string = ''): Promise<string> {
  return sendRaw(rig.port, `CONNECT ${authority} HTTP/1.1\r\nHost: x\r\n${fields}\r\n`);
}

describe('where a tunnel may lead', () => {
  const denied: [authority: string, status: number, code: string][] = [
    ['127.0.0.1:1', 403, 'fetch/private-address'],
    ['0x7f.1:22', 403, 'fetch/private-address'],
    ['2130706433:22', 403, 'fetch/private-address'],
    ['0177.0.0.1:22', 403, 'fetch/private-address'],
    ['127.0.0.1.:22', 403, 'fetch/private-address'],
    ['localhost:22', 403, 'fetch/private-address'],
    ['LOCALHOST.:22', 403, 'fetch/private-address'],
    ['intranet:443', 403, 'fetch/private-address'],
    ['[::1]:22', 403, 'fetch/private-address'],
    ['[::ffff:127.0.0.1]:22', 403, 'fetch/private-address'],
    ['[64:ff9b::7f00:1]:443', 403, 'fetch/private-address'],
    ['0.0.0.0:443', 403, 'fetch/private-address'],
    ['169.254.169.254:80', 403, 'fetch/cloud-metadata'],
    ['169.254.169.254.:80', 403, 'fetch/cloud-metadata'],
    ['[fd00:ec2::254]:80', 403, 'fetch/cloud-metadata'],
    ['metadata.google.internal:80', 403, 'fetch/cloud-metadata'],
    ['168.63.129.16:80', 403, 'fetch/cloud-metadata'],
    ['93.184.215.14:25', 403, 'fetch/port-not-allowed'],
  ];
  it.each(denied)('not to %s', async (authority, status, code) => {
    const answer = await connect(authority);
    expect([statusOf(answer), codeOf(answer)]).toEqual([status, code]);
    expect(answer).not.toMatch(/127\.0|169\.254/);
    await rig.until(() => rig.lines().at(-1)?.['code'] === code);
    expect(rig.lines().at(-1)).toMatchObject({ allow: false, code, status, role: 'test' });
  });

  const unreadable = [
    ...['name.invalid', 'name.invalid:', 'name.invalid:0', 'name.invalid:65536', 'name.invalid:0443', ':443'],
    ...['a@name.invalid:443', '[[::1]]:443', '[::1]]:443', '[::1:443', '::1:443', '[fe80::1%25lo]:443'],
    ...[
      'http://name.invalid:443',
      '/name.invalid:443',
      'name.invalid:443/',
      'name%2einvalid:443',
      'a..b:443',
    ],
    ...[
      'name.invalid:443:443',
      'name.invalid:+443',
      'name.invalid:4_3',
      '0x7f.0x1.0x1.0x1.0x1:443',
      '256.1.1.1:443',
    ],
    ...[
      `${'a'.repeat(64)}.invalid:443`,
      `${'a.'.repeat(140)}invalid:443`,
      '*',
      '-',
      '[]:443',
      '[12345::]:443',
    ],
  ];
  it.each(unreadable)('not to what is no host and port: %s', async (authority) => {
    const answer = await connect(authority);
    expect([statusOf(answer), codeOf(answer)]).toEqual([400, 'gateway/invalid-request']);
  });

  it('to a host in any spelling that is decided and connected to alike', async () => {
    for (const host of [
      '127.0.0.1',
      '127.1',
      '0x7f000001',
      '2130706433',
      '127.0.0.1.',
      '[::ffff:127.0.0.1]',
    ]) {
      const socket = await openTunnel(rig.port, `${host}:${echo.port}`);
      socket.end('hello');
      expect(await readUntil(socket, () => false)).toBe('hello');
    }
  });

  it('not with a body, and not behind an answer that is still on its way', async () => {
    const body = await connect(target(), 'Content-Length: 5\r\n');
    expect([statusOf(body), codeOf(body)]).toEqual([400, 'gateway/invalid-request']);
    expect(statusOf(await connect(target(), 'Transfer-Encoding: chunked\r\n'))).toBe(400);
    expect(statusOf(await connect(target(), 'Host: y\r\n'))).toBe(400);
    await using silent = await httpOrigin(() => {});
    await using own = await runningGateway({
      roles: [
        { name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(silent.port, echo.port)] },
      ],
    });
    const pipelined = `GET http://127.0.0.1:${silent.port}/ HTTP/1.1\r\nHost: x\r\n\r\nCONNECT ${target()} HTTP/1.1\r\nHost: x\r\n\r\n`;
    expect(await sendRaw(own.port, pipelined)).toBe('');
    const socket = await openTunnel(own.port, target(), 'Content-Length: 0\r\n');
    socket.destroy();
  });

  it('to nothing that does not listen: 502, and why in the log alone', async () => {
    await using own = await runningGateway({
      roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(1)] }],
      limits: { connectTimeoutMs: 2_000 },
    });
    const answer = await sendRaw(own.port, 'CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(statusOf(answer)).toBe(502);
    expect(answer).not.toContain('ECONNREFUSED');
    await own.until(() => own.lines().length === 1);
    expect(own.lines()[0]).toMatchObject({ allow: true, error: 'ECONNREFUSED', status: 502, code: null });
  });
});

describe('the gateway itself', () => {
  it('is no destination, whatever allowPrivate says and by whatever address', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address;
    const hosts = ['127.0.0.1', '127.0.0.2', ...(outside === undefined ? [] : [outside])];
    const listen = { port: 20_000 + Math.floor(Math.random() * 10_000) };
    await using free = await tcpOrigin(() => {});
    await using own = await runningGateway({
      listen,
      roles: [
        {
          name: 'test',
          anonymous: true,
          hosts: 'public',
          allowPrivate: hosts.map((host) => ({ host, cidr: `${host}/32`, ports: [listen.port, free.port] })),
        },
      ],
    });
    for (const host of hosts) {
      const answer = await sendRaw(own.port, `CONNECT ${host}:${own.port} HTTP/1.1\r\nHost: x\r\n\r\n`);
      expect([statusOf(answer), codeOf(answer)]).toEqual([403, 'gateway/proxy-loop']);
    }
    const plain = await sendRaw(
      own.port,
      `GET http://127.0.0.1:${own.port}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(codeOf(plain)).toBe('gateway/proxy-loop');
    const socket = await openTunnel(own.port, `127.0.0.1:${free.port}`);
    socket.destroy();
  });

  it('knows a request that came through it before, by way of another one', async () => {
    let seen = '';
    await using origin = await httpOrigin((incoming, response) => {
      seen = String(incoming.headers.via);
      response.end();
    });
    await using own = await runningGateway({
      roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(origin.port)] }],
    });
    const get = (via: string): Promise<string> =>
      sendRaw(
        own.port,
        `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: x\r\n${via}Connection: close\r\n\r\n`,
      );
    expect(statusOf(await get('Via: 1.1 other\r\n'))).toBe(200);
    expect(seen).toMatch(/^1\.1 other, 1\.1 bulwark-/);
    const again = await get(`Via: ${seen}\r\n`);
    expect([statusOf(again), codeOf(again)]).toEqual([403, 'gateway/proxy-loop']);
    const long = await get(`Via: ${Array(17).fill('1.1 x').join(', ')}\r\n`);
    expect(codeOf(long)).toBe('gateway/proxy-loop');
  });
});
