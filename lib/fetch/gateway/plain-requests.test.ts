import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpOrigin, type Origin } from '../../../checks/gateway/origins.ts';
import { openRaw, readUntil, sendRaw, statusOf } from '../../../checks/gateway/raw-client.ts';
import { loopback, type RunningGateway, runningGateway } from '../../../checks/gateway/running-gateway.ts';
import { configureEvents } from '../../event/record.ts';

let origin: Origin;
let rig: RunningGateway;

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

function seenBy(answer: string): { method: string; url: string; raw: string[]; body: string; bytes: number } {
  return JSON.parse(
    answer.slice(answer.indexOf('\r\n\r\n') + 4).replace(/^[0-9a-f]+\r\n|\r\n0\r\n\r\n$/g, ''),
  );
}

describe('a plain request', () => {
  it('that identifies its connection has that for itself, and others share kept ones', async () => {
    const before = origin.connections();
    for (let i = 0; i < 3; i++) await ask(`GET ${at('/')} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t`);
    expect(origin.connections() - before).toBeLessThan(3);
    const between = origin.connections();
    for (const scheme of ['NTLM TlRM', 'Negotiate YII=', 'Negotiate']) {
      await ask(`GET ${at('/')} HTTP/1.1\r\nHost: x\r\nAuthorization: ${scheme}`);
    }
    expect(origin.connections() - between).toBe(3);
  });

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
    // A line is written a little after its answer.
    const last = (): unknown =>
      rig
        .lines()
        .filter(({ method }) => method === 'GET')
        .at(-1);
    await expect.poll(last).toMatchObject({ allow: true, kept: true, addresses: [], role: 'test' });
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
