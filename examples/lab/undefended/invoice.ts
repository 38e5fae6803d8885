import { exec } from 'node:child_process';
import type { Express } from 'express';

/** @param program prints an invoice for the customer that it is given */
export function invoiceRoutes(app: Express, folder: string, program: string): void {
  app.post('/invoice', (req, res) => {
    exec(`"${program}" "${req.body.customer}"`, { cwd: folder }, (_error, stdout) => {
      res.type('text').send(stdout);
    });
  });
}
