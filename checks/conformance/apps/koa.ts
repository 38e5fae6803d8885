import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
// @ts-expect-error It has no types.
import render from '@koa/ejs';
import Router from '@koa/router';
import Koa, { type Context } from 'koa';
import * as templates from '../../../lib/html/index.ts';
import {
  bulwark,
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
  staticFiles,
  upload,
} from '../../../lib/koa/index.ts';
import type { ConformanceApp } from '../contract.ts';
import { listen } from '../world/listen.ts';
import { context, contextAfter } from '../world/request-context.ts';
import { thrown } from '../world/thrown.ts';
import * as given from '../world/world.ts';

export const app: ConformanceApp = {
  start(options) {
    const world = given.worldOf(options);
    const site = new Koa();
    const router = new Router();
    render(site, { root: given.views, layout: false, viewExt: 'ejs', cache: true });
    addPages(router);
    addErrors(router, world);
    addStreams(router, world);
    addBodies(router, world);
    addRoutes(router, world);
    if (options.session) addSessions(router);
    site.use(bulwark({ ...world.options, onError: world.onError }));
    site.use(staticFiles(given.assets, { prefix: '/assets' }));
    site.use(router.routes());
    const listener = site.callback();
    const http2 = createHttp2Server(listener as Parameters<typeof createHttp2Server>[0]);
    return listen(world, defendServer(createServer(listener)), http2);
  },
};

function addPages(router: Router): void {
  const page = (ctx: Context): Promise<void> =>
    ctx.render('page', { ...ctx.state, name: ctx.query['name'] ?? 'nobody' });
  router.get('/', (ctx) => {
    ctx.body = 'hello';
  });
  router.get('/page', page);
  router.get('/json', (ctx) => {
    ctx.body = { ok: true };
  });
  router.get('/redirect', (ctx) => ctx.redirect('/page'));
  router.get('/gone', (ctx) => {
    ctx.status = 410;
    ctx.body = 'gone';
  });
  router.get('/cookies', (ctx) => {
    ctx.cookies.set('a', '1').set('b', '2');
    ctx.body = 'cookies';
  });
  router.get('/cached', (ctx) => {
    ctx.set({ 'Cache-Control': 'public, max-age=60', 'CDN-Cache-Control': 'max-age=60' });
    return page(ctx);
  });
  router.get('/style.css', (ctx) => {
    ctx.set('Cache-Control', 'public, max-age=60');
    ctx.type = 'css';
    ctx.body = 'p{}';
  });
  router.get('/etag', async (ctx) => {
    await page(ctx);
    ctx.set('ETag', '"v1"');
    if (ctx.fresh) ctx.status = 304;
  });
  router.get('/csp/map', routeCsp({ extend: { 'frame-src': ['https://maps.example'] } }), page);
  router.get('/csp/none', routeCsp(false), page);
  router.get('/csp/report-only', routeCsp({ reportOnly: true }), page);
  router.get('/widget', routeHeaders(given.widgetHeaders), (ctx) => {
    ctx.body = 'widget';
  });
}

function addErrors(router: Router, world: given.World): void {
  router.get('/throw/:what', (ctx) => {
    throw thrown(ctx.params['what'] ?? '');
  });
  router.get('/reject/:what', async (ctx) => {
    await wait(1);
    throw thrown(ctx.params['what'] ?? '');
  });
  router.get('/failing', (ctx) => {
    ctx.set(given.failingHeaders);
    ctx.cookies.set('kept', '1');
    throw new Error('hunter2');
  });
  router.get('/late', async (ctx) => {
    ctx.respond = false;
    ctx.type = 'text';
    ctx.status = 200;
    ctx.res.end('late');
    await wait(5);
    throw new Error('hunter2');
  });
  router.get('/log', (ctx) => {
    ctx.body = world.log;
  });
  router.get('/events', async (ctx) => {
    ctx.body = await world.events();
  });
}

function addStreams(router: Router, world: given.World): void {
  const stream = (ctx: Context, chunks: AsyncGenerator<string>): void => {
    ctx.type = 'text';
    ctx.body = Readable.from(chunks);
  };
  router.get('/stream', (ctx) => stream(ctx, world.chunks()));
  router.get('/broken-stream', (ctx) => stream(ctx, world.brokenChunks()));
  router.get('/failing-stream', (ctx) => stream(ctx, world.failingChunks()));
  router.get('/endless', (ctx) => stream(ctx, world.endless()));
  router.get('/open', (ctx) => {
    ctx.body = { open: world.open() };
  });
  router.get('/slow', async (ctx) => {
    await wait(50);
    ctx.body = 'slow';
  });
}

function addBodies(router: Router, world: given.World): void {
  router.post('/json', json(), (ctx) => {
    ctx.body = { got: ctx.request.body };
  });
  router.post('/order', json({ schema: given.orderSchema }), (ctx) => {
    ctx.body = { ordered: ctx.request.body.product };
  });
  router.post('/form', form(), (ctx) => {
    ctx.body = { got: ctx.request.body };
  });
  router.post('/context-body', json(), (ctx) => {
    ctx.body = context();
  });
  router.post('/upload', upload(world.uploads), (ctx) => {
    const { fields, files } = ctx.request.body;
    ctx.body = { name: files.picture.name, bytes: files.picture.bytes, title: fields.get('title') };
  });
  router.post('/raw', async (ctx) => {
    let bytes = 0;
    for await (const chunk of ctx.req) bytes += chunk.length;
    ctx.body = { bytes };
  });
}

function addRoutes(router: Router, world: given.World): void {
  router.get('/users/:id', (ctx) => {
    ctx.body = context();
  });
  router.get('/context/:how', async (ctx) => {
    ctx.body = await contextAfter(ctx.params['how'] ?? '');
  });
  router.all('/shared/data', routeCors(given.sharedCors), (ctx) => {
    ctx.body = { shared: true };
  });
  router.get('/limited', routeRateLimit(world.limiter), (ctx) => {
    ctx.body = 'limited';
  });
  router.all('/csp-reports', cspReportHandler());
}

function addSessions(router: Router): void {
  router.get('/session', (ctx) => {
    ctx.body = given.sessionFacts(ctx.state.session);
  });
  router.post('/log-in', async (ctx) => {
    await ctx.state.session.logIn('ann');
    ctx.body = 'in';
  });
  router.post('/name', async (ctx) => {
    await ctx.state.session.set({ name: 'lamp' });
    ctx.cookies.set('theme', 'dark');
    ctx.body = 'saved';
  });
  router.post('/log-out', async (ctx) => {
    await ctx.state.session.logOut();
    ctx.body = 'out';
  });
  router.get('/form', (ctx) => {
    ctx.type = 'html';
    ctx.body = String(
      templates.render(
        templates.html`<!doctype html><form method="post" action="/transfer">${csrfField(templates.html, ctx)}</form>`,
      ),
    );
  });
  router.get('/token', (ctx) => {
    ctx.body = csrfToken(ctx);
  });
  router.post('/transfer', form(), (ctx) => {
    ctx.body = 'done';
  });
}
