import { Readable } from 'node:stream';
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { bulwark } from './index.ts';

let app: FastifyInstance;
const logged: unknown[] = [];

function create(options: FastifyServerOptions = {}): FastifyInstance {
  logged.length = 0;
  app = fastify(options);
  return app;
}

const defended = { onError: (error: unknown) => void logged.push(error) };

async function answer(url: string): Promise<Response> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  return fetch(`${app.listeningOrigin}${url}`);
}

async function problem(url: string): Promise<object> {
  const response = await answer(url);
  const body = await response.text();
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.has('content-security-policy')).toBe(true);
  expect(body).not.toContain('hunter2');
  const { title, status } = JSON.parse(body);
  return { title, status };
}

const failed = { title: 'The server could not answer.', status: 500 };

afterEach(() => app.close());

describe('errors as the framework sends them (CWE-209)', () => {
  it('shows no message of routes, hooks and scopes that are older than the plugin', async () => {
    create();
    app.get('/before', () => {
      throw new Error('hunter2');
    });
    app.addHook('onRequest', async (request) => {
      if (request.url === '/hook-before') throw new Error('hunter2');
    });
    app.register(async (scope) => {
      scope.get('/scope-before', async () => {
        throw new Error('hunter2');
      });
    });
    await app.register(bulwark, defended);
    expect(await problem('/before')).toEqual(failed);
    expect(await problem('/scope-before')).toEqual(failed);
    expect(await (await answer('/hook-before')).text()).not.toContain('hunter2');
    expect(logged).toHaveLength(3);
  });

  it.each(['preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onSend'] as const)(
    'shows no message of an error in %s',
    async (hook) => {
      create();
      await app.register(bulwark, defended);
      app.addHook(hook as 'preHandler', async () => {
        throw new Error('hunter2');
      });
      app.get('/', () => ({ ok: true }));
      expect(await problem('/')).toEqual(failed);
    },
  );

  it('shows nothing where the answer to an error fails too', async () => {
    create();
    await app.register(bulwark, defended);
    app.addHook('onSend', async () => {
      throw new Error('hunter2 in onSend');
    });
    app.get('/', () => {
      throw new Error('hunter2');
    });
    expect(await problem('/')).toEqual(failed);
    expect(logged.map((error) => (error as Error).message)).toEqual(['hunter2', 'hunter2 in onSend']);
  });

  it('shows nothing of a serializer that fails', async () => {
    create();
    await app.register(bulwark, defended);
    const response = { 200: { type: 'object', properties: { n: { type: 'integer' } } } };
    app.get('/', { schema: { response } }, () => ({ n: 'hunter2' }));
    app.get('/circular', () => {
      const value: Record<string, unknown> = { secret: 'hunter2' };
      value['self'] = value;
      return value;
    });
    expect(await problem('/')).toEqual(failed);
    expect(await problem('/circular')).toEqual(failed);
  });

  it('survives a handler that sets an invalid header, synchronously or later', async () => {
    create();
    await app.register(bulwark, defended);
    app.get('/', (_request, reply) => {
      reply.header('X-Name', 'a\r\nSet-Cookie: b=hunter2');
      return 'x';
    });
    app.get('/later', (_request, reply) => {
      setTimeout(() => reply.header('X-Name', 'a\r\nSet-Cookie: b=hunter2').send('x'), 1);
    });
    expect(await problem('/')).toEqual(failed);
    expect(await problem('/later')).toEqual(failed);
    expect((await answer('/nothing')).status).toBe(404);
  });

  it('answers a stream that fails before its first byte, and cuts one that fails later', async () => {
    create();
    await app.register(bulwark, defended);
    app.get('/before', (_request, reply) =>
      reply.send(
        new Readable({
          read() {
            this.destroy(new Error('hunter2'));
          },
        }),
      ),
    );
    app.get('/later', (_request, reply) =>
      reply.send(
        Readable.from(
          (async function* () {
            yield 'a';
            await new Promise((resolve) => setTimeout(resolve, 5));
            throw new Error('later');
          })(),
        ),
      ),
    );
    app.get('/web', (_request, reply) =>
      reply.send(
        new ReadableStream({
          async pull(controller) {
            controller.enqueue(new TextEncoder().encode('a'));
            await new Promise((resolve) => setTimeout(resolve, 5));
            controller.error(new Error('web'));
          },
        }),
      ),
    );
    expect(await problem('/before')).toEqual(failed);
    for (const path of ['/later', '/web']) {
      await expect(answer(path).then((response) => response.text())).rejects.toThrow();
    }
    expect(logged.map((error) => (error as Error).message)).toEqual(['hunter2', 'later', 'web']);
  });
});

