--- labels
bad src/app.ts:24 cors/wild | every origin is reflected, together with credentials
good src/app.ts:27 cors/wild | origin is a member of the list
good src/app.ts:41 limits/unbounded-body | a small limit is set
good src/app.ts:50 config/bind-all | only the loopback interface
good src/config.ts:12 secret/hard-coded | read from the environment and refused when missing
bad src/config.ts:13 secret/hard-coded | live API key of the carrier in the source
good src/config.ts:18 secret/hard-coded | the name of a form field, not a password
good src/lib/mail.ts:4 tls/unverified | certificate check left on
bad src/lib/mail.ts:9 tls/unverified | the certificate of the mail relay is not checked
good src/lib/mail.ts:13 mail/injection | constant recipient, numeric id in the subject
bad src/lib/mail.ts:23 mail/injection | raw headers are built from form fields with line breaks in them
good src/lib/secrets.ts:8 crypto/password-storage | scrypt with a random salt
bad src/lib/secrets.ts:20 crypto/password-storage crypto/weak-hash | login PIN stored as one round of SHA-1
bad src/lib/secrets.ts:25 crypto/weak-random | the code authorises a pick-up and is guessable
good src/lib/secrets.ts:29 crypto/weak-random | token from the system's random source
good src/lib/secrets.ts:33 crypto/weak-random | jitter of a delay, no secret
bad src/lib/secrets.ts:37 crypto/weak-cipher | ECB mode shows repeated blocks
good src/lib/secrets.ts:43 crypto/weak-cipher | authenticated mode with a fresh nonce
good src/lib/secrets.ts:49 crypto/weak-hash | HMAC with SHA-256
bad src/lib/storage.ts:27 path/traversal upload/unchecked | the client's file name decides where the upload is written
good src/lib/storage.ts:35 path/traversal | random name and an extension from the list
good src/lib/storage.ts:35 upload/unchecked | extension checked with the list, name is generated
good src/lib/storage.ts:42 path/traversal | prefix checked after resolve
bad src/lib/storage.ts:47 path/traversal | replace takes out only the first ../
good src/lib/storage.ts:62 path/traversal | one of three constant names
bad src/lib/storage.ts:67 command/injection | basename does not stop shell characters
good src/lib/storage.ts:73 command/injection | no shell, resolution is a number
bad src/lib/storage.ts:78 command/injection | the check is not anchored
good src/lib/storage.ts:83 command/injection | anchored check lets only digits and x through
bad src/lib/text.ts:18 object/prototype-pollution | body keys such as __proto__ are walked into by the merge
good src/lib/text.ts:30 object/prototype-pollution | dangerous keys are skipped
good src/middleware/auth.ts:19 jwt/unverified | signature checked with a fixed algorithm
bad src/middleware/auth.ts:28 jwt/unverified | claims are trusted without a check of the signature
good src/middleware/auth.ts:40 cookie/flags | all flags are set
bad src/middleware/auth.ts:44 cookie/flags | login token readable by scripts and sent without TLS
good src/middleware/errors.ts:11 error/leak | only an opaque id goes to the client
bad src/middleware/errors.ts:21 error/leak | the stack trace goes to the client
good src/repos/orders.ts:18 sql/injection | the value is bound by the builder
good src/repos/orders.ts:19 sql/injection | the value is bound
bad src/repos/orders.ts:20 sql/injection | the sort column from the query string is put into the statement
good src/repos/orders.ts:25 sql/injection | column looked up in a fixed Map
bad src/repos/orders.ts:31 sql/injection | the list class puts the value between quotes unescaped
good src/repos/orders.ts:37 sql/injection | fragments are constants, values are bound
bad src/repos/orders.ts:43 sql/injection | names and values of the query are folded into the statement
good src/repos/orders.ts:50 sql/injection | only integers are joined
bad src/repos/orders.ts:56 sql/injection | HTML escape does not help in a number position
good src/repos/orders.ts:61 sql/injection | the insert binds its values
bad src/repos/orders.ts:67 sql/injection | a clause stored earlier by a user is run as SQL
good src/routes/accounts.ts:13 xss/autoescape-off | escaping is on
bad src/routes/accounts.ts:14 xss/autoescape-off | HTML letters are rendered without escape
bad src/routes/accounts.ts:26 log/injection | line breaks in the mail address forge entries of the audit file
good src/routes/accounts.ts:31 log/injection | JSON encoding takes the line breaks away
good src/routes/accounts.ts:32 redirect/open | anchored pattern allows only local paths
bad src/routes/accounts.ts:38 redirect/open | target of the redirect is taken from the query
bad src/routes/accounts.ts:44 redirect/open | the prefix is not ended, partner.printworks.example.evil.org passes
good src/routes/accounts.ts:50 redirect/open | constant targets only
bad src/routes/accounts.ts:55 object/mass-assignment | all body fields, role too, go to the update
good src/routes/accounts.ts:61 object/mass-assignment | only three named fields
good src/routes/accounts.ts:92 xss/reflected | the template escapes the greeting
bad src/routes/accounts.ts:98 template/injection xss/reflected | the body's text is compiled as a template
good src/routes/accounts.ts:103 template/injection | constant template, value only as data
good src/routes/artwork.ts:63 code/reflection | the function comes from a fixed Map
bad src/routes/artwork.ts:69 code/reflection | any method of the image object can be called, toFile too
bad src/routes/hooks.ts:15 ssrf/request | hook addresses given by users are called without a check
good src/routes/hooks.ts:34 ssrf/request | host checked with the list
bad src/routes/hooks.ts:41 ssrf/request | includes() is met by any address with the name in it
good src/routes/hooks.ts:47 ssrf/request | constant host, encoded query value
bad src/routes/orders.ts:56 xss/stored | the stored text of the note is not escaped
good src/routes/orders.ts:63 xss/stored | each name is escaped
bad src/routes/orders.ts:69 xss/reflected | query value in the page without escape
good src/routes/orders.ts:75 xss/reflected | the value is a number
good src/routes/orders.ts:81 csv/injection | cells that start with a formula character are prefixed
good src/routes/orders.ts:85 regex/injection | special characters are escaped
bad src/routes/orders.ts:91 regex/injection | query text is compiled as a pattern
good views/card.njk:5 xss/template | autoescape is on for this value
bad views/card.njk:6 xss/template xss/stored | user's stored text marked as safe
--- package.json
{
  "name": "printshop",
  "version": "2.3.0",
  "private": true,
  "type": "module",
  "scripts": { "build": "tsc -p .", "start": "node dist/app.js" },
  "dependencies": {
    "jose": "^5.2.0",
    "@koa/router": "^12.0.1",
    "knex": "^3.1.0",
    "koa": "^2.15.0",
    "koa-body": "^6.0.1",
    "koa-session": "^6.4.0",
    "nodemailer": "^6.9.9",
    "nunjucks": "^3.2.4",
    "pg": "^8.11.3",
    "sharp": "^0.33.2"
  },
  "devDependencies": { "typescript": "^5.3.3" }
}
--- src/app.ts
import Koa from 'koa';
import { koaBody } from 'koa-body';
import { config } from './config.js';
import { partnerErrors, publicErrors } from './middleware/errors.js';
import { router as accounts } from './routes/accounts.js';
import { router as artwork } from './routes/artwork.js';
import { router as hooks } from './routes/hooks.js';
import { router as orders } from './routes/orders.js';

