--- labels
good src/config.ts:12 secret/hard-coded | comes from the environment
bad src/config.ts:13 secret/hard-coded | key of the API tokens in the code
good src/config.ts:14 secret/hard-coded | a path, not a password
good src/db.ts:5 tls/unverified | checked against an authority of its own
bad src/db.ts:7 tls/unverified | certificate of the archive is not checked
good src/db.ts:27 sql/injection | table is a constant of the subclass, id is bound
good src/repositories/products.ts:21 sql/injection | pattern and limit are bound
good src/repositories/products.ts:27 sql/injection | column out of a map, direction of two constants
bad src/repositories/products.ts:33 sql/injection | order of the query string through controller and service
bad src/repositories/products.ts:45 sql/injection | names of the query's parameters in the statement
good src/repositories/products.ts:57 sql/injection | names are compared with a list
good src/repositories/products.ts:63 sql/injection | only numbered places in the text
good src/repositories/users.ts:21 sql/injection | bound
good src/repositories/users.ts:25 sql/injection | bound
bad src/repositories/users.ts:38 sql/injection | domain of the administrator's form, joined by plus
bad src/repositories/orders.ts:27 sql/injection | second order: the sort order that the user stored
good src/repositories/orders.ts:33 sql/injection | offset is a number that was calculated
good src/middleware/auth.ts:28 jwt/unverified | verified with a fixed algorithm
bad src/middleware/auth.ts:36 jwt/unverified | decode instead of verify
bad src/middleware/errors.ts:4 error/leak | message and stack in the answer
good src/middleware/errors.ts:8 log/injection | one line of JSON
good src/lib/crypto.ts:6 crypto/password-storage | bcrypt with twelve rounds
bad src/lib/crypto.ts:10 crypto/password-storage | fast hash of a password
bad src/lib/crypto.ts:14 crypto/weak-hash | key and text hashed together by MD5
good src/lib/crypto.ts:18 crypto/weak-hash | HMAC with SHA-256
good src/lib/crypto.ts:22 crypto/weak-hash | an ETag
good src/lib/crypto.ts:26 crypto/weak-random | from the system's generator
bad src/lib/crypto.ts:30 crypto/weak-random | code of a voucher
good src/lib/crypto.ts:35 crypto/weak-random | a banner for display
good src/lib/crypto.ts:40 crypto/weak-cipher | GCM with a random vector
bad src/lib/crypto.ts:45 crypto/weak-cipher | triple DES
bad src/services/catalog.ts:29 regex/injection | text of the search box
good src/services/catalog.ts:36 regex/injection | escaped before
bad src/services/catalog.ts:43 code/injection | rule of the request's body in node:vm
bad src/services/media.ts:20 command/injection | size of the form joined into a shell text
good src/services/media.ts:21 path/traversal | resolved and compared with the folder
good src/services/media.ts:25 command/injection | list of arguments without a shell
bad src/services/media.ts:29 path/traversal | only normalised, in another file
good src/services/media.ts:33 path/traversal | the helper compares with the folder
bad src/services/media.ts:40 archive/zip-slip | name of the entry as the path
good src/services/media.ts:51 archive/zip-slip | compared with the folder
bad src/services/media.ts:59 file/temp | name made of the process number
good src/services/media.ts:66 file/temp | in a folder of its own
bad src/services/hooks.ts:14 ssrf/request | address of a hook that a user stored
bad src/services/hooks.ts:19 ssrf/request | address of the body through the controller
good src/services/hooks.ts:26 ssrf/request | host out of a map
bad src/services/hooks.ts:31 request/no-timeout | axios waits for ever
good src/services/hooks.ts:37 request/no-timeout | has a limit
bad src/services/mail.ts:11 mail/injection | name and address of the form in one text of addresses
good src/services/mail.ts:15 template/injection | constant template, the name is a value
good src/services/mail.ts:16 mail/injection | one address as an object
bad src/services/mail.ts:20 template/injection | text of the template from the form
bad src/routes/products.ts:48 xss/reflected | search text in markup
good src/routes/products.ts:51 xss/reflected | escaped
good src/routes/products.ts:55 xss/reflected | plain text with nosniff
good src/routes/products.ts:61 xss/stored | both columns are escaped
bad src/routes/products.ts:68 xss/stored | one of two columns is not escaped
bad src/routes/account.ts:35 log/injection | address of the form as it is
good src/routes/account.ts:36 log/injection | one line of JSON
good src/routes/account.ts:41 trust/boundary | role of the row
bad src/routes/account.ts:42 cookie/flags | neither Secure nor HttpOnly
good src/routes/account.ts:43 cookie/flags | has its flags
bad src/routes/account.ts:44 redirect/open | begins with a slash, and so does //evil.example
good src/routes/account.ts:50 redirect/open | origin is compared in the helper
good src/routes/account.ts:55 redirect/open | constant path in front
bad src/routes/account.ts:60 regex/redos | nested repetition over the address of the form
good src/routes/account.ts:64 regex/redos | one class, linear
bad src/routes/account.ts:79 object/mass-assignment | whole body over the row that is saved, with its role
good src/routes/account.ts:91 object/mass-assignment | only the fields of a strict schema
bad src/routes/account.ts:104 object/prototype-pollution | two keys of the body
good src/routes/account.ts:110 object/prototype-pollution | maps
good src/routes/account.ts:116 trust/boundary | compared with a list
bad src/routes/account.ts:117 trust/boundary | as it came
bad src/routes/files.ts:16 upload/unchecked | name as it came, into a public folder
good src/routes/files.ts:23 upload/unchecked | name of its own, ending from a list
bad src/routes/files.ts:28 limits/unbounded-body | upload without limits
good src/routes/files.ts:30 limits/unbounded-body | has limits
bad src/routes/files.ts:55 path/traversal | %2f..%2f in the parameter
good src/routes/files.ts:59 path/traversal | root of sendFile refuses to leave
good src/routes/files.ts:63 path/traversal | base name only, in a helper
good src/routes/files.ts:75 header/injection | constant name, encoded value
bad src/routes/files.ts:76 header/injection | name of the header from the query
bad src/routes/admin.ts:27 headers/missing | no policy for the pages of the administrators
bad src/routes/admin.ts:28 csrf/off | switched off
good src/routes/admin.ts:32 csv/injection | cells are guarded
bad src/routes/admin.ts:36 csv/injection | names and notes of customers as they are
bad src/routes/admin.ts:40 code/reflection | name of the request picks a method, remove among them
good src/routes/admin.ts:45 code/reflection | looked up in a map
bad src/routes/admin.ts:66 xml/external-entity | entities are resolved
good src/routes/admin.ts:71 xml/external-entity | entities stay
bad src/routes/admin.ts:76 xpath/injection | name in the expression
good src/routes/admin.ts:81 xpath/injection | a variable
bad src/routes/admin.ts:86 deserialize/untrusted | node-serialize calls functions
good src/routes/admin.ts:91 deserialize/untrusted | JSON makes data only
good src/routes/admin.ts:99 config/debug | behind a condition
bad src/routes/api.ts:15 cors/wild | every origin, with credentials
good src/routes/api.ts:16 cors/wild | a list of origins
good src/app.ts:16 limits/unbounded-body | small limit
good src/app.ts:18 cookie/flags | has its flags
good src/app.ts:20 headers/missing | defaults of helmet
good src/server.ts:5 config/bind-all | address of the environment
good views/products.ejs:1 xss/template | a part of the page
good views/product.ejs:3 xss/template | escaped in a quoted attribute
good views/card.ejs:3 xss/template | sanitised by the route
bad views/card.ejs:4 xss/template | badge of the query string
--- package.json
{
  "name": "harbour-shop",
  "version": "2.4.0",
  "type": "module",
  "scripts": { "start": "node dist/server.js", "build": "tsc -p ." },
  "dependencies": {
    "adm-zip": "^0.5.16", "axios": "^1.7.9", "bcrypt": "^5.1.1", "cors": "^2.8.5", "ejs": "^3.1.10",
    "errorhandler": "^1.5.1", "escape-html": "^1.0.3", "express": "^5.0.1", "express-session": "^1.18.1",
    "helmet": "^8.0.0", "jsonwebtoken": "^9.0.2", "libxmljs2": "^0.35.0", "lodash": "^4.17.21",
    "lusca": "^1.7.0", "multer": "^1.4.5-lts.1", "node-serialize": "^0.0.4", "nodemailer": "^6.9.16",
    "pg": "^8.13.1", "sanitize-html": "^2.14.0", "xpath": "^0.0.34", "zod": "^3.24.1"
  }
}
--- src/config.ts
function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The variable ${name} is not set.`);
  return value;
}

export const config = {
  port: Number(process.env.PORT ?? 3000),
  host: process.env.HOST ?? '127.0.0.1',
  publicUrl: process.env.PUBLIC_URL ?? 'https://shop.harbour.example',
  databaseUrl: required('DATABASE_URL'),
  sessionSecret: required('SESSION_SECRET'),
  tokenSecret: 'h7Kq2vXz9LmT4pRw8sYb3NcF',
  passwordResetPath: '/account/password-reset',
  invoiceKey: Buffer.from(process.env.INVOICE_KEY ?? '', 'hex'),
  uploadDir: '/srv/harbour/uploads',
  invoiceDir: '/srv/harbour/invoices',
  themeDir: '/srv/harbour/themes',
};

export const shippingPartners = new Map<string, string>([
  ['dhl', 'https://api.dhl.example/track'],
  ['ups', 'https://api.ups.example/track'],
  ['post', 'https://api.post.example/track'],
]);
--- src/db.ts
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { config } from './config.js';

export const pool = new pg.Pool({ connectionString: config.databaseUrl, max: 12, ssl: { ca: readFileSync('/etc/harbour/db-ca.pem', 'utf8') } });

export const archive = new pg.Pool({ connectionString: process.env.ARCHIVE_URL, ssl: { rejectUnauthorized: false } });

export type Row = Record<string, unknown>;

export abstract class Repository<T> {
  constructor(
    protected readonly db: pg.Pool,
    protected readonly table: string,
  ) {}

  protected async many(text: string, values: unknown[] = []): Promise<T[]> {
    const { rows } = await this.db.query(text, values);
    return rows as T[];
  }

  protected async one(text: string, values: unknown[] = []): Promise<T | undefined> {
    return (await this.many(text, values))[0];
  }

  byId(id: number): Promise<T | undefined> {
    return this.one(`select * from ${this.table} where id = $1`, [id]);
  }

  async remove(id: number): Promise<void> {
    await this.db.query(`delete from ${this.table} where id = $1`, [id]);
  }
}
--- src/repositories/products.ts
import { Repository, pool } from '../db.js';

export interface Product {
  id: number;
  name: string;
  slug: string;
  description: string;
  price: number;
  stock: number;
}

const columns = new Map([['price', 'price'], ['name', 'name'], ['newest', 'created_at']]);
const filterable = new Set(['colour', 'brand', 'size']);

export class ProductRepository extends Repository<Product> {
  constructor() {
    super(pool, 'products');
  }

  search(text: string, limit: number): Promise<Product[]> {
    return this.many('select * from products where name ilike $1 limit $2', [`%${text}%`, limit]);
  }

  async listBy(sort: string, direction: string): Promise<Product[]> {
    const order = columns.get(sort) ?? 'name';
    const way = direction === 'desc' ? 'desc' : 'asc';
    const { rows } = await this.db.query(`select * from products order by ${order} ${way}`);
    return rows;
  }

  async listInCategory(category: string, order: string): Promise<Product[]> {
    const text = `select p.* from products p join categories c on c.id = p.category_id where c.slug = $1 order by ${order}`;
    const { rows } = await this.db.query(text, [category]);
    return rows;
  }

  async filtered(criteria: Record<string, unknown>): Promise<Product[]> {
    const parts: string[] = [];
    const values: unknown[] = [];
    for (const [key, value] of Object.entries(criteria)) {
      values.push(value);
      parts.push(`${key} = $${values.length}`);
    }
    const where = parts.length > 0 ? ` where ${parts.join(' and ')}` : '';
    const { rows } = await this.db.query(`select * from products${where}`, values);
    return rows;
  }

  async faceted(criteria: Record<string, unknown>): Promise<Product[]> {
    const parts = ['stock > 0'];
    const values: unknown[] = [];
    for (const [key, value] of Object.entries(criteria)) {
      if (!filterable.has(key)) continue;
      values.push(value);
      parts.push(`${key} = $${values.length}`);
    }
    const { rows } = await this.db.query(`select * from products where ${parts.join(' and ')}`, values);
    return rows;
  }

  async byIds(ids: number[]): Promise<Product[]> {
    const marks = ids.map((_id, index) => `$${index + 1}`).join(', ');
    const { rows } = await this.db.query(`select * from products where id in (${marks})`, ids);
    return rows;
  }
}
--- src/repositories/users.ts
import { Repository, archive, pool } from '../db.js';

export interface User {
  id: number;
  name: string;
  email: string;
  role: string;
  passwordHash: string;
  bio: string;
  website: string;
  avatar: string;
  savedSort: string;
}

export class UserRepository extends Repository<User> {
  constructor() {
    super(pool, 'users');
  }

  byEmail(email: string): Promise<User | undefined> {
    return this.one('select * from users where email = $1', [email]);
  }

  async create(name: string, email: string, passwordHash: string): Promise<number> {
    const { rows } = await this.db.query('insert into users (name, email, password_hash) values ($1, $2, $3) returning id', [name, email, passwordHash]);
    return rows[0].id;
  }

  async save(user: User): Promise<void> {
    await this.db.query('update users set name = $1, email = $2, role = $3, bio = $4 where id = $5', [user.name, user.email, user.role, user.bio, user.id]);
  }

  async rememberSort(id: number, sort: string): Promise<void> {
    await this.db.query('update users set saved_sort = $1 where id = $2', [sort, id]);
  }

  async oldAccounts(domain: string): Promise<User[]> {
    const { rows } = await archive.query("select id, name, email from old_users where email like '%@" + domain + "'");
    return rows;
  }
}
--- src/repositories/orders.ts
import { Repository, pool } from '../db.js';

export interface Order {
  id: number;
  userId: number;
  customer: string;
  note: string;
  total: number;
  status: string;
  invoice: string;
}

export interface Review {
  author: string;
  text: string;
  stars: number;
}

export class OrderRepository extends Repository<Order> {
  constructor() {
    super(pool, 'orders');
  }

  async ofUser(userId: number): Promise<Order[]> {
    const { rows: users } = await this.db.query('select saved_sort from users where id = $1', [userId]);
    const sort = users[0].saved_sort;
    const { rows } = await this.db.query(`select * from orders where user_id = $1 order by ${sort}`, [userId]);
    return rows;
  }

  async page(userId: number, page: number): Promise<Order[]> {
    const offset = Math.max(0, Math.trunc(page)) * 20;
    const { rows } = await this.db.query(`select * from orders where user_id = $1 limit 20 offset ${offset}`, [userId]);
    return rows;
  }

  async all(): Promise<Order[]> {
    const { rows } = await this.db.query('select o.*, u.name as customer from orders o join users u on u.id = o.user_id');
    return rows;
  }

  async reviews(productId: number): Promise<Review[]> {
    const { rows } = await this.db.query('select author, text, stars from reviews where product_id = $1', [productId]);
    return rows;
  }

  async hooks(event: string): Promise<{ url: string; secret: string }[]> {
    const { rows } = await this.db.query('select url, secret from webhooks where event = $1', [event]);
    return rows;
  }

  async addHook(userId: number, event: string, url: string, secret: string): Promise<void> {
    await this.db.query('insert into webhooks (user_id, event, url, secret) values ($1, $2, $3, $4)', [userId, event, url, secret]);
  }
}
--- src/middleware/auth.ts
import type { NextFunction, Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import { config } from '../config.js';

declare module 'express-session' {
  interface SessionData {
    userId: number;
    role: string;
    language: string;
    currency: string;
  }
}

declare global {
  namespace Express {
    interface Request {
      account?: { id: number; role: string };
    }
  }
}

function bearer(req: Request): string {
  return (req.headers.authorization ?? '').replace('Bearer ', '');
}

export function requireToken(req: Request, res: Response, next: NextFunction): void {
  try {
    req.account = jwt.verify(bearer(req), config.tokenSecret, { algorithms: ['HS256'] }) as { id: number; role: string };
    next();
  } catch {
    res.sendStatus(401);
  }
}

export function partnerToken(req: Request, res: Response, next: NextFunction): void {
  const claims = jwt.decode(bearer(req)) as { id: number; role: string } | null;
  if (!claims) {
    res.sendStatus(401);
    return;
  }
  req.account = claims;
  next();
}

export function requireLogin(req: Request, res: Response, next: NextFunction): void {
  if (req.session.userId) next();
  else res.redirect('/account/login');
}

export function requireAdmin(req: Request, res: Response, next: NextFunction): void {
  if (req.session.role === 'admin') next();
  else res.sendStatus(403);
}
--- src/middleware/errors.ts
import type { NextFunction, Request, Response } from 'express';

export function apiErrors(error: Error, _req: Request, res: Response, _next: NextFunction): void {
  res.status(500).json({ error: error.message, stack: error.stack });
}

export function pageErrors(error: Error, req: Request, res: Response, _next: NextFunction): void {
  console.error('page failed', JSON.stringify({ path: req.path, message: error.message }));
  res.status(500).render('error', { title: 'Something went wrong' });
}
--- src/lib/paths.ts
import { basename, join, normalize, resolve, sep } from 'node:path';
import { config } from '../config.js';

const uploads = resolve(config.uploadDir);

export function uploadPath(name: string): string {
  return join(config.uploadDir, normalize(name));
}

export function insideUploads(name: string): string {
  const path = resolve(uploads, name);
  if (!path.startsWith(uploads + sep)) throw new Error('Not a file of the shop.');
  return path;
}

export function invoicePath(name: string): string {
  return join(config.invoiceDir, basename(name));
}
--- src/lib/crypto.ts
import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import bcrypt from 'bcrypt';
import { config } from '../config.js';

export function hashPassword(password: string): Promise<string> {
  return bcrypt.hash(password, 12);
}

export function legacyPassword(password: string, salt: string): string {
  return createHash('sha256').update(salt + password).digest('hex');
}

export function signHook(secret: string, body: string): string {
  return createHash('md5').update(secret + body).digest('hex');
}

export function signDownload(path: string): string {
  return createHmac('sha256', config.sessionSecret).update(path).digest('hex');
}

export function etag(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

export function resetToken(): string {
  return randomBytes(32).toString('base64url');
}

export function voucherCode(): string {
  const voucher = Math.random().toString(36).slice(2, 10).toUpperCase();
  return `HB-${voucher}`;
}

export function bannerIndex(count: number): number {
  return Math.floor(Math.random() * count);
}

export function sealInvoice(data: Buffer): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', config.invoiceKey, iv);
  return Buffer.concat([iv, cipher.update(data), cipher.final(), cipher.getAuthTag()]);
}

export function sealCard(number: string): string {
  const cipher = createCipheriv('des-ede3-cbc', config.invoiceKey.subarray(0, 24), randomBytes(8));
  return cipher.update(number, 'utf8', 'hex') + cipher.final('hex');
}
--- src/services/catalog.ts
import vm from 'node:vm';
import { type Product, ProductRepository } from '../repositories/products.js';

const repository = new ProductRepository();

export interface Listing {
  category: string;
  sort: string;
}

export class CatalogService {
  inCategory(listing: Listing): Promise<Product[]> {
    return repository.listInCategory(listing.category, listing.sort);
  }

  sorted(sort: string, direction: string): Promise<Product[]> {
    return repository.listBy(sort, direction);
  }

  filter(criteria: Record<string, unknown>): Promise<Product[]> {
    return repository.filtered(criteria);
  }

  facets(criteria: Record<string, unknown>): Promise<Product[]> {
    return repository.faceted(criteria);
  }

  async suggest(text: string): Promise<string[]> {
    const pattern = new RegExp(`^${text}`, 'i');
    const products = await repository.search('', 500);
    return products.map((product) => product.name).filter((name) => pattern.test(name));
  }

  async highlight(text: string): Promise<string[]> {
    const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const pattern = new RegExp(literal, 'i');
    const products = await repository.search(text, 50);
    return products.map((product) => product.name).filter((name) => pattern.test(name));
  }

  async discounted(productId: number, rule: string): Promise<number> {
    const product = await repository.byId(productId);
    return Number(vm.runInNewContext(rule, { price: product?.price ?? 0 }));
  }

  async withPercentage(productId: number, percent: number): Promise<number> {
    const product = await repository.byId(productId);
    return (product?.price ?? 0) * (1 - Math.min(percent, 90) / 100);
  }
}
--- src/services/media.ts
import { exec, execFile } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import AdmZip from 'adm-zip';
import { config } from '../config.js';
import { insideUploads, uploadPath } from '../lib/paths.js';

const run = promisify(exec);
const runFile = promisify(execFile);
const themes = resolve(config.themeDir);

export class MediaService {
  async thumbnail(file: string, size: string): Promise<void> {
    const target = `${config.uploadDir}/thumb.webp`;
    const command = ['convert', `${config.uploadDir}/source.png`, '-resize', size, target].join(' ');
    console.info('making a thumbnail');
    await run(command);
    await unlink(insideUploads(file));
  }

  async watermark(path: string, text: string): Promise<void> {
    await runFile('exiftool', ['-overwrite_original', `-Title=${text}`, path]);
  }

  read(name: string): Promise<Buffer> {
    return readFile(uploadPath(name));
  }

  readChecked(name: string): Promise<Buffer> {
    return readFile(insideUploads(name));
  }

  installTheme(archive: Buffer): number {
    const entries = new AdmZip(archive).getEntries();
    for (const entry of entries) {
      const target = join(config.themeDir, entry.entryName);
      writeFileSync(target, entry.getData());
    }
    chmodSync(config.themeDir, 0o755);
    return entries.length;
  }

  installLanguage(archive: Buffer): number {
    const entries = new AdmZip(archive).getEntries();
    for (const entry of entries) {
      const target = resolve(themes, entry.entryName);
      if (!target.startsWith(themes + sep)) throw new Error('A name leaves the folder.');
      writeFileSync(target, entry.getData());
    }
    chmodSync(config.themeDir, 0o750);
    return entries.length;
  }

  async stageExport(text: string): Promise<string> {
    const path = join(tmpdir(), `harbour-export-${process.pid}.csv`);
    await writeFile(path, text);
    return path;
  }

  async stageReport(text: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'harbour-'));
    const path = join(folder, 'report.csv');
    await writeFile(path, text, { flag: 'wx' });
    return path;
  }
}
--- src/services/hooks.ts
import axios from 'axios';
import { shippingPartners } from '../config.js';
import { signHook } from '../lib/crypto.js';
import { OrderRepository } from '../repositories/orders.js';

const repository = new OrderRepository();
const partner = axios.create({ timeout: 8000, maxRedirects: 0 });

export class HookService {
  async notify(event: string, payload: object): Promise<void> {
    const body = JSON.stringify(payload);
    for (const hook of await repository.hooks(event)) {
      const headers = { 'X-Signature': signHook(hook.secret, body) };
      await axios.post(hook.url, body, { headers, timeout: 5000 });
    }
  }

  async probe(url: string): Promise<number> {
    const answer = await axios.get(url, { timeout: 5000, validateStatus: () => true });
    return answer.status;
  }

  async track(carrier: string, parcel: string): Promise<unknown> {
    const base = shippingPartners.get(carrier);
    if (!base) return undefined;
    const answer = await partner.get(`${base}/${encodeURIComponent(parcel)}`);
    return answer.data;
  }

  async rates(): Promise<unknown> {
    const answer = await axios.get('https://rates.harbour.example/latest');
    return answer.data;
  }

  async stockOf(sku: string): Promise<unknown> {
    const url = `https://stock.harbour.example/items/${encodeURIComponent(sku)}`;
    const answer = await axios.get(url, { timeout: 4000 });
    return answer.data;
  }
}
--- src/services/mail.ts
import ejs from 'ejs';
import nodemailer from 'nodemailer';

