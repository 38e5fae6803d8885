import { connect } from 'node:net';
import { Hono } from 'hono';
import { validator } from 'hono/validator';
import { describe, expect, it } from 'vitest';
import { serveApp, servers } from '../../checks/hono/serve-app.ts';
import { configureEvents } from '../event/index.ts';
import { keyring } from '../secrets/index.ts';
import { sealedSessions } from '../session/sealed/index.ts';
import { bulwark, bulwarkErrors, csrfToken, form, json } from './index.ts';

configureEvents({ sinks: [] });

const keys = keyring('Zm9yIHRlc3RzIG9ubHksIHRoaXMgaXMgbm8gc2VjcmV0IQ==');
const formType = { 'content-type': 'application/x-www-form-urlencoded' };
const jsonType = { 'content-type': 'application/json' };

describe.each(servers)('bodies %s', (_name, serve) => {
  it.each(['text', 'json', 'parseBody', 'formData', 'arrayBuffer', 'blob', 'form', 'validator', 'raw'])(
    'are whole after their token was looked for: %s',
    async (how) => {
      const app = new Hono();
      app.use(bulwark({ session: sealedSessions({ keys }), csrf: { keys, logIn: ['/in'] } }));
      app.onError(bulwarkErrors());
      app.get('/token', (c) => c.text(csrfToken(c)));
      app.post('/in', async (c) => {
        await c.var.session.logIn('ann');
        return c.text('in');
      });
      app.post('/text', async (c) => c.text(await c.req.text()));
      app.post('/json', async (c) => c.text((await c.req.text()) && JSON.stringify(await c.req.parseBody())));
      app.post('/parseBody', async (c) => c.json(await c.req.parseBody()));
      app.post('/formData', async (c) => c.json(Object.fromEntries(await c.req.formData()) as never));
      app.post('/arrayBuffer', async (c) => c.body(await c.req.arrayBuffer()));
      app.post('/blob', async (c) => c.body(await (await c.req.blob()).arrayBuffer()));
      app.post('/form', form(), (c) => c.json(c.req.valid('form')));
      app.post(
        '/validator',
        validator('form', (value) => value),
        (c) => c.json(c.req.valid('form') as never),
      );
      app.post('/raw', async (c) => c.text(await c.req.raw.text()));
      const ask = await serve(app);
      const logged = await ask('/in', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } });
      const jar = (answer: Response): string =>
        answer.headers
          .getSetCookie()
          .map((line) => line.split(';', 1)[0])
          .join('; ');
      const cookie = jar(logged);
      const token = await (await ask('/token', { headers: { cookie } })).text();
      const send = (field: string) =>
        ask(`/${how}`, {
          ...{ method: 'POST', headers: { ...formType, cookie } },
          body: new URLSearchParams({ _csrf: field, q: 'lamp' }).toString(),
        });
      const answer = await send(token);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toMatch(/q=lamp|"q":"lamp"/);
      expect((await send('forged')).status).toBe(403);
    },
  );

  it("are found by Hono's methods after json(), and by json() after Hono's", async () => {
    const app = new Hono();
    app.use(bulwark());
    app.onError(bulwarkErrors());
    app.post('/ours', json(), async (c) => c.json([c.req.valid('json'), await c.req.json()] as never));
    app.use('/theirs', async (c, next) => {
      await c.req.text();
      await next();
    });
    app.post('/theirs', json({ maxBytes: 20 }), async (c) => c.json(c.req.valid('json') as never));
    const ask = await serve(app);
    const post = (path: string, body: string) => ask(path, { method: 'POST', body, headers: jsonType });
    expect(await (await post('/ours', '{"a":1}')).json()).toEqual([{ a: 1 }, { a: 1 }]);
    expect(await (await post('/theirs', '{"a":1}')).json()).toEqual({ a: 1 });
    expect((await post('/theirs', `{"a":"${'x'.repeat(30)}"}`)).status).toBe(413);
    expect((await post('/ours', '{"__proto__":{"a":1}}')).status).toBe(400);
  });

  it('are held to the number of fields and the depth of bulwark()', async () => {
    const app = new Hono();
    app.use(bulwark({ limits: { maxBodyDepth: 3 } }));
    app.onError(bulwarkErrors());
    app.post('/', json(), (c) => c.text('passed'));
    const ask = await serve(app);
    const post = (body: string) => ask('/', { method: 'POST', body, headers: jsonType });
    expect((await post('[[[1]]]')).status).toBe(200);
    expect((await post('[[[[1]]]]')).status).toBe(400);
  });

  it('without a length end with a refusal once they are too large, however they are read', async () => {
    const app = new Hono();
    app.use(bulwark({ maxBodyBytes: (c) => (c.req.path === '/import' ? 1_000_000 : 1_000) }));
    app.onError(bulwarkErrors());
    app.post('/text', async (c) => c.text(await c.req.text()));
    app.post('/import', async (c) => c.text(String((await c.req.text()).length)));
    app.post('/json', json(), (c) => c.json(c.req.valid('json') as never));
    const ask = await serve(app);
    const stream = (path: string, bytes: number) =>
      ask(path, {
        ...{ method: 'POST', headers: jsonType, duplex: 'half' },
        body: new Blob([`"${'x'.repeat(bytes - 2)}"`]).stream(),
      } as RequestInit);
    for (const path of ['/text', '/json']) {
      expect((await stream(path, 1_000)).status, path).toBe(200);
      expect((await stream(path, 50_000)).status, path).toBe(413);
    }
    expect(await (await stream('/import', 50_000)).text()).toBe('50000');
  });
});

describe('a client that leaves in the middle of its body', () => {
  it('fills no log, and the application serves on', async () => {
    const log: unknown[] = [];
    let failed: (error: unknown) => void = () => {};
    const read = new Promise((resolve) => {
      failed = resolve;
    });
    const app = new Hono();
    app.use(bulwark());
    app.onError(bulwarkErrors({ onError: (error) => void log.push(error) }));
    app.post('/', async (c) => {
      try {
        return c.text(await c.req.text());
      } catch (error) {
        setTimeout(failed, 50, error);
        throw error;
      }
    });
    app.get('/', (c) => c.text('hello'));
    const url = new URL(await serveApp(app));
    const socket = connect(Number(url.port), url.hostname);
    socket.write('POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 100\r\n\r\nhalf');
    setTimeout(() => socket.destroy(), 50);
    expect(await read).toBeInstanceOf(Error);
    expect(log).toEqual([]);
    expect(await (await fetch(url)).text()).toBe('hello');
  });
});
