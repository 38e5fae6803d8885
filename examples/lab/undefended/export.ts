import type { Express } from 'express';
import type { Store } from './store.ts';

/** The customers, for the accountant's spreadsheet. */
export function exportRoutes(app: Express, store: Store): void {
  app.get('/customers.csv', async (_req, res) => {
    const rows = (await store.users()).map(({ email, name, bio }) => [email, name, bio]);
    const lines = [['email', 'name', 'bio'], ...rows].map((row) => row.map(cell).join(','));
    res.type('text/csv').send(`${lines.join('\r\n')}\r\n`);
  });
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
