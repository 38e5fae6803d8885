import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificates, makeCertificates } from '../../../../checks/gateway/certificates.ts';
import { httpOrigin, type Origin, tcpOrigin } from '../../../../checks/gateway/origins.ts';
import { basic, codeOf, readUntil, sendRaw, statusOf } from '../../../../checks/gateway/raw-client.ts';
import { loopback, type RunningGateway, runningGateway } from '../../../../checks/gateway/running-gateway.ts';
import { configureEvents } from '../../../event/record.ts';
import type { RoleConfig } from '../config/gateway-config.ts';
import { readCertificate } from './certificate-rule.ts';
import { digestOf } from './credential.ts';

let origin: Origin;
let echo: Origin;
let seen: Readonly<Record<string, unknown>> = {};

beforeAll(async () => {
  configureEvents({ sinks: [] });
  origin = await httpOrigin((incoming, response) => {
    seen = incoming.headers;
    response.end('origin');
  });
  echo = await tcpOrigin((socket) => void socket.pipe(socket));
});
afterAll(async () => {
  await origin[Symbol.asyncDispose]();
  await echo[Symbol.asyncDispose]();
});

function roleOf(name: string, more: Partial<RoleConfig>): RoleConfig {
  return { name, hosts: 'public', allowPrivate: [loopback(origin.port, echo.port)], ...more };
}

function hashed(user: string, password: string): { user: string; passwordSha256: string } {
  return { user, passwordSha256: digestOf(password).toString('hex') };
}

