import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { boundary, formBytes } from '../../checks/upload/form.ts';
import { avatar, image, png, uploadTest } from '../../checks/upload/upload-test.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import type { UploadRequest, Uploads } from './index.ts';

const { disk, guard } = uploadTest();
const contentType = `multipart/form-data; boundary=${boundary}`;
const servers: { close(): unknown; closeAllConnections?(): void }[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections?.();
    server.close();
  }
});

/** The outcome of the last request: "stored", or a refusal's code. */
let outcomes: string[] = [];

async function answer(uploads: Uploads, req: UploadRequest): Promise<{ status: number; text: string }> {
  try {
    await uploads.receive(req);
    outcomes.push('stored');
    return { status: 200, text: 'stored' };
  } catch (error) {
    const text = isRefusal(error) ? error.code : String(error);
    outcomes.push(text);
    return { status: isRefusal(error) ? error.status : 500, text };
  }
}

async function start(uploads: Uploads, server: Server = createServer()): Promise<number> {
  outcomes = [];
  server.on('request', async (req: IncomingMessage, res) => {
    const { status, text } = await answer(uploads, req);
    if (!res.destroyed) res.writeHead(status).end(text);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const post = (port: number, body: Uint8Array): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: body as Uint8Array<ArrayBuffer>,
  });

const form = formBytes([{ name: 'title', data: 'x' }, avatar()]);

describe('over node:http', () => {
  it('a form is stored, and the connection serves the next one', async () => {
    const port = await start(guard());
    for (let i = 0; i < 3; i++) expect(await (await post(port, form)).text()).toBe('stored');
    expect(disk().left()).toHaveLength(3);
  });

  it('a client that disconnects at each of 200 offsets leaves nothing', async () => {
    const port = await start(guard());
    const head = `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${contentType}\r\nContent-Length: ${form.length}\r\n\r\n`;
    for (let cut = 0; cut < 200; cut++) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(
        head + form.subarray(0, Math.floor((cut * form.length) / 200)).toString('latin1'),
        'latin1',
        () => (cut % 2 === 0 ? socket.end() : socket.resetAndDestroy()),
      );
      socket.resume();
      await once(socket, 'close');
    }
    await expect.poll(() => outcomes.length, { timeout: 10_000 }).toBe(200);
    expect(new Set(outcomes)).toEqual(new Set(['upload/aborted']));
    expect(disk().left()).toEqual([]);
  });

  it('a refused client gets the answer although it has more to send', async () => {
    const port = await start(guard({ avatar: { ...image, maxBytes: 1_000 } }));
    const large = formBytes([avatar(Buffer.alloc(10_000_000, png))]);
    for (let i = 0; i < 5; i++) {
      const response = await post(port, large);
      expect([response.status, await response.text()]).toEqual([413, 'upload/too-large']);
    }
    expect(disk().left()).toEqual([]);
  });

  it('a refused client can send only so much more', async () => {
    const port = await start(guard());
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('error', () => {});
    socket.write(
      `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 900000000\r\n\r\n`,
    );
    let sent = 0;
    while (!socket.destroyed && sent < 400) {
      if (!socket.write(Buffer.alloc(1_000_000)))
        await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {});
      sent++;
    }
    expect(text).toContain('415');
    expect(sent).toBeLessThan(60);
  });

  it('a client that stops sending, or sends byte by byte, is refused within the time limit', async () => {
    const port = await start(guard(undefined, { idleTimeoutMs: 150, timeoutMs: 600 }));
    const head = `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${contentType}\r\nContent-Length: 1000\r\n\r\n`;
    const stopped = connect(port, '127.0.0.1');
    stopped.write(head);
    expect(String((await once(stopped, 'data'))[0])).toContain('408');
    stopped.destroy();
    const drip = connect(port, '127.0.0.1');
    drip.on('error', () => {});
    drip.write(head);
    const timer = setInterval(() => drip.writable && drip.write('-'), 20);
    expect(String((await once(drip, 'data'))[0])).toContain('408');
    clearInterval(timer);
    drip.destroy();
    expect(outcomes).toEqual(['upload/too-slow', 'upload/too-slow']);
  });

  it('a client with pauses within the limits is served', async () => {
    const port = await start(guard(undefined, { idleTimeoutMs: 5_000 }));
    const req = httpRequest({ port, method: 'POST', headers: { 'content-type': contentType } });
    for (let at = 0; at < form.length; at += 50) {
      req.write(form.subarray(at, at + 50));
      await sleep(10);
    }
    req.end();
    const [res] = (await once(req, 'response')) as [IncomingMessage];
    expect(res.statusCode).toBe(200);
    res.resume();
  });

  it('a slow store holds the client back instead of filling memory', async () => {
    let most = 0;
    let read = 0;
    let written = 0;
    const begin = async () => {
      const file = await disk().store.begin();
      const write = async (chunk: Uint8Array): Promise<void> => {
        await sleep(2);
        written += chunk.byteLength;
        most = Math.max(most, read - written);
        await file.write(chunk);
      };
      return Object.create(file, { write: { value: write } });
    };
    const slow = guard(
      { avatar: { allowAnyType: true, maxBytes: 40_000_000 } },
      { store: { ...disk().store, begin } },
    );
    const server = createServer();
    const port = await start(slow, server);
    server.on('request', (req: IncomingMessage) => {
      const { socket } = req;
      const sample = setInterval(() => {
        read = socket.bytesRead;
        most = Math.max(most, read - written);
      }, 1);
      req.once('close', () => clearInterval(sample));
    });
    const response = await post(port, formBytes([avatar(Buffer.alloc(20_000_000, 1))]));
    expect(response.status).toBe(200);
    expect(written).toBe(20_000_000);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(1_000_000);
  });

  it('a body that another parser has read throws a Misuse', async () => {
    const server = createServer();
    const uploads = guard();
    outcomes = [];
    server.on('request', async (req, res) => {
      req.resume();
      await once(req, 'end');
      res.end((await answer(uploads, req)).text);
    });
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    expect(await (await post((server.address() as AddressInfo).port, form)).text()).toContain(
      'was read before',
    );
  });

  it('an aborted signal ends the upload', async () => {
    const server = createServer();
    const uploads = guard();
    const gone = new AbortController();
    const ended = once(server, 'request').then(async ([req]) =>
      uploads.receive(req as IncomingMessage, { signal: gone.signal }),
    );
    const failed = expect(ended).rejects.toMatchObject({ code: 'upload/aborted' });
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    const req = httpRequest({
      port: (server.address() as AddressInfo).port,
      method: 'POST',
      headers: { 'content-type': contentType },
    });
    req.on('error', () => {});
    req.write(form.subarray(0, 100));
    await sleep(50);
    gone.abort();
    await failed;
    await expect(
      uploads.receive(
        new Request('http://a/', {
          method: 'POST',
          headers: { 'content-type': contentType },
          body: new Uint8Array(form),
        }),
        { signal: gone.signal },
      ),
    ).rejects.toMatchObject({ code: 'upload/aborted' });
    req.destroy();
    expect(disk().left()).toEqual([]);
  });
});

