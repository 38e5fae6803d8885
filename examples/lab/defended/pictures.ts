import { join } from 'node:path';
import { upload } from 'bulwark/express';
import { inside, removeFile, writeFile } from 'bulwark/path';
import { uploads } from 'bulwark/upload';
import { unpack } from 'bulwark/upload/archive';
import { diskStore } from 'bulwark/upload/disk';
import type { Express } from 'express';

const maxBytes = 5_000_000;

/** A supplier's pictures, in one archive. */
export function pictureRoutes(app: Express, folder: string): void {
  const store = diskStore({ folder: join(folder, 'archives') });
  const archives = uploads({
    store,
    files: { archive: { types: ['application/zip'], maxBytes, required: true } },
  });

  app.post('/pictures', upload(archives), async (req, res) => {
    const { id } = req.body.files.archive;
    const archive = inside(join(folder, 'pictures'), `${id}.zip`);
    try {
      await writeFile(archive, (await store.open(id)).read(), { maxBytes });
      const files = await unpack(archive, inside(join(folder, 'pictures'), id), { maxBytes: 20_000_000 });
      res.json(files.map(({ path }) => path.relative).sort());
    } finally {
      await Promise.allSettled([removeFile(archive), store.remove(id)]);
    }
  });
}
