import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bulwark } from './index.ts';

let app: FastifyInstance;
const logged: unknown[] = [];
afterEach(() => app.close());

async function serve(answer: () => Response): Promise<(method: string) => Promise<Response>> {
  logged.length = 0;
  app = fastify({ forceCloseConnections: true });
  await app.register(bulwark, { onError: (error) => void logged.push(error) });
  app.get('/', async () => answer());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return (method) => fetch(url, { method });
}

describe('a web Response', () => {
  it.each(['GET', 'HEAD'])('is sent with its status and headers: %s', async (method) => {
    const headers = new Headers({ 'Content-Type': 'text/csv', 'X-Own': '1' });
    headers.append('Set-Cookie', 'a=1');
    headers.append('Set-Cookie', 'b=2');
    const send = await serve(() => new Response('a,b', { status: 201, headers }));
    const response = await send(method);
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('text/csv');
    expect(response.headers.get('x-own')).toBe('1');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe(method === 'HEAD' ? '' : 'a,b');
    expect(logged).toEqual([]);
  });

  it.each(['GET', 'HEAD'])('may have no body: %s', async (method) => {
    const send = await serve(() => new Response(null, { status: 204, headers: { 'X-Own': '1' } }));
    const response = await send(method);
    expect([response.status, response.headers.get('x-own')]).toEqual([204, '1']);
    expect(response.headers.has('content-length')).toBe(false);
  });

  it.each(['GET', 'HEAD'])('whose body was read is an error: %s', async (method) => {
    const response = new Response('hunter2');
    await response.text();
    const answer = await (await serve(() => response))(method);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('hunter2');
    expect(logged).toHaveLength(1);
  });

  it('of a network error is an error', async () => {
    const answer = await (await serve(() => Response.error()))('GET');
    expect(answer.status).toBe(500);
    expect(logged).toHaveLength(1);
  });

  it('whose body fails later is cut, and the error is logged', async () => {
    const failure = new Error('hunter2');
    let fail = (): void => {};
    const body = (): ReadableStream =>
      new ReadableStream({
        start(source) {
          source.enqueue(new Uint8Array([65]));
          fail = () => source.error(failure);
        },
      });
    const send = await serve(() => new Response(body()));
    const response = await send('GET');
    expect(response.status).toBe(200);
    fail();
    await expect(response.text()).rejects.toThrow();
    await vi.waitFor(() => expect(logged).toEqual([failure]));
  });
});
