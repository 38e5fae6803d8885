import session from 'express-session';
import { ironSession, usualGuards, usualHeaders } from './express.ts';
import { defended, nest } from './nest.ts';
import { type Contenders, secret } from './site.ts';

export const contenders: Contenders = {
  bare: () => nest('express', {}),
  'usual headers': () => nest('express', { before: (app) => void app.use(...usualHeaders()) }),
  'usual sealed': () => usual(ironSession),
  'usual store': () =>
    usual(
      session({
        store: new session.MemoryStore(),
        ...{ secret, resave: false, saveUninitialized: false, name: 'session' },
        cookie: { httpOnly: true, sameSite: 'lax', maxAge: 1_800_000 },
      }),
    ),
  'bulwark headers': () => defended('express', 'headers'),
  'bulwark sealed': () => defended('express', 'sealed'),
  'bulwark store': () => defended('express', 'store'),
};

function usual(sessions: Parameters<typeof usualGuards>[0]): ReturnType<typeof nest> {
  const { steps, enter } = usualGuards(sessions);
  return nest('express', {
    before: (app) => void app.use(...steps),
    userOf: (request) => request.session.user,
    logIn: async (request, response) => ({ token: await enter(request, response) }),
  });
}