describe('handlers of the application', () => {
  it('take precedence in their scope, whenever they were set', async () => {
    create({ allowErrorHandlerOverride: false });
    app.register(bulwark, defended);
    app.setErrorHandler((_error, _request, reply) => reply.code(418).send('mine'));
    app.get('/', () => {
      throw new Error('hunter2');
    });
    app.register(async (scope) => {
      scope.setErrorHandler((_error, _request, reply) => reply.code(419).send('of the scope'));
      scope.get('/scope', () => {
        throw new Error('hunter2');
      });
      scope.get(
        '/route',
        { errorHandler: (_error, _request, reply) => void reply.send('of the route') },
        () => {
          throw new Error('hunter2');
        },
      );
    });
    expect(await (await answer('/')).text()).toBe('mine');
    expect(await (await answer('/scope')).text()).toBe('of the scope');
    expect(await (await answer('/route')).text()).toBe('of the route');
    expect(logged).toEqual([]);
  });

  it('may rethrow the error, or fail themselves', async () => {
    create();
    await app.register(bulwark, defended);
    app.setErrorHandler((error, request, reply) => {
      if (request.url === '/fails') throw new Error('hunter2 again');
      reply.send(error);
    });
    app.get('/', () => {
      throw new Error('hunter2');
    });
    app.get('/fails', () => {
      throw new Error('hunter2');
    });
    expect(await problem('/')).toEqual(failed);
    expect(await problem('/fails')).toEqual(failed);
  });

  it('answer what no route handles', async () => {
    create();
    app.register(bulwark, defended);
    app.setNotFoundHandler((_request, reply) =>
      reply.code(404).send({ error: 'Not Found', message: 'mine' }),
    );
    expect(await (await answer('/x')).json()).toEqual({ error: 'Not Found', message: 'mine' });
  });
});

describe('statuses', () => {
  it('keeps those that Fastify and its plugins choose, without their message', async () => {
    create();
    await app.register(bulwark, defended);
    app.get('/query', { schema: { querystring: { type: 'object', required: ['hunter2'] } } }, () => 'x');
    app.get('/plugin', () => {
      throw Object.assign(new Error('hunter2'), { code: 'FST_JWT_NO_AUTHORIZATION', statusCode: 401 });
    });
    app.get('/auth', (_request, reply) => {
      reply.code(401);
      throw new Error('hunter2');
    });
    app.get('/sensible', () => {
      throw Object.assign(new Error('hunter2'), { status: 409, statusCode: 409, expose: true });
    });
    expect(await problem('/query')).toEqual({ title: 'Bad Request', status: 400 });
    expect(await problem('/plugin')).toEqual({ title: 'Unauthorized', status: 401 });
    expect(await problem('/auth')).toEqual({ title: 'Unauthorized', status: 401 });
    expect(await problem('/sensible')).toEqual({ title: 'Conflict', status: 409 });
    expect(logged).toEqual([]);
  });

  it('does not take over those of an upstream server', async () => {
    create();
    await app.register(bulwark, defended);
    app.get('/', () => {
      throw Object.assign(new Error('hunter2'), { name: 'ResponseError', statusCode: 404 });
    });
    expect(await problem('/')).toEqual(failed);
    expect(logged).toHaveLength(1);
  });
});

describe('the log', () => {
  it("is Fastify's logger by default, with the id that the client sees", async () => {
    const lines: string[] = [];
    create({ logger: { level: 'error', stream: { write: (line: string) => void lines.push(line) } } });
    await app.register(bulwark);
    app.get('/', () => {
      throw new Error('disk full');
    });
    const { requestId } = JSON.parse(await (await answer('/')).text());
    const { err, requestId: inLog } = JSON.parse(lines[0] ?? '');
    expect([lines.length, inLog, err.message]).toEqual([1, requestId, 'disk full']);
  });
});
