import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type Server } from 'node:http';
import cookieParser from 'cookie-parser';
import cors from 'cors';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { bulwark, bulwarkErrors } from '../../../lib/express/index.ts';
import { guarded, headersOnly } from './bulwark-options.ts';
import { csrf, ironSession, storeSession } from './connect.ts';
import { type Contenders, directives, nonce, partner, product, visit } from './site.ts';

const context = new AsyncLocalStorage<object>();

export const contenders: Contenders = {
  bare: async () => createServer(answering(() => 'ann')),
  'usual headers': async () => createServer(answering(() => 'ann', ...usualHeaders())),
  'usual sealed': async () => usual(ironSession),
  'usual store': async () => usual(storeSession()),
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
        directives: directives((_req, res) => `'nonce-${(res as Response).locals['nonce']}'`),
      },
    }),
  ];
}

export function usualGuards(sessions: RequestHandler): {
  steps: RequestHandler[];
  logIn: RequestHandler;
  enter: (req: Request, res: Response) => Promise<string>;
} {
  const { doubleCsrfProtection, generateCsrfToken } = csrf();
  const enter = async (req: Request, res: Response): Promise<string> => {
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
  return createServer(answering((req) => req.session.user, ...steps, express.Router().get('/log-in', logIn)));
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

function answering(userOf: (req: Request) => unknown, ...before: RequestHandler[]): Express {
  const app = express();
  for (const step of before) app.use(step);
  app.all('/api/product/:id', (req, res) => {
    res.json(product(req.params['id'] as string, userOf(req)));
  });
  return app;
}