const mailer = nodemailer.createTransport({ host: process.env.SMTP_HOST ?? 'localhost', port: 587 });
const from = 'shop@harbour.example';
const welcome = '<p>Welcome aboard, <%= name %>.</p>';

export class MailService {
  async sendCopy(name: string, address: string, text: string): Promise<void> {
    const to = `${name} <${address}>`;
    await mailer.sendMail({ from, to, subject: 'Your message to us', text });
  }

  async sendWelcome(name: string, address: string): Promise<void> {
    const html = ejs.render(welcome, { name });
    await mailer.sendMail({ from, to: { name, address }, subject: 'Welcome', html });
  }

  preview(template: string, name: string): string {
    return ejs.render(template, { name, shop: 'Harbour' });
  }
}
--- src/services/exports.ts
import type { Order } from '../repositories/orders.js';

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

export function accountingRows(orders: Order[]): string {
  return orders.map((order) => [order.id, cell(order.customer), cell(order.note), order.total].join(';')).join('\n');
}

export function packingRows(orders: Order[]): string {
  return orders.map((order) => [order.id, order.customer, order.note].join(';')).join('\n');
}
--- src/routes/products.ts
import escapeHtml from 'escape-html';
import { Router } from 'express';
import { OrderRepository } from '../repositories/orders.js';
import { ProductRepository } from '../repositories/products.js';
import { CatalogService } from '../services/catalog.js';

