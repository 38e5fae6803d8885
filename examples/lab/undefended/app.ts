import express, { type Express } from 'express';
import { accountRoutes } from './account.ts';
import { frontEnd } from './front-end.ts';
import { sessions } from './session.ts';
import { shopRoutes } from './shop.ts';
import { type Connection, createStore } from './store.ts';
import { tradeRoutes } from './trade.ts';

/** @param folder what the shop keeps its files in */
export function createApp(connections: { main: Connection; reports: Connection }, folder: string): Express {
  const store = createStore(connections);
  const app = express();
  app.use(sessions);
  app.use('/api', (req, res, next) => {
    res.set('Access-Control-Allow-Origin', req.headers.origin ?? '*');
    res.set('Access-Control-Allow-Credentials', 'true');
    next();
  });
  app.use(express.urlencoded({ extended: false }), express.json(), frontEnd);
  accountRoutes(app, store);
  shopRoutes(app, store);
  tradeRoutes(app, store, folder, (req) => req.session.user);
  return app;
}
