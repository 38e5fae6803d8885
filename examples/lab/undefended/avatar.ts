import { join } from 'node:path';
import express, { type Express, type Request } from 'express';
import multer from 'multer';

/** The picture of each customer, by the customer's id. */
const avatars = new Map<string, string>();

export const avatarOf = (id: number): string => avatars.get(String(id)) ?? 'avatar.svg';

export function avatarRoutes(
  app: Express,
  folder: string,
  userOf: (req: Request) => string | undefined,
): void {
  const pictures = multer({
    storage: multer.diskStorage({
      destination: join(folder, 'uploads'),
      filename: (_req, file, done) => done(null, file.originalname),
    }),
    fileFilter: (_req, file, done) => done(null, file.mimetype.startsWith('image/')),
  });

  app.use('/uploads', express.static(join(folder, 'uploads')));
  app.post('/avatar', pictures.single('picture'), (req, res) => {
    const user = userOf(req);
    if (user && req.file) avatars.set(user, `uploads/${req.file.filename}`);
    res.redirect(303, 'account');
  });
}
