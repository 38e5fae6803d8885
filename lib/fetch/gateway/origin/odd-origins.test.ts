import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Origin, tcpOrigin } from '../../../../checks/gateway/origins.ts';
import { sendRaw, statusOf } from '../../../../checks/gateway/raw-client.ts';
import { loopback, type RunningGateway, runningGateway } from '../../../../checks/gateway/running-gateway.ts';
import { configureEvents } from '../../../event/record.ts';

/** Answers with whatever bytes the path names, as no server of Node's would. */
let odd: Origin;
let rig: RunningGateway;

const oddAnswers: Readonly<Record<string, string>> = {
  '/twice': 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
  '/407': 'HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n',
  '/101': 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: upgrade\r\n\r\nxxxx',
  '/short': 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc',
  '/phrase':
    'HTTP/1.1 200 \xff\xfe\r\nContent-Length: 2\r\nX-Bulwark-Code: fake\r\nConnection: x-hop\r\nX-Hop: 1\r\n\r\nok',
  '/huge': `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
  '/nothing': '',
  '/099': 'HTTP/1.1 099 OK\r\nContent-Length: 2\r\n\r\nhi',
  '/gzip': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n',
  '/identity': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, identity\r\n\r\n2\r\nhi\r\n0\r\n\r\n',
  '/chunked': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n',
  '/204': 'HTTP/1.1 204 No\r\nContent-Length: 50\r\nX-A: b\r\n\r\n',
  '/hints': `${'HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n'.repeat(32)}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi`,
  '/flood': 'HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n'.repeat(33),
};

beforeAll(async () => {
  configureEvents({ sinks: [] });
  odd = await tcpOrigin((socket) => {
    socket.once('data', (data) =>
      socket.end(Buffer.from(oddAnswers[data.toString().split(' ')[1] ?? ''] ?? '', 'latin1')),
    );
  });
  rig = await runningGateway({
    roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(odd.port)] }],
  });
});

afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await odd[Symbol.asyncDispose]();
});

describe('an odd origin', () => {
  const ask502 = async (path: string): Promise<string> =>
    sendRaw(
      rig.port,
      `GET http://127.0.0.1:${odd.port}${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );

  it.each([...['/twice', '/407', '/101', '/huge', '/nothing'], ...['/099', '/gzip', '/identity', '/flood']])(
    'that answers %s gives a 502',
    async (path) => {
      const answer = await ask502(path);
      expect(statusOf(answer)).toBe(502);
      expect(answer).not.toMatch(/proxy-authenticate|127\.0\.0\.1/i);
    },
  );

  it.each(['/chunked', '/hints'])('that answers %s is passed on', async (path) => {
    const answer = await ask502(path);
    expect([statusOf(answer), answer.includes('hi')]).toEqual([200, true]);
  });

  it('gives a 204 no length', async () => {
    const answer = await ask502('/204');
    expect(statusOf(answer)).toBe(204);
    expect(answer).toMatch(/^x-a: b\r$/im);
    expect(answer).not.toMatch(/^content-length/im);
  });

  it('that floods is given up when it goes too far, and not at its end', async () => {
    await using flood = await tcpOrigin((socket) => {
      socket.once('data', () => socket.write(oddAnswers['/flood'] ?? ''));
    });
    await using own = await runningGateway({
      roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(flood.port)] }],
    });
    const get = `GET http://127.0.0.1:${flood.port}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
    expect(statusOf(await sendRaw(own.port, get))).toBe(502);
  });

  it('cannot make a short answer look whole', async () => {
    const answer = await ask502('/short');
    expect(answer).toMatch(/content-length: 100/i);
    expect(answer.endsWith('abc')).toBe(true);
  });

  it('may have an odd phrase, and speaks neither for the gateway nor for the next hop', async () => {
    const answer = await ask502('/phrase');
    expect(statusOf(answer)).toBe(200);
    expect(answer).not.toMatch(/x-bulwark-code|x-hop/i);
    expect(answer.endsWith('ok')).toBe(true);
  });

  it('that closes a kept connection costs no request that may be sent twice', async () => {
    let count = 0;
    await using leaving = await tcpOrigin((socket) => {
      let answered = 0;
      socket.on('data', () => {
        count += 1;
        // Says that it keeps the connection, and resets it at the next request.
        if (++answered === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        else socket.resetAndDestroy();
      });
    });
    await using own = await runningGateway({
      roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(leaving.port)] }],
    });
    const get = (): Promise<string> =>
      sendRaw(
        own.port,
        `GET http://127.0.0.1:${leaving.port}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
    expect(statusOf(await get())).toBe(200);
    expect(statusOf(await get())).toBe(200);
    expect(count).toBe(3);
    await own.until(() => own.lines().length === 2);
    expect(own.lines().filter(({ msg }) => msg === 'CANONICAL-EGRESS-DECISION')).toHaveLength(2);
  });

  it('that answers by another protocol on a kept connection is given up', async () => {
    await using turning = await tcpOrigin((socket) => {
      let answered = 0;
      socket.on('data', () => {
        if (++answered === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
        else socket.write(Buffer.from(oddAnswers['/101'] ?? ''));
      });
    });
    await using own = await runningGateway({
      roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(turning.port)] }],
    });
    const get = (): Promise<string> =>
      sendRaw(
        own.port,
        `GET http://127.0.0.1:${turning.port}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
    expect([statusOf(await get()), statusOf(await get())]).toEqual([200, 502]);
  });
});
