import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import view from '@fastify/view';
import ejs from 'ejs';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  bulwark,
  cspReportHandler,
  csrfField,
  csrfToken,
  defendServer,
  form,
  json,
  staticFiles,
  upload,
} from '../../../lib/fastify/index.ts';
import { html, render } from '../../../lib/html/index.ts';
import type { AppOptions, ConformanceApp } from '../contract.ts';
import { context, contextAfter } from '../world/request-context.ts';
import { thrown } from '../world/thrown.ts';
import * as given from '../world/world.ts';

export const app: ConformanceApp = {
  async start(options) {
    const world = given.worldOf(options);
    const site = fastify({ forceCloseConnections: true });
    const second = fastify({ http2: true, forceCloseConnections: true });
    await addSite(site, options, world);
    await addSite(second as unknown as FastifyInstance, options, world);
    defendServer(site.server);
    return {
      url: await site.listen({ port: 0, host: '127.0.0.1' }),
      http2: await second.listen({ port: 0, host: '127.0.0.1' }),
      async close() {
        await Promise.all([site.close(), second.close()]);
        await world.close();
      },
    };
  },
};

async function addSite(site: FastifyInstance, options: AppOptions, world: given.World): Promise<void> {
  await site.register(bulwark, { ...world.options, onError: world.onError });
  await site.register(view, { engine: { ejs }, root: given.views });
  addPages(site);
  addErrors(site, world);
  addStreams(site, world);
  addBodies(site, world);
  await addRoutes(site, world);
  if (options.session) addSessions(site);
}

interface Named {
  readonly Querystring: { readonly name?: string };
}

function addPages(site: FastifyInstance): void {
  const page = (request: FastifyRequest<Named>, reply: FastifyReply): FastifyReply =>
    reply.view('page.ejs', { name: request.query.name ?? 'nobody' });
  site.get('/', () => 'hello');
  site.get('/page', page);
  site.get('/json', () => ({ ok: true }));
  site.get('/redirect', (_request, reply) => reply.redirect('/page'));
  site.get('/gone', (_request, reply) => reply.code(410).send('gone'));
  site.get('/cookies', (_request, reply) =>
    reply.header('Set-Cookie', 'a=1').header('Set-Cookie', 'b=2').send('cookies'),
  );
  site.get<Named>('/cached', (request, reply) => {
    reply.headers({ 'Cache-Control': 'public, max-age=60', 'CDN-Cache-Control': 'max-age=60' });
    return page(request, reply);
  });
  site.get('/style.css', (_request, reply) =>
    reply.header('Cache-Control', 'public, max-age=60').type('text/css').send('p{}'),
  );
  site.get<Named>('/etag', (request, reply) => {
    reply.header('ETag', '"v1"');
    return request.headers['if-none-match'] === '"v1"' ? reply.code(304).send() : page(request, reply);
  });
  const map = { extend: { 'frame-src': ['https://maps.example'] } };
  site.get('/csp/map', { config: { bulwark: { csp: map } } }, page);
  site.get('/csp/none', { config: { bulwark: { csp: false } } }, page);
  site.get('/csp/report-only', { config: { bulwark: { csp: { reportOnly: true } } } }, page);
  site.get('/widget', { config: { bulwark: { headers: given.widgetHeaders } } }, () => 'widget');
}

interface What {
  readonly Params: { readonly what: string };
}

function addErrors(site: FastifyInstance, world: given.World): void {
  site.get<What>('/throw/:what', (request) => {
    throw thrown(request.params.what);
  });
  site.get<What>('/reject/:what', async (request) => {
    await wait(1);
    throw thrown(request.params.what);
  });
  site.get('/failing', (_request, reply) => {
    reply.headers(given.failingHeaders).header('Set-Cookie', 'kept=1');
    throw new Error('hunter2');
  });
  site.get('/late', async (_request, reply) => {
    reply.send('late');
    await wait(5);
    throw new Error('hunter2');
  });
  site.get('/log', () => world.log);
  site.get('/events', () => world.events());
}

function addStreams(site: FastifyInstance, world: given.World): void {
  const stream = (reply: FastifyReply, chunks: AsyncGenerator<string>): FastifyReply =>
    reply.type('text/plain; charset=utf-8').send(Readable.from(chunks));
  site.get('/stream', (_request, reply) => stream(reply, world.chunks()));
  site.get('/broken-stream', (_request, reply) => stream(reply, world.brokenChunks()));
  site.get('/failing-stream', (_request, reply) => stream(reply, world.failingChunks()));
  site.get('/endless', (_request, reply) => stream(reply, world.endless()));
  site.get('/open', () => ({ open: world.open() }));
  site.get('/slow', async () => {
    await wait(50);
    return 'slow';
  });
}

function addBodies(site: FastifyInstance, world: given.World): void {
  site.post('/json', { preParsing: json() }, (request) => ({ got: request.body }));
  site.post('/order', { preParsing: json({ schema: given.orderSchema }) }, (request) => ({
    ordered: request.body.product,
  }));
  site.post('/form', { preParsing: form() }, (request) => ({ got: request.body }));
  site.post('/context-body', { preParsing: json() }, () => context());
  site.post('/upload', { preHandler: upload(world.uploads) }, ({ body: { fields, files } }) => ({
    name: files.picture.name,
    bytes: files.picture.bytes,
    title: fields.get('title'),
  }));
  void site.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser('*', (_request, _payload, done) => done(null));
    raw.post('/raw', async (request) => {
      let bytes = 0;
      for await (const chunk of request.raw) bytes += chunk.length;
      return { bytes };
    });
  });
}

async function addRoutes(site: FastifyInstance, world: given.World): Promise<void> {
  site.get('/users/:id', () => context());
  site.get<{ Params: { how: string } }>('/context/:how', (request) => contextAfter(request.params.how));
  site.get('/shared/data', { config: { bulwark: { cors: given.sharedCors } } }, () => ({ shared: true }));
  site.get('/limited', { config: { bulwark: { rateLimit: world.limiter } } }, () => 'limited');
  await site.register(cspReportHandler(), { prefix: '/csp-reports' });
  await site.register(staticFiles(given.assets), { prefix: '/assets' });
}

function addSessions(site: FastifyInstance): void {
  site.get('/session', ({ session }) => given.sessionFacts(session));
  site.post('/log-in', async ({ session }) => {
    await session.logIn('ann');
    return 'in';
  });
  site.post('/name', async ({ session }, reply) => {
    await session.set({ name: 'lamp' });
    return reply.header('Set-Cookie', 'theme=dark').send('saved');
  });
  site.post('/log-out', async ({ session }) => {
    await session.logOut();
    return 'out';
  });
  site.get('/form', (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(
        render(
          html`<!doctype html><form method="post" action="/transfer">${csrfField(html, request)}</form>`,
        ),
      ),
  );
  site.get('/token', (request) => csrfToken(request));
  site.post('/transfer', { preParsing: form() }, () => 'done');
}
