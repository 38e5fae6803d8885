import { join } from 'node:path';
import { args, commands } from 'bulwark/command';
import type { Express } from 'express';

/** Several downloads in one archive. */
export function archiveRoutes(app: Express, folder: string, tar: string): void {
  const run = commands({ tar }, { cwd: join(folder, 'downloads') });

  app.post('/archive', async (req, res) => {
    const names = [req.body.file].flat();
    // tar ends with 2 if it finds no file of a name.
    const options = { stdout: 'bytes', allowExitCodes: [0, 2] } as const;
    const { stdout } = await run.tar(options)`-cf - -- ${args.each(names)}`;
    res.type('application/x-tar').send(stdout);
  });
}
