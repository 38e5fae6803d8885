import { once } from 'node:events';
import { upgradeWebSocket } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { html } from 'hono/html';
import { jsx } from 'hono/jsx';
import { renderToReadableStream, StreamingContext, Suspense } from 'hono/jsx/streaming';
import { jsxRenderer } from 'hono/jsx-renderer';
import { methodOverride } from 'hono/method-override';
import { streamSSE } from 'hono/streaming';
import { describe, expect, it } from 'vitest';
import { WebSocket as Client, WebSocketServer } from 'ws';
import { serveApp, servers } from '../../checks/hono/serve-app.ts';
import { configureEvents } from '../event/index.ts';
import { currentRequest } from '../request/index.ts';
import { keyring } from '../secrets/index.ts';
import { sealedSessions } from '../session/sealed/index.ts';
import { bulwark, bulwarkErrors, csrfField, routeCsp } from './index.ts';

configureEvents({ sinks: [] });

const keys = keyring('Zm9yIHRlc3RzIG9ubHksIHRoaXMgaXMgbm8gc2VjcmV0IQ==');
const policyOf = ({ headers }: Response): string => headers.get('content-security-policy') ?? '';
const nonceIn = (policy: string): string => /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
const defended = (): Hono => {
  const app = new Hono();
  app.use(bulwark());
  app.onError(bulwarkErrors());
  return app;
};

async function Slow() {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return jsx('p', {}, 'slow');
}

describe.each(servers)('Hono %s', (_name, serve) => {
  it('has the nonce in renderers, and in the scripts of Suspense', async () => {
    const app = defended();
    app.use(
      '/layout',
      jsxRenderer(({ children }) => jsx('html', {}, children as never)),
    );
    app.get('/layout', (c) => c.render(jsx('script', { nonce: c.var.nonce }, 'start()') as never));
    app.get('/streamed', (c) => {
      const page = jsx(
        StreamingContext.Provider as never,
        { value: { scriptNonce: c.var.nonce } },
        jsx(Suspense as never, { fallback: jsx('p', {}, 'wait') }, jsx(Slow as never, {})),
      );
      c.header('Content-Type', 'text/html; charset=UTF-8');
      c.header('Content-Encoding', 'identity');
      return c.body(renderToReadableStream(page as never));
    });
    const ask = await serve(app);
    for (const path of ['/layout', '/streamed']) {
      const page = await ask(path);
      const scripts = [...(await page.text()).matchAll(/<script([^>]*)>/g)];
      expect(scripts.length).toBeGreaterThan(0);
      for (const [, attributes] of scripts) expect(attributes).toContain(nonceIn(policyOf(page)));
      expect(page.headers.get('cache-control')).toBe('private, no-cache');
    }
  });

  it('knows the pattern of the route, in sub-applications and below a base path', async () => {
    const app = defended();
    const route = (): string => currentRequest()?.route ?? 'none';
    const users = new Hono();
    users.use(async (c, next) => {
      c.header('X-Before', route());
      await next();
    });
    users.get('/:id', (c) => c.text(route()));
    app.route('/users', users);
    app.basePath('/api').get('/items/:item', (c) => c.text(route()));
    app.get('/files/*', (c) => c.text(route()));
    app.notFound((c) => c.text(route(), 404));
    const ask = await serve(app);
    const user = await ask('/users/17');
    expect(await user.text()).toBe('/users/:id');
    expect(user.headers.get('x-before')).toBe('/users/:id');
    expect(await (await ask('/api/items/3')).text()).toBe('/api/items/:item');
    expect(await (await ask('/files/a/b')).text()).toBe('/files/*');
    expect(await (await ask('/nowhere')).text()).toBe('none');
  });

  it('sends streams, server-sent events and 304s with the headers', async () => {
    const app = defended();
    app.use('/cached', etag());
    app.get('/cached', (c) => c.html('<p>page'));
    app.get('/events', (c) =>
      streamSSE(c, async (stream) => {
        await stream.writeSSE({ data: currentRequest()?.nonce === c.var.nonce ? 'same' : 'another' });
      }),
    );
    const ask = await serve(app);
    const events = await ask('/events');
    expect(events.headers.get('x-frame-options')).toBe('DENY');
    expect(await events.text()).toContain('data: same');
    const tag = (await ask('/cached')).headers.get('etag') ?? '';
    const again = await ask('/cached', { headers: { 'if-none-match': tag } });
    expect(again.status).toBe(304);
    // The page in the browser's cache keeps the policy whose nonce it holds.
    expect(policyOf(again)).toBe('');
  });

  it('compresses around bulwark() and behind it', async () => {
    for (const isFirst of [true, false]) {
      const app = new Hono();
      if (isFirst) app.use(compress({ threshold: 0 }));
      app.use(bulwark());
      if (!isFirst) app.use(compress({ threshold: 0 }));
      app.get('/', (c) => c.html('<p>page'.repeat(1_000)));
      const answer = await (await serve(app))('/', { headers: { 'accept-encoding': 'gzip' } });
      expect(answer.headers.get('content-encoding')).toBe('gzip');
      expect(answer.headers.get('x-frame-options')).toBe('DENY');
      expect(answer.headers.get('cache-control')).toContain('private');
    }
  });

  it('keeps what caches must tell apart: Vary of CORS beside that of compress', async () => {
    const app = new Hono();
    app.use(bulwark({ cors: { origins: ['https://app.example'] } }));
    app.use(compress({ threshold: 0 }));
    app.get('/', (c) => c.text('text'.repeat(1_000), 200, { Vary: 'Accept-Language' }));
    app.get('/all', (c) => c.text('text', 200, { Vary: '*' }));
    const ask = await serve(app);
    const headers = { 'accept-encoding': 'gzip', origin: 'https://app.example' };
    const vary = (await ask('/', { headers })).headers.get('vary')?.split(', ').sort();
    expect(vary).toEqual(['Accept-Encoding', 'Accept-Language', 'Origin']);
    expect((await ask('/all', { headers })).headers.get('vary')).toBe('*');
  });

  it('passes a method that a form chose through the guards again', async () => {
    const app = new Hono();
    app.use(bulwark({ origin: 'https://shop.example', csrf: {} }));
    app.onError(bulwarkErrors());
    app.use(methodOverride({ app }));
    app.delete('/item', (c) => c.html(`<script nonce="${c.var.nonce}">1</script>`));
    const ask = await serve(app);
    const send = (site: string) =>
      ask('/item', {
        ...{ method: 'POST', body: '_method=DELETE' },
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': site },
      });
    expect((await send('cross-site')).status).toBe(403);
    const answer = await send('same-origin');
    expect(answer.status).toBe(200);
    const [, used] = /nonce="([^"]+)"/.exec(await answer.text()) ?? [];
    expect(nonceIn(policyOf(answer))).toBe(used);
  });

  it('answers HEAD as GET, without a body', async () => {
    const app = defended();
    app.get('/', (c) => c.html('<p>page'));
    const answer = await (await serve(app))('/', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(policyOf(answer)).toContain("object-src 'none'");
    expect(await answer.text()).toBe('');
  });

  it('keeps one policy and one nonce for an application that is mounted, or asked by another', async () => {
    const inner = defended();
    inner.get('/', (c) => c.html(`<script nonce="${c.var.nonce}">1</script>`));
    const app = defended();
    app.mount('/mounted', inner.fetch);
    app.get('/asks', async (c) => {
      const part = await inner.request('/', {}, c.env as object);
      return c.html(`<script nonce="${c.var.nonce}">2</script><i>${nonceIn(policyOf(part))}</i>`);
    });
    const ask = await serve(app);
    for (const path of ['/mounted', '/asks']) {
      const answer = await ask(path);
      const [, used] = /<script nonce="([^"]+)"/.exec(await answer.text()) ?? [];
      expect(answer.status).toBe(200);
      expect(nonceIn(policyOf(answer)), path).toBe(used);
    }
  });

  it('changes the policy of one route alone, and reports a missing bulwark()', async () => {
    const app = defended();
    app.get('/map', routeCsp({ extend: { 'frame-src': ['https://maps.example'] } }), (c) => c.html('map'));
    app.get('/', (c) => c.html('page'));
    const ask = await serve(app);
    expect(policyOf(await ask('/map'))).toContain('https://maps.example');
    expect(policyOf(await ask('/'))).not.toContain('maps');
    const without = new Hono().get('/', routeCsp(false), (c) => c.text('passed'));
    const log: unknown[] = [];
    without.onError(bulwarkErrors({ onError: (error) => void log.push(error) }));
    expect((await (await serve(without))('/')).status).toBe(500);
    expect(String(log[0])).toContain('The request must pass bulwark() before routeCsp');
  });

  it("writes the field of a token with Hono's own html", async () => {
    const app = new Hono();
    app.use(bulwark({ session: sealedSessions({ keys }), csrf: { keys } }));
    app.get('/', (c) => c.html(html`<form method="post">${csrfField(html, c)}</form>`));
    const answer = await (await serve(app))('/');
    expect(await answer.text()).toMatch(/<input type="hidden" name="_csrf" value="[^"]{20,}">/);
    expect(answer.headers.get('cache-control')).toContain('private');
  });
});

