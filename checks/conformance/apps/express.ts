import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import express, { type Express, type Response } from 'express';
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
  staticFiles,
  upload,
} from '../../../lib/express/index.ts';
import { html, render } from '../../../lib/html/index.ts';
import type { ConformanceApp } from '../contract.ts';
import { listen } from '../world/listen.ts';
import { context, contextAfter } from '../world/request-context.ts';
import { thrown } from '../world/thrown.ts';
import * as given from '../world/world.ts';

export const app: ConformanceApp = {
  start(options) {
    const world = given.worldOf(options);
    const site = express().use(bulwark(world.options));
    site.set('view engine', 'ejs').set('views', given.views);
    addPages(site);
    addErrors(site, world);
    addStreams(site, world);
    addBodies(site, world);
    addRoutes(site, world);
    if (options.session) addSessions(site, world);
    site.use(bulwarkErrors({ onError: world.onError }));
    return listen(world, defendServer(createServer(site)));
  },
};

function addPages(site: Express): void {
  const page = (res: Response): void => res.render('page', { name: res.req.query['name'] ?? 'nobody' });
  site.get('/', (_req, res) => void res.type('text').send('hello'));
  site.get('/page', (_req, res) => page(res));
  site.get('/json', (_req, res) => void res.json({ ok: true }));
  site.get('/redirect', (_req, res) => res.redirect('/page'));
  site.get('/gone', (_req, res) => void res.status(410).type('text').send('gone'));
  site.get('/cookies', (_req, res) => {
    res.cookie('a', '1').cookie('b', '2').type('text').send('cookies');
  });
  site.get('/cached', (_req, res) => {
    page(res.set({ 'Cache-Control': 'public, max-age=60', 'CDN-Cache-Control': 'max-age=60' }));
  });
  site.get('/style.css', (_req, res) => {
    res.set('Cache-Control', 'public, max-age=60').type('css').send('p{}');
  });
  site.get('/etag', (req, res) => {
    res.set('ETag', '"v1"');
    if (req.get('If-None-Match') === '"v1"') res.status(304).end();
    else page(res);
  });
  site.get('/csp/map', routeCsp({ extend: { 'frame-src': ['https://maps.example'] } }), (_req, res) =>
    page(res),
  );
  site.get('/csp/none', routeCsp(false), (_req, res) => page(res));
  site.get('/csp/report-only', routeCsp({ reportOnly: true }), (_req, res) => page(res));
  site.get('/widget', routeHeaders(given.widgetHeaders), (_req, res) => void res.type('text').send('widget'));
}

function addErrors(site: Express, world: given.World): void {
  site.get('/throw/:what', (req) => {
    throw thrown(req.params.what);
  });
  site.get('/reject/:what', async (req) => {
    await wait(1);
    throw thrown(req.params.what);
  });
  site.get('/failing', (_req, res) => {
    res.set(given.failingHeaders).cookie('kept', '1');
    throw new Error('hunter2');
  });
  site.get('/late', async (_req, res) => {
    res.type('text').send('late');
    await wait(5);
    throw new Error('hunter2');
  });
  site.get('/log', (_req, res) => void res.json(world.log));
  site.get('/events', async (_req, res) => void res.json(await world.events()));
}

function addStreams(site: Express, world: given.World): void {
  const stream = (res: Response, chunks: AsyncGenerator<string>): void => {
    const source = Readable.from(chunks).on('error', (error) => res.req.next?.(error));
    res.on('close', () => source.destroy());
    source.pipe(res.type('text'));
  };
  site.get('/stream', (_req, res) => stream(res, world.chunks()));
  site.get('/broken-stream', (_req, res) => stream(res, world.brokenChunks()));
  site.get('/failing-stream', (_req, res) => stream(res, world.failingChunks()));
  site.get('/endless', (_req, res) => stream(res, world.endless()));
  site.get('/open', (_req, res) => void res.json({ open: world.open() }));
  site.get('/slow', async (_req, res) => {
    await wait(50);
    res.type('text').send('slow');
  });
}

function addBodies(site: Express, world: given.World): void {
  site.post('/json', json(), (req, res) => void res.json({ got: req.body }));
  site.post('/order', json({ schema: given.orderSchema }), (req, res) => {
    res.json({ ordered: req.body.product });
  });
  site.post('/form', form(), (req, res) => void res.json({ got: req.body }));
  site.post('/context-body', json(), (_req, res) => void res.json(context()));
  site.post('/upload', upload(world.uploads), (req, res) => {
    const { fields, files } = req.body;
    res.json({ name: files.picture.name, bytes: files.picture.bytes, title: fields.get('title') });
  });
  site.post('/raw', async (req, res) => {
    let bytes = 0;
    for await (const chunk of req) bytes += chunk.length;
    res.json({ bytes });
  });
}

function addRoutes(site: Express, world: given.World): void {
  site.get('/users/:id', (_req, res) => void res.json(context()));
  site.get('/context/:how', async (req, res) => void res.json(await contextAfter(req.params.how)));
  site.use('/shared', routeCors(given.sharedCors));
  site.get('/shared/data', (_req, res) => void res.json({ shared: true }));
  site.get('/limited', routeRateLimit(world.limiter), (_req, res) => void res.type('text').send('limited'));
  site.use('/csp-reports', cspReportHandler());
  site.use('/assets', staticFiles(given.assets));
}

function addSessions(site: Express, world: given.World): void {
  const { session } = world.options;
  if (!session) return;
  site.get('/session', (req, res) => void res.json(given.sessionFacts(session.of(req))));
  site.post('/log-in', async (req, res) => {
    await session.of(req).logIn('ann');
    res.type('text').send('in');
  });
  site.post('/name', async (req, res) => {
    await session.of(req).set({ name: 'lamp' });
    res.cookie('theme', 'dark').type('text').send('saved');
  });
  site.post('/log-out', async (req, res) => {
    await session.of(req).logOut();
    res.type('text').send('out');
  });
  site.get('/form', (req, res) => {
    res.send(
      render(html`<!doctype html><form method="post" action="/transfer">${csrfField(html, req)}</form>`),
    );
  });
  site.get('/token', (req, res) => void res.type('text').send(csrfToken(req)));
  site.post('/transfer', form(), (_req, res) => void res.type('text').send('done'));
}
