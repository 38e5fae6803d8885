import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type BulwarkOptions, bulwark, bulwarkErrors, defendServer } from '../../lib/express/index.ts';
import { bulwark as onNode } from '../../lib/node/index.ts';
import { memoryStore, sessions } from '../../lib/session/index.ts';

export type ShopOptions = Omit<BulwarkOptions, 'session'>;

/** A small application that is set up correctly. The proxies in front of it may not be. */
export async function openShop(
  options: ShopOptions,
  framework: 'express' | 'node' = 'express',
): Promise<Shop> {
  const session = sessions<{ cart: string }>({ store: memoryStore() });
  const page = async (req: object, nonce: string): Promise<string> => {
    await session.of(req as never).set({ cart: 'lamp' });
    return `<!doctype html><title>Shop</title><link rel="stylesheet" href="/shop.css">
<script nonce="${nonce}">document.title = 'Open'</script><img src="/lamp.png"><form method="post" action="/buy"></form>`;
  };
  const app = framework === 'express' ? onExpress(options, session, page) : onServer(options, session, page);
  const server = defendServer(createServer(app)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, server, close: () => void server.close().closeAllConnections() };
}

export interface Shop {
  readonly port: number;
  readonly server: Server;
  close(): void;
}

type Page = (req: object, nonce: string) => Promise<string>;
type Loader = NonNullable<BulwarkOptions['session']>;

function onExpress(options: ShopOptions, session: Loader, page: Page): express.Express {
  const app = express();
  app.use(bulwark({ ...options, session }));
  app.get('/', async (req, res) => {
    res.send(await page(req, res.locals['nonce']));
  });
  app.get('/shop/', async (req, res) => {
    res.send(await page(req, res.locals['nonce']));
  });
  app.get('/shop.css', (_req, res) => void res.type('css').send('p { margin: 0 }'));
  app.use(bulwarkErrors());
  return app;
}

function onServer(options: ShopOptions, session: Loader, page: Page): ReturnType<typeof onNode> {
  return onNode({ ...options, session }, async (req, res) => {
    if (req.url?.startsWith('/shop.css')) {
      res.setHeader('Content-Type', 'text/css');
      res.end('p { margin: 0 }');
    } else if (/^\/(?:\?|$)/.test(req.url ?? '')) {
      const { currentRequest } = await import('../../lib/request/index.ts');
      res.setHeader('Content-Type', 'text/html; charset=utf-8');
      res.end(await page(req, currentRequest()?.nonce ?? ''));
    } else throw Object.assign(new Error('not found'), { status: 404, expose: true });
  });
}