const app = new Koa();
app.keys = config.sessionKeys;

app.use(async (ctx, next) => {
  ctx.set('Content-Security-Policy', "default-src 'self'");
  ctx.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('X-Frame-Options', 'DENY');
  await next();
});

app.use(async (ctx, next) => {
  const origin = ctx.get('Origin');
  if (ctx.path.startsWith('/hooks')) {
    ctx.set('Access-Control-Allow-Origin', origin);
    ctx.set('Access-Control-Allow-Credentials', 'true');
  } else if (config.allowedOrigins.has(origin)) {
    ctx.set('Access-Control-Allow-Origin', origin);
    ctx.set('Vary', 'Origin');
  }
  if (ctx.method === 'OPTIONS') {
    ctx.status = 204;
    return;
  }
  await next();
});

app.use(async (ctx, next) => (ctx.path.startsWith('/account/partner') ? partnerErrors(ctx, next) : publicErrors(ctx, next)));
app.use(
  koaBody({
    multipart: true,
    jsonLimit: '256kb',
    formidable: { uploadDir: '/var/lib/printshop/incoming', maxFileSize: 20 * 1024 * 1024 },
  }),
);

for (const router of [accounts, artwork, hooks, orders]) {
  app.use(router.routes()).use(router.allowedMethods());
}

app.listen(config.port, '127.0.0.1', () => console.log(`listening on ${config.port}`));
--- src/config.ts
const env = process.env;

function required(name: string): string {
  const value = env[name];
  if (!value) throw new Error(`missing environment variable ${name}`);
  return value;
}