export const products = Router();
const catalog = new CatalogService();
const repository = new ProductRepository();
const orders = new OrderRepository();

products.get('/', async (req, res) => {
  const list = await catalog.sorted(String(req.query.sort ?? 'name'), String(req.query.direction ?? 'asc'));
  res.render('products', { list, heading: 'All products' });
});

products.get('/category/:slug', async (req, res) => {
  const { slug } = req.params;
  const sort = typeof req.query.sort === 'string' ? req.query.sort : 'name';
  res.render('products', { list: await catalog.inCategory({ category: slug, sort }), heading: slug });
});

products.get('/filter', async (req, res) => {
  res.json(await catalog.filter(req.query));
});

products.get('/facets', async (req, res) => {
  res.json(await catalog.facets(req.query));
});

products.get('/compare', async (req, res) => {
  const ids = String(req.query.ids ?? '').split(',').map(Number).filter(Number.isInteger);
  res.json(await repository.byIds(ids));
});

products.get('/suggest', async (req, res) => {
  res.json(await catalog.suggest(String(req.query.q ?? '')));
});

products.get('/highlight', async (req, res) => {
  res.json(await catalog.highlight(String(req.query.q ?? '').slice(0, 60)));
});

products.get('/search', async (req, res) => {
  const q = String(req.query.q ?? '');
  const found = await repository.search(q, 40);
  if (found.length === 0) {
    res.status(404).send(`<h1>Nothing found for ${q}</h1><p><a href="/products">All products</a></p>`);
    return;
  }
  res.send(`<h1>${found.length} results for ${escapeHtml(q)}</h1>`);
});

