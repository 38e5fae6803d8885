import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpOrigin, type Origin, tcpOrigin } from '../../../checks/gateway/origins.ts';
import {
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
import { createLineLog } from './log/line-log.ts';
import { TokenBucket } from './token-bucket.ts';

let origin: Origin;
let echo: Origin;
beforeAll(async () => {
  configureEvents({ sinks: [] });
  origin = await httpOrigin((incoming, response) => {
    if (incoming.url === '/silent') return;
    if (incoming.url === '/stalls') return void response.write('some');
    incoming.resume().once('end', () => response.end('origin'));
  });
  echo = await tcpOrigin((socket) => void socket.pipe(socket));
});
afterAll(async () => {
  await origin[Symbol.asyncDispose]();
  await echo[Symbol.asyncDispose]();
});

function roles(more: Partial<RoleConfig> = {}): readonly RoleConfig[] {
  return [
    {
      name: 'test',
      anonymous: true,
      hosts: 'public',
      allowPrivate: [loopback(origin.port, echo.port)],
      ...more,
    },
  ];
}
const get = (path: string = '/', fields: string = 'Connection: close\r\n'): string =>
  `GET http://127.0.0.1:${origin.port}${path} HTTP/1.1\r\nHost: x\r\n${fields}\r\n`;

describe('a role', () => {
  it('asks as often as it may, and is told when to come again', async () => {
    await using rig = await runningGateway({ roles: roles({ requestsPerSecond: 3 }) });
    const answers: string[] = [];
    for (let i = 0; i < 6; i++) answers.push(await sendRaw(rig.port, get()));
    expect(answers.slice(0, 3).map(statusOf)).toEqual([200, 200, 200]);
    const refused = answers.find((answer) => statusOf(answer) === 429) ?? '';
    expect(codeOf(refused)).toBe('gateway/rate-limited');
    expect(refused).toMatch(/^retry-after: 1\r$/im);
    expect((await rig.metrics())['bulwark_gateway_rate_limited_total{role="test"}']).toBeGreaterThan(0);
  });

  it('has so many tunnels and requests under way, and no more', async () => {
    await using rig = await runningGateway({ roles: roles({ maxTunnels: 2 }) });
    const first = await openTunnel(rig.port, `127.0.0.1:${echo.port}`);
    const second = await openRaw(rig.port);
    second.write(get('/silent'));
    await rig.until(async () => (await rig.metrics())['bulwark_gateway_open_requests{role="test"}'] === 1);
    const full = await sendRaw(rig.port, get());
    expect([statusOf(full), codeOf(full)]).toEqual([503, 'gateway/too-busy']);
    first.destroy();
    await rig.until(async () => (await rig.metrics())['bulwark_gateway_open_tunnels{role="test"}'] === 0);
    expect(statusOf(await sendRaw(rig.port, get()))).toBe(200);
    second.destroy();
  });

  it('shares what all roles may have', async () => {
    await using rig = await runningGateway({ roles: roles(), limits: { maxTunnels: 1 } });
    const only = await openTunnel(rig.port, `127.0.0.1:${echo.port}`);
    expect(codeOf(await sendRaw(rig.port, get()))).toBe('gateway/too-busy');
    only.destroy();
    await rig.until(async () => statusOf(await sendRaw(rig.port, get())) === 200);
  });

  it('is measured by a bucket that fills with time, and not beyond its size', () => {
    const bucket = new TokenBucket(2, 0);
    expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 0.5]);
    expect(bucket.take(500)).toBe(0);
    expect(bucket.take(100)).toBeGreaterThan(0);
    expect([bucket.take(60_000), bucket.take(60_000), bucket.take(60_000)].map((wait) => wait === 0)).toEqual(
      [true, true, false],
    );
  });
});