export const config = {
  port: Number(env.PORT ?? 3000),
  databaseUrl: required('DATABASE_URL'),
  jwtSecret: required('JWT_SECRET'),
  carrierApiKey: 'pk_live_51Hq8sZKd0vQ2mTx7RbYc94JwLf',
  sessionKeys: [required('SESSION_KEY')],
  uploadDir: env.UPLOAD_DIR ?? '/var/lib/printshop/uploads',
  templateDir: env.TEMPLATE_DIR ?? '/srv/printshop/views',
  auditFile: env.AUDIT_FILE ?? '/var/log/printshop/audit.log',
  passwordField: 'password',
  allowedOrigins: new Set(['https://shop.printworks.example', 'https://admin.printworks.example']),
  smtp: { host: env.SMTP_HOST ?? 'localhost', port: 587, requireTLS: true },
};
--- src/db.ts
import knexFactory, { type Knex } from 'knex';
import { config } from './config.js';

export const db: Knex = knexFactory({
  client: 'pg',
  connection: config.databaseUrl,
  pool: { min: 1, max: 8 },
});

/** Collects conditions that are put into the text of a statement. */
export class ConditionList {
  private readonly parts: string[] = [];

  equals(column: string, value: unknown): this {
    this.parts.push(`${column} = '${value}'`);
    return this;
  }

  isTrue(column: string): this {
    this.parts.push(`${column} is true`);
    return this;
  }

  toSql(): string {
    return this.parts.length ? this.parts.join(' and ') : 'true';
  }
}

/** Collects conditions together with the values that belong to them. */
export class BoundConditions {
  private readonly parts: string[] = [];
  readonly bindings: Array<string | number> = [];

  add(fragment: string, ...values: Array<string | number>): this {
    this.parts.push(fragment);
    this.bindings.push(...values);
    return this;
  }

  get text(): string {
    return this.parts.length ? this.parts.join(' and ') : 'true';
  }
}
--- src/lib/mail.ts
import nodemailer from 'nodemailer';
import { config } from '../config.js';

const transport = nodemailer.createTransport({ ...config.smtp, tls: { minVersion: 'TLSv1.2' } });
const legacy = nodemailer.createTransport({
  host: 'relay.printworks.example',
  port: 465,
  secure: true,
  tls: { rejectUnauthorized: false },
});

export async function notifyStaff(orderId: number): Promise<void> {
  await transport.sendMail({
    from: 'shop@printworks.example',
    to: 'staff@printworks.example',
    subject: `Order ${orderId} needs attention`,
    text: 'Please open the dashboard.',
  });
}

export async function forwardQuestion(from: string, subject: string, question: string): Promise<void> {
  const raw = ['To: sales@printworks.example', `Reply-To: ${from}`, `Subject: ${subject}`, '', question].join('\r\n');
  await legacy.sendMail({ envelope: { from: 'shop@printworks.example', to: ['sales@printworks.example'] }, raw });
}
--- src/lib/secrets.ts
import { createCipheriv, createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(scrypt) as (p: string, s: Buffer, n: number) => Promise<Buffer>;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, 32);
  return `${salt.toString('hex')}:${hash.toString('hex')}`;
}

export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [salt = '', hash = ''] = stored.split(':');
  const actual = await derive(password, Buffer.from(salt, 'hex'), 32);
  const expected = Buffer.from(hash, 'hex');
  return expected.length === actual.length && timingSafeEqual(actual, expected);
}

export function hashPin(pin: string): string {
  return createHash('sha1').update(`print:${pin}`).digest('hex');
}

export function pickupCode(): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  return Array.from({ length: 10 }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join('');
}

export function resetToken(): string {
  return randomBytes(24).toString('base64url');
}

export function retryDelay(attempt: number): number {
  return 2 ** attempt * 100 + Math.random() * 50;
}

export function sealAddress(address: string, key: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-ecb', key, null);
  return Buffer.concat([cipher.update(address, 'utf8'), cipher.final()]);
}