products.get('/search.txt', async (req, res) => {
  res.set('X-Content-Type-Options', 'nosniff').type('text/plain').send(`Results for ${String(req.query.q)}`);
});

products.get('/:id/reviews', async (req, res) => {
  const reviews = await orders.reviews(Number(req.params.id));
  const items = reviews.map((review) => `<li><b>${escapeHtml(review.author)}</b> ${escapeHtml(review.text)}</li>`);
  res.send(`<ul>${items.join('')}</ul>`);
});

products.get('/:id/widget', async (req, res) => {
  const reviews = await orders.reviews(Number(req.params.id));
  let markup = '<ol class="reviews">';
  for (const review of reviews) markup += `<li><b>${escapeHtml(review.author)}</b> ${review.text}</li>`;
  res.send(`${markup}</ol>`);
});

products.get('/:id', async (req, res) => {
  const product = await repository.byId(Number(req.params.id));
  if (!product) {
    res.sendStatus(404);
    return;
  }
  res.render('product', { product, tab: String(req.query.tab ?? 'details') });
});

products.post('/:id/price', async (req, res) => {
  res.json({ price: await catalog.discounted(Number(req.params.id), String(req.body.rule)) });
});
--- src/routes/account.ts
import { Router } from 'express';
import sanitizeHtml from 'sanitize-html';
import { z } from 'zod';
import { config } from '../config.js';
import { hashPassword, legacyPassword, resetToken } from '../lib/crypto.js';
import { requireLogin } from '../middleware/auth.js';
import { UserRepository } from '../repositories/users.js';
import { MailService } from '../services/mail.js';

