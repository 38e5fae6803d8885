import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpOrigin, type Origin, tcpOrigin } from '../../../checks/gateway/origins.ts';
import { codeOf, sendRaw, statusOf } from '../../../checks/gateway/raw-client.ts';
import { loopback, type RunningGateway, runningGateway } from '../../../checks/gateway/running-gateway.ts';
import { configureEvents } from '../../event/record.ts';

let origin: Origin;
let rig: RunningGateway;

beforeAll(async () => {
  configureEvents({ sinks: [] });
  origin = await httpOrigin((incoming, response) =>
    incoming.resume().once('end', () => response.end('origin')),
  );
  rig = await runningGateway({
    roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(origin.port)] }],
  });
});

afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const at = (path: string): string => `http://127.0.0.1:${origin.port}${path}`;

/** One request on its own connection, as raw bytes. */
function ask(head: string, body: string = ''): Promise<string> {
  return sendRaw(rig.port, `${head}\r\nConnection: close\r\n\r\n${body}`);
}

describe('what is no request for a proxy', () => {
  const cases: [title: string, head: string, status: number, code: string | undefined][] = [
    ['a target for a server', 'GET / HTTP/1.1\r\nHost: x', 400, 'gateway/invalid-request'],
    [
      'https:// without CONNECT',
      'GET https://name.invalid/ HTTP/1.1\r\nHost: x',
      400,
      'gateway/invalid-request',
    ],
    ['another scheme', 'GET ftp://name.invalid/ HTTP/1.1\r\nHost: x', 400, 'gateway/invalid-request'],
    ['one slash', 'GET http:/name.invalid/ HTTP/1.1\r\nHost: x', 400, 'gateway/invalid-request'],
    [
      'a backslash',
      'GET http://name.invalid\\@evil.example/ HTTP/1.1\r\nHost: x',
      400,
      'gateway/invalid-request',
    ],
    ['a fragment', 'GET http://name.invalid/#a HTTP/1.1\r\nHost: x', 400, 'gateway/invalid-request'],
    [
      'bytes outside of ASCII',
      'GET http://name.invalid/\xe4 HTTP/1.1\r\nHost: x',
      400,
      'gateway/invalid-request',
    ],
    ['user information', 'GET http://a:b@name.invalid/ HTTP/1.1\r\nHost: x', 400, 'fetch/credentials-in-url'],
    ['a host that nobody has', 'GET http://a..b/ HTTP/1.1\r\nHost: x', 400, 'fetch/invalid-url'],
    ['TRACE', 'TRACE http://name.invalid/ HTTP/1.1\r\nHost: x', 403, 'fetch/method-not-allowed'],
    [
      'a WebSocket',
      'GET http://name.invalid/ HTTP/1.1\r\nHost: x\r\nUpgrade: websocket',
      400,
      'gateway/invalid-request',
    ],
    [
      'two lengths',
      'POST http://name.invalid/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked',
      400,
      'gateway/invalid-request',
    ],
    [
      'two unequal lengths',
      'POST http://name.invalid/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4',
      400,
      'gateway/invalid-request',
    ],
    [
      'a coding that is not the last',
      'POST http://name.invalid/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, gzip',
      400,
      'gateway/invalid-request',
    ],
    [
      'a coding beside chunked',
      'POST http://name.invalid/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked',
      400,
      'gateway/invalid-request',
    ],
    [
      'a space before the colon',
      'GET http://name.invalid/ HTTP/1.1\r\nHost: x\r\nContent-Length : 3',
      400,
      'gateway/invalid-request',
    ],
    [
      'a folded line',
      'GET http://name.invalid/ HTTP/1.1\r\nHost: x\r\nX: a\r\n b',
      400,
      'gateway/invalid-request',
    ],
    [
      'a line that ends with LF alone',
      'GET http://name.invalid/ HTTP/1.1\r\nHost: x\nX: y',
      400,
      'gateway/invalid-request',
    ],
    ['no Host', 'GET http://name.invalid/ HTTP/1.1', 400, 'gateway/invalid-request'],
    ['two Hosts', 'GET http://name.invalid/ HTTP/1.1\r\nHost: x\r\nHost: y', 400, undefined],
    ['no HTTP', 'SSH-2.0-OpenSSH', 400, 'gateway/invalid-request'],
    [
      'a head that is too long',
      `GET http://name.invalid/ HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(17_000)}`,
      431,
      'gateway/invalid-request',
    ],
  ];
  it.each(cases)('%s', async (_, head, status, code) => {
    const answer = await ask(head);
    if (code !== undefined) expect(codeOf(answer)).toBe(code);
    expect(statusOf(answer)).toBe(status);
    expect(statusOf(await ask(`GET ${at('/')} HTTP/1.1\r\nHost: x`))).toBe(200);
  });

  it('says that https:// goes through CONNECT', async () => {
    const answer = await ask('GET https://name.invalid/ HTTP/1.1\r\nHost: x');
    expect(answer).toContain('through CONNECT');
    expect(answer).toMatch(/content-type: application\/problem\+json/);
  });
});

describe('a denied request', () => {
  it('gets the same answer whether a private port is open or not, and connects to neither', async () => {
    await using listening = await tcpOrigin(() => {});
    const get = async (port: number): Promise<string> =>
      (await ask(`GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: x`)).replace(
        /"requestId":"[^"]*"|Date: .*|content-length: .*/g,
        '',
      );
    const open = await get(listening.port);
    expect(open).toBe(await get(1));
    expect(codeOf(open)).toBe('fetch/private-address');
    expect(statusOf(open)).toBe(403);
    expect(listening.connections()).toBe(0);
  });

  it('keeps its connection where its body is small, and loses it where the body has no end in sight', async () => {
    const small = await sendRaw(
      rig.port,
      `POST http://10.0.0.1/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET ${at('/')} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(small.match(/HTTP\/1\.1 (\d+)/g)).toEqual(['HTTP/1.1 403', 'HTTP/1.1 200']);
    const large = await sendRaw(
      rig.port,
      'POST http://10.0.0.1/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\nabc',
    );
    expect(large).toMatch(/^HTTP\/1\.1 403/);
    expect(large).toMatch(/connection: close/i);
  });

  it('is refused by itself alone: what is pipelined after it is answered in turn', async () => {
    const answers = await sendRaw(
      rig.port,
      `GET ${at('/1')} HTTP/1.1\r\nHost: x\r\n\r\nGET http://10.0.0.1/ HTTP/1.1\r\nHost: x\r\n\r\nGET ${at('/3')} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(answers.match(/HTTP\/1\.1 (\d+)/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 403', 'HTTP/1.1 200']);
  });
});