export function sealCard(card: string, key: Buffer): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([cipher.update(card, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

export function signPayload(payload: string, key: string): string {
  return createHmac('sha256', key).update(payload).digest('hex');
}
--- src/lib/storage.ts
import { exec, execFile } from 'node:child_process';
import { createReadStream, type ReadStream } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { randomUUID } from 'node:crypto';
import { config } from '../config.js';

const run = promisify(exec);
const runFile = promisify(execFile);
const ROOT = path.resolve(config.uploadDir);

export interface Upload {
  filepath: string;
  originalFilename: string | null;
  size: number;
}

const EXTENSIONS = new Map([
  ['.pdf', 'application/pdf'],
  ['.png', 'image/png'],
  ['.tif', 'image/tiff'],
]);

export async function keepOriginal({ filepath, originalFilename: name }: Upload, orderId: number): Promise<string> {
  const target = `${ROOT}/${orderId}/${name ?? 'artwork'}`;
  await copyFile(filepath, target);
  return target;
}

export async function keepRenamed(upload: Upload): Promise<string> {
  const ext = path.extname(upload.originalFilename ?? '').toLowerCase();
  if (!EXTENSIONS.has(ext)) throw new Error('file type not accepted');
  const target = path.join(ROOT, `${randomUUID()}${ext}`);
  await copyFile(upload.filepath, target);
  return target;
}

export function openProof(name: string): ReadStream {
  const full = path.resolve(ROOT, name);
  if (!full.startsWith(ROOT + path.sep)) throw new Error('no such proof');
  return createReadStream(full);
}

export function openInvoice(name: string): ReadStream {
  const cleaned = name.replace('../', '');
  return createReadStream(path.join(ROOT, 'invoices', cleaned));
}

export async function readPriceList(kind: string): Promise<string> {
  let file: string;
  switch (kind) {
    case 'flyer':
      file = 'flyer.json';
      break;
    case 'poster':
      file = 'poster.json';
      break;
    default:
      file = 'default.json';
  }
  return readFile(path.join(config.templateDir, file), 'utf8');
}

export async function countPages(file: string): Promise<number> {
  const base = path.basename(file);
  const { stdout } = await run(`pdfinfo ${path.join(ROOT, base)} | grep Pages`);
  return Number(stdout.replace(/\D+/g, ''));
}

export async function rasterise(file: string, dpi: string | undefined): Promise<void> {
  const resolution = Number.parseInt(dpi ?? '150', 10) || 150;
  await runFile('pdftoppm', ['-r', String(resolution), '-png', file, `${file}.preview`]);
}

export async function resize(source: string, geometry: string): Promise<void> {
  if (!/\d+x\d+/.test(geometry)) throw new Error('bad geometry');
  await run(`convert ${source} -resize ${geometry} ${source}.thumb.png`);
}

export async function crop(source: string, geometry: string): Promise<void> {
  if (!/^\d{1,4}x\d{1,4}$/.test(geometry)) throw new Error('bad geometry');
  await run(`convert '${ROOT}/current.png' -crop ${geometry} '${ROOT}/cropped.png'`);
}
--- src/lib/text.ts
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (value: unknown): string => String(value ?? '').replace(/[&<>"']/g, (c) => ENTITIES[c]!);

export const escapeRegExp = (value: string): string => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] ?? '' : value ?? '');

export function pick<T extends object, K extends keyof T>(source: T, ...keys: K[]): Pick<T, K> {
  const out = {} as Pick<T, K>;
  for (const k of keys) if (Object.hasOwn(source, k)) out[k] = source[k];
  return out;
}

export function mergeDeep(target: Record<string, any>, source: Record<string, any>): Record<string, any> {
  for (const name in source) {
    const value = source[name];
    target[name] = value && typeof value === 'object' ? mergeDeep(target[name] ?? {}, value) : value;
  }
  return target;
}

const BLOCKED = new Set(['__proto__', 'constructor', 'prototype']);

export function overlay(target: Record<string, any>, source: Record<string, any>): Record<string, any> {
  for (const name of Object.keys(source)) {
    if (BLOCKED.has(name)) continue;
    const value = source[name];
    const nested = value !== null && typeof value === 'object';
    target[name] = nested ? overlay(Object.hasOwn(target, name) ? target[name] : {}, value) : value;
  }
  return target;
}

export function csvLine(cells: unknown[]): string {
  return cells
    .map((cell) => String(cell ?? ''))
    .map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))
    .map((cell) => `"${cell.replaceAll('"', '""')}"`)
    .join(',');
}
--- src/middleware/auth.ts
import { decodeJwt, jwtVerify, SignJWT } from 'jose';
import type { Context, Next } from 'koa';
import { config } from '../config.js';

const key = new TextEncoder().encode(config.jwtSecret);

export interface Identity {
  id: number;
  role: string;
}

function bearer(ctx: Context): string {
  const header = ctx.get('authorization');
  return header.startsWith('Bearer ') ? header.slice(7) : '';
}

export async function requireUser(ctx: Context, next: Next): Promise<void> {
  try {
    const { payload } = await jwtVerify(bearer(ctx), key, { algorithms: ['HS256'] });
    ctx.state.user = { id: Number(payload.sub), role: String(payload.role) } satisfies Identity;
  } catch {
    ctx.throw(401, 'unauthorized');
  }
  await next();
}

export async function requirePartner(ctx: Context, next: Next): Promise<void> {
  const claims = decodeJwt(bearer(ctx));
  if (claims.role !== 'partner') ctx.throw(403, 'partners only');
  ctx.state.user = { id: Number(claims.sub), role: 'partner' } satisfies Identity;
  await next();
}

export async function issueSession(ctx: Context, user: Identity): Promise<void> {
  const token = await new SignJWT({ role: user.role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(String(user.id))
    .setExpirationTime('2h')
    .sign(key);
  ctx.cookies.set('access', token, { httpOnly: true, secure: true, sameSite: 'lax' });
}

export function rememberDevice(ctx: Context, deviceToken: string): void {
  ctx.cookies.set('device_token', deviceToken, { httpOnly: false, secure: false, maxAge: 90 * 86_400_000 });
}
--- src/middleware/errors.ts
import { randomUUID } from 'node:crypto';
import type { Context, Next } from 'koa';

export async function publicErrors(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (err) {
    const id = randomUUID();
    console.error(id, err);
    ctx.status = 500;
    ctx.body = { error: 'internal error', id };
  }
}

export async function partnerErrors(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (err) {
    const { message, stack } = err as Error;
    ctx.status = 500;
    ctx.body = { error: message, trace: stack?.split('\n') };
  }
}
--- src/repos/orders.ts
import { BoundConditions, ConditionList, db } from '../db.js';
import { escapeHtml } from '../lib/text.js';

export interface OrderFilter {
  status?: string;
  q?: string;
  sort?: string;
  dir?: string;
}

const SORTABLE = new Map<string, string>([
  ['date', 'created_at'],
  ['price', 'total_cents'],
]);

export function listOrders({ status, q: term, sort: column = 'created_at', dir = 'desc' }: OrderFilter) {
  const query = db('orders').select('id', 'title', 'status').where('deleted', false);
  if (status) query.andWhere('status', status);
  if (term) query.andWhereRaw('title ilike ?', [`%${term}%`]);
  return query.orderByRaw(`${column} ${dir === 'asc' ? 'asc' : 'desc'}`);
}

export function listForCustomer(customerId: number, { sort }: OrderFilter) {
  const column = SORTABLE.get(sort ?? '') ?? 'created_at';
  return db.raw(`select id, title from orders where customer_id = ? order by ${column} desc`, [customerId]);
}

export async function ordersOfShop(shop: string, onlyPaid: boolean) {
  const conditions = new ConditionList().equals('shop_code', shop);
  if (onlyPaid) conditions.isTrue('paid');
  const { rows } = await db.raw(`select * from orders where ${conditions.toSql()}`);
  return rows;
}

export async function ordersOfRegion(region: string, minimum: string) {
  const conditions = new BoundConditions().add('region = ?', region).add('total_cents >= ?', Number(minimum));
  const { rows } = await db.raw(`select * from orders where ${conditions.text}`, conditions.bindings);
  return rows;
}

export async function filterOrders(filters: Record<string, string>) {
  const where = Object.entries(filters).reduce((sql, [name, value]) => `${sql} and ${name} = '${value}'`, 'deleted = false');
  const { rows } = await db.raw('select id, title from orders where ' + where);
  return rows;
}

export async function ordersByIds(list: string) {
  const ids = list.split(',').map(Number).filter(Number.isInteger);
  if (ids.length === 0) return [];
  const { rows } = await db.raw(`select id, title from orders where id in (${ids.join(',')})`);
  return rows;
}

export async function orderByReference(reference: string) {
  const clean = escapeHtml(reference);
  const { rows } = await db.raw(`select * from orders where reference_no = ${clean}`);
  return rows[0];
}

export async function saveSearch(owner: number, label: string, clause: string) {
  await db('saved_searches').insert({ owner, label, clause });
}

export async function runSavedSearch(id: number) {
  const saved = await db('saved_searches').where({ id }).first();
  if (!saved) return [];
  const { rows } = await db.raw(`select id, title from orders where ${saved.clause} limit 100`);
  return rows;
}

export async function* eachNote(orderId: number): AsyncGenerator<{ author: string; body: string }> {
  let last = 0;
  for (;;) {
    const batch = await db('notes').where({ order_id: orderId }).andWhere('id', '>', last).orderBy('id').limit(50);
    if (batch.length === 0) return;
    for (const row of batch) {
      last = row.id;
      yield { author: row.author, body: row.body };
    }
  }
}
--- src/routes/accounts.ts
import Router from '@koa/router';
import nunjucks from 'nunjucks';
import { createWriteStream } from 'node:fs';
import { config } from '../config.js';
import { db } from '../db.js';
import { issueSession, rememberDevice, requirePartner, requireUser } from '../middleware/auth.js';
import { hashPassword, hashPin, resetToken, verifyPassword } from '../lib/secrets.js';
import { forwardQuestion } from '../lib/mail.js';
import { mergeDeep, overlay, pick } from '../lib/text.js';

export const router = new Router({ prefix: '/account' });

const views = nunjucks.configure(config.templateDir, { autoescape: true, throwOnUndefined: false });
const letters = new nunjucks.Environment(new nunjucks.FileSystemLoader(config.templateDir), { autoescape: false });
const audit = createWriteStream(config.auditFile, { flags: 'a' });
const defaults = { theme: { colour: 'blue' }, notify: { mail: true } };

function localTarget(next: unknown): string {
  return typeof next === 'string' && /^\/[a-z0-9][a-z0-9/-]*$/i.test(next) ? next : '/';
}

router.post('/login', async (ctx) => {
  const { email, password, next, remember = false } = ctx.request.body;
  const user = await db('users').where({ email: String(email) }).first();
  if (!user || !(await verifyPassword(String(password), user.password_hash))) {
    audit.write(`${new Date().toISOString()} login failed for ${email}\n`);
    ctx.throw(401, 'wrong mail address or password');
  }
  await issueSession(ctx, user);
  if (remember) rememberDevice(ctx, resetToken());
  audit.write(JSON.stringify({ at: Date.now(), event: 'login', email }) + '\n');
  ctx.redirect(localTarget(next));
});

router.get('/logout', (ctx) => {
  ctx.cookies.set('access', null);
  const { return_to: target = '/' } = ctx.query;
  ctx.redirect(String(target));
});

router.get('/partner-logout', (ctx) => {
  const target = String(ctx.query.to ?? '');
  const known = target.startsWith('https://partner.printworks.example');
  ctx.redirect(known ? target : '/');
});

router.get('/help', (ctx) => {
  const pages: Record<string, string> = { billing: '/docs/billing', orders: '/docs/orders' };
  const topic = String(ctx.query.topic);
  ctx.redirect(Object.hasOwn(pages, topic) ? pages[topic]! : '/docs');
});

router.put('/profile', requireUser, async (ctx) => {
  const changes = { ...ctx.request.body, updated_at: new Date() };
  await db('users').where({ id: ctx.state.user.id }).update(changes);
  ctx.status = 204;
});

router.patch('/address', requireUser, async (ctx) => {
  const changes = pick(ctx.request.body as Record<string, string>, 'street', 'city', 'zip');
  await db('users').where({ id: ctx.state.user.id }).update(changes);
  ctx.status = 204;
});

router.put('/settings', requireUser, async (ctx) => {
  const settings = mergeDeep({}, ctx.request.body);
  const shown = overlay(structuredClone(defaults), ctx.request.body);
  await db('settings').insert({ user_id: ctx.state.user.id, json: JSON.stringify(settings) });
  ctx.body = shown;
});

router.put('/pin', requireUser, async (ctx) => {
  await db('users').where({ id: ctx.state.user.id }).update({ pin: hashPin(String(ctx.request.body.pin)) });
  ctx.status = 204;
});

router.post('/password', requireUser, async (ctx) => {
  const password_hash = await hashPassword(String(ctx.request.body[config.passwordField]));
  await db('users').where({ id: ctx.state.user.id }).update({ password_hash });
  ctx.status = 204;
});

router.post('/question', async (ctx) => {
  const { from, subject, text } = ctx.request.body;
  await forwardQuestion(from, subject, text);
  ctx.status = 202;
});

router.get('/card', requireUser, async (ctx) => {
  const user = await db('users').where({ id: ctx.state.user.id }).first();
  ctx.type = 'html';
  ctx.body = views.render('card.njk', { user, greeting: ctx.query.greeting });
});

router.post('/letter', requireUser, async (ctx) => {
  const { template = 'Dear {{ name }}' } = ctx.request.body;
  ctx.type = 'html';
  ctx.body = letters.renderString(template, { name: 'customer' });
});

router.get('/greeting', requireUser, (ctx) => {
  ctx.type = 'html';
  ctx.body = views.renderString('<p>Hello {{ name }}</p>', { name: ctx.query.name });
});

router.get('/partner/summary', requirePartner, async (ctx) => {
  ctx.body = await db('orders').where({ partner_id: ctx.state.user.id }).count('* as total');
});
--- src/routes/artwork.ts
import Router from '@koa/router';
import sharp from 'sharp';
import type { Context } from 'koa';
import { requireUser } from '../middleware/auth.js';
import * as storage from '../lib/storage.js';
import { first } from '../lib/text.js';

export const router = new Router({ prefix: '/artwork' });
router.use(requireUser);

const uploadOf = (ctx: Context): storage.Upload => (ctx.request as any).files?.artwork;

router.post('/:order/original', async (ctx) => {
  await storage.keepOriginal(uploadOf(ctx), Number(ctx.params.order));
  ctx.status = 204;
});

router.post('/', async (ctx) => {
  ctx.body = { stored: await storage.keepRenamed(uploadOf(ctx)).then((p) => p.split('/').pop()) };
});

router.get('/proofs/:name', (ctx) => {
  ctx.body = storage.openProof(ctx.params.name!);
});

router.get('/invoices/:name', (ctx) => {
  ctx.body = storage.openInvoice(decodeURIComponent(ctx.params.name!));
});

router.get('/prices/:kind', async (ctx) => {
  ctx.type = 'json';
  ctx.body = await storage.readPriceList(ctx.params.kind!);
});

router.get('/pages', async (ctx) => {
  ctx.body = { pages: await storage.countPages(first(ctx.query.file)) };
});

router.post('/preview', async (ctx) => {
  const stored = await storage.keepRenamed(uploadOf(ctx));
  await storage.rasterise(stored, ctx.request.body?.dpi);
  await storage.resize(stored, ctx.request.body?.geometry ?? '200x200');
  ctx.status = 204;
});

router.post('/crop', async (ctx) => {
  await storage.crop('current', String(ctx.request.body.geometry));
  ctx.status = 204;
});

type Filter = (image: sharp.Sharp) => sharp.Sharp;
const filters = new Map<string, Filter>([
  ['grey', (i) => i.greyscale()],
  ['flip', (i) => i.flip()],
  ['sharp', (i) => i.sharpen()],
]);

router.post('/filter/:name', async (ctx) => {
  const apply = filters.get(ctx.params.name!);
  if (!apply) ctx.throw(404);
  const image = sharp(uploadOf(ctx).filepath);
  ctx.type = 'png';
  ctx.body = await apply!(image).png().toBuffer();
});

router.post('/operation/:op', async (ctx) => {
  const image: any = sharp(uploadOf(ctx).filepath);
  const args = [].concat(ctx.request.body.args ?? []);
  const result = await image[ctx.params.op!](...args);
  ctx.body = { done: Boolean(result) };
});
--- src/routes/hooks.ts
import Router from '@koa/router';
import { config } from '../config.js';
import { db } from '../db.js';
import { requireUser } from '../middleware/auth.js';
import { signPayload } from '../lib/secrets.js';
import { first } from '../lib/text.js';

export const router = new Router({ prefix: '/hooks' });

const HOSTS = new Set(['api.fastship.example', 'api.parcelworks.example']);

async function deliver(target: string, payload: unknown): Promise<number> {
  const body = JSON.stringify(payload);
  const init = { method: 'POST', body, headers: { 'x-signature': signPayload(body, config.jwtSecret) } };
  const res = await fetch(target, { ...init, signal: AbortSignal.timeout(5000) });
  return res.status;
}

router.post('/', requireUser, async (ctx) => {
  const { callback, events = [] } = ctx.request.body;
  await db('hooks').insert({ owner: ctx.state.user.id, callback: String(callback), events: JSON.stringify(events) });
  ctx.status = 201;
});

router.post('/test', requireUser, async (ctx) => {
  const targets: string[] = [].concat(ctx.request.body?.targets ?? []);
  const states = await Promise.all(targets.map((t) => deliver(t, { event: 'ping' })));
  ctx.body = states;
});

router.get('/carrier', requireUser, async (ctx) => {
  const url = new URL(first(ctx.query.url));
  if (url.protocol !== 'https:' || !HOSTS.has(url.host)) ctx.throw(400, 'unknown carrier');
  const res = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5000) });
  ctx.body = await res.json();
});

