import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type Server } from 'node:http';
import cookieParser from 'cookie-parser';
import cors from 'cors';
import { doubleCsrf } from 'csrf-csrf';
import express, { type Express, type RequestHandler } from 'express';
import session from 'express-session';
import helmet from 'helmet';
import { getIronSession } from 'iron-session';
import { bulwark, bulwarkErrors } from '../../../lib/express/index.ts';
import { guarded, headersOnly } from './bulwark-options.ts';
import { type Contenders, directives, ironOptions, nonce, partner, product, secret, visit } from './site.ts';

const context = new AsyncLocalStorage<object>();

export const contenders: Contenders = {
  bare: async () => createServer(answering(() => 'ann')),
  'usual headers': async () => createServer(answering(() => 'ann', ...usualHeaders())),
  'usual sealed': async () => usual(ironSession),
  'usual store': async () =>
    usual(
      session({
        store: new session.MemoryStore(),
        ...{ secret, resave: false, saveUninitialized: false, name: 'session' },
        cookie: { httpOnly: true, sameSite: 'lax', maxAge: 1_800_000 },
      }),
    ),
  'bulwark headers': async () =>
    createServer(answering(() => 'ann', bulwark(headersOnly)).use(bulwarkErrors())),
  'bulwark sealed': async () => guardedBy('sealed'),
  'bulwark store': async () => guardedBy('store'),
};

export function usualHeaders(): RequestHandler[] {
  return [
    (_req, res, next) => {
      res.locals['nonce'] = nonce();
      context.run({}, next);
    },
    helmet({
      contentSecurityPolicy: {
        directives: directives((_req, res: any) => `'nonce-${res.locals.nonce}'`) as any,
      },
    }),
  ];
}

export const ironSession: RequestHandler = (req, res, next) => {
  getIronSession<any>(req, res, ironOptions).then((own) => {
    (req as any).session = own;
    next();
  }, next);
};

export function usualGuards(sessions: RequestHandler): {
  steps: RequestHandler[];
  logIn: RequestHandler;
  enter: (req: any, res: any) => Promise<string>;
} {
  const { doubleCsrfProtection, generateCsrfToken } = doubleCsrf({
    getSecret: () => secret,
    getSessionIdentifier: (req) => (req as any).session.user ?? '',
    cookieName: 'csrf',
    cookieOptions: { sameSite: 'lax', secure: false },
  });
  const enter = async (req: any, res: any): Promise<string> => {
    Object.assign(req.session, { user: 'ann', ...visit });
    if (req.session.save.length === 0) await req.session.save();
    return generateCsrfToken(req, res);
  };
  return {
    enter,
    steps: [
      ...usualHeaders(),
      cors({ origin: [partner], credentials: true }),
      sessions,
      cookieParser(),
      doubleCsrfProtection,
    ],
    logIn: async (req, res) => {
      res.json({ token: await enter(req, res) });
    },
  };
}

function usual(sessions: RequestHandler): Server {
  const { steps, logIn } = usualGuards(sessions);
  return createServer(
    answering((req: any) => req.session.user, ...steps, express.Router().get('/log-in', logIn)),
  );
}

function guardedBy(level: 'sealed' | 'store'): Server {
  const { options, session } = guarded(level);
  const logIn: RequestHandler = async (req, res) => {
    await session.of(req).logIn('ann', visit);
    res.json({});
  };
  return createServer(
    answering((req) => session.of(req).user, bulwark(options), express.Router().get('/log-in', logIn)).use(
      bulwarkErrors(),
    ),
  );
}

function answering(userOf: (req: express.Request) => unknown, ...before: RequestHandler[]): Express {
  const app = express();
  for (const step of before) app.use(step);
  app.all('/api/product/:id', (req, res) => {
    res.json(product(req.params['id'] as string, userOf(req)));
  });
  return app;
}