export const account = Router();
const users = new UserRepository();
const mail = new MailService();
const languages = new Set(['en', 'de', 'fr', 'nl']);
const preferences: Record<string, Record<string, unknown>> = {};
const notices = new Map<string, Map<string, string>>();
const Profile = z.object({ name: z.string().max(80), bio: z.string().max(2000) }).strict();

function localTarget(value: unknown): string {
  const text = String(value ?? '/');
  return text.startsWith('/') ? text : '/';
}

function ownTarget(value: unknown): string {
  const url = new URL(String(value ?? '/'), config.publicUrl);
  return url.origin === config.publicUrl ? url.href : '/';
}

account.get('/login', (req, res) => {
  res.render('login', { title: 'Sign in', email: String(req.query.email ?? '') });
});

account.post('/login', async (req, res) => {
  const user = await users.byEmail(String(req.body.email));
  if (!user || user.passwordHash !== legacyPassword(String(req.body.password), user.email)) {
    console.warn(`sign-in failed for ${req.body.email}`);
    console.warn('sign-in failed', JSON.stringify({ email: req.body.email }));
    res.status(401).render('login', { title: 'Sign in', email: '' });
    return;
  }
  req.session.userId = user.id;
  req.session.role = user.role;
  res.cookie('session_token', resetToken(), { maxAge: 86_400_000 });
  res.cookie('device_session', resetToken(), { secure: true, httpOnly: true, sameSite: 'lax' });
  res.redirect(localTarget(req.query.next));
});

