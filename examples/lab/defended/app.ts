import { bulwark, bulwarkErrors, routeCors } from 'bulwark/express';
import type { Database } from 'bulwark/sql';
import express, { type Express } from 'express';
import { accountRoutes } from './account.ts';
import { frontEnd } from './front-end.ts';
import { session } from './session.ts';
import { shopRoutes } from './shop.ts';
import { createStore } from './store.ts';

export function createApp(connections: { main: Database; reports: Database }): Express {
  const store = createStore(connections);
  const app = express();
  app.use(bulwark({ origin: 'https://shop.test', trustedProxies: 1, session }));
  app.use('/api', routeCors({ origins: ['https://app.shop.test'], allowCredentials: true }));
  app.use(express.urlencoded({ extended: false }), express.json(), frontEnd);
  accountRoutes(app, store);
  shopRoutes(app, store);
  app.use(bulwarkErrors());
  return app;
}
