import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpOrigin, type Origin } from '../../../checks/gateway/origins.ts';
import { openRaw, readUntil, sendRaw, statusOf } from '../../../checks/gateway/raw-client.ts';
import { loopback, type RunningGateway, runningGateway } from '../../../checks/gateway/running-gateway.ts';
import { configureEvents } from '../../event/record.ts';
import { parseLimits } from './config/limits.ts';
import { readAbsoluteForm, readAuthority } from './request-target.ts';
import { decideRequest } from './role/decide-role.ts';
import { parseRole } from './role/role.ts';

let origin: Origin;
let secret: Origin;
let rig: RunningGateway;
const uncaught: unknown[] = [];
const note = (error: unknown): void => void uncaught.push(error);

beforeAll(async () => {
  configureEvents({ sinks: [] });
  process.on('uncaughtExceptionMonitor', note);
  process.on('unhandledRejection', note);
  origin = await httpOrigin((_, response) => response.end('origin'));
  secret = await httpOrigin((_, response) => response.end('secret'));
  rig = await runningGateway({
    roles: [
      {
        name: 'test',
        anonymous: true,
        hosts: ['127.0.0.1'],
        allowPrivate: [loopback(origin.port)],
        requestsPerSecond: 1_000_000,
      },
    ],
    limits: { idleMs: 500, headerTimeoutMs: 500, connectTimeoutMs: 500 },
  });
});

afterAll(async () => {
  process.off('uncaughtExceptionMonitor', note);
  process.off('unhandledRejection', note);
  await rig[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
  await secret[Symbol.asyncDispose]();
});

const part = fc.constantFrom(
  ...[
    'GET ',
    'CONNECT ',
    'POST ',
    'http://',
    'https://',
    '127.0.0.1',
    '[::1]',
    'localhost',
    ':',
    '@',
    '/',
    '#',
    '?',
    '\\',
  ],
  ...[
    ' HTTP/1.1\r\n',
    ' HTTP/1.0\r\n',
    ' HTTP/9.9\r\n',
    'Host: x\r\n',
    'Content-Length: 5\r\n',
    'Content-Length: -1\r\n',
  ],
  ...[
    'Transfer-Encoding: chunked\r\n',
    'Connection: close\r\n',
    'Connection: upgrade\r\n',
    'Upgrade: websocket\r\n',
    '\r\n',
  ],
  ...[
    'Expect: 100-continue\r\n',
    'Proxy-Authorization: Basic YTpi\r\n',
    'Via: 1.1 x\r\n',
    '5\r\nhello\r\n0\r\n\r\n',
    '\n',
    '\r',
    '\0',
    '\x16\x03\x01',
  ],
  ...[' ', '\t', '%', '0x7f.1', '2130706433', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
);

function bytes(): fc.Arbitrary<string> {
  const ports = fc.constantFrom(`:${0}`, ':65536', ':443').chain((text) => fc.constant(text));
  const live = fc.constant('PORT');
  return fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: part },
        { weight: 2, arbitrary: live },
        ports,
        fc.string({ maxLength: 8 }),
      ),
      { maxLength: 14 },
    )
    .map((parts) => parts.join(''));
}

describe('whatever bytes come', () => {
  it('the gateway neither falls nor reaches what it may not', async () => {
    await fc.assert(
      fc.asyncProperty(bytes(), fc.boolean(), async (text, own) => {
        const socket = await openRaw(rig.port);
        socket.end(Buffer.from(text.replaceAll('PORT', String(own ? origin.port : secret.port)), 'latin1'));
        expect(await readUntil(socket, () => false)).not.toContain('secret');
      }),
      { numRuns: 1_500 },
    );
    const whole = `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
    expect(statusOf(await sendRaw(rig.port, whole))).toBe(200);
    expect(secret.connections()).toBe(0);
    expect(uncaught).toEqual([]);
    await rig.until(async () => (await rig.metrics())['bulwark_gateway_client_connections'] === 0);
    const metrics = await rig.metrics();
    expect(metrics['bulwark_gateway_open_tunnels{role="test"}']).toBe(0);
    expect(metrics['bulwark_gateway_open_requests{role="test"}']).toBe(0);
  });

  it('cut anywhere, a request is answered or closed, and nothing stays open', async () => {
    const whole = `POST http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`;
    for (let length = 0; length <= whole.length; length += 3) {
      const socket = await openRaw(rig.port);
      socket.write(whole.slice(0, length));
      if (length % 2 === 0) socket.end();
      else socket.resetAndDestroy();
    }
    await rig.until(async () => (await rig.metrics())['bulwark_gateway_client_connections'] === 0);
    await rig.until(async () => (await rig.metrics())['bulwark_gateway_open_requests{role="test"}'] === 0);
    expect(uncaught).toEqual([]);
  });
});

describe('whatever target is read', () => {
  const role = parseRole({ name: 'r', anonymous: true, hosts: 'public' }, '', '', parseLimits({}));
  const host = fc.oneof(
    fc.ipV4(),
    fc.ipV4Extended(),
    fc.ipV6().map((text) => `[${text}]`),
    fc.domain(),
    fc.string({ maxLength: 20 }),
    fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((bits) => `0x${bits.toString(16)}`),
  );

  it('the host is one that is written in one way, and says what URL says', () => {
    fc.assert(
      fc.property(host, fc.integer({ min: -1, max: 70_000 }), (text, port) => {
        const target = readAuthority(`${text}:${port}`);
        if ('allow' in target) return;
        expect(target.host).toMatch(/^[a-z0-9._:-]+$/);
        expect(target.port).toBe(port);
        const bracketed = target.host.includes(':') ? `[${target.host}]` : target.host;
        expect(readAuthority(`${bracketed}:${port}`)).toMatchObject({ host: target.host, port });
        const plain = readAbsoluteForm(`http://${text}:${port}/`, 'GET');
        expect(plain).toMatchObject({ host: target.host, port });
        decideRequest(role, 'CONNECT', target);
      }),
      { numRuns: 20_000 },
    );
  });
});