describe('a slow client', () => {
  it('that never ends its head is answered 408, and one that says nothing is closed', async () => {
    await using rig = await runningGateway({ roles: roles(), limits: { headerTimeoutMs: 200 } });
    const slow = await openRaw(rig.port);
    slow.write('GET http://127.0.0.1/ HTTP/1.1\r\nHost: x\r\n');
    const drip = setInterval(() => slow.write('X: y\r\n'), 20);
    const answer = await readUntil(slow, () => false);
    clearInterval(drip);
    expect(statusOf(answer)).toBe(408);
    await readUntil(await openRaw(rig.port), () => false);
    await rig.until(() => rig.lines().length === 1);
    expect(rig.lines()[0]).toMatchObject({
      code: 'gateway/invalid-request',
      detail: 'ERR_HTTP_REQUEST_TIMEOUT',
      status: 408,
    });
    expect(statusOf(await sendRaw(rig.port, get()))).toBe(200);
  });

  it('that keeps a connection and asks nothing loses it', async () => {
    await using rig = await runningGateway({ roles: roles(), limits: { keepAliveMs: 100 } });
    expect(statusOf(await sendRaw(rig.port, get('/', '')))).toBe(200);
  });

  it('that stops in the middle of its body is given up, and so is a silent origin', async () => {
    await using rig = await runningGateway({ roles: roles(), limits: { idleMs: 200 } });
    const half = await sendRaw(
      rig.port,
      `POST http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf`,
    );
    expect(statusOf(half)).toBe(504);
    expect(statusOf(await sendRaw(rig.port, get('/silent')))).toBe(504);
    const cut = await sendRaw(rig.port, get('/stalls'));
    expect(statusOf(cut)).toBe(200);
    expect(cut).not.toMatch(/\r\n0\r\n\r\n$/);
  });

  it('that reads nothing of its answer is given up', async () => {
    await using large = await httpOrigin((_, response) => void response.end(Buffer.alloc(30_000_000)));
    await using rig = await runningGateway({
      roles: roles({ allowPrivate: [loopback(large.port)] }),
      limits: { idleMs: 200 },
    });
    const socket = await openRaw(rig.port);
    socket.write(`GET http://127.0.0.1:${large.port}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    await rig.until(async () => (await rig.metrics())['bulwark_gateway_open_requests{role="test"}'] === 1);
    await rig.until(async () => (await rig.metrics())['bulwark_gateway_open_requests{role="test"}'] === 0);
    socket.destroy();
  });

  it('does not keep others out, but those beyond maxConnections', async () => {
    await using rig = await runningGateway({ roles: roles(), limits: { maxConnections: 5 } });
    const sockets = await Promise.all(Array.from({ length: 5 }, () => openRaw(rig.port)));
    await rig.until(async () => (await rig.metrics())['bulwark_gateway_client_connections'] === 5);
    expect(await sendRaw(rig.port, get())).toBe('');
    for (const socket of sockets) socket.destroy();
    await rig.until(async () => statusOf(await sendRaw(rig.port, get())) === 200);
  });

  it('may pipeline, and is answered in turn', async () => {
    await using rig = await runningGateway({ roles: roles() });
    const answers = await sendRaw(rig.port, get('/', '').repeat(200) + get());
    expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(201);
  });
});

describe('the log', () => {
  it('that cannot be written stops nothing, is counted, and goes on when it can', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bulwark-log-'));
    const file = join(folder, 'later', 'log.jsonl');
    try {
      await using rig = await runningGateway({ roles: roles(), log: { file } });
      expect(statusOf(await sendRaw(rig.port, get()))).toBe(200);
      await rig.until(async () => ((await rig.metrics())['bulwark_gateway_log_lost_total'] ?? 0) > 0);
      mkdirSync(join(folder, 'later'));
      await rig.until(async () => {
        expect(statusOf(await sendRaw(rig.port, get()))).toBe(200);
        return existsSync(file) && readFileSync(file, 'utf8') !== '';
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is opened again after its rotation, and loses no line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bulwark-log-'));
    try {
      const file = join(folder, 'log');
      let lost = 0;
      const log = createLineLog(file, () => {
        lost += 1;
      });
      log.write('1\n');
      await new Promise((done) => setTimeout(done, 50));
      renameSync(file, `${file}.1`);
      log.write('2\n');
      log.reopen(file);
      log.write('3\n');
      await log.close(1_000);
      await new Promise((done) => setTimeout(done, 50));
      expect([readFileSync(`${file}.1`, 'utf8'), readFileSync(file, 'utf8'), lost]).toEqual([
        '1\n2\n',
        '3\n',
        0,
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is ASCII, one line for an attempt, whatever was sent', async () => {
    await using rig = await runningGateway({ roles: roles() });
    await sendRaw(rig.port, 'GET http://a\xe2\x80\xa8\x7f/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await sendRaw(rig.port, `Proxy-Authorization: x\r\n\r\n`);
    await sendRaw(rig.port, get());
    await rig.until(() => rig.lines().length === 3);
    const text = readFileSync(join(rig.folder, 'decisions.jsonl'), 'utf8');
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    const fields = rig.lines().map((line) => Object.keys(line));
    expect(new Set(fields.map((names) => names.join()))).toEqual(
      new Set([
        'msg,time,id,role,principal,method,host,port,client,action,allow,wouldDeny,code,rule,reason,detail,error,addresses,address,kept,status,durationMs',
      ]),
    );
  });
});

describe('the admin port', () => {
  it('serves three pages, and nothing else', async () => {
    await using rig = await runningGateway({ roles: roles() });
    const at = (path: string, method: string = 'GET'): Promise<Response> =>
      fetch(`http://127.0.0.1:${rig.adminPort}${path}`, { method });
    expect(await (await at('/health')).text()).toBe('ok\n');
    expect(await (await at('/ready')).text()).toBe('ready\n');
    expect((await at('/metrics')).headers.get('content-type')).toBe(
      'text/plain; version=0.0.4; charset=utf-8',
    );
    expect((await at('/metrics', 'POST')).status).toBe(404);
    expect((await at('/')).status).toBe(404);
    await sendRaw(rig.port, get());
    const metrics = await rig.metrics();
    expect(metrics['bulwark_gateway_decisions_total{role="test",outcome="allowed",code=""}']).toBe(1);
    expect(metrics['bulwark_gateway_connect_seconds_count']).toBe(1);
    expect(metrics['bulwark_gateway_connect_seconds_bucket{le="+Inf"}']).toBe(1);
    expect(metrics['bulwark_gateway_bytes_total{role="test",direction="in"}']).toBe(6);
    expect(metrics['bulwark_gateway_ready']).toBe(1);
  });

  it('is not on the port of clients', async () => {
    await using rig = await runningGateway({ roles: roles() });
    expect(
      codeOf(await sendRaw(rig.port, 'GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')),
    ).toBe('gateway/invalid-request');
  });
});
