import { commands, type ProgramRules } from 'bulwark/command';
import type { Express } from 'express';

/** Our own program takes any text as text: a customer may be called A/S. */
const rules: ProgramRules = {
  ...{ name: 'print-invoice', forbiddenOptions: [] },
  judgeValue: () => ({ allow: true }),
};

/** @param program prints an invoice for the customer that it is given */
export function invoiceRoutes(app: Express, folder: string, program: string): void {
  const run = commands({ invoice: { path: program, rules } }, { cwd: folder });

  app.post('/invoice', async (req, res) => {
    const { stdout } = await run.invoice`${req.body.customer}`;
    res.type('text').send(stdout);
  });
}