router.get('/rates', requireUser, async (ctx) => {
  const address = first(ctx.query.source);
  if (!address.includes('fastship.example')) ctx.throw(400, 'unknown carrier');
  const res = await fetch(address, { signal: AbortSignal.timeout(5000) });
  ctx.body = await res.json();
});

router.get('/tracking/:code', requireUser, async (ctx) => {
  const code = encodeURIComponent(ctx.params.code!);
  const res = await fetch(`https://api.fastship.example/v2/track?code=${code}`, {
    headers: { authorization: `Bearer ${config.carrierApiKey}` },
    signal: AbortSignal.timeout(5000),
  });
  ctx.body = await res.json();
});
--- src/routes/orders.ts
import Router from '@koa/router';
import { requireUser } from '../middleware/auth.js';
import * as orders from '../repos/orders.js';
import { csvLine, escapeHtml, escapeRegExp, first } from '../lib/text.js';

export const router = new Router({ prefix: '/orders' });
router.use(requireUser);

router.get('/', async (ctx) => {
  ctx.body = await orders.listOrders(ctx.query as orders.OrderFilter);
});

router.get('/mine', async (ctx) => {
  const { rows } = await orders.listForCustomer(ctx.state.user.id, { ...(ctx.query as orders.OrderFilter) });
  ctx.body = rows;
});

