import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { args, commands, image } from 'bulwark/command';
import { bulwark, bulwarkErrors, defendServer, json, staticFiles, upload } from 'bulwark/express';
import { parseJson } from 'bulwark/parse';
import { formatCsv, parseCsv } from 'bulwark/parse/csv';
import { expression, ruleFunctions } from 'bulwark/parse/expression';
import { safePattern } from 'bulwark/parse/pattern';
import { parseYaml } from 'bulwark/parse/yaml';
import {
  inside,
  isNotFound,
  listDirectory,
  makeDirectory,
  readText,
  rootPath,
  type SafePath,
  sendFile,
} from 'bulwark/path';
import { setUser } from 'bulwark/request';
import { sendUpload, uploads, withUpload } from 'bulwark/upload';
import { unpack } from 'bulwark/upload/archive';
import { diskStore } from 'bulwark/upload/disk';
import { imageRewriter } from 'bulwark/upload/image';
import express, { type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';

const product = z.object({
  sku: z.string().max(40),
  name: z.string().max(200),
  category: z.string().max(200),
  price: z.coerce.number(),
});
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const photoTypes = ['image/png', 'image/jpeg'] as const;
const typeOf = (name: string) => (/\.png$/i.test(name) ? photoTypes[0] : photoTypes[1]);

const folder = process.env['DATA_FOLDER'] ?? '/var/lib/shop';
const albums = inside(folder, 'albums');
await makeDirectory(albums);
const store = diskStore({ folder: join(folder, 'uploads') });
const shown = diskStore({ folder: join(folder, 'photos') });
const images = imageRewriter({ types: photoTypes });
const common = { store, images, maxFileBytes: 5_000_000 };
const photo = uploads({ ...common, store: shown, files: { photo: { types: photoTypes, required: true } } });
const document = uploads({
  ...common,
  files: { document: { types: ['application/pdf', docx], required: true } },
});
const importTypes = ['text/csv', 'application/json', 'application/yaml'] as const;
const imports = uploads({ ...common, files: { products: { types: importTypes, required: true } } });
const zips = uploads({ ...common, files: { photos: { types: ['application/zip'], required: true } } });
const run = commands({ tar: '/usr/bin/tar' });

const photoOf = new Map<string, string>();
const ownerOf = new Map<string, string>();
let products: z.infer<typeof product>[] = [];
let discount = expression('price', { functions: ruleFunctions });

const app = express();
app.use(bulwark({ origin: process.env['ORIGIN'] ?? 'http://localhost:3000', csrf: {} }));
app.use(staticFiles(join(import.meta.dirname, 'public')));

// A proxy in front of this server logs users in and sends their name.
app.use((req, res, next) => {
  res.locals['user'] = req.get('x-user');
  if (!res.locals['user']) return void res.sendStatus(401);
  setUser(res.locals['user']);
  next();
});

function forAdmin(_req: Request, res: Response, next: NextFunction): void {
  if (res.locals['user'] === 'admin') next();
  else res.sendStatus(403);
}

app.post('/photo', upload(photo), (req, res) => {
  const { id } = req.body.files.photo;
  photoOf.set(res.locals['user'], id);
  res.status(201).json({ url: `/photos/${id}` });
});
app.get('/photos/:id', (req, res) => sendUpload(req, res, shown, req.params.id, { allowInline: photoTypes }));
app.get('/users/:user/photo', (req, res) => res.redirect(`/photos/${photoOf.get(req.params.user)}`));

app.post('/documents', upload(document), (req, res) => {
  const { id } = req.body.files.document;
  ownerOf.set(id, res.locals['user']);
  res.status(201).json({ url: `/documents/${id}` });
});
app.get('/documents/:id', async (req, res) => {
  if (ownerOf.get(req.params.id) !== res.locals['user']) return void res.sendStatus(404);
  await sendUpload(req, res, store, req.params.id);
});

/** Gives an upload to `use`, and removes it. */
function consume<T>(id: string, use: (path: SafePath) => Promise<T>): Promise<T> {
  return withUpload(store, id, use).finally(() => store.remove(id));
}

function parse(type: string, content: string): z.infer<typeof product>[] {
  if (type === 'text/csv') return parseCsv(content, { schema: product });
  const schema = z.array(product);
  return type === 'application/json' ? parseJson(content, { schema }) : parseYaml(content, { schema });
}

app.post('/products', forAdmin, upload(imports), async (req, res) => {
  const { id, type } = req.body.files.products;
  products = await consume(id, async (path) => parse(type, await readText(path, { maxBytes: 5_000_000 })));
  res.json({ imported: products.length });
});

app.get('/products', (req, res) => {
  const wanted = safePattern(String(req.query['q'] ?? ''), { flags: 'i' });
  const found = products.filter((each) => wanted.test(each.name));
  res.json(found.map((each) => ({ ...each, discounted: discount.evaluate(each) })));
});

app.get('/products.csv', (_req, res) => {
  res.attachment('products.csv').send(formatCsv(products, { columns: ['sku', 'name', 'category', 'price'] }));
});

app.put('/discount', forAdmin, json({ schema: z.object({ rule: z.string() }) }), (req, res) => {
  const rule = expression(req.body.rule, { functions: ruleFunctions });
  rule.evaluate({ sku: '', name: '', category: '', price: 1 });
  discount = rule;
  res.sendStatus(204);
});

app.post('/albums', upload(zips), async (req, res) => {
  const { id } = req.body.files.photos;
  const work = rootPath(await mkdtemp(join(folder, 'album-')));
  try {
    const album = inside(work, 'album');
    await makeDirectory(album);
    const unpacked = inside(work, 'unpacked');
    for (const { path } of await consume(id, (zip) => unpack(zip, unpacked, { maxFiles: 200 }))) {
      if (path.name.startsWith('.')) continue; // what macOS adds to a zip
      await images.rewrite(path, inside(album, path.relative.replaceAll('/', '-')), typeOf(path.name));
    }
    await rename(album.absolute, inside(albums, id).absolute);
  } finally {
    await rm(work.absolute, { recursive: true, force: true });
  }
  res.status(201).json({ url: `/albums/${id}` });
});

async function photosOf(id: string): Promise<string[]> {
  return (await listDirectory(inside(albums, id))).map(({ name }) => name);
}

app.get('/albums/:id', async (req, res) => res.json(await photosOf(req.params.id)));

app.get('/albums/:id/archive', async (req, res) => {
  const names = await photosOf(req.params.id);
  const wanted = [req.query['name'] ?? names].flat().map(String);
  if (!wanted.every((name) => names.includes(name))) return void res.sendStatus(404);
  res.attachment('photos.tar.gz');
  await run.tar({ stdout: res })`-cz -C ${inside(albums, req.params.id)} -- ${args.each(wanted)}`;
});

if (existsSync('/usr/bin/magick')) {
  const { magick } = commands({ magick: '/usr/bin/magick' });
  app.get('/albums/:id/thumbnails/:name', async (req, res) => {
    const { id, name } = req.params;
    const photo = image(typeOf(name), inside(inside(albums, id), name));
    const size = String(req.query['size'] ?? '200x200');
    const { stdout } = await magick({ stdout: 'bytes' })`${photo} -thumbnail ${size} png:-`;
    res.type('png').send(stdout);
  });
}

app.get('/albums/:id/photos/:name', async (req, res) => {
  const { id, name } = req.params;
  await sendFile(req, res, inside(inside(albums, id), name), { disposition: 'inline', type: typeOf(name) });
});

app.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
  if (isNotFound(error)) res.sendStatus(404);
  else next(error);
});
app.use(bulwarkErrors());
export const server: Server = defendServer(createServer(app)).listen(Number(process.env['PORT'] ?? 3000));
