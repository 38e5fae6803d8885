import type { RequestHandler } from 'express';
import { ironSession, storeSession } from './connect.ts';
import { usualGuards, usualHeaders } from './express.ts';
import { defended, nest, overExpress } from './nest.ts';
import type { Contenders } from './site.ts';

export const contenders: Contenders = {
  bare: () => nest(overExpress, {}),
  'usual headers': () => nest(overExpress, { before: (app) => void app.use(...usualHeaders()) }),
  'usual sealed': () => usual(ironSession),
  'usual store': () => usual(storeSession()),
  'bulwark headers': () => defended(overExpress, 'headers'),
  'bulwark sealed': () => defended(overExpress, 'sealed'),
  'bulwark store': () => defended(overExpress, 'store'),
};

function usual(sessions: RequestHandler): ReturnType<typeof nest> {
  const { steps, enter } = usualGuards(sessions);
  return nest(overExpress, {
    before: (app) => void app.use(...steps),
    userOf: (request) => request.session.user,
    logIn: async (request, response) => ({ token: await enter(request, response) }),
  });
}
