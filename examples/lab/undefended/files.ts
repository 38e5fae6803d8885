import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Express } from 'express';

export function fileRoutes(app: Express, folder: string): void {
  app.get('/download', (req, res) => {
    res.sendFile(join(folder, 'downloads', String(req.query.file)));
  });
}

/** Keeps what a supplier sent, under the name that the supplier gave it. */
export async function keep(folder: string, name: string, text: string): Promise<void> {
  await writeFile(join(folder, 'imports', name), text);
}
