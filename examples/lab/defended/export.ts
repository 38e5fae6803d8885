import { formatCsv } from 'bulwark/parse/csv';
import type { Express } from 'express';
import type { Store } from './store.ts';

/** The customers, for the accountant's spreadsheet. */
export function exportRoutes(app: Express, store: Store): void {
  app.get('/customers.csv', async (_req, res) => {
    const rows = (await store.users()).map(({ email, name, bio }) => ({ email, name, bio }));
    res.type('text/csv').send(formatCsv(rows));
  });
}
