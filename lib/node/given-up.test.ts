import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, connect } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { passwords } from '../password/index.ts';
import { bulwark, readJson } from './index.ts';

configureEvents({ sinks: [] });

async function portOf(
  onError: () => void,
  handler: (res: ServerResponse, req: IncomingMessage) => Promise<unknown>,
): Promise<number> {
  const server = createServer(bulwark({ onError }, (req, res) => handler(res, req))).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

it('logs no failure where the client hung up and the work was aborted', async () => {
  const onError = vi.fn();
  const guard = passwords({ maxConcurrent: 1 });
  const outcomes: unknown[] = [];
  const port = await portOf(onError, async (res) => {
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    // Somebody is in front.
    const others = guard.verify('others', undefined);
    const verified = guard.verify('wrong', undefined, { signal: gone.signal });
    socket.destroy();
    await verified.catch(async (error: Error) => {
      await others;
      outcomes.push(error.name);
      throw error;
    });
  });
  const socket = connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect.poll(() => outcomes, { timeout: 10_000 }).toEqual(['AbortError']);
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(onError).not.toHaveBeenCalled();
});

it('logs what was aborted while the client waits, and what failed after it left', async () => {
  const onError = vi.fn();
  const waiting = await portOf(onError, () => Promise.reject(AbortSignal.abort().reason));
  expect((await fetch(`http://127.0.0.1:${waiting}`)).status).toBe(500);
  expect(onError).toHaveBeenCalledTimes(1);
  const left = await portOf(onError, async (res) => {
    socket.destroy();
    await once(res, 'close');
    throw new Error('the database is down');
  });
  const socket = connect(left, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect.poll(() => onError.mock.calls.length, { timeout: 10_000 }).toBe(2);
});

it.each([
  ['before its body is read', true],
  ['while its body is read', false],
])('ends, and logs nothing, when the client hangs up %s', async (_, before) => {
  const onError = vi.fn();
  const outcomes: unknown[] = [];
  const port = await portOf(onError, async (res, req) => {
    if (before) {
      socket.destroy();
      await once(res, 'close');
    } else setImmediate(() => socket.destroy());
    await readJson(req).catch((error: Error) => {
      outcomes.push(error.name);
      throw error;
    });
  });
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{');
  await expect.poll(() => outcomes, { timeout: 10_000 }).toEqual(['AbortError']);
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(onError).not.toHaveBeenCalled();
});

it('logs no failure over HTTP/2 where the client hung up, but one while it waits', async () => {
  const onError = vi.fn();
  const outcomes: string[] = [];
  const app = bulwark({ onError }, async (req, res) => {
    if (req.url === '/left') {
      left.close();
      await once(res, 'close');
    }
    outcomes.push(req.url ?? '');
    throw AbortSignal.abort().reason;
  });
  const server = createHttp2Server(app as unknown as Parameters<typeof createHttp2Server>[0]);
  server.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const client = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => client.destroy());
  const left = client.request({ ':path': '/left' }).on('error', () => undefined);
  await expect.poll(() => outcomes, { timeout: 10_000 }).toEqual(['/left']);
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(onError).not.toHaveBeenCalled();
  client.request({ ':path': '/waits' }).resume();
  await expect.poll(() => onError.mock.calls.length, { timeout: 10_000 }).toBe(1);
});
