import { verify } from '@node-rs/argon2';
import { RedisStore } from 'connect-redis';
import cookieParser from 'cookie-parser';
import cors from 'cors';
import { doubleCsrf } from 'csrf-csrf';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import session from 'express-session';
import helmet from 'helmet';
import type { NodeRedisClient } from '../../lib/session/redis/index.ts';
import {
  account,
  partner,
  product,
  requestsAWindow,
  type Visit,
  visitAtLogIn,
  windowSeconds,
} from './site.ts';

/** Not by a declaration of the module, which would hold for the whole repository. */
type Held = { -readonly [K in keyof Visit]?: Visit[K] } & { user?: string };
const heldOf = (req: Request): Held => req.session as unknown as Held;

const secret = 'r9Qd2wXv7LbT4mKc8NfZ3yHs6PjG1eUa';
const minutes = 60_000;

/** The same site with the usual set, each library as its own documentation shows it. */
export async function usual(client: NodeRedisClient, storedHash: string): Promise<Express> {
  const { doubleCsrfProtection, generateCsrfToken } = doubleCsrf({
    getSecret: () => secret,
    getSessionIdentifier: (req) => req.session.id,
    cookieName: '__Host-csrf',
    cookieOptions: { sameSite: 'lax' },
  });

  const app = express();
  app.set('trust proxy', 1);
  app.use(
    helmet(),
    cors({ origin: [partner], credentials: true }),
    rateLimit({
      windowMs: windowSeconds * 1_000,
      limit: requestsAWindow,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
    }),
    session({
      store: new RedisStore({ client, prefix: 'usual:' }),
      ...{ secret, resave: false, saveUninitialized: false, name: '__Host-session' },
      cookie: { secure: true, httpOnly: true, sameSite: 'lax', path: '/', maxAge: 30 * minutes },
    }),
    cookieParser(),
    express.json(),
  );
  // Before the check, since a token belongs to a session, and there is none yet.
  app.post('/log-in', async (req, res) => {
    const { user, password } = req.body as { user: string; password: string };
    const ok = await verify(storedHash, password);
    if (ok) {
      await new Promise<void>((resolve, reject) => {
        req.session.regenerate((error) => (error ? reject(error) : resolve()));
      });
      Object.assign(req.session, { user, ...visitAtLogIn });
    }
    res.status(ok ? 200 : 401).json({ ok });
  });
  app.use(doubleCsrfProtection);
  app.get('/csrf-token', (req, res) => {
    res.json({ token: generateCsrfToken(req, res) });
  });
  app.get('/product/:id', (req, res) => {
    res.json(product(req.params.id));
  });
  app.get('/account', (req, res) => {
    const held = heldOf(req);
    res.json(account(held.user, held));
  });
  app.post('/account', (req, res) => {
    const { theme } = req.body as { theme: string };
    const held = heldOf(req);
    held.theme = theme;
    held.changes = (held.changes ?? 0) + 1;
    res.json(account(held.user, held));
  });
  // Express's own writes the stack to standard error, too.
  app.use((error: { status?: number }, _req: Request, res: Response, _next: NextFunction) => {
    res.status(error.status ?? 500).json({ ok: false });
  });
  return app;
}