account.post('/logout', (req, res) => {
  const target = ownTarget(req.query.next);
  req.session.destroy(() => {
    res.redirect(target);
  });
});

account.get('/return', (req, res) => {
  res.redirect(`/products/${encodeURIComponent(String(req.query.product))}`);
});

account.post('/register', async (req, res) => {
  const { name, email, password } = req.body;
  if (!/^([a-z0-9]+[._-]?)+@[a-z0-9.-]+$/i.test(email)) {
    res.sendStatus(400);
    return;
  }
  if (!/^[\p{L} '-]{1,80}$/u.test(name)) {
    res.sendStatus(400);
    return;
  }
  const id = await users.create(String(name), String(email), await hashPassword(String(password)));
  await mail.sendWelcome(String(name), String(email));
  res.status(201).json({ id });
});

account.put('/profile', requireLogin, async (req, res) => {
  const user = await users.byId(req.session.userId ?? 0);
  if (!user) {
    res.sendStatus(404);
    return;
  }
  Object.assign(user, req.body);
  await users.save(user);
  res.sendStatus(204);
});

account.patch('/profile', requireLogin, async (req, res) => {
  const user = await users.byId(req.session.userId ?? 0);
  const changes = Profile.parse(req.body);
  if (!user) {
    res.sendStatus(404);
    return;
  }
  Object.assign(user, changes);
  await users.save(user);
  res.sendStatus(204);
});

account.put('/sort', requireLogin, async (req, res) => {
  await users.rememberSort(req.session.userId ?? 0, String(req.body.sort));
  res.sendStatus(204);
});

account.put('/preferences', requireLogin, (req, res) => {
  const { group, key, value } = req.body;
  preferences[group] ??= {};
  preferences[group][key] = value;
  res.sendStatus(204);
});

account.put('/notices', requireLogin, (req, res) => {
  const group = notices.get(String(req.body.group)) ?? new Map<string, string>();
  notices.set(String(req.body.group), group.set(String(req.body.key), String(req.body.value)));
  res.sendStatus(204);
});

account.post('/language', (req, res) => {
  const { language, currency } = req.body;
  if (languages.has(language)) req.session.language = language;
  req.session.currency = currency;
  res.sendStatus(204);
});

account.get('/:id/card', async (req, res) => {
  const user = await users.byId(Number(req.params.id));
  res.render('card', { user, bio: sanitizeHtml(user?.bio ?? ''), badge: req.query.badge });
});

account.post('/contact', async (req, res) => {
  await mail.sendCopy(String(req.body.name), String(req.body.email), String(req.body.text));
  res.sendStatus(204);
});
--- src/routes/files.ts
import { randomUUID } from 'node:crypto';
import { join, extname } from 'node:path';
import { Router } from 'express';
import multer from 'multer';
import { config } from '../config.js';
import { invoicePath } from '../lib/paths.js';
import { requireLogin } from '../middleware/auth.js';
import { MediaService } from '../services/media.js';

export const files = Router();
const media = new MediaService();
const endings = new Set(['.png', '.jpg', '.webp']);

const attachments = multer.diskStorage({
  destination: 'public/attachments',
  filename: (_req, file, done) => done(null, file.originalname),
});

const photos = multer.diskStorage({
  destination: config.uploadDir,
  filename: (_req, file, done) => {
    const ending = extname(file.originalname).toLowerCase();
    if (endings.has(ending)) done(null, randomUUID() + ending);
    else done(new Error('Only pictures are taken.'), '');
  },
});

const anyFile = multer({ storage: attachments });
const photo = multer({ storage: photos, limits: { fileSize: 4_000_000, files: 1 } });
const inMemory = multer({ storage: multer.memoryStorage(), limits: { fileSize: 8_000_000, files: 1 } });

files.post('/attachments', requireLogin, anyFile.single('file'), (req, res) => {
  res.status(201).json({ size: req.file?.size });
});

files.post('/photos', requireLogin, photo.single('photo'), async (req, res) => {
  await media.thumbnail(req.file?.filename ?? '', String(req.body.size));
  res.status(201).json({ name: req.file?.filename });
});

files.post('/photos/marked', requireLogin, photo.single('photo'), async (req, res) => {
  await media.watermark(req.file?.path ?? '', String(req.body.text));
  res.sendStatus(204);
});

files.post('/themes', requireLogin, inMemory.single('theme'), (req, res) => {
  res.json({ files: media.installTheme(req.file?.buffer ?? Buffer.alloc(0)) });
});

files.post('/languages', requireLogin, inMemory.single('language'), (req, res) => {
  res.json({ files: media.installLanguage(req.file?.buffer ?? Buffer.alloc(0)) });
});

files.get('/manuals/:name', (req, res) => {
  res.sendFile(join('/srv/harbour/manuals', req.params.name));
});

files.get('/pictures/:name', (req, res) => {
  res.sendFile(req.params.name, { root: config.uploadDir });
});

files.get('/invoices/:name', requireLogin, (req, res) => {
  res.download(invoicePath(req.params.name));
});

files.get('/raw', requireLogin, async (req, res) => {
  res.type('application/octet-stream').send(await media.read(String(req.query.name)));
});

files.get('/checked', requireLogin, async (req, res) => {
  res.type('application/octet-stream').send(await media.readChecked(String(req.query.name)));
});

files.get('/label', (req, res) => {
  res.setHeader('X-Label', encodeURIComponent(String(req.query.label)));
  res.setHeader(String(req.query.option), 'enabled');
  res.end();
});
--- src/routes/admin.ts
import { Router } from 'express';
import errorhandler from 'errorhandler';
import helmet from 'helmet';
import libxmljs from 'libxmljs2';
import lusca from 'lusca';
import serialize from 'node-serialize';
import xpath from 'xpath';
import { voucherCode } from '../lib/crypto.js';
import { requireAdmin } from '../middleware/auth.js';
import { OrderRepository } from '../repositories/orders.js';
import { UserRepository } from '../repositories/users.js';
import { accountingRows, packingRows } from '../services/exports.js';
import { HookService } from '../services/hooks.js';
import { MailService } from '../services/mail.js';
import { catalogue } from '../suppliers.js';

export const admin = Router();
const orders = new OrderRepository();
const users = new UserRepository();
const hooks = new HookService();
const mail = new MailService();
const bySku = xpath.parse('//item[@sku=$sku]');

const actions = orders as unknown as Record<string, (id: number) => Promise<unknown>>;
const reports = new Map<string, () => Promise<unknown>>([['orders', () => orders.all()], ['rates', () => hooks.rates()]]);

admin.use(helmet({ contentSecurityPolicy: false }));
admin.use(lusca({ csrf: false }));
admin.use(requireAdmin);

admin.get('/orders.csv', async (_req, res) => {
  res.type('text/csv').send(accountingRows(await orders.all()));
});

admin.get('/packing.csv', async (_req, res) => {
  res.type('text/csv').send(packingRows(await orders.all()));
});

admin.get('/orders/:id/:view', async (req, res) => {
  res.json(await actions[req.params.view](Number(req.params.id)));
});

admin.post('/reports/:name', async (req, res) => {
  const report = reports.get(req.params.name);
  if (report) res.json(await report());
  else res.sendStatus(404);
});

admin.post('/mail/preview', (req, res) => {
  res.json({ markup: mail.preview(String(req.body.template), String(req.body.name)) });
});

admin.get('/old-accounts', async (req, res) => {
  res.json(await users.oldAccounts(String(req.query.domain)));
});

admin.post('/vouchers', (_req, res) => {
  res.json({ code: voucherCode() });
});

admin.post('/hooks/probe', async (req, res) => {
  res.json({ status: await hooks.probe(req.body.url) });
});

admin.post('/feed', (req, res) => {
  const feed = libxmljs.parseXml(String(req.body.feed), { noent: true });
  res.json({ name: feed.root()?.name() });
});

admin.post('/prices', (req, res) => {
  const feed = libxmljs.parseXml(String(req.body.feed), { noent: false, nonet: true });
  res.json({ name: feed.root()?.name() });
});

admin.get('/supplier', (req, res) => {
  const found = xpath.select(`//item[@supplier='${req.query.supplier}']`, catalogue);
  res.json({ count: Array.isArray(found) ? found.length : 0 });
});

admin.get('/sku', (req, res) => {
  const found = bySku.select({ node: catalogue, variables: { sku: String(req.query.sku) } });
  res.json({ count: found.length });
});

admin.post('/restore', (req, res) => {
  const state = serialize.unserialize(req.body.state);
  res.json({ keys: Object.keys(state).length });
});

admin.post('/import', (req, res) => {
  const state = JSON.parse(String(req.body.state));
  res.json({ keys: Object.keys(state).length });
});

admin.get('/', async (_req, res) => {
  res.render('dashboard', { title: 'Back office', list: await orders.all() });
});

if (process.env.NODE_ENV === 'development') admin.use(errorhandler());
--- src/routes/api.ts
import cors from 'cors';
import { Router } from 'express';
import { z } from 'zod';
import { partnerToken, requireToken } from '../middleware/auth.js';
import { apiErrors } from '../middleware/errors.js';
import { OrderRepository } from '../repositories/orders.js';
import { HookService } from '../services/hooks.js';

export const partners = Router();
export const api = Router();
const orders = new OrderRepository();
const hooks = new HookService();
const Hook = z.object({ event: z.enum(['order.paid', 'order.sent']), url: z.string(), secret: z.string().min(16) });

partners.use(cors({ origin: true, credentials: true }));
api.use(cors({ origin: ['https://app.harbour.example'], credentials: true }));

partners.get('/orders', partnerToken, async (req, res) => {
  res.json(await orders.ofUser(req.account?.id ?? 0));
});

partners.post('/hooks', partnerToken, async (req, res) => {
  const hook = Hook.parse(req.body);
  await orders.addHook(req.account?.id ?? 0, hook.event, hook.url, hook.secret);
  res.sendStatus(201);
});

api.get('/orders', requireToken, async (req, res) => {
  res.json(await orders.page(req.account?.id ?? 0, Number(req.query.page) || 0));
});

api.post('/orders/:id/paid', requireToken, async (req, res) => {
  const order = await orders.byId(Number(req.params.id));
  await hooks.notify('order.paid', { id: order?.id });
  res.sendStatus(204);
});

api.get('/track/:carrier/:parcel', async (req, res) => {
  res.json(await hooks.track(req.params.carrier, req.params.parcel));
});

api.get('/stock/:sku', async (req, res) => {
  res.json(await hooks.stockOf(req.params.sku));
});

api.use(apiErrors);
--- src/suppliers.ts
import { readFileSync } from 'node:fs';
import { DOMParser } from '@xmldom/xmldom';

export const catalogue = new DOMParser().parseFromString(readFileSync('data/suppliers.xml', 'utf8'), 'text/xml');
--- src/app.ts
import express from 'express';
import session from 'express-session';
import helmet from 'helmet';
import { config } from './config.js';
import { pageErrors } from './middleware/errors.js';
import { account } from './routes/account.js';
import { admin } from './routes/admin.js';
import { api, partners } from './routes/api.js';
import { files } from './routes/files.js';
import { products } from './routes/products.js';

export const app = express();
app.set('view engine', 'ejs');
app.set('trust proxy', 1);

app.use(express.json({ limit: '200kb' }));
app.use(express.urlencoded({ extended: false, limit: '100kb' }));
app.use(session({ secret: config.sessionSecret, resave: false, saveUninitialized: false, cookie: { httpOnly: true, secure: true, sameSite: 'lax' } }));

app.use('/products', helmet(), products);
app.use('/account', helmet(), account);
app.use('/files', files);
app.use('/admin', admin);
app.use('/partners', partners);
app.use('/api', api);
app.use(pageErrors);
--- src/server.ts
import http from 'node:http';
import { app } from './app.js';
import { config } from './config.js';

app.listen(config.port, config.host, () => {
  console.info(`shop is open on port ${config.port}`);
});

const metrics = http.createServer((_req, res) => {
  res.setHeader('Content-Type', 'text/plain');
  res.end(`uptime ${process.uptime()}\n`);
});
metrics.listen(9100, '127.0.0.1');
--- views/products.ejs
<%- include('partials/head', { title: heading }) %>
<h1><%= heading %></h1>
<ul>
<% for (const item of list) { %>
  <li><a href="/products/<%= item.id %>"><%= item.name %></a> <%= item.price %></li>
<% } %>
</ul>
--- views/product.ejs
<%- include('partials/head', { title: product.name }) %>
<h1><%= product.name %></h1>
<nav data-tab="<%= tab %>"></nav>
<section><%= product.description %></section>
<p>In stock: <%= product.stock %></p>
--- views/card.ejs
<article class="card">
  <h2><%= user.name %></h2>
  <div><%- bio %></div>
  <span class="badge"><%- badge %></span>
  <footer><%= user.avatar %></footer>
</article>
--- views/login.ejs
<%- include('partials/head', { title }) %>
<form method="post" action="/account/login">
  <input name="email" value="<%= email %>">
  <input name="password" type="password">
  <button>Sign in</button>
</form>
--- views/partials/head.ejs
<!doctype html>
<meta charset="utf-8">
<title><%= title %> - Harbour</title>
<link rel="stylesheet" href="/style.css">
--- views/error.ejs
<%- include('partials/head', { title }) %>
<h1><%= title %></h1>
--- views/dashboard.ejs
<%- include('partials/head', { title }) %>
<table>
<% for (const order of list) { %>
  <tr><td><%= order.id %></td><td><%= order.customer %></td><td><%= order.total %></td></tr>
<% } %>
</table>
