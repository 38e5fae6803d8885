import { parseJson } from 'bulwark/parse';
import { expression } from 'bulwark/parse/expression';
import { safePattern } from 'bulwark/parse/pattern';
import type { Express } from 'express';
import type { Store } from './store.ts';

/** What customers and staff bring along: a basket of another device, a rule for a discount, a pattern to look for. */
export function ruleRoutes(app: Express, store: Store): void {
  app.post('/basket', (req, res) => {
    const basket = parseJson(req.body.saved) as { items: string[] };
    res.json({ items: basket.items });
  });
  app.post('/discount', (req, res) => {
    const rule = expression(req.body.rule);
    res.json({ percent: rule.evaluate({ order: { total: 150, items: 3 } }) });
  });
  app.get('/filter', async (req, res) => {
    const pattern = safePattern(String(req.query.pattern), { flags: 'i' });
    const names = (await store.products({})).map(({ name }) => name);
    res.json(names.filter((name) => pattern.test(name)));
  });
}
