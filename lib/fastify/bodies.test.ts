import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { currentRequest } from '../request/index.ts';
import { keyring } from '../secrets/index.ts';
import { memoryStore, sessions } from '../session/index.ts';
import { bulwark, csrfToken, form, json } from './index.ts';

let app: FastifyInstance;
afterEach(() => app.close());

const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });

async function create(options: object = {}, own: object = {}): Promise<FastifyInstance> {
  app = fastify(own);
  await app.register(bulwark, { onError: () => {}, ...options });
  return app;
}

async function listen(): Promise<string> {
  return app.listen({ port: 0, host: '127.0.0.1' });
}

const post = (type: string, body: string, more: object = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': type, ...more },
  body,
});

describe('bodies', () => {
  it('go to the parsers of bulwark/parse, in the context of the request', async () => {
    await create({ limits: { maxBodyFields: 3 } });
    app.post('/users/:id', (request) => ({
      got: request.body ?? null,
      id: currentRequest()?.id !== undefined,
    }));
    const url = `${await listen()}/users/1`;
    const ask = async (init: RequestInit): Promise<unknown> => {
      const response = await fetch(url, init);
      return response.ok ? ((await response.json()) as { got: unknown }).got : response.status;
    };
    expect(await ask(post('application/json', '{"a":1}'))).toEqual({ a: 1 });
    expect(await ask(post('application/ld+json; charset=utf-8', '{"a":1}'))).toEqual({ a: 1 });
    expect(await ask(post('application/json', ''))).toBe(null);
    expect(await ask(post('application/x-www-form-urlencoded', 'a=1'))).toEqual({ a: '1' });
    expect(await ask(post('text/plain', '{"a":1}'))).toBe('{"a":1}');
    expect(await ask(post('application/json', '{"a":1,"a":2}'))).toBe(400);
    expect(await ask(post('application/json', '{"__proto__":{"b":1}}'))).toBe(400);
    expect(await ask(post('application/json', '{"a":1,"b":2,"c":3,"d":4}'))).toBe(400);
    expect(await ask(post('application/json', '\u001f', { 'Content-Encoding': 'gzip' }))).toBe(415);
    expect(await ask(post('application/xml', '<a/>'))).toBe(415);
    await recorder.flush();
    expect(events.some(({ code }) => code === 'limits/too-many-fields')).toBe(true);
    const event = events.findLast(({ code }) => code === 'parse/dangerous-key');
    expect([event?.request?.route, event?.request?.client]).toEqual(['/users/:id', '127.0.0.1']);
  });

  it('go to a parser of the application, whenever it was added', async () => {
    app = fastify();
    app.register(bulwark);
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, `own ${body}`),
    );
    app.register(async (scope) => {
      scope.addContentTypeParser('application/x-www-form-urlencoded', (_request, payload, done) => {
        payload.resume();
        done(null, 'own form');
      });
      scope.post('/scope', (request) => request.body);
    });
    app.post('/', (request) => request.body);
    const url = await listen();
    expect(await (await fetch(url, post('application/json', '1'))).text()).toBe('own 1');
    expect(await (await fetch(`${url}/scope`, post('application/x-www-form-urlencoded', 'a=1'))).text()).toBe(
      'own form',
    );
  });

  it('may be parsed by a route in its own way', async () => {
    await create();
    app.post('/json', { preParsing: json({ maxBytes: 10 }) }, (request) => ({ got: request.body }));
    app.post('/form', { preParsing: form({ lists: ['tag'] }) }, (request) => ({ got: request.body }));
    const url = await listen();
    const ask = async (path: string, init: RequestInit): Promise<unknown> => {
      const response = await fetch(url + path, init);
      return response.ok ? response.json() : response.status;
    };
    const type = 'application/x-www-form-urlencoded';
    expect(await ask('/json', post('application/json', '"12345678"'))).toEqual({ got: '12345678' });
    expect(await ask('/json', post('application/json', '"123456789"'))).toBe(413);
    expect(await ask('/form', post(type, 'tag=a&tag=b'))).toEqual({ got: { tag: ['a', 'b'] } });
    expect(await ask('/form', post(type, 'q=a&q=b'))).toBe(400);
  });
});

describe('sessions and CSRF', () => {
  const keys = keyring('Zm9yIHRlc3RzIG9ubHksIHRoaXMgaXMgbm8gc2VjcmV0IQ==');

  it("finds a token in a form whose body Fastify's parser still reads, and sends all cookies", async () => {
    const session = sessions<{ cart: string }>({ store: memoryStore() });
    await create({ session, csrf: { keys, logIn: ['/log-in'] } });
    app.post('/log-in', async (request, reply) => {
      await request.session.logIn('ann');
      reply.header('Set-Cookie', 'theme=dark');
      return 'in';
    });
    app.get('/token', (request) => csrfToken(request));
    app.post('/buy', (request) => ({ got: (request.body as { cart?: string }).cart }));
    const url = await listen();
    const site = { Origin: url, 'Sec-Fetch-Site': 'same-origin' };
    const loggedIn = await fetch(`${url}/log-in`, { method: 'POST', headers: site });
    const cookies = loggedIn.headers.getSetCookie();
    expect(cookies).toHaveLength(2);
    expect(cookies).toContain('theme=dark');
    const Cookie = cookies.map((line) => line.split(';', 1)[0]).join('; ');
    const tokens = await fetch(`${url}/token`, { headers: { Cookie } });
    const jar = [Cookie, ...tokens.headers.getSetCookie().map((line) => line.split(';', 1)[0])].join('; ');
    const body = new URLSearchParams({ cart: 'lamp', _csrf: await tokens.text() }).toString();
    // A browser too old to say where the request comes from.
    const bought = await fetch(
      `${url}/buy`,
      post('application/x-www-form-urlencoded', body, { Cookie: jar }),
    );
    expect([bought.status, await bought.json()]).toEqual([200, { got: 'lamp' }]);
    const forged = await fetch(
      `${url}/buy`,
      post('application/x-www-form-urlencoded', 'cart=lamp', { Cookie: jar }),
    );
    expect(forged.status).toBe(403);
  });
});
