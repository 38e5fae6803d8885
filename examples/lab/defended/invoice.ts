import { commands } from 'bulwark/command';
import type { Express } from 'express';

/** @param program prints an invoice for the customer that it is given */
export function invoiceRoutes(app: Express, folder: string, program: string): void {
  // Our own program reads its argument as text, whatever it begins with.
  const rules = { name: 'print-invoice', forbiddenOptions: [], judgeValue: () => ({ allow: true }) } as const;
  const run = commands({ invoice: { path: program, rules } }, { cwd: folder });

  app.post('/invoice', async (req, res) => {
    const { stdout } = await run.invoice`${req.body.customer}`;
    res.type('text').send(stdout);
  });
}
