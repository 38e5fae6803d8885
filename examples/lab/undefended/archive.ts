import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Express } from 'express';

/** Several downloads in one archive. There is no shell, so what could go wrong? */
export function archiveRoutes(app: Express, folder: string, tar: string): void {
  app.post('/archive', (req, res) => {
    const names = [req.body.file].flat();
    const cwd = join(folder, 'downloads');
    execFile(tar, ['-cf', '-', ...names], { cwd, encoding: 'buffer' }, (_error, stdout) => {
      res.type('application/x-tar').send(stdout);
    });
  });
}
