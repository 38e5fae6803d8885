import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { isLimited } from '../limits/index.ts';
import { memoryStore, rateLimit } from '../rate-limit/index.ts';
import { bulwark, defendServer, type Handler } from './index.ts';

configureEvents({ sinks: [] });

async function listen(handler: Handler, prepare: (server: Server) => Server = defendServer): Promise<number> {
  const server = prepare(createServer(bulwark({ maxBodyBytes: 1_000, onError: () => {} }, handler)));
  server.listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Writes this, and gives what came back by the time that the server closed, or `until` matched. */
function exchange(port: number, bytes: string, until = /$^/): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.setTimeout(5_000, () => socket.destroy(new Error(`no end after ${JSON.stringify(answer)}`)));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (until.test(answer)) socket.end();
    });
    socket.on('error', reject).on('close', () => resolve(answer));
  });
}
const hello: Handler = (req, res) => void req.resume().on('end', () => res.end('hello'));

describe('a defended server', () => {
  it.each([
    ['no HTTP at all', '\x16\x03\x01 hunter2\r\n\r\n', 400],
    ['an unknown method', 'HUNTER2 / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['a bare line feed in a header', 'GET / HTTP/1.1\r\nHost: a\r\nX: hunter2\n\x01: b\r\n\r\n', 400],
    [
      'two lengths (CWE-444)',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 7\r\n\r\nhunter2',
      400,
    ],
    [
      'a length and chunks (CWE-444)',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\nhunter2',
      400,
    ],
    ['too many bytes of headers', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'hunter2'.repeat(5_000)}\r\n\r\n`, 431],
    [
      'too many bytes beside its chunks',
      `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;${'hunter2'.repeat(5_000)}`,
      413,
    ],
  ])('answers %s without details', async (_what, bytes, status) => {
    const handler: Handler = () => {};
    const answer = await exchange(await listen(handler), bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [A-Z][A-Za-z ]+\\r\\n`));
    expect(answer).toMatch(/\r\nContent-Type: application\/problem\+json\r\n/);
    expect(answer).toMatch(/\r\nConnection: close\r\n/);
    expect(answer).not.toMatch(/hunter2|HPE|node|parse/i);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(Number(/Content-Length: (\d+)/.exec(head)?.[1])).toBe(body.length);
    expect(JSON.parse(body)).toMatchObject({ type: 'about:blank', status });
  });

  it('never answers another request, and appends nothing to a partial response', async () => {
    const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
    const answered = await exchange(
      await listen((_req, res) => void res.end('hello')),
      `${get}hunter2\r\n\r\n`,
    );
    expect(answered).toMatch(/^HTTP\/1\.1 200 [\s\S]*hello/);
    // The first request is still being handled when the second one turns out to be none.
    expect(await exchange(await listen(() => new Promise(() => {})), `${get}hunter2\r\n\r\n`)).toBe('');
    const half = await exchange(await listen((_req, res) => void res.write('half')), `${get}hunter2\r\n\r\n`);
    expect(half).not.toContain('400');
  });

  it('closes the connection of a client that reads the answer and stays (CWE-772)', async () => {
    let server: Server | undefined;
    const port = await listen(hello, (made) => {
      server = defendServer(made);
      return server;
    });
    const closed = new Promise<boolean>((resolve) => {
      server?.once('connection', (accepted) => accepted.once('close', () => resolve(true)));
    });
    const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {});
    onTestFinished(() => void client.destroy());
    client.write('hunter2\r\n\r\n');
    let answer = '';
    client.on('data', (chunk) => {
      answer += chunk;
    });
    await once(client, 'end');
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*\}$/);
    expect(await closed).toBe(true);
  });

  it('answers a client that reads only after it has sent all of its malformed request', async () => {
    const client = connect(await listen(hello), '127.0.0.1').pause();
    onTestFinished(() => void client.destroy());
    client.write('GET / HTTP/1.1\r\nHost: a\r\nX: ');
    for (let piece = 0; piece < 30; piece++) {
      await new Promise<void>((resolve, reject) => {
        client.write('hunter2'.repeat(1_000), (error) => (error ? reject(error) : resolve()));
      });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const answer = await text(client);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });

  it('leaves a client that sends nothing malformed its connection', async () => {
    const port = await listen(hello);
    const client = connect(port, '127.0.0.1');
    onTestFinished(() => void client.destroy());
    for (let count = 0; count < 2; count++) {
      client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      expect(String((await once(client, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
      // Longer than a connection lasts behind a malformed request.
      if (count === 0) await new Promise((resolve) => setTimeout(resolve, 1_100));
    }
  });

  it('survives clients that go away', async () => {
    const port = await listen(hello);
    for (const bytes of ['', 'GET', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nx']) {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => socket.resetAndDestroy()));
      await once(socket, 'close');
    }
    expect(await exchange(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', /hello/)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('says no instead of 100 Continue, and has the limits of a server', async () => {
    let server: Server | undefined;
    const port = await listen(hello, (made) => {
      server = defendServer(made, { headersTimeoutMs: 10_000 });
      return server;
    });
    expect([isLimited(server as Server), server?.headersTimeout]).toEqual([true, 10_000]);
    const post = (length: number): string =>
      `POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`;
    expect(await exchange(port, post(2_000))).toMatch(/^HTTP\/1\.1 413 /);
    expect(await exchange(port, post(1), /100 Continue\r\n\r\n/)).toMatch(/^HTTP\/1\.1 100 /);
  });

  it('ends the connection with a refusal that it gives instead of 100 Continue', async () => {
    const limiter = rateLimit({ store: memoryStore(), limit: 1, windowSeconds: 60, key: 'address' });
    const server = defendServer(createServer(bulwark({ rateLimit: limiter }, hello))).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const head = 'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 40\r\n\r\n';
    expect(await exchange(port, head, /100 Continue\r\n\r\n/)).toMatch(/^HTTP\/1\.1 100 /);
    // A body that looks like a request, from a client that does not wait: nothing of it is answered.
    const smuggled = await exchange(port, `${head}GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(smuggled).toMatch(/^HTTP\/1\.1 429 [\s\S]*\r\nConnection: close\r\n/i);
    expect(smuggled.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });

  it('reports a mistake at startup', () => {
    expect(() => defendServer(createServer(), { headersTimeout: 1 } as never)).toThrow(
      expect.objectContaining({ name: 'Misuse', code: 'bulwark/invalid-option' }),
    );
  });
});
