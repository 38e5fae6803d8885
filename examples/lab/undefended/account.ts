import type { Express } from 'express';
import * as pages from './pages.ts';
import type { Store } from './store.ts';

export function accountRoutes(app: Express, store: Store): void {
  app.get('/login', (req, res) => {
    if (req.session.user && req.query.next) res.redirect(String(req.query.next));
    else res.send(pages.loginPage(''));
  });
  app.post('/login', async (req, res) => {
    const user = await store.logIn(req.body.email, req.body.password);
    if (!user) {
      res.status(401).send(pages.loginPage('Wrong e-mail or password.'));
      return;
    }
    req.session.user = String(user.id);
    if (req.query.next) res.redirect(303, String(req.query.next));
    else res.send(pages.welcomePage(user));
  });
  app.post('/logout', (_req, res) => {
    res.clearCookie('connect.sid');
    res.redirect(303, '.');
  });
  app.post('/users', async (req, res) => {
    const id = await store.signUp(req.body);
    res.redirect(303, `profile?id=${id}`);
  });

  app.get('/account', async (req, res) => {
    const { user } = req.session;
    const account = user && (await store.account(user));
    if (account) res.send(pages.accountPage(account));
    else res.redirect(303, 'login?next=/account');
  });
  app.post('/address', async (req, res) => {
    const { user } = req.session;
    if (user) await store.setAddress(user, req.body.address);
    res.redirect(303, 'account');
  });
  app.post('/transfer', async (req, res) => {
    const { user } = req.session;
    if (user) await store.transfer(user, req.body.to, Number(req.body.amount));
    res.redirect(303, 'account');
  });
  app.get('/api/account', async (req, res) => {
    const { user } = req.session;
    const account = user && (await store.account(user));
    if (account) res.json(account);
    else res.status(401).json({ title: 'Log in first.' });
  });
}
