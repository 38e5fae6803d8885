import { loginLimit, memoryStore } from 'bulwark/rate-limit';
import { safeRedirect } from 'bulwark/redirect';
import { currentRequest } from 'bulwark/request';
import { secrets } from 'bulwark/secrets';
import type { Express } from 'express';
import * as pages from './pages.ts';
import { guard } from './password.ts';
import { session } from './session.ts';
import type { Store } from './store.ts';

const { SHOP_KEY: keys } = await secrets({ SHOP_KEY: 'key' });
const limit = loginLimit({ store: memoryStore(), keys });

export function accountRoutes(app: Express, store: Store): void {
  app.get('/login', (req, res) => {
    if (session.of(req).user && req.query.next) res.redirect(safeRedirect(req.query.next, { fallback: '/' }));
    else res.send(pages.loginPage(''));
  });
  app.post('/login', async (req, res) => {
    const attempt = await limit.reserve({
      account: String(req.body.email),
      address: currentRequest()?.client,
      cookie: limit.cookie(req),
    });
    const user = await store.logIn(req.body.email, req.body.password);
    if (!user) {
      attempt.failed();
      res.status(401).send(pages.loginPage('Wrong e-mail or password.'));
      return;
    }
    res.append('Set-Cookie', await attempt.succeeded());
    await session.of(req).logIn(String(user.id));
    if (req.query.next) res.redirect(303, safeRedirect(req.query.next, { fallback: '/' }));
    else res.send(pages.welcomePage(user));
  });
  app.post('/logout', async (req, res) => {
    await session.of(req).logOut();
    res.redirect(303, '.');
  });
  app.post('/users', async (req, res) => {
    const verdict = guard.check(req.body.password, { context: [String(req.body.email)] });
    if (!verdict.allow) {
      res.status(422).send(pages.problemPage(verdict.hint ?? 'Choose another password.'));
      return;
    }
    const id = await store.signUp(req.body);
    res.redirect(303, `profile?id=${id}`);
  });

  app.get('/account', async (req, res) => {
    const { user } = session.of(req);
    const account = user && (await store.account(user));
    if (account) res.send(pages.accountPage(account));
    else res.redirect(303, 'login?next=/account');
  });
  app.post('/address', async (req, res) => {
    const { user } = session.of(req);
    if (user) await store.setAddress(user, req.body.address);
    res.redirect(303, 'account');
  });
  app.post('/transfer', async (req, res) => {
    const { user } = session.of(req);
    if (user) await store.transfer(user, req.body.to, Number(req.body.amount));
    res.redirect(303, 'account');
  });
  app.get('/api/account', async (req, res) => {
    const { user } = session.of(req);
    const account = user && (await store.account(user));
    if (account) res.json(account);
    else res.status(401).json({ title: 'Log in first.' });
  });
}
