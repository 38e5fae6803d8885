import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpOrigin, type Origin } from '../../../checks/gateway/origins.ts';
import { openRaw, readUntil, sendRaw, statusOf } from '../../../checks/gateway/raw-client.ts';
import { loopback, type RunningGateway, runningGateway } from '../../../checks/gateway/running-gateway.ts';
import { configureEvents } from '../../event/record.ts';
import type { GatewayLimits } from './config/gateway-config.ts';

let origin: Origin;
const slow: ServerResponse[] = [];
beforeAll(async () => {
  configureEvents({ sinks: [] });
  origin = await httpOrigin((incoming, response) => {
    if (incoming.url === '/slow') slow.push(response);
    else if (incoming.url === '/early') response.end('origin');
    else incoming.resume().once('end', () => response.end('origin'));
  });
});
afterAll(() => origin[Symbol.asyncDispose]());

function start(limits: GatewayLimits = {}): Promise<RunningGateway> {
  return runningGateway({
    limits,
    roles: [
      {
        ...{ name: 'test', anonymous: true, hosts: [], maxTunnels: 10 },
        allowPrivate: [{ ...loopback(origin.port) }, { ...loopback(origin.port), host: 'localhost' }],
      },
    ],
  });
}

const ask = (path: string = '/', fields: string = '', method: string = 'GET', host = '127.0.0.1'): string =>
  `${method} http://${host}:${origin.port}${path} HTTP/1.1\r\nHost: x\r\n${fields}\r\n`;
const underWay = async (rig: RunningGateway): Promise<number | undefined> =>
  (await rig.metrics())['bulwark_gateway_open_requests{role="test"}'];

describe('requests that wait behind a slow one', () => {
  it.each([
    ['are counted no more when their client goes away', () => ask().repeat(9)],
    ['and are still being resolved then, too', () => ask('/', '', 'GET', 'localhost').repeat(9)],
  ])('%s', async (_, waiting) => {
    await using rig = await start();
    // Twice, as a role has room for ten.
    for (let round = 0; round < 2; round++) {
      const client = await openRaw(rig.port);
      client.write(ask('/slow') + waiting());
      await rig.until(async () => (await underWay(rig)) === 10);
      client.destroy();
      await rig.until(async () => (await underWay(rig)) === 0);
    }
    expect(statusOf(await sendRaw(rig.port, ask('/', 'Connection: close\r\n')))).toBe(200);
  });

  it('live no longer than the limit, and neither do those that were refused', async () => {
    await using rig = await start({ tunnelMs: 300 });
    const client = await openRaw(rig.port);
    client.write(ask('/slow') + ask().repeat(3) + ask('/', '', 'TRACE'));
    expect(await readUntil(client, () => false)).toBe('');
    await rig.until(async () => (await underWay(rig)) === 0);
  });

  it('are answered in their turn where the client waits', async () => {
    await using rig = await start();
    const before = slow.length;
    const answers = sendRaw(rig.port, ask('/slow') + ask().repeat(5) + ask('/', 'Connection: close\r\n'));
    await rig.until(() => slow.length > before);
    slow.at(-1)?.end('slow');
    expect((await answers).match(/HTTP\/1\.1 200/g)).toHaveLength(7);
  });

  it('may not be tunnels: such a one is closed, and has its line', async () => {
    await using rig = await start();
    const target = `127.0.0.1:${origin.port}`;
    const connect = `CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n`;
    expect(await sendRaw(rig.port, ask('/slow') + connect)).toBe('');
    const line = () => rig.lines().find(({ method }) => method === 'CONNECT');
    await rig.until(() => line() !== undefined);
    expect(line()).toMatchObject({
      ...{ allow: false, code: 'gateway/invalid-request', status: 0 },
      detail: 'CONNECT behind another request',
    });
    const client = await openRaw(rig.port);
    client.write(ask());
    expect(statusOf(await readUntil(client, (text) => text.endsWith('origin')))).toBe(200);
    await rig.until(async () => (await underWay(rig)) === 0);
    client.write(connect);
    expect(statusOf(await readUntil(client, (text) => text.includes('\r\n\r\n')))).toBe(200);
    client.destroy();
  });

  it('are told to come again where one before them asked for an upgrade', async () => {
    await using rig = await start();
    const upgrade = ask('/', 'Connection: Upgrade\r\nUpgrade: foo\r\nContent-Length: 5\r\n', 'POST');
    const answers = await sendRaw(rig.port, `${upgrade}body!${ask()}`);
    expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(1);
    expect(answers).toMatch(/^connection: close\r$/im);
  });
});

describe('a body that comes after its answer', () => {
  it.each([
    ['a refused request', 'http://10.0.0.1/', 403],
    ['an answered one', '/early', 200],
  ])('of %s may not trickle in for ever', async (_, target, status) => {
    await using rig = await start({ headerTimeoutMs: 300, keepAliveMs: 60_000 });
    const head = (length: number): string =>
      ask(target, `Content-Length: ${length}\r\n`, 'POST').replace(/http:\/\/127[^ ]*?http/, 'http');
    const client = await openRaw(rig.port);
    client.write(head(60_000));
    const drip = setInterval(() => client.write('x'), 20);
    const answer = await readUntil(client, () => false);
    clearInterval(drip);
    expect(statusOf(answer)).toBe(status);
    const prompt = await openRaw(rig.port);
    prompt.write(`${head(5)}body!`);
    expect(statusOf(await readUntil(prompt, (text) => text.includes('\r\n\r\n')))).toBe(status);
    prompt.write(ask('/', 'Connection: close\r\n'));
    expect(await readUntil(prompt, () => false)).toContain('HTTP/1.1 200');
  });
});
