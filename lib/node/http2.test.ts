import { once } from 'node:events';
import {
  type ClientHttp2Session,
  connect,
  constants,
  createServer,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { bulwark } from './index.ts';

configureEvents({ sinks: [] });

describe('an application on node:http2', () => {
  let closed = 0;
  const app = bulwark({ maxBodyBytes: 10_000, onError: () => {} }, async (req, res) => {
    if (req.url === '/boom') throw new Error('hunter2');
    if (req.url === '/endless') {
      res.on('close', () => void closed++);
      const timer = setInterval(() => res.write('x'.repeat(1_000)), 2);
      setTimeout(() => clearInterval(timer), 2_000);
      return;
    }
    if (req.url === '/half') {
      res.write('half');
      await new Promise((resolve) => setTimeout(resolve, 5));
      throw new Error('hunter2');
    }
    const length = String((await text(req)).length);
    res.setHeader('Content-Type', 'text/html');
    res.end(length);
  });
  const server = createServer(app as unknown as Parameters<typeof createServer>[0]);
  let client: ClientHttp2Session;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => {
    client.close();
    server.close();
  });

  async function ask(
    path: string,
    bytes = 0,
    more: OutgoingHttpHeaders = {},
  ): Promise<[OutgoingHttpHeaders, string, number]> {
    const stream = client.request({ ':path': path, ':method': bytes > 0 ? 'POST' : 'GET', ...more });
    stream.on('error', () => {});
    let sent = 0;
    const write = (): void => {
      while (sent < bytes) {
        sent += 1_000;
        if (!stream.write('x'.repeat(1_000))) {
          stream.once('drain', write);
          return;
        }
      }
      stream.end();
    };
    write();
    const [headers] = (await once(stream, 'response')) as [OutgoingHttpHeaders];
    return [headers, await text(stream), sent];
  }

  it('has headers, a policy and answers to errors, without a warning', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const [page, length] = await ask('/', 5_000);
    expect([page[':status'], page['x-frame-options'], page['cache-control'], length]).toEqual([
      200,
      'DENY',
      'private, no-cache',
      '5000',
    ]);
    const [failed, body] = await ask('/boom');
    expect([failed[':status'], failed['content-type']]).toEqual([500, 'application/problem+json']);
    expect(body).not.toContain('hunter2');
    const [announced] = await ask('/', 20_000, { 'content-length': '20000' });
    expect(announced[':status']).toBe(413);
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  it('cuts a body that grows too large, and leaves the other streams of the connection alone', async () => {
    const other = ask('/', 9_000);
    const [headers, , sent] = await ask('/', 100_000_000);
    expect(headers[':status']).toBe(413);
    expect(sent).toBeLessThan(1_000_000);
    expect((await other)[1]).toBe('9000');
    expect((await ask('/', 1_000))[1]).toBe('1000');
  });

  it('resets a response that fails half way with an error, so that no client takes it for a whole one', async () => {
    const stream = client.request({ ':path': '/half' });
    stream.on('error', () => {});
    const closed = new Promise((resolve) => stream.once('close', resolve));
    expect(await text(stream).catch(() => 'cut')).toBe('cut');
    await closed;
    expect(stream.rstCode).toBe(constants.NGHTTP2_INTERNAL_ERROR);
    expect((await ask('/', 1_000))[1]).toBe('1000');
  });

  it.each([constants.NGHTTP2_NO_ERROR, constants.NGHTTP2_CANCEL])(
    'closes a response that the client cancels with the code %i',
    async (code) => {
      const before = closed;
      const stream = client.request({ ':path': '/endless' });
      stream.on('error', () => {});
      await once(stream, 'data');
      stream.close(code);
      await vi.waitFor(() => expect(closed).toBe(before + 1), 5_000);
      expect((await ask('/', 1_000))[1]).toBe('1000');
    },
  );
});
