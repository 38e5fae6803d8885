import type { RequestListener } from 'node:http';
import cookieSession from 'cookie-session';
import express from 'express';
import expressSession from 'express-session';
import { getIronSession } from 'iron-session';

interface OldContent {
  userId?: string;
  cart?: string[];
}

/** Applications as people wrote them with the former libraries: `/log-in?user` and `/`. */
export function expressSessionShop(
  secret: string | string[],
  store: expressSession.Store,
  options: Partial<expressSession.SessionOptions> = {},
): RequestListener {
  const app = express();
  app.use(expressSession({ secret, store, resave: false, saveUninitialized: false, ...options }));
  app.get('/log-in', (req, res, next) => {
    req.session.regenerate((error) => {
      if (error) return next(error);
      Object.assign(req.session, { userId: String(Object.keys(req.query)[0]), cart: ['tea'] });
      req.session.save((failed) => (failed ? next(failed) : res.json({ id: req.sessionID })));
    });
  });
  app.get('/visit', (req, res) => {
    Object.assign(req.session, { cart: ['cup'] });
    res.json({});
  });
  app.get('/', (req, res) => void res.json({ user: (req.session as OldContent).userId ?? null }));
  return app;
}

export function cookieSessionShop(
  keys: string[],
  options: Partial<Parameters<typeof cookieSession>[0]> = {},
): RequestListener {
  const app = express();
  app.use(cookieSession({ keys, ...options }));
  app.get('/log-in', (req, res) => {
    Object.assign(req.session ?? {}, { userId: String(Object.keys(req.query)[0]), cart: ['tea'] });
    res.json({});
  });
  app.get('/', (req, res) => void res.json({ user: (req.session as OldContent | null)?.userId ?? null }));
  return app;
}

export function ironSessionShop(
  password: string | Record<string, string>,
  cookieName = 'iron',
  ttl?: number,
): RequestListener {
  const app = express();
  const options = {
    password,
    cookieName,
    cookieOptions: { secure: false },
    ...(ttl !== undefined && { ttl }),
  };
  app.get('/log-in', async (req, res) => {
    const session = await getIronSession<OldContent>(req, res, options);
    Object.assign(session, { userId: String(Object.keys(req.query)[0]), cart: ['tea'] });
    await session.save();
    res.json({});
  });
  app.get('/', async (req, res) => {
    const { userId } = await getIronSession<OldContent>(req, res, options);
    res.json({ user: userId ?? null });
  });
  return app;
}
