import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { configureEvents, type SecurityEvent } from 'bulwark/event';
import { memoryStore as limitStore, rateLimit } from 'bulwark/rate-limit';
import { keyring } from 'bulwark/secrets';
import { memoryStore, sessions } from 'bulwark/session';
import express5 from 'express';
// @ts-expect-error Its types are those of Express 5.
import express4 from 'express4';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Data, inExpress, type Options, onNodeHttp, onWebRequests, type Shop } from './shops.ts';

const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
const codes = async (): Promise<string[]> => {
  await recorder.flush();
  return events.splice(0).map(({ code }) => code);
};
afterAll(() => void configureEvents({ sinks: [] }));

const keys = keyring('k'.repeat(16).concat('0123456789abcdef', 'ghijklmnopqrstuv'));

describe.each<[string, Shop]>([
  ['node:http', onNodeHttp],
  ['Express 5', inExpress(express5)],
  ['Express 4', inExpress(express4 as typeof express5)],
  ['web Request', onWebRequests],
])('%s', (_name, shop) => {
  interface Answer {
    readonly status: number | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }

  async function serve(
    options: Options = {},
    session = sessions<Data>({ store: memoryStore() }),
  ): Promise<
    (
      path: string,
      headers?: Record<string, string>,
      form?: string | string[],
      method?: string,
    ) => Promise<Answer>
  > {
    const server = createServer(shop(session, options)).listen(0, '127.0.0.1');
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return async (path, headers = {}, form = undefined, method = form === undefined ? 'GET' : 'POST') => {
      const type = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
      const sent = request({
        port,
        host: '127.0.0.1',
        path,
        method,
        agent: false,
        headers: { ...type, ...headers },
      });
      const answered = once(sent, 'response');
      for (const part of typeof form === 'string' ? [form] : (form ?? [])) sent.write(part);
      sent.end();
      const [answer] = (await answered) as [IncomingMessage];
      return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
    };
  }

  const cookieIn = ({ headers }: Answer, name: string): string =>
    headers['set-cookie']?.find((line) => line.startsWith(`${name}=`))?.split(';')[0] ?? '';
  const sameOrigin = { 'sec-fetch-site': 'same-origin' };

  it('keeps a session from one request to the next, with a new id at log-in', async () => {
    const ask = await serve();
    expect((await ask('/')).headers['set-cookie']).toBeUndefined();
    const first = await ask('/cart', sameOrigin, 'cart=lamp');
    expect([first.status, first.headers['set-cookie']?.length]).toEqual([200, 1]);
    const cookie = cookieIn(first, '__Host-session');
    expect((await ask('/', { cookie })).body).toBe('undefined lamp');
    const loggedIn = cookieIn(await ask('/log-in', { ...sameOrigin, cookie }, ''), '__Host-session');
    expect(loggedIn).not.toBe(cookie);
    expect((await ask('/', { cookie: loggedIn })).body).toBe('anna lamp');
    expect((await ask('/', { cookie })).body).toBe('undefined undefined');
  });

  it('keeps a response with a cookie or a token out of shared caches', async () => {
    const ask = await serve({ csrf: { keys } });
    const changed = await ask('/cart', sameOrigin, 'cart=lamp');
    expect(changed.headers['cache-control']).toBe('private, no-cache');
    const cookie = cookieIn(changed, '__Host-session');
    expect((await ask('/form', { cookie })).headers['cache-control']).toBe('private, no-cache');
  });

  it('refuses a form of another site where there are sessions, and takes its own', async () => {
    const ask = await serve();
    await codes();
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null', cookie: '__Host-session=x' },
    ]) {
      const refused = await ask('/cart', headers as never, 'cart=evil');
      expect([refused.status, refused.headers['set-cookie']]).toEqual([403, undefined]);
      expect(refused.body).not.toContain('evil');
    }
    expect(new Set(await codes())).toContain('csrf/cross-site');
    expect((await ask('/cart', sameOrigin, 'cart=lamp')).status).toBe(200);
    expect((await ask('/cart', { host: 'a.example', origin: 'http://a.example' }, 'cart=lamp')).status).toBe(
      200,
    );
    expect((await ask('/', { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
  });

  it('takes the origin that is configured, or that a trusted proxy tells', async () => {
    const own = { host: 'internal:8080', origin: 'https://shop.example.com' };
    const configured = await serve({ origin: 'https://shop.example.com' });
    expect((await configured('/cart', own, 'cart=lamp')).status).toBe(200);
    expect((await configured('/cart', { ...own, origin: 'http://internal:8080' }, 'cart=lamp')).status).toBe(
      403,
    );
    const forwarded = {
      host: 'a.example',
      origin: 'https://a.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '203.0.113.9',
    };
    expect((await (await serve({ trustedProxies: 1 }))('/cart', forwarded, 'cart=lamp')).status).toBe(200);
    expect((await (await serve())('/cart', forwarded, 'cart=lamp')).status).toBe(403);
  });

  it('takes a token of the form where the browser says nothing, and leaves the body to the application', async () => {
    const ask = await serve({ csrf: { keys } });
    const cookie = cookieIn(await ask('/cart', sameOrigin, 'cart=lamp'), '__Host-session');
    expect((await ask('/cart', { cookie }, 'cart=evil')).status).toBe(403);
    const token = /value="([^"]+)"/.exec((await ask('/form', { cookie })).body)?.[1] ?? '';
    for (const form of [`cart=a+b&_csrf=${token}`, ['cart=a', '+b&_cs', `rf=${token}`]]) {
      const taken = await ask('/cart', { cookie }, form);
      expect([taken.status, taken.body]).toEqual([200, 'done']);
      expect((await ask('/', { cookie })).body).toBe('undefined a b');
    }
    expect((await ask('/cart', { cookie, 'x-csrf-token': token }, 'cart=c')).status).toBe(200);
    for (const form of [
      '',
      `cart=e&_csrf=${token}x`,
      `cart=e&_csrf=${token}&_csrf=${token}`,
      'cart=e&_csrf=',
      `cart=${'e'.repeat(50_000)}`,
    ]) {
      expect((await ask('/cart', { cookie }, form)).status).toBe(403);
    }
    const other = cookieIn(await ask('/cart', sameOrigin, 'cart=lamp'), '__Host-session');
    expect((await ask('/cart', { cookie: other }, `cart=e&_csrf=${token}`)).status).toBe(403);
    expect((await ask('/', { cookie })).body).toBe('undefined c');
  });

  it('waits for no body that does not come', async () => {
    const ask = await serve({ csrf: { keys }, maxBodyBytes: 10_000 });
    const cookie = cookieIn(await ask('/cart', sameOrigin, 'cart=lamp'), '__Host-session');
    const long = Array.from({ length: 20 }, () => 'x'.repeat(1_000));
    const cut = await ask('/cart', { cookie }, ['cart=', ...long]).then(
      ({ status }) => status,
      () => 'closed',
    );
    expect([403, 413, 'closed']).toContain(cut);
    expect((await ask('/cart', { ...sameOrigin, cookie }, 'cart=d')).status).toBe(200);
  });

  it('passes on no body that is too long, announced or not', async () => {
    const ask = await serve({ maxBodyBytes: 1_000 });
    const long = `cart=${'x'.repeat(2_000)}`;
    expect((await ask('/cart', { ...sameOrigin, 'content-length': '2005' }, long)).status).toBe(413);
    expect((await ask('/cart', sameOrigin, ['cart=', 'x'.repeat(900), 'x'.repeat(900)])).status).toBe(413);
    expect((await ask('/cart', sameOrigin, 'cart=lamp')).status).toBe(200);
  });

  it('can be told not to check', async () => {
    const ask = await serve({ csrf: false });
    expect((await ask('/cart', { 'sec-fetch-site': 'cross-site' }, 'cart=lamp')).status).toBe(200);
    const some = await serve({
      csrf: { allowUnchecked: [{ path: '/cart', because: 'written for a test' }] },
    });
    expect((await some('/cart', { 'sec-fetch-site': 'cross-site' }, 'cart=lamp')).status).toBe(200);
    expect((await some('/log-in', { 'sec-fetch-site': 'cross-site' }, '')).status).toBe(403);
  });

  it('answers preflights before anything else is asked, and marks all answers', async () => {
    const ask = await serve({ cors: { origins: ['https://app.example.com'], allowCredentials: true } });
    const preflight = { 'access-control-request-method': 'POST' };
    const app = { origin: 'https://app.example.com' };
    const allowed = await ask('/', { ...app, ...preflight }, undefined, 'OPTIONS');
    expect([allowed.status, allowed.headers['access-control-allow-origin']]).toEqual([204, app.origin]);
    const evil = await ask('/', { origin: 'https://evil.example', ...preflight }, undefined, 'OPTIONS');
    expect([evil.status, evil.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    expect(await codes()).toContain('cors/preflight-refused');
    const read = await ask('/', app);
    expect([read.status, read.headers['access-control-allow-origin']]).toEqual([200, app.origin]);
    expect(read.headers.vary).toMatch(/\bOrigin\b/);
    const theft = await ask('/', { origin: 'https://evil.example' });
    expect([theft.status, theft.headers['access-control-allow-origin']]).toEqual([200, undefined]);
    expect(theft.headers.vary).toMatch(/\bOrigin\b/);
    // Reading is not writing: an origin that may do both is listed for both.
    const refused = await ask('/cart', app, 'cart=lamp');
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([403, app.origin]);
  });

  it('answers 503 with Retry-After while the store of sessions is down, and others all the same', async () => {
    const down = { ...memoryStore(), read: () => Promise.reject(new Error('hunter2')) };
    const ask = await serve({}, sessions<Data>({ store: down }));
    const refused = await ask('/', { cookie: `__Host-session=${'A'.repeat(22)}` });
    expect([refused.status, Number(refused.headers['retry-after'])]).toEqual([503, expect.any(Number)]);
    expect(refused.body).not.toContain('hunter2');
    expect((await ask('/')).status).toBe(200);
  });

  it('limits a client, and tells it when to retry', async () => {
    const limiter = rateLimit({ store: limitStore(), limit: 2, windowSeconds: 60, key: 'address' });
    const ask = await serve({ rateLimit: limiter, trustedProxies: 1 });
    const from = (address: string) => ({ 'x-forwarded-for': `6.6.6.6, ${address}` });
    const statuses: (number | undefined)[] = [];
    for (let i = 0; i < 3; i++) statuses.push((await ask('/', from('203.0.113.9'))).status);
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await ask('/', from('203.0.113.9'));
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['ratelimit-policy']).toContain('q=2;w=60');
    expect(JSON.parse(refused.body)).toMatchObject({ status: 429, title: 'The request was refused.' });
    expect((await ask('/', from('203.0.113.10'))).status).toBe(200);
  });
});
