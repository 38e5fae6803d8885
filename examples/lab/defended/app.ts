import { bulwark, bulwarkErrors, form, json, routeCors } from 'bulwark/express';
import type { Database } from 'bulwark/sql';
import express, { type Express } from 'express';
import { accountRoutes } from './account.ts';
import { frontEnd } from './front-end.ts';
import { session } from './session.ts';
import { shopRoutes } from './shop.ts';
import { createStore } from './store.ts';
import { tradeRoutes } from './trade.ts';

/** @param folder what the shop keeps its files in */
export function createApp(connections: { main: Database; reports: Database }, folder: string): Express {
  const store = createStore(connections);
  const app = express();
  app.use(bulwark({ origin: 'https://shop.test', trustedProxies: 1, session }));
  app.use('/api', routeCors({ origins: ['https://app.shop.test'], allowCredentials: true }));
  app.use(form({ lists: ['file'] }), json(), frontEnd);
  accountRoutes(app, store);
  shopRoutes(app, store);
  tradeRoutes(app, store, folder, (req) => session.of(req).user);
  app.use(bulwarkErrors());
  return app;
}
