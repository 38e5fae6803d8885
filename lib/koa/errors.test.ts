import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import Koa from 'koa';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bulwark } from './index.ts';

let server: Server;
const logged: unknown[] = [];

async function serve(
  handler: Koa.Middleware,
  options: object = { onError: (e: unknown) => logged.push(e) },
): Promise<Koa> {
  logged.length = 0;
  const app = new Koa().use(bulwark(options)).use(handler);
  server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return app;
}

const ask = (init: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, init);

async function problem(): Promise<object> {
  const response = await ask();
  const body = await response.text();
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('x-frame-options')).toBe('DENY');
  expect(response.headers.has('content-security-policy')).toBe(true);
  expect(body).not.toContain('hunter2');
  const { title, status } = JSON.parse(body);
  return { title, status };
}

const failed = { title: 'The server could not answer.', status: 500 };

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

describe('errors', () => {
  it.each([
    ['null, which Koa never answers', null],
    ['undefined', undefined],
    ['text', 'hunter2'],
    ['an error', new Error('hunter2')],
    ['the status of an upstream server', Object.assign(new Error('hunter2'), { status: 404 })],
  ])('answers a throw of %s with all headers', async (_name, thrown) => {
    await serve(() => {
      throw thrown;
    });
    expect(await problem()).toEqual(failed);
    expect(logged).toEqual([thrown]);
  });

  it.each([
    [401, 'Unauthorized'],
    [404, 'Not Found'],
    [429, 'Too Many Requests'],
  ])('keeps the %i of ctx.throw, without its message', async (status, title) => {
    await serve((ctx) => ctx.throw(status, 'hunter2'));
    expect(await problem()).toEqual({ title, status });
    expect(logged).toEqual([]);
  });

  it('forgets what the handler said of a body that is not sent', async () => {
    await serve((ctx) => {
      ctx.body = 'a page';
      ctx.set({ 'Content-Encoding': 'gzip', ETag: '"1"', 'X-Own': '1' });
      ctx.message = 'hunter2';
      ctx.cookies.set('kept', '1');
      throw new Error('hunter2');
    });
    const { headers, statusText } = await ask();
    expect([headers.get('content-encoding'), headers.get('etag'), statusText]).toEqual([
      null,
      null,
      'Internal Server Error',
    ]);
    expect([headers.get('x-own'), headers.get('set-cookie')]).toEqual(['1', 'kept=1; path=/; httponly']);
  });

  it.each([
    [
      'JSON with a circle',
      (): unknown => {
        const value: Record<string, unknown> = { secret: 'hunter2' };
        value['self'] = value;
        return value;
      },
    ],
    [
      'JSON that throws null, which Koa never answers',
      () => ({
        toJSON: () => {
          throw null;
        },
      }),
    ],
    [
      'a stream that fails at once',
      () =>
        new Readable({
          read() {
            this.destroy(new Error('hunter2'));
          },
        }),
    ],
    [
      'a stream that had failed',
      () => new Readable({ read() {} }).on('error', () => {}).destroy(new Error('hunter2')),
    ],
    [
      'a web stream that fails at once',
      () =>
        new ReadableStream({
          start(c) {
            c.error(new Error('hunter2'));
          },
        }),
    ],
    [
      'a Response that fails at once',
      () =>
        new Response(new ReadableStream({ start: (controller) => controller.error(new Error('hunter2')) })),
    ],
  ])("answers a body that can't be sent: %s", async (_name, body) => {
    await serve(async (ctx) => {
      ctx.body = body();
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
    expect(await problem()).toEqual(failed);
    expect(logged).toHaveLength(1);
  });

  it('cuts a stream that fails half way, logs it once, and sends one that does not', async () => {
    let fails = true;
    await serve((ctx) => {
      ctx.body = Readable.from(
        (async function* () {
          yield 'a';
          await new Promise((resolve) => setTimeout(resolve, 5));
          if (fails) throw new Error('half way');
          yield 'b';
        })(),
      );
    });
    await expect(ask().then((response) => response.text())).rejects.toThrow();
    expect(logged.map((error) => (error as Error).message)).toEqual(['half way']);
    fails = false;
    expect(await (await ask()).text()).toBe('ab');
  });

  it("leaves a response alone that is not Koa's", async () => {
    await serve((ctx) => {
      ctx.respond = false;
      ctx.res.writeHead(200, { 'Content-Type': 'text/plain' }).end('own');
    });
    const response = await ask();
    expect([await response.text(), response.headers.get('x-frame-options')]).toEqual(['own', 'DENY']);
  });
});

describe('the log', () => {
  it('is the event of the application by default, once for each failure', async () => {
    const app = await serve(() => {
      throw new Error('disk full');
    }, {});
    const heard: string[] = [];
    app
      .removeAllListeners('error')
      .on('error', (error: Error, ctx: Koa.Context) => void heard.push(`${error.message} ${ctx.path}`));
    await ask();
    expect(heard).toEqual(['disk full /']);
  });

  it('gets an Error even if another value was thrown, and a listener that throws changes no response', async () => {
    const app = await serve(() => {
      throw 'text';
    }, {});
    const heard: unknown[] = [];
    app.removeAllListeners('error').on('error', (error: Error) => {
      heard.push(error.cause);
      throw new Error('the listener failed');
    });
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect((await ask()).status).toBe(500);
    printed.mockRestore();
    expect(heard).toEqual(['text']);
  });

  it('hears nothing of a client that leaves a stream', async () => {
    await serve((ctx) => {
      ctx.body = Readable.from(
        (async function* () {
          for (let i = 0; i < 100; i++) {
            yield 'x'.repeat(1_000);
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        })(),
      );
    });
    const left = new AbortController();
    const response = await ask({ signal: left.signal });
    await response.body?.getReader().read();
    left.abort();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(logged).toEqual([]);
  });
});

describe('what has no body', () => {
  it('is described to HEAD as to GET', async () => {
    await serve(() => {});
    const [get, head] = [await ask(), await ask({ method: 'HEAD' })];
    expect([head.status, head.headers.get('content-type')]).toEqual([404, get.headers.get('content-type')]);
  });

  it.each([204, 304])('keeps a %i without a type', async (status) => {
    await serve((ctx) => {
      ctx.status = status;
    });
    const head = await ask({ method: 'HEAD' });
    expect([head.status, head.headers.has('content-type')]).toEqual([status, false]);
  });
});
