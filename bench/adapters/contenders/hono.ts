import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { type Context, type Env, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { contextStorage } from 'hono/context-storage';
import { cors } from 'hono/cors';
import { csrf } from 'hono/csrf';
import { NONCE, secureHeaders } from 'hono/secure-headers';
import { getIronSession } from 'iron-session';
import { type BulwarkOptions, bulwark, bulwarkErrors } from '../../../lib/hono/index.ts';
import { guarded, headersOnly } from './bulwark-options.ts';
import { type Contenders, ironOptions, origin, partner, product, type Visit, visit } from './site.ts';

interface Usual {
  Variables: { session: Partial<Visit> & { user?: string; save(): Promise<void> } };
}

export const contenders: Contenders = {
  bare: async () => served(new Hono(), () => 'ann'),
  'usual headers': async () => served(usualHeaders(new Hono<Usual>()), () => 'ann'),
  'usual sealed': async () => usual(ironSession),
  'usual store': async () => usual(storeSession()),
  'bulwark headers': async () => served(defended(headersOnly), () => 'ann'),
  'bulwark sealed': async () => guardedBy('sealed'),
  'bulwark store': async () => guardedBy('store'),
};

function usualHeaders(app: Hono<Usual>): Hono<Usual> {
  app.use(contextStorage());
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        scriptSrc: [NONCE, "'strict-dynamic'"],
        styleSrc: ["'self'", NONCE],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    }),
  );
  return app.use(bodyLimit({ maxSize: 1_073_741_824 }));
}

const ironSession: MiddlewareHandler<Usual> = async (c, next) => {
  c.set('session', await getIronSession(c.req.raw, c.res, ironOptions));
  await next();
};

/** Hono has no session of its own: this one keeps a random id in a cookie. */
function storeSession(): MiddlewareHandler<Usual> {
  const kept = new Map<string, string>();
  return async (c, next) => {
    const id = /(?:^|; )session=([\w-]+)/.exec(c.req.header('cookie') ?? '')?.[1];
    const data = JSON.parse((id && kept.get(id)) ?? '{}');
    const save = async (): Promise<void> => {
      const fresh = crypto.randomUUID();
      kept.set(fresh, JSON.stringify(data));
      c.header('Set-Cookie', `session=${fresh}; Path=/; HttpOnly; SameSite=Lax`);
    };
    c.set('session', Object.assign(data, { save }));
    await next();
  };
}

function usual(session: MiddlewareHandler<Usual>): Server {
  const app = usualHeaders(new Hono<Usual>());
  app.use(cors({ origin: [partner], credentials: true }));
  app.use(session);
  app.use(csrf({ origin }));
  return served(
    app,
    (c) => c.get('session').user,
    async (c) => {
      const session = c.get('session');
      Object.assign(session, { user: 'ann', ...visit });
      await session.save();
    },
  );
}

function guardedBy(level: 'sealed' | 'store'): Server {
  const { options } = guarded(level);
  return served(
    defended(options),
    (c) => c.var.session.user,
    async (c) => {
      await c.var.session.logIn('ann', visit);
    },
  );
}

function defended(options: BulwarkOptions): Hono {
  const app = new Hono();
  app.use(bulwark(options));
  app.onError(bulwarkErrors());
  return app;
}

function served<E extends Env>(
  app: Hono<E>,
  userOf: (c: Context<E>) => unknown,
  logIn?: (c: Context<E>) => Promise<void>,
): Server {
  app.get('/log-in', async (c) => {
    await logIn?.(c);
    return c.json({});
  });
  app.on(['GET', 'POST'], '/api/product/:id', (c) => c.json(product(c.req.param('id') as string, userOf(c))));
  return createAdaptorServer({ fetch: app.fetch }) as Server;
}