describe('by Proxy-Authorization', () => {
  let rig: RunningGateway;
  beforeAll(async () => {
    rig = await runningGateway({
      roles: [
        roleOf('one', { credentials: [hashed('alice', 's3cret:with colon'), hashed('bob', 'other')] }),
        roleOf('two', {
          credentials: [hashed('carol', 'third')],
          hosts: ['nowhere.invalid.example'],
          allowPrivate: [],
        }),
      ],
    });
  });
  afterAll(() => rig[Symbol.asyncDispose]());

  const get = (fields: string): Promise<string> =>
    sendRaw(
      rig.port,
      `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: x\r\n${fields}Connection: close\r\n\r\n`,
    );
  const connect = (fields: string): Promise<string> =>
    sendRaw(rig.port, `CONNECT 127.0.0.1:${echo.port} HTTP/1.1\r\nHost: x\r\n${fields}\r\n`, (text) =>
      text.includes('\r\n\r\n'),
    );

  it('serves who is right, and does not tell the origin how', async () => {
    expect(statusOf(await get(basic('alice', 's3cret:with colon')))).toBe(200);
    expect(seen).not.toHaveProperty('proxy-authorization');
    expect(statusOf(await get(basic('bob', 'other').replace('Basic', 'bASIC ')))).toBe(200);
    expect(statusOf(await connect(basic('bob', 'other')))).toBe(200);
    await rig.until(() => rig.lines().length >= 3);
    expect(rig.lines()[0]).toMatchObject({ role: 'one', principal: 'user alice' });
  });

  it('gives each user the role that is theirs', async () => {
    expect(codeOf(await get(basic('carol', 'third')))).toBe('fetch/private-address');
  });

  const wrong: [title: string, fields: string][] = [
    ['nothing', ''],
    ['a wrong password', basic('alice', 'wrong')],
    ["another user's password", basic('alice', 'other')],
    ['an unknown user', basic('mallory', 'other')],
    ['no password', basic('alice', '')],
    ['no colon', `Proxy-Authorization: Basic ${Buffer.from('alice').toString('base64')}\r\n`],
    ['another scheme', 'Proxy-Authorization: Bearer abc\r\n'],
    ['no Base64', 'Proxy-Authorization: Basic %%%\r\n'],
    ['an empty one', 'Proxy-Authorization: \r\n'],
    ['two, the first of which is right', basic('bob', 'other') + basic('alice', 'x')],
    ['Authorization, which is for the origin', basic('bob', 'other').replace('Proxy-', '')],
    ['very long', `Proxy-Authorization: Basic ${'A'.repeat(10_000)}\r\n`],
  ];
  it.each(wrong)('refuses %s', async (_, fields) => {
    const before = origin.connections();
    for (const answer of [await get(fields), await connect(fields)]) {
      expect([statusOf(answer), codeOf(answer)]).toEqual([407, 'gateway/unauthenticated']);
      expect(answer).toMatch(/^proxy-authenticate: Basic realm="bulwark-gateway", charset="UTF-8"\r$/im);
    }
    expect(origin.connections()).toBe(before);
  });

  it('asks who it is before it says anything of the target, and counts who was not', async () => {
    const answer = await sendRaw(rig.port, 'CONNECT [[ HTTP/1.1\r\nHost: x\r\n\r\n');
    // Node's parser refuses some targets by itself; none of them gets further.
    expect([400, 407]).toContain(statusOf(answer));
    expect(codeOf(await sendRaw(rig.port, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'))).toBe(
      'gateway/unauthenticated',
    );
    const metrics = await rig.metrics();
    expect(metrics['bulwark_gateway_auth_failures_total']).toBeGreaterThan(20);
    expect(
      metrics['bulwark_gateway_decisions_total{role="",outcome="denied",code="gateway/unauthenticated"}'],
    ).toBe(metrics['bulwark_gateway_auth_failures_total']);
  });
});

describe('by certificate', () => {
  let made: Certificates;
  let rig: RunningGateway;
  beforeAll(async () => {
    made = makeCertificates();
    made.authority('ca');
    made.authority('stranger');
    made.signed('ca', 'server', '/CN=gateway', 'IP:127.0.0.1');
    made.signed('ca', 'previews', '/CN=previews');
    made.signed('ca', 'spiffe', '/CN=whatever', 'URI:spiffe://prod/pdf,DNS:pdf.internal');
    made.signed('ca', 'nobody', '/CN=nobody');
    made.signed('ca', 'two', '/CN=nobody/CN=previews');
    made.signed('stranger', 'forged', '/CN=previews');
    rig = await runningGateway({
      listen: {
        tls: { key: made.path('server.key'), cert: made.path('server.pem'), clientCa: made.path('ca.pem') },
      },
      roles: [
        roleOf('previews', { certificates: [{ cn: 'previews' }] }),
        roleOf('pdf', {
          certificates: [{ san: 'URI:spiffe://prod/pdf' }],
          credentials: [hashed('pdf', 'secret')],
        }),
      ],
    });
  });
  afterAll(async () => {
    await rig[Symbol.asyncDispose]();
    made.remove();
  });

  async function secure(name: string | undefined): Promise<TLSSocket> {
    const own =
      name === undefined
        ? {}
        : { key: readFileSync(made.path(`${name}.key`)), cert: readFileSync(made.path(`${name}.pem`)) };
    const socket = tlsConnect({
      port: rig.port,
      host: '127.0.0.1',
      ca: readFileSync(made.path('ca.pem')),
      ...({ allowHalfOpen: true } as object),
      ...own,
    });
    socket.on('error', () => {});
    await new Promise((done, failed) => socket.once('secureConnect', done).once('error', failed));
    return socket;
  }

  async function ask(name: string | undefined, fields: string = ''): Promise<string> {
    const socket = await secure(name);
    socket.write(
      `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: x\r\n${fields}Connection: close\r\n\r\n`,
    );
    return readUntil(socket, () => false);
  }

  it.each([
    ['previews', 'previews', 'certificate previews'],
    ['spiffe', 'pdf', 'certificate whatever'],
  ])('gives %s the role %s', async (name, role, principal) => {
    expect(statusOf(await ask(name))).toBe(200);
    await rig.until(() => rig.lines().at(-1)?.['role'] === role);
    expect(rig.lines().at(-1)).toMatchObject({ role, principal });
  });

  it.each([undefined, 'nobody', 'two', 'forged'])('gives %s none', async (name) => {
    const answer = await ask(name);
    expect([statusOf(answer), codeOf(answer)]).toEqual([407, 'gateway/unauthenticated']);
  });

  it('takes credentials instead, and does not let a certificate stand in for wrong ones', async () => {
    expect(statusOf(await ask(undefined, basic('pdf', 'secret')))).toBe(200);
    expect(statusOf(await ask('previews', basic('pdf', 'secret')))).toBe(200);
    expect(statusOf(await ask('previews', basic('pdf', 'wrong')))).toBe(407);
  });

  it('carries tunnels inside of TLS, half-open ones too', async () => {
    const socket = await secure('previews');
    socket.write(`CONNECT 127.0.0.1:${echo.port} HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(await readUntil(socket, (text) => text.includes('\r\n\r\n'))).toMatch(/^HTTP\/1\.1 200/);
    socket.end('through TLS');
    expect(await readUntil(socket, () => false)).toBe('through TLS');
  });

  it('resumes no session, as the authority may be another one by then', async () => {
    const socket = await secure('previews');
    expect(socket.isSessionReused()).toBe(false);
    let session: Buffer | undefined;
    socket.on('session', (given: Buffer) => {
      session = given;
    });
    socket.write(`GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    // In TLS 1.3 sessions are given after the handshake.
    expect(statusOf(await readUntil(socket, () => false))).toBe(200);
    expect(session).toBeDefined();
    const again = tlsConnect({
      ...{ port: rig.port, host: '127.0.0.1', ca: readFileSync(made.path('ca.pem')) },
      ...(session && { session }),
    });
    again.on('error', () => {});
    await new Promise((done) => again.once('secureConnect', done));
    expect(again.isSessionReused()).toBe(false);
    again.destroy();
  });

  it('closes on bytes that are no TLS, and goes on serving', async () => {
    await sendRaw(rig.port, 'GET http://127.0.0.1/ HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(statusOf(await ask('previews'))).toBe(200);
  });

  it('reads the fingerprint, and names that look like two as one', () => {
    const certificate = new X509Certificate(readFileSync(made.path('spiffe.pem')));
    const fingerprint256 = certificate.fingerprint256;
    const shown = (subjectaltname: string): readonly string[] =>
      readCertificate({ subject: { CN: 'x' }, subjectaltname, fingerprint256 } as never).san;
    expect(shown(certificate.subjectAltName ?? '')).toEqual(['URI:spiffe://prod/pdf', 'DNS:pdf.internal']);
    expect(shown('DNS:"a.example, URI:spiffe://prod/pdf", DNS:b')).toEqual([
      'DNS:a.example, URI:spiffe://prod/pdf',
      'DNS:b',
    ]);
    expect(shown('DNS:a", URI:spiffe://prod/pdf')).toEqual([]);
    expect(
      readCertificate({ subject: { CN: ['a', 'previews'] }, fingerprint256 } as never).cn,
    ).toBeUndefined();
  });
});
