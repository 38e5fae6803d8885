import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import cookieParser from 'cookie-parser';
import cors from 'cors';
import type { Request as ExpressRequest, Response as ExpressResponse, RequestHandler } from 'express';
import helmet from 'helmet';
import { bulwark } from '../../../lib/node/index.ts';
import { guarded, headersOnly } from './bulwark-options.ts';
import { csrf, ironSession, storeSession } from './connect.ts';
import { type Contenders, directives, nonce, partner, product, visit } from './site.ts';

/** What the middleware adds. */
type Request = IncomingMessage & Pick<ExpressRequest, 'session'>;
type Response = ServerResponse & { nonce?: string; cookie?: (name: string, value: string) => void };
type Step = (req: Request, res: Response, next: (error?: unknown) => void) => void;

/** Middleware that needs nothing of Express but its types. */
const step = (handler: RequestHandler): Step => handler as unknown as Step;

const context = new AsyncLocalStorage<object>();

export const contenders: Contenders = {
  bare: async () => createServer((req, res) => answer(req, res, 'ann')),
  'usual headers': async () =>
    createServer(through([...usualHeaders()], (req, res) => answer(req, res, 'ann'))),
  'usual sealed': async () => usual(step(ironSession)),
  'usual store': async () => usual(step(storeSession())),
  'bulwark headers': async () => createServer(bulwark(headersOnly, (req, res) => answer(req, res, 'ann'))),
  'bulwark sealed': async () => guardedBy('sealed'),
  'bulwark store': async () => guardedBy('store'),
};

function usualHeaders(): Step[] {
  return [
    (_req, res, next) => {
      res.nonce = nonce();
      context.run({}, next);
    },
    helmet({
      contentSecurityPolicy: { directives: directives((_req, res: Response) => `'nonce-${res.nonce}'`) },
    }),
  ];
}

function usual(sessions: Step): ReturnType<typeof createServer> {
  const { doubleCsrfProtection, generateCsrfToken } = csrf();
  const steps: Step[] = [
    ...usualHeaders(),
    step(cors({ origin: [partner], credentials: true })),
    sessions,
    step(cookieParser()),
    (_req, res, next) => {
      res.cookie ??= (name: string, value: string) =>
        res.appendHeader(
          'Set-Cookie',
          `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax`,
        );
      next();
    },
    step(doubleCsrfProtection),
  ];
  return createServer(
    through(steps, async (req, res) => {
      if (req.url !== '/log-in') return answer(req, res, req.session.user);
      Object.assign(req.session, { user: 'ann', ...visit });
      if (req.session.save.length === 0) await req.session.save();
      json(res, { token: generateCsrfToken(req as ExpressRequest, res as ExpressResponse) });
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
      const current = steps[at++];
      if (current) current(req as Request, res as Response, next);
      else void handler(req as Request, res as Response);
    };
    next();
  };
}
