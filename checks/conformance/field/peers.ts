// biome-ignore-all lint/suspicious/noExplicitAny: the types of these packages are not installed in the workspace.
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { streams } from '../world/streams.ts';
import { thrown } from '../world/thrown.ts';
import { failingHeaders } from '../world/world.ts';

/** They are installed there, outside of the workspace: `npm ci --ignore-scripts`. */
const require: NodeJS.Require = createRequire(
  new URL('../../../bench/adapters/contenders/package.json', import.meta.url),
);
const load = async (name: string): Promise<any> => import(require.resolve(name));

export interface Peer {
  readonly name: string;
  readonly start: () => Promise<Server>;
}

const page = '<!doctype html><title>Shop</title>';
const what = (target: string): string => target.slice(target.lastIndexOf('/') + 1);

async function listening(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Frameworks with the package for security headers that most of their users add. */
export const peers: readonly Peer[] = [
  {
    name: 'Express and helmet',
    async start() {
      const [{ default: express }, { default: helmet }] = [await load('express'), await load('helmet')];
      const site = express().use(helmet());
      site.get('/', (_req: unknown, res: any) => res.type('text').send('hello'));
      site.get('/page', (_req: unknown, res: any) => res.send(page));
      site.get('/json', (_req: unknown, res: any) => res.json({ ok: true }));
      site.get('/redirect', (_req: unknown, res: any) => res.redirect('/page'));
      site.get('/gone', (_req: unknown, res: any) => res.status(410).send('gone'));
      site.get('/stream', (_req: unknown, res: any) => Readable.from(streams().chunks()).pipe(res));
      site.get('/throw/:what', (req: any) => {
        throw thrown(req.params.what);
      });
      site.get('/reject/:what', async (req: any) => {
        await wait(1);
        throw thrown(req.params.what);
      });
      site.get('/failing', (_req: unknown, res: any) => {
        res.set(failingHeaders);
        throw new Error('hunter2');
      });
      return listening(createServer(site));
    },
  },
  {
    name: 'Fastify and @fastify/helmet',
    async start() {
      const [{ default: fastify }, { default: helmet }] = [
        await load('fastify'),
        await load('@fastify/helmet'),
      ];
      const site = fastify();
      await site.register(helmet);
      site.get('/', () => 'hello');
      site.get('/page', (_request: unknown, reply: any) => reply.type('text/html').send(page));
      site.get('/json', () => ({ ok: true }));
      site.get('/redirect', (_request: unknown, reply: any) => reply.redirect('/page'));
      site.get('/gone', (_request: unknown, reply: any) => reply.code(410).send('gone'));
      site.get('/stream', (_request: unknown, reply: any) => reply.send(Readable.from(streams().chunks())));
      site.get('/throw/:what', (request: any) => {
        throw thrown(request.params.what);
      });
      site.get('/reject/:what', async (request: any) => {
        await wait(1);
        throw thrown(request.params.what);
      });
      site.get('/failing', (_request: unknown, reply: any) => {
        reply.headers(failingHeaders);
        throw new Error('hunter2');
      });
      await site.listen({ port: 0, host: '127.0.0.1' });
      return site.server;
    },
  },
  {
    name: 'Hono and secureHeaders',
    async start() {
      const [{ Hono }, { secureHeaders }] = [await load('hono'), await load('hono/secure-headers')];
      const { getRequestListener } = await load('@hono/node-server');
      const site = new Hono().use(secureHeaders());
      site.get('/', (c: any) => c.text('hello'));
      site.get('/page', (c: any) => c.html(page));
      site.get('/json', (c: any) => c.json({ ok: true }));
      site.get('/redirect', (c: any) => c.redirect('/page'));
      site.get('/gone', (c: any) => c.text('gone', 410));
      site.get('/stream', (c: any) => c.body(Readable.toWeb(Readable.from(streams().chunks()))));
      site.get('/throw/:what', (c: any) => {
        throw thrown(what(c.req.path));
      });
      site.get('/reject/:what', async (c: any) => {
        await wait(1);
        throw thrown(what(c.req.path));
      });
      site.get('/failing', (c: any) => {
        for (const [name, value] of Object.entries(failingHeaders)) c.header(name, value);
        throw new Error('hunter2');
      });
      return listening(createServer(getRequestListener(site.fetch)));
    },
  },
  {
    name: 'Koa and koa-helmet',
    async start() {
      const [{ default: Koa }, { default: helmet }, { default: Router }] = [
        ...[await load('koa'), await load('koa-helmet'), await load('@koa/router')],
      ] as any[];
      const router = new Router();
      const answer = (body: unknown) => (ctx: any) => {
        ctx.body = body;
      };
      router.get('/', answer('hello'));
      router.get('/page', answer(page));
      router.get('/json', answer({ ok: true }));
      router.get('/redirect', (ctx: any) => ctx.redirect('/page'));
      router.get('/gone', (ctx: any) => {
        ctx.status = 410;
        ctx.body = 'gone';
      });
      router.get('/stream', (ctx: any) => {
        ctx.body = Readable.from(streams().chunks());
      });
      router.get('/throw/:what', (ctx: any) => {
        throw thrown(ctx.params.what);
      });
      router.get('/reject/:what', async (ctx: any) => {
        await wait(1);
        throw thrown(ctx.params.what);
      });
      router.get('/failing', (ctx: any) => {
        ctx.set(failingHeaders);
        throw new Error('hunter2');
      });
      const site = new Koa().use(helmet()).use(router.routes());
      site.silent = true;
      return listening(createServer(site.callback()));
    },
  },
];
