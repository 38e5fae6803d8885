import express, { type Express } from 'express';
import { bulwark, bulwarkErrors } from '../../lib/express/index.ts';
import { passwords } from '../../lib/password/index.ts';
import { memoryStore, rateLimit } from '../../lib/rate-limit/index.ts';
import { sessions } from '../../lib/session/index.ts';
import { type NodeRedisClient, redisStore } from '../../lib/session/redis/index.ts';
import {
  account,
  origin,
  partner,
  product,
  requestsAWindow,
  type Visit,
  visitAtLogIn,
  windowSeconds,
} from './site.ts';

/** The site with Bulwark. */
export async function guarded(client: NodeRedisClient, storedHash: string): Promise<Express> {
  const session = sessions<Visit>({ store: redisStore(client) });
  const guard = passwords();
  const store = memoryStore({ allowInProduction: true });

  const app = express();
  app.use(
    bulwark({
      origin,
      trustedProxies: 1,
      session,
      rateLimit: rateLimit({ store, limit: requestsAWindow, windowSeconds, key: 'address' }),
      csrf: { logIn: ['/log-in'] },
      cors: { origins: [partner], allowCredentials: true },
    }),
    express.json(),
  );
  app.post('/log-in', async (req, res) => {
    const { user, password } = req.body as { user: string; password: string };
    const { ok } = await guard.verify(password, storedHash);
    if (ok) await session.of(req).logIn(user, visitAtLogIn);
    res.status(ok ? 200 : 401).json({ ok });
  });
  app.get('/product/:id', (req, res) => {
    res.json(product(req.params.id));
  });
  app.get('/account', (req, res) => {
    const { user, data } = session.of(req);
    res.json(account(user, data));
  });
  app.post('/account', async (req, res) => {
    const own = session.of(req);
    const { theme } = req.body as { theme: string };
    await own.update(({ changes = 0 }) => ({ theme, changes: changes + 1 }));
    res.json(account(own.user, own.data));
  });
  app.use(bulwarkErrors());
  return app;
}