router.get('/shop/:shop', async (ctx) => {
  const { shop } = ctx.params;
  ctx.body = await orders.ordersOfShop(shop!, ctx.query.paid === '1');
});

router.get('/region/:region', async (ctx) => {
  ctx.body = await orders.ordersOfRegion(ctx.params.region!, first(ctx.query.min));
});

router.get('/filter', async (ctx) => {
  const { page, ...filters } = ctx.query as Record<string, string>;
  ctx.body = await orders.filterOrders(filters);
});

router.get('/batch', async (ctx) => {
  ctx.body = await orders.ordersByIds(first(ctx.query.ids));
});

router.get('/reference/:ref', async (ctx) => {
  ctx.body = (await orders.orderByReference(ctx.params.ref!)) ?? null;
});

router.post('/searches', async (ctx) => {
  const { label = 'untitled', clause } = ctx.request.body;
  await orders.saveSearch(ctx.state.user.id, label, clause);
  ctx.status = 201;
});

router.get('/searches/:id', async (ctx) => {
  ctx.body = await orders.runSavedSearch(Number(ctx.params.id));
});

router.get('/:id/notes.html', async (ctx) => {
  const items: string[] = [];
  for await (const { author, body } of orders.eachNote(Number(ctx.params.id))) {
    items.push(`<li><b>${escapeHtml(author)}</b> ${body}</li>`);
  }
  ctx.type = 'text/html';
  ctx.body = `<ul>${items.join('')}</ul>`;
});

