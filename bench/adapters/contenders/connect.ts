import { doubleCsrf } from 'csrf-csrf';
import type { RequestHandler } from 'express';
import session from 'express-session';
import { getIronSession } from 'iron-session';
import { ironOptions, secret, type Visit } from './site.ts';

declare module 'express-session' {
  interface SessionData extends Visit {
    user: string;
  }
}

/** What Express and bare `node:http` are usually defended with. */
export const ironSession: RequestHandler = (req, res, next) => {
  getIronSession(req, res, ironOptions).then((own) => {
    Object.assign(req, { session: own });
    next();
  }, next);
};

export function storeSession(): RequestHandler {
  return session({
    store: new session.MemoryStore(),
    ...{ secret, resave: false, saveUninitialized: false, name: 'session' },
    cookie: { httpOnly: true, sameSite: 'lax', maxAge: 1_800_000 },
  });
}

export function csrf(): ReturnType<typeof doubleCsrf> {
  return doubleCsrf({
    getSecret: () => secret,
    getSessionIdentifier: (req) => req.session.user ?? '',
    cookieName: 'csrf',
    cookieOptions: { sameSite: 'lax', secure: false },
  });
}