describe('WebSockets on @hono/node-server', () => {
  const shop = async (): Promise<string> => {
    const app = new Hono();
    app.use(bulwark({ origin: 'https://shop.example', session: sealedSessions({ keys }), csrf: { keys } }));
    app.onError(bulwarkErrors());
    app.get(
      '/feed',
      upgradeWebSocket(() => ({
        onOpen: (_event, socket) => socket.send('hello'),
      })),
    );
    const websocket = { server: new WebSocketServer({ noServer: true }) };
    return serveApp(app, { websocket: websocket as never });
  };

  it("open from the application's own origin, and not from another site (CWE-1385)", async () => {
    const url = `${(await shop()).replace('http', 'ws')}/feed`;
    const own = new Client(url, { origin: 'https://shop.example' });
    const [message] = (await once(own, 'message')) as [Buffer];
    expect(String(message)).toBe('hello');
    own.terminate();
    const foreign = new Client(url, { origin: 'https://evil.example' });
    const [request, response] = (await once(foreign, 'unexpected-response')) as [
      { destroy(): void },
      { statusCode: number },
    ];
    expect(response.statusCode).toBe(403);
    request.destroy();
  });
});

describe('serveStatic of @hono/node-server', () => {
  it('sends files with the headers', async () => {
    const app = defended();
    app.use('/assets/*', serveStatic({ root: './checks/conformance' }));
    const url = await serveApp(app);
    const file = await fetch(`${url}/assets/site.css`);
    expect(file.status).toBe(200);
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetch(`${url}/assets/none.css`)).headers.get('x-frame-options')).toBe('DENY');
  });
});
