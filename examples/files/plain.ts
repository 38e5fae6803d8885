import { exec } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import express, { type NextFunction, type Request, type Response } from 'express';
import yaml from 'js-yaml';
import multer from 'multer';

interface Product {
  sku: string;
  name: string;
  category: string;
  price: number;
}

const run = promisify(exec);
const folder = process.env['DATA_FOLDER'] ?? '/var/lib/shop';
const photos = join(folder, 'photos');
const documents = join(folder, 'documents');
const albums = join(folder, 'albums');
for (const each of [photos, documents, albums]) mkdirSync(each, { recursive: true });

const limits = { fileSize: 5_000_000 };
const photoUpload = multer({
  storage: multer.diskStorage({
    destination: photos,
    filename: (_req, file, done) => done(null, randomUUID() + extname(file.originalname)),
  }),
  limits,
  fileFilter: (_req, file, done) => done(null, file.mimetype.startsWith('image/')),
});
const documentUpload = multer({ dest: documents, limits });
const importUpload = multer({ storage: multer.memoryStorage(), limits });
const zipUpload = multer({ dest: folder, limits });

const photoOf = new Map<string, string>();
const ownerOf = new Map<string, { owner: string; name: string }>();
let products: Product[] = [];
let discount = 'price';

const app = express();
app.use(express.static(join(import.meta.dirname, 'public')));
app.use(express.json());

// A proxy in front of this server logs users in and sends their name.
app.use((req, res, next) => {
  res.locals['user'] = req.get('x-user');
  if (res.locals['user']) next();
  else res.sendStatus(401);
});

function forAdmin(_req: Request, res: Response, next: NextFunction): void {
  if (res.locals['user'] === 'admin') next();
  else res.sendStatus(403);
}

app.post('/photo', photoUpload.single('photo'), (req, res) => {
  if (!req.file) return void res.status(400).send('Send a photo.');
  photoOf.set(res.locals['user'], req.file.filename);
  res.status(201).json({ url: `/photos/${req.file.filename}` });
});
app.get('/photos/:name', (req, res) => res.sendFile(join(photos, req.params.name)));
app.get('/users/:user/photo', (req, res) => res.redirect(`/photos/${photoOf.get(req.params.user)}`));

app.post('/documents', documentUpload.single('document'), (req, res) => {
  if (!req.file) return void res.status(400).send('Send a document.');
  ownerOf.set(req.file.filename, { owner: res.locals['user'], name: req.file.originalname });
  res.status(201).json({ url: `/documents/${req.file.filename}` });
});
app.get('/documents/:id', (req, res) => {
  const document = ownerOf.get(req.params.id);
  if (document?.owner !== res.locals['user']) return void res.sendStatus(404);
  res.download(join(documents, req.params.id), document?.name ?? '');
});

function parseCsv(text: string): Record<string, string>[] {
  const [head = [], ...rows] = text.split(/\r?\n/).map((line) => line.split(','));
  return rows
    .filter((row) => row.length === head.length)
    .map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])));
}

function parse(name: string, text: string): Product[] {
  const rows = name.endsWith('.json')
    ? JSON.parse(text)
    : name.endsWith('.csv')
      ? parseCsv(text)
      : yaml.load(text);
  return rows.map((row: Product) => ({ ...row, price: Number(row.price) }));
}

app.post('/products', forAdmin, importUpload.single('products'), (req, res) => {
  if (!req.file) return void res.status(400).send('Send a file.');
  products = parse(req.file.originalname, req.file.buffer.toString());
  res.json({ imported: products.length });
});

app.get('/products', (req, res) => {
  const wanted = new RegExp(String(req.query['q'] ?? ''), 'i');
  const price = new Function('sku', 'name', 'category', 'price', `return ${discount}`);
  const found = products.filter((product) => wanted.test(product.name));
  res.json(
    found.map((each) => ({ ...each, discounted: price(each.sku, each.name, each.category, each.price) })),
  );
});

app.get('/products.csv', (_req, res) => {
  const quoted = (cell: unknown): string => `"${String(cell).replaceAll('"', '""')}"`;
  const rows = products.map((each) => [each.sku, each.name, each.category, each.price].map(quoted).join(','));
  res.attachment('products.csv').send(['sku,name,category,price', ...rows].join('\r\n'));
});

app.put('/discount', forAdmin, (req, res) => {
  new Function('sku', 'name', 'category', 'price', `return ${req.body.rule}`);
  discount = req.body.rule;
  res.sendStatus(204);
});

app.post('/albums', zipUpload.single('photos'), async (req, res) => {
  if (!req.file) return void res.status(400).send('Send a zip of photos.');
  const id = randomUUID();
  await mkdir(join(albums, id));
  await run(`unzip -j ${req.file.path} -d ${join(albums, id)} -x '__MACOSX/*'`);
  await rm(req.file.path);
  res.status(201).json({ url: `/albums/${id}` });
});

app.get('/albums/:id', async (req, res) => res.json(await readdir(join(albums, req.params.id))));

app.get('/albums/:id/archive', async (req, res) => {
  const cwd = join(albums, req.params.id);
  const names = [req.query['name'] ?? (await readdir(cwd))].flat();
  const { stdout } = await run(`tar -cz ${names.join(' ')}`, { cwd, encoding: 'buffer' });
  res.attachment('photos.tar.gz').send(stdout);
});

app.get('/albums/:id/thumbnails/:name', async (req, res) => {
  const size = req.query['size'] ?? '200x200';
  const photo = join(albums, req.params.id, req.params.name);
  const { stdout } = await run(`magick "${photo}" -thumbnail ${size} png:-`, { encoding: 'buffer' });
  res.type('png').send(stdout);
});

app.get('/albums/:id/photos/:name', (req, res) => res.sendFile(join(albums, req.params.id, req.params.name)));

app.use((error: Error & { code?: string }, _req: Request, res: Response, next: NextFunction) => {
  if (error instanceof multer.MulterError) res.status(400).send(error.message);
  else if (error.code === 'ENOENT') res.sendStatus(404);
  else next(error);
});
export const server: Server = app.listen(Number(process.env['PORT'] ?? 3000));
