import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { setTimeout as wait } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { html as honoHtml } from 'hono/html';
import { stream } from 'hono/streaming';
import {
  bulwark,
  bulwarkErrors,
  cspReportHandler,
  csrfField,
  csrfToken,
  defendServer,
  form,
  json,
  routeCors,
  routeCsp,
  routeHeaders,
  routeRateLimit,
  upload,
} from '../../../lib/hono/index.ts';
import { staticFiles } from '../../../lib/hono/node/index.ts';
import { html, render } from '../../../lib/html/index.ts';
import type { ConformanceApp } from '../contract.ts';
import { listen } from '../world/listen.ts';
import { context, contextAfter } from '../world/request-context.ts';
import { thrown } from '../world/thrown.ts';
import * as given from '../world/world.ts';

export const app: ConformanceApp = {
  start(options) {
    const world = given.worldOf(options);
    const site = new Hono();
    site.use(bulwark(world.options));
    site.onError(bulwarkErrors({ onError: world.onError }));
    addPages(site);
    addErrors(site, world);
    addStreams(site, world);
    addBodies(site, world);
    addRoutes(site, world);
    if (options.session) addSessions(site, world);
    const listener = getRequestListener(site.fetch, { hostname: 'shop.example' }) as RequestListener;
    const http2 = createHttp2Server(listener as unknown as Parameters<typeof createHttp2Server>[0]);
    return listen(world, defendServer(createServer(listener)), http2);
  },
};

function page(c: Context): Response | Promise<Response> {
  const name = c.req.query('name') ?? 'nobody';
  return c.html(
    honoHtml`<!doctype html><title>Shop</title>
<script nonce="${c.var.nonce}">document.title = 'ready';</script>
<p id="name">${name}</p>`,
  );
}

function addPages(site: Hono): void {
  site.get('/', (c) => c.text('hello'));
  site.get('/page', page);
  site.get('/json', (c) => c.json({ ok: true }));
  site.get('/redirect', (c) => c.redirect('/page'));
  site.get('/gone', (c) => c.text('gone', 410));
  site.get('/cookies', (c) => {
    setCookie(c, 'a', '1');
    setCookie(c, 'b', '2');
    return c.text('cookies');
  });
  site.get('/cached', (c) => {
    c.header('Cache-Control', 'public, max-age=60');
    c.header('CDN-Cache-Control', 'max-age=60');
    return page(c);
  });
  site.get('/style.css', (c) =>
    c.body('p{}', 200, { 'Content-Type': 'text/css', 'Cache-Control': 'public, max-age=60' }),
  );
  site.get('/etag', (c) => {
    c.header('ETag', '"v1"');
    return c.req.header('If-None-Match') === '"v1"' ? c.body(null, 304) : page(c);
  });
  site.get('/csp/map', routeCsp({ extend: { 'frame-src': ['https://maps.example'] } }), page);
  site.get('/csp/none', routeCsp(false), page);
  site.get('/csp/report-only', routeCsp({ reportOnly: true }), page);
  site.get('/widget', routeHeaders(given.widgetHeaders), (c) => c.text('widget'));
}

function addErrors(site: Hono, world: given.World): void {
  site.get('/throw/:what', (c) => {
    throw thrown(c.req.param('what'));
  });
  site.get('/reject/:what', async (c) => {
    await wait(1);
    throw thrown(c.req.param('what'));
  });
  site.get('/failing', (c) => {
    for (const [name, value] of Object.entries(given.failingHeaders)) c.header(name, value);
    setCookie(c, 'kept', '1');
    throw new Error('hunter2');
  });
  site.get('/late', (c) =>
    stream(c, async (out) => {
      c.header('Content-Type', 'text/plain');
      await out.write('late');
      await out.close();
      throw new Error('hunter2');
    }),
  );
  site.get('/log', (c) => c.json(world.log));
  site.get('/events', async (c) => c.json(await world.events()));
}

function addStreams(site: Hono, world: given.World): void {
  const send = (c: Context, chunks: AsyncGenerator<string>): Response =>
    c.body(webStream(chunks), 200, { 'Content-Type': 'text/plain' });
  site.get('/stream', (c) => send(c, world.chunks()));
  site.get('/broken-stream', (c) => send(c, world.brokenChunks()));
  site.get('/failing-stream', (c) => send(c, world.failingChunks()));
  site.get('/endless', (c) => send(c, world.endless()));
  site.get('/open', (c) => c.json({ open: world.open() }));
  site.get('/slow', async (c) => {
    await wait(50);
    return c.text('slow');
  });
}

function webStream(chunks: AsyncGenerator<string>): ReadableStream {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

function addBodies(site: Hono, world: given.World): void {
  site.post('/json', json(), (c) => c.json({ got: c.req.valid('json') as never }));
  site.post('/order', json({ schema: given.orderSchema }), (c) =>
    c.json({ ordered: c.req.valid('json').product }),
  );
  site.post('/form', form(), (c) => c.json({ got: c.req.valid('form') }));
  site.post('/context-body', json(), (c) => c.json(context()));
  site.post('/upload', upload(world.uploads), (c) => {
    const { fields, files } = c.req.valid('form');
    return c.json({ name: files.picture.name, bytes: files.picture.bytes, title: fields.get('title') });
  });
  site.post('/raw', async (c) => c.json({ bytes: (await c.req.arrayBuffer()).byteLength }));
}

function addRoutes(site: Hono, world: given.World): void {
  site.get('/users/:id', (c) => c.json(context()));
  site.get('/context/:how', async (c) => c.json(await contextAfter(c.req.param('how'))));
  site.use('/shared/*', routeCors(given.sharedCors));
  site.get('/shared/data', (c) => c.json({ shared: true }));
  site.get('/limited', routeRateLimit(world.limiter), (c) => c.text('limited'));
  site.all('/csp-reports', cspReportHandler());
  site.use('/assets/*', staticFiles(given.assets));
}

function addSessions(site: Hono, { options }: given.World): void {
  const sessionOf = (c: Context) => c.var.session as ReturnType<NonNullable<typeof options.session>['of']>;
  site.get('/session', (c) => c.json(given.sessionFacts(c.var.session)));
  site.post('/log-in', async (c) => {
    await c.var.session.logIn('ann');
    return c.text('in');
  });
  site.post('/name', async (c) => {
    await sessionOf(c).set({ name: 'lamp' });
    setCookie(c, 'theme', 'dark');
    return c.text('saved');
  });
  site.post('/log-out', async (c) => {
    await c.var.session.logOut();
    return c.text('out');
  });
  site.get('/form', (c) =>
    c.html(
      String(
        render(html`<!doctype html><form method="post" action="/transfer">${csrfField(html, c)}</form>`),
      ),
    ),
  );
  site.get('/token', (c) => c.text(csrfToken(c)));
  site.post('/transfer', form(), (c) => c.text('done'));
}
