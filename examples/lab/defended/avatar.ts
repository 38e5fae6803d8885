import { join } from 'node:path';
import { sendUpload, uploads } from 'bulwark/upload';
import { diskStore } from 'bulwark/upload/disk';
import type { Express, Request } from 'express';

/** The picture of each customer, by the customer's id. */
const avatars = new Map<string, string>();

export const avatarOf = (id: number): string => avatars.get(String(id)) ?? 'avatar.svg';

export function avatarRoutes(
  app: Express,
  folder: string,
  userOf: (req: Request) => string | undefined,
): void {
  const store = diskStore({ folder: join(folder, 'uploads') });
  const pictures = uploads({
    store,
    files: {
      picture: { types: ['image/png', 'image/jpeg', 'image/gif'], maxBytes: 5_000_000, required: true },
    },
    allowOriginalImages: true,
  });

  app.get('/uploads/:id', async (req, res) => {
    await sendUpload(req, res, store, req.params.id);
  });
  app.post('/avatar', async (req, res) => {
    const user = userOf(req);
    if (user) {
      const { files } = await pictures.receive(req);
      avatars.set(user, `uploads/${files.picture.id}`);
    }
    res.redirect(303, 'account');
  });
}
