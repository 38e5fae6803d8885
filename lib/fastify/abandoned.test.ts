import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bulwark } from './index.ts';

let app: FastifyInstance;
const logged: unknown[] = [];
afterEach(() => app.close());

async function serve(body: () => unknown): Promise<number> {
  logged.length = 0;
  app = fastify({ forceCloseConnections: true });
  await app.register(bulwark, { onError: (error) => void logged.push(error) });
  app.get('/', (_request, reply) => reply.send(body()));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return (app.server.address() as AddressInfo).port;
}

function send(port: number, method: string): Socket {
  const client = connect(port, '127.0.0.1').on('error', () => {});
  client.write(`${method} / HTTP/1.1\r\nHost: a.example\r\n\r\n`);
  return client;
}

describe('a stream', () => {
  it.each([
    [
      'of the web',
      (canceled: () => void) =>
        new ReadableStream({ start: (source) => source.enqueue(new Uint8Array([65])), cancel: canceled }),
    ],
    [
      'of a `Response`',
      (canceled: () => void) =>
        new Response(
          new ReadableStream({ start: (source) => source.enqueue(new Uint8Array([65])), cancel: canceled }),
        ),
    ],
    [
      'of Node',
      (canceled: () => void) => {
        const stream = new Readable({ read() {} }).on('close', canceled);
        stream.push('A');
        return stream;
      },
    ],
  ])('%s is closed once the client has left, and after HEAD (CWE-772)', async (_name, endless) => {
    const canceled = vi.fn();
    const port = await serve(() => endless(canceled));
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

  it('of the web arrives as a whole where the client stays', async () => {
    const port = await serve(() => new Blob(['a'.repeat(100_000)]).stream());
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toHaveLength(100_000);
  });
});