describe('over node:http2', () => {
  it('a form is stored, and a stream that is reset leaves nothing', async () => {
    const uploads = guard();
    outcomes = [];
    const server = createHttp2Server((req, res) => {
      void answer(uploads, req as unknown as UploadRequest).then(({ status, text }) => {
        if (res.stream?.destroyed === false) res.writeHead(status).end(text);
      });
    });
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    const client = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    servers.push(client);
    const send = () => client.request({ ':method': 'POST', ':path': '/', 'content-type': contentType });
    const whole = send();
    whole.end(form);
    const [headers] = (await once(whole, 'response')) as [Record<string, unknown>];
    expect(headers[':status']).toBe(200);
    expect(disk().left()).toHaveLength(1);
    for (const length of [50, 150, form.length - 4]) {
      const cut = send();
      cut.on('error', () => {});
      cut.write(form.subarray(0, length));
      await sleep(30);
      cut.close(8);
      await once(cut, 'close');
    }
    await expect.poll(() => outcomes.length).toBe(4);
    expect(outcomes.slice(1).every((code) => ['upload/aborted', 'upload/malformed'].includes(code))).toBe(
      true,
    );
    expect(disk().left()).toHaveLength(1);
  });

  it('a client that leaves before its form is read has left, and made no mistake of ours', async () => {
    const uploads = guard();
    outcomes = [];
    const server = createHttp2Server((req) => {
      req.stream.once('close', () => setImmediate(() => answer(uploads, req as unknown as UploadRequest)));
    });
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    const client = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    servers.push(client);
    for (const isWhole of [true, false]) {
      const stream = client.request({ ':method': 'POST', ':path': '/', 'content-type': contentType });
      stream.on('error', () => {});
      if (isWhole) stream.end(form);
      else stream.write(form);
      await once(server, 'stream');
      stream.close(8);
      await once(stream, 'close');
    }
    await expect.poll(() => outcomes).toEqual(['upload/aborted', 'upload/aborted']);
    expect(disk().left()).toEqual([]);
  });
});