router.get('/:id/authors.html', async (ctx) => {
  const names = new Set<string>();
  for await (const { author } of orders.eachNote(Number(ctx.params.id))) names.add(author);
  ctx.type = 'text/html';
  ctx.body = `<ul>${[...names].map((n) => `<li>${escapeHtml(n)}</li>`).join('')}</ul>`;
});

router.get('/:id/status.html', (ctx) => {
  const { highlight: mark } = ctx.query;
  ctx.type = 'html';
  ctx.body = '<p>Nothing found for <em>' + (mark ?? 'your query') + '</em></p>';
});

router.get('/:id/progress.html', (ctx) => {
  const percent = Math.min(100, Number(first(ctx.query.percent)) || 0);
  ctx.type = 'html';
  ctx.body = `<progress max="100" value="${percent}">${percent}%</progress>`;
});

router.get('/export.csv', async (ctx) => {
  const rows = await orders.listForCustomer(ctx.state.user.id, {});
  ctx.type = 'text/csv';
  ctx.body = rows.rows.map((r: { id: number; title: string }) => csvLine([r.id, r.title])).join('\r\n');
});

router.get('/titles', async (ctx) => {
  const pattern = new RegExp(escapeRegExp(first(ctx.query.q)), 'i');
  const { rows } = await orders.listForCustomer(ctx.state.user.id, {});
  ctx.body = rows.filter((r: { title: string }) => pattern.test(r.title));
});

router.get('/codes', async (ctx) => {
  const matcher = ((source: string) => new RegExp(`^${source}$`))(first(ctx.query.code));
  const { rows } = await orders.listForCustomer(ctx.state.user.id, {});
  ctx.body = rows.filter((r: { title: string }) => matcher.test(r.title));
});
--- views/card.njk
<!doctype html>
<html>
  <body>
    <h1>{{ user.name }}</h1>
    <p class="greeting">{{ greeting }}</p>
    <div class="about">{{ user.about | safe }}</div>
    <p>{{ user.city | escape }}</p>
  </body>
</html>
