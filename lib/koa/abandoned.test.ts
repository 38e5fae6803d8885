import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import Koa from 'koa';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bulwark } from './index.ts';

let server: Server;
const logged: unknown[] = [];

async function serve(handler: Koa.Middleware): Promise<number> {
  logged.length = 0;
  const app = new Koa().use(bulwark({ onError: (error) => void logged.push(error) })).use(handler);
  server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function send(port: number, method: string): Socket {
  const client = connect(port, '127.0.0.1').on('error', () => {});
  client.write(`${method} / HTTP/1.1\r\nHost: a.example\r\n\r\n`);
  return client;
}

/** A stream that says one thing and never ends. */
function endless(canceled: () => void): ReadableStream {
  return new ReadableStream({ start: (source) => source.enqueue(new Uint8Array([65])), cancel: canceled });
}

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

describe('a web stream', () => {
  it.each([
    ['alone', (stream: ReadableStream) => stream],
    ['in a Response', (stream: ReadableStream) => new Response(stream)],
  ])('%s is canceled once the client has left, and after HEAD (CWE-772)', async (_name, wrap) => {
    const canceled = vi.fn();
    const port = await serve((ctx) => {
      ctx.body = wrap(endless(canceled));
    });
    const client = send(port, 'GET');
    await once(client, 'data');
    client.destroy();
    await vi.waitFor(() => expect(canceled).toHaveBeenCalledTimes(1));
    const head = send(port, 'HEAD');
    await once(head, 'data');
    await vi.waitFor(() => expect(canceled).toHaveBeenCalledTimes(2));
    head.destroy();
    expect(logged).toEqual([]);
  });

  it('that fails after HEAD does not end the process', async () => {
    const uncaught = vi.fn();
    process.on('uncaughtException', uncaught);
    const body = (): ReadableStream => new ReadableStream({ pull: (source) => source.error(null) });
    const port = await serve((ctx) => {
      ctx.body = body();
    });
    const { status } = await fetch(`http://127.0.0.1:${port}/`, { method: 'HEAD' });
    // After the turn in which the stream fails.
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.off('uncaughtException', uncaught);
    expect([status, uncaught.mock.calls]).toEqual([200, []]);
  });

  it('arrives as a whole where the client stays', async () => {
    const port = await serve((ctx) => {
      ctx.body = new Blob(['a'.repeat(100_000)]).stream();
    });
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toHaveLength(100_000);
  });
});

describe('the log', () => {
  it('hears nothing of a client that resets the connection', async () => {
    let left: Promise<unknown> | undefined;
    const port = await serve((ctx) => {
      left = once(ctx.res, 'close');
      return new Promise(() => {});
    });
    const client = send(port, 'GET');
    await vi.waitFor(() => expect(left).toBeDefined());
    client.resetAndDestroy();
    await left;
    expect(logged).toEqual([]);
  });

  it('hears of a connection to another server that is reset', async () => {
    const failure = Object.assign(new Error('hunter2'), { code: 'ECONNRESET' });
    const port = await serve(() => Promise.reject(failure));
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(500);
    expect(logged).toEqual([failure]);
  });

  it('hears of it when that happens to a stream that is being sent', async () => {
    const failure = Object.assign(new Error('hunter2'), { code: 'ECONNRESET' });
    const port = await serve((ctx) => {
      const stream = new Readable({ read() {} });
      stream.push('A');
      setTimeout(() => stream.destroy(failure), 20);
      ctx.body = stream;
    });
    await expect(fetch(`http://127.0.0.1:${port}/`).then((response) => response.text())).rejects.toThrow();
    expect(logged).toEqual([failure]);
  });
});
