import { join } from 'node:path';
import { inside, sendFile, writeFile } from 'bulwark/path';
import type { Express } from 'express';

export function fileRoutes(app: Express, folder: string): void {
  app.get('/download', async (req, res) => {
    await sendFile(req, res, inside(join(folder, 'downloads'), req.query.file));
  });
}

/** Keeps what a supplier sent, under the name that the supplier gave it. */
export async function keep(folder: string, name: string, text: string): Promise<void> {
  await writeFile(inside(join(folder, 'imports'), name), text, { overwrite: true });
}
