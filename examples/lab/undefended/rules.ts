import type { Express } from 'express';
import { unserialize } from 'node-serialize';
import type { Store } from './store.ts';

/** What customers and staff bring along: a basket of another device, a rule for a discount, a pattern to look for. */
export function ruleRoutes(app: Express, store: Store): void {
  app.post('/basket', (req, res) => {
    const basket = unserialize(req.body.saved) as { items: string[] };
    res.json({ items: basket.items });
  });
  app.post('/discount', (req, res) => {
    const rule = new Function('order', `return ${req.body.rule}`);
    res.json({ percent: rule({ total: 150, items: 3 }) });
  });
  app.get('/filter', async (req, res) => {
    const pattern = new RegExp(String(req.query.pattern), 'i');
    const names = (await store.products({})).map(({ name }) => name);
    res.json(names.filter((name) => pattern.test(name)));
  });
}
