import type { Express } from 'express';
import type { Rate } from '../model.ts';
import { avatarOf } from './avatar.ts';
import * as pages from './pages.ts';
import { preview } from './preview.ts';
import type { Store } from './store.ts';

const rates: ReadonlyMap<string, Rate> = new Map([
  ['Ireland', { euros: 4.9 }],
  ['Norway', { euros: 12 }],
]);

export function shopRoutes(app: Express, store: Store): void {
  app.get('/', (_req, res) => void res.send(pages.homePage()));
  app.get('/profile', async (req, res) => {
    const user = await store.user(String(req.query.id));
    if (user) res.send(pages.userPage(user, avatarOf(user.id)));
    else res.status(404).send(pages.problemPage('No such user.'));
  });
  app.get('/products', async (req, res) => {
    res.send(pages.productsPage(String(req.query.q ?? ''), await store.products(req.query)));
  });
  app.get('/search', (req, res) => void res.send(pages.searchPage(String(req.query.q ?? ''))));
  app.get('/comments', async (_req, res) => void res.send(pages.commentsPage(await store.comments())));
  app.post('/comments', async (req, res) => {
    await store.addComment(req.body.author, req.body.content);
    res.redirect(303, 'comments');
  });
  app.get('/report', async (req, res) => {
    const month = String(req.query.month ?? '');
    res.send(pages.reportPage(month, await store.report(month)));
  });
  app.post('/preview', async (req, res) => void res.send(pages.previewPage(await preview(req.body.url))));
  app.get('/hello', (_req, res) => void res.send(pages.helloPage()));
  app.get('/people', (_req, res) => void res.send(pages.peoplePage()));
  app.get('/trade', (_req, res) => void res.send(pages.tradePage()));
  app.get('/shipping', (req, res) => void res.json(shippingTo(String(req.query.country))));

  app.get('/api/users', async (_req, res) => void res.json(await store.users()));
  app.get('/api/products', async (req, res) => void res.json(await store.products(req.query)));
  app.get('/api/suggestions', async (req, res) => {
    res.json(await store.suggestions(String(req.query.q ?? '')));
  });
  app.get('/api/users/:id', async (req, res) => {
    const user = await store.user(req.params.id);
    if (user) res.json(user);
    else res.status(404).json({ title: 'No such user.' });
  });
  app.post('/api/preview', async (req, res) => void res.json(await preview(req.body.url)));
}

/** A rate may be free of charge, as for the crew of a lifeboat. */
function shippingTo(country: string): { euros: number } {
  const rate: Rate = rates.get(country) ?? { euros: 25 };
  return { euros: rate.free ? 0 : rate.euros };
}
