import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type Server, type ServerResponse } from 'node:http';
import cors from '@koa/cors';
import Koa, { type Context, type Request } from 'koa';
import CSRF from 'koa-csrf';
import helmet from 'koa-helmet';
import session, { type SessionOptions } from 'koa-session';
import { bulwark } from '../../../lib/koa/index.ts';
import { guarded, headersOnly } from './bulwark-options.ts';
import { type Contenders, directives, nonce, partner, product, secret, visit } from './site.ts';

const context = new AsyncLocalStorage<object>();

type Store = NonNullable<SessionOptions['store']>;

export const contenders: Contenders = {
  bare: async () => served(new Koa(), () => 'ann'),
  'usual headers': async () => served(usualHeaders(new Koa()), () => 'ann'),
  'usual sealed': async () => usual(undefined),
  'usual store': async () => usual(memoryStore()),
  'bulwark headers': async () => served(new Koa().use(bulwark(headersOnly)), () => 'ann'),
  'bulwark sealed': async () => guardedBy('sealed'),
  'bulwark store': async () => guardedBy('store'),
};

function usualHeaders(app: Koa): Koa {
  app.use((ctx, next) => {
    ctx.state['nonce'] = nonce();
    return context.run({}, next);
  });
  const nonceOf = (_req: unknown, res: ServerResponse & { nonce?: string }): string => `'nonce-${res.nonce}'`;
  app.use((ctx, next) => {
    Object.assign(ctx.res, { nonce: ctx.state['nonce'] });
    return next();
  });
  return app.use(helmet({ contentSecurityPolicy: { directives: directives(nonceOf) } }));
}

function usual(store: Store | undefined): Server {
  const app = usualHeaders(new Koa());
  app.keys = [secret];
  app.use(cors({ origin: (ctx) => (ctx.get('Origin') === partner ? partner : ''), credentials: true }));
  app.use(session({ key: 'session', sameSite: 'lax', maxAge: 1_800_000, ...(store && { store }) }, app));
  // The token is looked for in the parsed body first.
  app.use((ctx, next) => {
    const request: Request & { body?: object } = ctx.request;
    request.body ??= {};
    return next();
  });
  app.use(new CSRF());
  return served(
    app,
    (ctx) => ctx.session.user,
    async (ctx) => {
      Object.assign(ctx.session, { user: 'ann', ...visit });
      ctx.body = { token: ctx.state._csrf };
    },
  );
}

function memoryStore(): Store {
  const kept = new Map<string, string>();
  return {
    get: async (key: string) => JSON.parse(kept.get(key) ?? 'null'),
    set: async (key: string, value: object) => void kept.set(key, JSON.stringify(value)),
    destroy: async (key: string) => void kept.delete(key),
  };
}

function guardedBy(level: 'sealed' | 'store'): Server {
  const { options, session } = guarded(level);
  const app = new Koa().use(bulwark(options));
  return served(
    app,
    (ctx) => ctx.state.session.user,
    async (ctx) => {
      await session.of(ctx.req).logIn('ann', visit);
      ctx.body = {};
    },
  );
}

function served(
  app: Koa,
  userOf: (ctx: Context) => unknown,
  logIn?: (ctx: Context) => Promise<void>,
): Server {
  app.use(async (ctx) => {
    if (ctx.path === '/log-in' && logIn) await logIn(ctx);
    else ctx.body = product(ctx.path.slice('/api/product/'.length), userOf(ctx));
  });
  return createServer(app.callback());
}
