import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import type { SecurityEvent } from '../../event/security-event.ts';
import { bulwarkErrors, bulwark as onExpress } from '../../express/index.ts';
import { bulwark, type Handler } from '../index.ts';

const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
const maxBodyBytes = 10_000;

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Sends chunks until `bytes` are sent or the server closes, and gives the answer and how much was sent. */
function send(port: number, bytes: number): Promise<{ answer: string; sent: number }> {
  return new Promise((resolve) => {
    let answer = '';
    let sent = 0;
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(8_000, () => socket.destroy());
    const lines = ['POST / HTTP/1.1', 'Host: a', 'Content-Type: text/plain', 'Transfer-Encoding: chunked'];
    socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
    const more = (): void => {
      if (socket.destroyed || answer !== '') return;
      if (sent >= bytes) {
        socket.write('0\r\n\r\n');
        return;
      }
      const size = Math.min(1_000, bytes - sent);
      sent += size;
      socket.write(`${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`, () => setImmediate(more));
    };
    more();
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => {}).on('close', () => resolve({ answer, sent }));
  });
}

const length = (body: string): string => String(body.length);
const readers: readonly [string, Handler][] = [
  [
    'for await',
    async (req, res) => {
      let body = '';
      for await (const chunk of req) body += chunk;
      res.end(length(body));
    },
  ],
  ['stream/consumers', async (req, res) => void res.end(length(await text(req)))],
  [
    'pipeline',
    async (req, res) => {
      let bytes = 0;
      await pipeline(
        req,
        new Writable({
          write(chunk: Buffer, _, done) {
            bytes += chunk.length;
            done();
          },
        }),
      );
      res.end(String(bytes));
    },
  ],
  [
    'events without one for errors',
    (req, res) => {
      let body = '';
      req.on('data', (chunk: Buffer) => {
        body += chunk.toString('latin1');
      });
      req.on('end', () => res.end(length(body)));
    },
  ],
  [
    'a later reader',
    async (req, res) => {
      await setTimeout(20);
      res.end(length(await text(req)));
    },
  ],
];

describe('a body without a length', () => {
  it.each(readers)('is cut while it is read, by %s', async (_how, handler) => {
    events.length = 0;
    const port = await portOf(createServer(bulwark({ maxBodyBytes, onError: () => {} }, handler)));
    const { answer, sent } = await send(port, 1_000_000_000);
    expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*\r\nConnection: close\r\n/i);
    expect(sent).toBeLessThan(50_000_000);
    const fitting = await send(port, maxBodyBytes);
    expect(fitting.answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*10000/);
    await recorder.flush();
    expect(events).toMatchObject([
      {
        code: 'request/body-too-large',
        evidence: { announced: null, maxBodyBytes },
        request: { method: 'POST' },
      },
    ]);
  });

  it('is cut off while nothing reads it, and the next connection is served', async () => {
    const port = await portOf(
      createServer(bulwark({ maxBodyBytes }, (_req: IncomingMessage, res) => void res.end('early'))),
    );
    const { answer } = await send(port, 1_000_000_000);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect((await send(port, 1)).answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('is cut in Express', async () => {
    const app = express().use(onExpress({ maxBodyBytes }), express.text({ limit: '1gb' }));
    app.post('/', (req, res) => void res.send(length(req.body)));
    app.use(bulwarkErrors());
    const port = await portOf(createServer(app));
    const { answer } = await send(port, 1_000_000_000);
    expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*"title":"The request was refused\."/);
    expect((await send(port, maxBodyBytes)).answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*10000/);
  });

  it('ends no process where Express itself answers, because no route reads the body', async () => {
    const app = express().use(onExpress({ maxBodyBytes })).use(bulwarkErrors());
    const port = await portOf(createServer(app));
    const { answer } = await send(port, 100_000);
    expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*"title":"The request was refused\."/);
    // What Express still waited for comes with the end of the connection: an error there would fail this test.
    await setTimeout(50);
    expect((await send(port, maxBodyBytes)).answer).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('leaves the response to a handler that answers later, from a timer', async () => {
    let resolve: (outcome: string) => void;
    const answered = new Promise<string>((done) => {
      resolve = done;
    });
    const late: Handler = (_req, res) => {
      globalThis.setTimeout(() => {
        try {
          res.setHeader('X-Late', '1');
          res.removeHeader('X-Frame-Options');
          res.writeHead(200).end('late');
          resolve('written');
        } catch (error) {
          resolve(String(error));
        }
      }, 1_200);
    };
    const port = await portOf(createServer(bulwark({ maxBodyBytes }, late)));
    const { answer } = await send(port, 100_000);
    expect(await answered).toBe('written');
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).not.toContain('late');
  });
});

describe('a body of chunks behind an announced length, which the lenient parser lets in (CWE-444)', () => {
  it.each([
    ['5', 413],
    ['0', 413],
    ['5', 200],
  ])('is cut at the limit, whatever the length says: %s, answered with %i', async (announced, status) => {
    const options = { maxBodyBytes, onError: () => {} };
    const handler = bulwark(options, async (req, res) => void res.end(length(await text(req))));
    const socket = connect(await portOf(createServer({ insecureHTTPParser: true }, handler)), '127.0.0.1');
    const size = status === 200 ? maxBodyBytes : maxBodyBytes + 1;
    const head = `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${announced}\r\n`;
    socket.write(
      `${head}Transfer-Encoding: chunked\r\n\r\n${size.toString(16)}\r\n${'x'.repeat(size)}\r\n0\r\n\r\n`,
    );
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });
});
