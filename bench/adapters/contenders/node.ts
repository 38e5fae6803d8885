import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import cookieParser from 'cookie-parser';
import cors from 'cors';
import { doubleCsrf } from 'csrf-csrf';
import session from 'express-session';
import helmet from 'helmet';
import { getIronSession } from 'iron-session';
import { bulwark } from '../../../lib/node/index.ts';
import { guarded, headersOnly } from './bulwark-options.ts';
import { type Contenders, directives, ironOptions, nonce, partner, product, secret, visit } from './site.ts';

type Request = IncomingMessage & Record<string, any>;
type Response = ServerResponse & Record<string, any>;
type Step = (req: Request, res: Response, next: (error?: unknown) => void) => void;

const context = new AsyncLocalStorage<object>();

export const contenders: Contenders = {
  bare: async () => createServer((req, res) => answer(req, res, 'ann')),
  'usual headers': async () =>
    createServer(through([...usualHeaders()], (req, res) => answer(req, res, 'ann'))),
  'usual sealed': async () => usual(ironSession),
  'usual store': async () =>
    usual(
      session({
        store: new session.MemoryStore(),
        ...{ secret, resave: false, saveUninitialized: false, name: 'session' },
        cookie: { httpOnly: true, sameSite: 'lax', maxAge: 1_800_000 },
      }) as unknown as Step,
    ),
  'bulwark headers': async () => createServer(bulwark(headersOnly, (req, res) => answer(req, res, 'ann'))),
  'bulwark sealed': async () => guardedBy('sealed'),
  'bulwark store': async () => guardedBy('store'),
};

function usualHeaders(): Step[] {
  return [
    (_req, res, next) => {
      res['nonce'] = nonce();
      context.run({}, next);
    },
    helmet({
      contentSecurityPolicy: { directives: directives((_req, res: any) => `'nonce-${res.nonce}'`) as any },
    }) as unknown as Step,
  ];
}

const ironSession: Step = (req, res, next) => {
  getIronSession<any>(req, res, ironOptions).then((own) => {
    req['session'] = own;
    next();
  }, next);
};

function usual(sessions: Step): ReturnType<typeof createServer> {
  const { doubleCsrfProtection, generateCsrfToken } = doubleCsrf({
    getSecret: () => secret,
    getSessionIdentifier: (req) => (req as any).session.user ?? '',
    cookieName: 'csrf',
    cookieOptions: { sameSite: 'lax', secure: false },
  });
  const steps: Step[] = [
    ...usualHeaders(),
    cors({ origin: [partner], credentials: true }) as unknown as Step,
    sessions,
    cookieParser() as unknown as Step,
    (_req, res, next) => {
      res['cookie'] ??= (name: string, value: string) =>
        res.appendHeader(
          'Set-Cookie',
          `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax`,
        );
      next();
    },
    doubleCsrfProtection as unknown as Step,
  ];
  return createServer(
    through(steps, async (req, res) => {
      if (req.url !== '/log-in') return answer(req, res, req['session'].user);
      Object.assign(req['session'], { user: 'ann', ...visit });
      if (req['session'].save.length === 0) await req['session'].save();
      json(res, { token: generateCsrfToken(req as any, res as any) });
    }),
  );
}

function guardedBy(level: 'sealed' | 'store'): ReturnType<typeof createServer> {
  const { options, session } = guarded(level);
  return createServer(
    bulwark(options, async (req, res) => {
      const own = session.of(req);
      if (req.url !== '/log-in') return answer(req, res, own.user);
      await own.logIn('ann', visit);
      json(res, {});
    }),
  );
}

function answer(req: IncomingMessage, res: ServerResponse, user: unknown): void {
  json(res, product((req.url ?? '').slice('/api/product/'.length, 14), user));
}

function json(res: ServerResponse, value: object): void {
  const body = JSON.stringify(value);
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', Buffer.byteLength(body));
  res.end(body);
}

function through(steps: readonly Step[], handler: (req: Request, res: Response) => unknown): RequestListener {
  return (req, res) => {
    let at = 0;
    const next = (error?: unknown): void => {
      if (error) {
        res.statusCode = 500;
        res.end(String(error));
        return;
      }
      const step = steps[at++];
      if (step) step(req as Request, res as Response, next);
      else void handler(req as Request, res as Response);
    };
    next();
  };
}
