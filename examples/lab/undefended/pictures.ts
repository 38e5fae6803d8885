import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import AdmZip from 'adm-zip';
import type { Express } from 'express';
import multer from 'multer';

/** A supplier's pictures, in one archive. */
export function pictureRoutes(app: Express, folder: string): void {
  const archives = multer({ storage: multer.memoryStorage() });

  app.post('/pictures', archives.single('archive'), async (req, res) => {
    const into = join(folder, 'pictures', randomUUID());
    const names: string[] = [];
    for (const entry of new AdmZip(req.file?.buffer).getEntries()) {
      if (entry.isDirectory) continue;
      const path = join(into, entry.entryName);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, entry.getData());
      names.push(entry.entryName);
    }
    res.json(names.sort());
  });
}
