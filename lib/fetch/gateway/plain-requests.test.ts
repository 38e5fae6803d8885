import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpOrigin, type Origin, tcpOrigin } from '../../../checks/gateway/origins.ts';
import { codeOf, openRaw, readUntil, sendRaw, statusOf } from '../../../checks/gateway/raw-client.ts';
import { loopback, type RunningGateway, runningGateway } from '../../../checks/gateway/running-gateway.ts';
import { configureEvents } from '../../event/record.ts';

let origin: Origin;
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
};

beforeAll(async () => {
  configureEvents({ sinks: [] });
  origin = await httpOrigin((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      response.setHeader('x-path', incoming.url ?? '');
      response.end(
        JSON.stringify({
          method: incoming.method,
          url: incoming.url,
          raw: incoming.rawHeaders,
          body: Buffer.concat(chunks).toString('latin1').slice(0, 100),
          bytes: Buffer.concat(chunks).length,
        }),
      );
    });
  });
  odd = await tcpOrigin((socket) => {
    socket.once('data', (data) =>
      socket.end(Buffer.from(oddAnswers[data.toString().split(' ')[1] ?? ''] ?? '', 'latin1')),
    );
  });
  rig = await runningGateway({
    roles: [
      { name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(origin.port, odd.port)] },
    ],
  });
});

afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
  await odd[Symbol.asyncDispose]();
});

const at = (path: string): string => `http://127.0.0.1:${origin.port}${path}`;

/** One request on its own connection, as raw bytes. */
function ask(head: string, body: string = ''): Promise<string> {
  return sendRaw(rig.port, `${head}\r\nConnection: close\r\n\r\n${body}`);
}

function seenBy(answer: string): { method: string; url: string; raw: string[]; body: string; bytes: number } {
  return JSON.parse(
    answer.slice(answer.indexOf('\r\n\r\n') + 4).replace(/^[0-9a-f]+\r\n|\r\n0\r\n\r\n$/g, ''),
  );
}

