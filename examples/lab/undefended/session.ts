import type { RequestHandler } from 'express';
import session from 'express-session';

export const sessions: RequestHandler = session({
  secret: 'keyboard cat',
  resave: false,
  saveUninitialized: true,
});

declare module 'express-session' {
  interface SessionData {
    user: string;
  }
}