describe('a plain request', () => {
  it('goes on with its path as it was written, and with the host of its URL', async () => {
    const seen = seenBy(await ask(`GET ${at('/a/../b%2e?q=|x')} HTTP/1.1\r\nHost: evil.example\r\nX-Own: 1`));
    expect(seen.url).toBe('/a/../b%2e?q=|x');
    const fields = Object.fromEntries(
      seen.raw.flatMap((name, i) => (i % 2 === 0 ? [[name, seen.raw[i + 1]]] : [])),
    );
    expect(fields['Host']).toBe(`127.0.0.1:${origin.port}`);
    expect(fields['X-Own']).toBe('1');
    expect(fields['Via']).toMatch(/^1\.1 bulwark-[0-9a-f]{8}$/);
  });

  it('loses what is of this hop alone, and what Connection names; its length is not among that', async () => {
    const answer = await sendRaw(
      rig.port,
      [
        `POST ${at('/')} HTTP/1.1`,
        'Host: x',
        'Connection: close, X-Named, content-length, host',
        'Proxy-Connection: keep-alive',
        'Keep-Alive: timeout=600',
        'TE: trailers',
        'Trailer: X-End',
        'Upgrade: h2c',
        'X-Named: 1',
        'X-Kept: 1',
        'Content-Length: 3',
        '',
        'abc',
      ].join('\r\n'),
    );
    const { raw, body } = seenBy(answer);
    const names = raw.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
    expect(names.sort()).toEqual(['connection', 'content-length', 'host', 'via', 'x-kept'].sort());
    expect(body).toBe('abc');
    expect(answer).not.toMatch(/proxy-connection/i);
  });

  it('carries bodies of both kinds, and waits for 100 Continue where it is asked to', async () => {
    const chunked = await ask(
      `POST ${at('/')} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked`,
      '3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n',
    );
    expect(seenBy(chunked)).toMatchObject({ body: 'abcde', bytes: 5 });
    const socket = await openRaw(rig.port);
    socket.write(
      `PUT ${at('/')} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\nConnection: close\r\n\r\n`,
    );
    expect(await readUntil(socket, (text) => text.includes('\r\n\r\n'))).toBe(
      'HTTP/1.1 100 Continue\r\n\r\n',
    );
    socket.write('body');
    expect(seenBy(await readUntil(socket, () => false))).toMatchObject({ body: 'body' });
  });

  it('keeps one connection to the origin for what may be sent twice, and opens one for what may not', async () => {
    const before = origin.connections();
    for (let i = 0; i < 5; i++) await ask(`GET ${at('/')} HTTP/1.1\r\nHost: x`);
    expect(origin.connections() - before).toBeLessThanOrEqual(1);
    await ask(`POST ${at('/')} HTTP/1.1\r\nHost: x\r\nContent-Length: 0`);
    expect(origin.connections() - before).toBeGreaterThanOrEqual(1);
    const last = rig
      .lines()
      .filter(({ method }) => method === 'GET')
      .at(-1);
    expect(last).toMatchObject({ allow: true, kept: true, addresses: [], role: 'test' });
  });

  it('asks an empty path for everything in OPTIONS, and for the root otherwise', async () => {
    expect(seenBy(await ask(`OPTIONS http://127.0.0.1:${origin.port} HTTP/1.1\r\nHost: x`)).url).toBe('*');
    expect(seenBy(await ask(`GET http://127.0.0.1:${origin.port} HTTP/1.1\r\nHost: x`)).url).toBe('/');
    expect(seenBy(await ask(`GET http://127.0.0.1:${origin.port}?a HTTP/1.1\r\nHost: x`)).url).toBe('/?a');
  });

  it('streams: an answer of 50 MB needs no such memory, and reaches a slow reader whole', async () => {
    const size = 50_000_000;
    await using large = await httpOrigin((_, response) => {
      response.writeHead(200, { 'content-length': size });
      const piece = Buffer.alloc(100_000);
      let sent = 0;
      const more = (): void => {
        while (sent < size && response.write(piece)) sent += piece.length;
        if (sent < size) {
          sent += piece.length;
          response.once('drain', more);
        } else response.end();
      };
      more();
    });
    await using own = await runningGateway({
      roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(large.port)] }],
    });
    const before = process.memoryUsage().arrayBuffers;
    const sent = request({ port: own.port, path: `http://127.0.0.1:${large.port}/`, agent: false }).end();
    const [answer] = await once(sent, 'response');
    // Nobody reads for a while: the origin must be waiting, and not the gateway's memory filling.
    await new Promise((done) => setTimeout(done, 300));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000);
    let bytes = 0;
    for await (const chunk of answer) bytes += chunk.length;
    expect(bytes).toBe(size);
  });

  it('waits for a slow origin longer than a kept connection rests', async () => {
    await using slow = await httpOrigin((incoming, response) => {
      setTimeout(() => response.end('slow'), incoming.url === '/slow' ? 5_000 : 0);
    });
    await using own = await runningGateway({
      roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(slow.port)] }],
    });
    const get = (path: string): Promise<string> =>
      sendRaw(
        own.port,
        `GET http://127.0.0.1:${slow.port}${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
    const fresh = get('/slow');
    await get('/');
    const kept = get('/slow');
    expect([statusOf(await fresh), statusOf(await kept)]).toEqual([200, 200]);
    expect(own.lines().map((line) => line['kept'])).toEqual([false, false, true]);
  });

  it('is given up where a kept connection answers by another protocol', async () => {
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

  it('with an expectation that nobody knows goes on without it, and HTTP/1.0 needs no Host', async () => {
    expect(statusOf(await ask(`GET ${at('/')} HTTP/1.1\r\nHost: x\r\nExpect: the-unexpected`))).toBe(200);
    expect(statusOf(await ask(`GET ${at('/')} HTTP/1.0`))).toBe(200);
  });

  it('ends at the origin when the client goes away', async () => {
    let closed = false;
    await using slow = await httpOrigin((incoming) => {
      incoming.socket.once('close', () => {
        closed = true;
      });
    });
    await using own = await runningGateway({
      roles: [{ name: 'test', anonymous: true, hosts: 'public', allowPrivate: [loopback(slow.port)] }],
    });
    const socket = await openRaw(own.port);
    socket.write(`GET http://127.0.0.1:${slow.port}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    await own.until(() => slow.connections() === 1);
    socket.destroy();
    await own.until(() => closed);
    await own.until(async () => (await own.metrics())['bulwark_gateway_open_requests{role="test"}'] === 0);
  });
});

describe('an odd origin', () => {
  const ask502 = async (path: string): Promise<string> =>
    ask(`GET http://127.0.0.1:${odd.port}${path} HTTP/1.1\r\nHost: x`);

  it.each(['/twice', '/407', '/101', '/huge', '/nothing'])('that answers %s gives a 502', async (path) => {
    const answer = await ask502(path);
    expect(statusOf(answer)).toBe(502);
    expect(answer).not.toMatch(/proxy-authenticate|127\.0\.0\.1/i);
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
});

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
