--- labels
good server/config.ts:6 secret/hard-coded | from the environment
bad server/config.ts:7 secret/hard-coded | password of the mail server in the code
good server/repositories/notes.ts:15 sql/injection | Drizzle binds the pattern
good server/repositories/notes.ts:19 sql/injection | the tag binds
bad server/repositories/notes.ts:23 sql/injection | weight of the query's arguments in sql.raw
good server/repositories/notes.ts:29 sql/injection | column of a list, own keys only
bad server/repositories/notes.ts:33 sql/injection | order of the arguments through service and loader
good server/repositories/notes.ts:37 sql/injection | bound
bad server/repositories/notes.ts:41 sql/injection | folder of the path
good server/repositories/notes.ts:46 sql/injection | bound
bad server/repositories/notes.ts:63 sql/injection | second order: the condition that the user saved
good server/repositories/notes.ts:67 object/mass-assignment | two fields by name
bad server/repositories/notes.ts:71 object/mass-assignment | JSON argument as the row, its owner too
good server/repositories/notes.ts:75 object/mass-assignment | one constant field
good server/repositories/users.ts:6 sql/injection | Drizzle binds
good server/repositories/users.ts:14 sql/injection | both bound, the name by ??
good server/lib/secrets.ts:6 crypto/password-storage | argon2 with its defaults
bad server/lib/secrets.ts:10 crypto/password-storage | scrypt below 2^14
bad server/lib/secrets.ts:15 crypto/weak-random | code of an invitation
good server/lib/secrets.ts:20 crypto/weak-random | from the system's generator
good server/lib/secrets.ts:24 crypto/weak-random | a delay
bad server/lib/secrets.ts:28 crypto/weak-cipher | vector in the code
good server/lib/secrets.ts:34 crypto/weak-cipher | random vector
bad server/lib/secrets.ts:39 crypto/weak-hash | key and text hashed together by SHA-1
good server/lib/secrets.ts:43 crypto/weak-hash | HMAC with SHA-256
good server/lib/secrets.ts:47 crypto/weak-hash | key of a cache
bad server/lib/storage.ts:20 path/traversal | name of the arguments through resolver and service
good server/lib/storage.ts:24 path/traversal | resolved and compared
good server/lib/storage.ts:29 file/permissions | not for others
good server/lib/storage.ts:34 path/traversal | base name
bad server/lib/storage.ts:35 file/permissions | everybody may write
bad server/lib/storage.ts:39 path/traversal | name of the route deletes any file
bad server/lib/storage.ts:46 archive/zip-slip | name of the entry as the path
good server/lib/storage.ts:55 archive/zip-slip | the helper compares with the folder
bad server/workers/media.ts:13 command/injection | title of the job that a resolver put into the queue
good server/workers/media.ts:14 command/injection | format of a list, id a number
good server/workers/media.ts:15 command/injection | list of arguments
bad server/workers/media.ts:21 command/injection | size of the request with a shell
good server/workers/media.ts:25 command/injection | no shell
good server/workers/indexer.ts:7 command/injection | no shell, language of a map
good server/services/notes.ts:8 xss/autoescape-off | escapes
bad server/services/notes.ts:9 xss/autoescape-off | does not escape
bad server/services/notes.ts:26 regex/injection | pattern of the arguments
good server/services/notes.ts:31 regex/injection | escaped
bad server/services/notes.ts:36 template/injection | text of the template from the arguments
good server/services/notes.ts:40 template/injection | file of the application
bad server/services/notes.ts:48 object/prototype-pollution | deep merge of a JSON argument
good server/services/notes.ts:52 object/prototype-pollution | one value at a constant place
bad server/services/notes.ts:56 deserialize/untrusted | schema with functions
good server/services/notes.ts:61 deserialize/untrusted | safe schema
bad server/services/remote.ts:11 tls/unverified | certificates are not checked
bad server/services/remote.ts:15 ssrf/request | address of the arguments
good server/services/remote.ts:22 ssrf/request | scheme and host are compared
bad server/services/remote.ts:29 ssrf/request | address that a user stored
good server/services/remote.ts:30 sql/injection | bound
good server/services/remote.ts:35 ssrf/request | constant host
bad server/services/remote.ts:40 request/no-timeout | axios waits for ever
bad server/services/remote.ts:44 ldap/injection | name of the arguments
good server/services/remote.ts:50 ldap/injection | escaped
bad server/services/remote.ts:55 mail/injection | text of the request among the addresses
good server/services/remote.ts:59 mail/injection | one address
bad server/graphql/resolvers.ts:31 code/injection | expression of the arguments
good server/graphql/resolvers.ts:34 code/injection | numbers are added
good server/routes/auth.ts:17 object/mass-assignment | fields by name out of a schema
bad server/routes/auth.ts:23 object/mass-assignment | whole body as a row, its role too
bad server/routes/auth.ts:29 jwt/unverified | decode instead of verify
good server/routes/auth.ts:36 jwt/unverified | verified
bad server/routes/auth.ts:37 cookie/flags | neither Secure nor HttpOnly
good server/routes/auth.ts:38 cookie/flags | has its flags
bad server/routes/auth.ts:39 redirect/open | target of the query
good server/routes/auth.ts:45 redirect/open | origin is compared
good server/routes/auth.ts:50 trust/boundary | compared with a list
bad server/routes/pages.ts:26 xss/reflected | name of the query in markup
good server/routes/pages.ts:31 xss/reflected | the tag escapes
good server/routes/pages.ts:35 xss/reflected | escaped by hand in text
good server/routes/pages.ts:38 xss/reflected | plain text
bad server/routes/pages.ts:43 xss/stored | body of the row as raw markup
good server/routes/pages.ts:49 xss/stored | the tag escapes
bad server/routes/pages.ts:69 xss/stored | banner that a member put into Redis
bad server/routes/pages.ts:83 csv/injection | titles and texts as they are
good server/routes/pages.ts:89 csv/injection | guarded
bad server/routes/pages.ts:93 header/injection | name of the header from the query
good server/routes/pages.ts:94 header/injection | constant name, encoded value
bad server/routes/pages.ts:100 nosql/injection | values of the body may be objects
good server/routes/pages.ts:106 nosql/injection | a text
bad server/routes/pages.ts:111 log/injection | title as it is
good server/routes/pages.ts:112 log/injection | one line of JSON
good server/main.ts:17 limits/unbounded-body | two megabytes
good server/main.ts:18 headers/missing | defaults
bad server/main.ts:19 cors/wild | every origin is answered as it came
good server/main.ts:20 cors/wild | one origin
bad server/main.ts:30 error/leak | message and stack in the answer
good server/main.ts:33 config/bind-all | host of the environment
good web/ArticlePage.tsx:26 xss/dom | React escapes
bad web/ArticlePage.tsx:27 xss/dom | parameter of the address as markup
good web/ArticlePage.tsx:28 xss/dom | sanitised
good web/ArticlePage.tsx:29 xss/dom | https only
bad web/ArticlePage.tsx:30 xss/dom | javascript: in a parameter
bad web/widgets.ts:6 xss/dom | hash of the address
good web/widgets.ts:7 xss/dom | text
bad web/widgets.ts:11 xss/dom | message of any window
good web/widgets.ts:15 xss/dom | constant path in front
good web/SearchPage.tsx:23 xss/dom | React escapes text and attribute
good web/SearchPage.tsx:27 xss/dom | constant path in front
good views/note.njk:3 xss/template | the environment escapes
--- package.json
{
  "name": "lighthouse-notes",
  "version": "1.9.2",
  "type": "module",
  "dependencies": {
    "argon2": "^0.41.1", "axios": "^1.7.9", "better-sqlite3": "^11.7.0", "bullmq": "^5.34.0", "dompurify": "^3.2.3",
    "drizzle-orm": "^0.38.2", "graphql": "^16.10.0", "graphql-yoga": "^5.10.6", "hono": "^4.6.14",
    "@hono/node-server": "^1.13.7", "hono-sessions": "^0.7.1", "ioredis": "^5.4.2", "js-yaml": "3.14.1",
    "knex": "^3.1.0", "ldapts": "^7.3.0", "ldap-escape": "^2.0.6", "lodash": "4.17.4", "mongodb": "^6.12.0",
    "nodemailer": "^6.9.16", "nunjucks": "^3.2.4", "react": "^19.0.0", "unzipper": "^0.12.3", "zod": "^3.24.1"
  }
}
--- server/config.ts
export const config = {
  port: Number(process.env.PORT ?? 4000),
  host: process.env.HOST ?? 'localhost',
  sqlite: process.env.SQLITE_FILE ?? '/srv/notes/notes.db',
  redis: process.env.REDIS_URL ?? 'redis://localhost:6379',
  jwtKey: process.env.JWT_KEY ?? '',
  smtpPassword: 'vT8#kq2Lw9!zRm4X',
  tokenHeader: 'x-notes-token',
  attachments: '/srv/notes/attachments',
  origin: process.env.ORIGIN ?? 'https://notes.example.com',
};

export const feedHosts = new Set(['feeds.example.com', 'news.example.org']);
--- server/db.ts
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import Redis from 'ioredis';
import knex from 'knex';
import { MongoClient } from 'mongodb';
import { config } from './config.js';

export const sqlite = new Database(config.sqlite);
export const orm = drizzle(sqlite);
export const kx = knex({ client: 'better-sqlite3', connection: { filename: config.sqlite }, useNullAsDefault: true });
export const redis = new Redis(config.redis);
export const events = new MongoClient(process.env.MONGO_URL ?? 'mongodb://localhost').db('notes').collection('events');

export const notes = sqliteTable('notes', {
  id: integer('id').primaryKey(),
  ownerId: integer('owner_id').notNull(),
  title: text('title').notNull(),
  body: text('body').notNull(),
  published: integer('published').notNull(),
});

export const users = sqliteTable('users', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  role: text('role').notNull(),
  passwordHash: text('password_hash').notNull(),
});
--- server/repositories/notes.ts
import { desc, eq, like, sql } from 'drizzle-orm';
import { kx, notes, orm, sqlite } from '../db.js';

export interface Note {
  id: number;
  ownerId: number;
  title: string;
  body: string;
}

const sortable: Record<string, string> = { title: 'title', created: 'created_at', owner: 'owner_id' };

export class NoteRepository {
  find(text: string) {
    return orm.select().from(notes).where(like(notes.title, `%${text}%`)).orderBy(desc(notes.id));
  }

  byTitle(title: string) {
    return orm.all(sql`select * from notes where title = ${title}`);
  }

  ranked(text: string, weight: string) {
    const order = sql.raw(`instr(title, 'a') * ${weight} desc`);
    return orm.select().from(notes).where(like(notes.body, `%${text}%`)).orderBy(order);
  }

  sorted(sort: string): Promise<Note[]> {
    const column = Object.hasOwn(sortable, sort) ? sortable[sort] : 'id';
    return kx('notes').select('*').orderByRaw(`${column} collate nocase`);
  }

  paged(order: string, limit: number): Promise<Note[]> {
    return kx('notes').select('*').where({ published: 1 }).orderByRaw(order).limit(limit);
  }

  tagged(tag: string): Promise<Note[]> {
    return kx('notes').join('tags', 'tags.note_id', 'notes.id').whereRaw('lower(tags.name) = lower(?)', [tag]);
  }

  inFolder(folder: string): Note[] {
    const statement = sqlite.prepare("select * from notes where folder = '" + folder + "'");
    return statement.all() as Note[];
  }

  inNotebook(notebook: string): Note[] {
    return sqlite.prepare('select * from notes where notebook = ?').all(notebook) as Note[];
  }

  byId(id: number): Note | undefined {
    return sqlite.prepare('select * from notes where id = ?').get(id) as Note | undefined;
  }

  savedFilter(userId: number): { condition: string } | undefined {
    return sqlite.prepare('select condition from filters where user_id = ?').get(userId) as { condition: string } | undefined;
  }

  saveFilter(userId: number, condition: string): void {
    sqlite.prepare('insert into filters (user_id, condition) values (?, ?)').run(userId, condition);
  }

  mine(userId: number): Promise<Note[]> {
    const filter = this.savedFilter(userId);
    return kx.raw(`select * from notes where owner_id = ? and (${filter?.condition ?? '1'})`, [userId]);
  }

  async update(id: number, title: string | undefined, body: string | undefined): Promise<void> {
    await kx('notes').where({ id }).update({ title, body });
  }

  async patch(id: number, fields: Record<string, unknown>): Promise<void> {
    await kx('notes').where({ id }).update(fields);
  }

  publish(id: number) {
    return orm.update(notes).set({ published: 1 }).where(eq(notes.id, id));
  }
}
--- server/repositories/users.ts
import { eq } from 'drizzle-orm';
import { kx, orm, users } from '../db.js';

export class UserRepository {
  byEmail(email: string) {
    return orm.select().from(users).where(eq(users.email, email)).get();
  }

  byId(id: number) {
    return orm.select().from(users).where(eq(users.id, id)).get();
  }

  async count(table: 'notes' | 'users', role: string): Promise<number> {
    const [row] = await kx.raw('select count(*) as n from ?? where role = ?', [table, role]);
    return row.n;
  }
}
--- server/lib/secrets.ts
import { createCipheriv, createHash, createHmac, randomBytes, randomInt, scryptSync } from 'node:crypto';
import argon2 from 'argon2';
import { config } from '../config.js';

export function hashPassword(password: string): Promise<string> {
  return argon2.hash(password);
}

export function hashSharePassword(password: string, salt: string): string {
  return scryptSync(password, salt, 32, { N: 1024 }).toString('hex');
}

export function inviteCode(): string {
  let inviteCode = '';
  for (let i = 0; i < 10; i += 1) inviteCode += Math.floor(Math.random() * 36).toString(36);
  return inviteCode;
}

export function oneTimeCode(): string {
  return String(randomInt(0, 1_000_000)).padStart(6, '0');
}

export function retryDelay(attempt: number): number {
  return 2 ** attempt * 100 + Math.random() * 50;
}

export function sealBackup(key: Buffer, data: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, Buffer.from('0123456789abcdef'));
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

export function sealNote(key: Buffer, data: Buffer): Buffer {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([iv, cipher.update(data), cipher.final()]);
}

export function shareSignature(id: number): string {
  return createHash('sha1').update(`${config.jwtKey}:${id}`).digest('hex');
}

export function linkSignature(id: number): string {
  return createHmac('sha256', config.jwtKey).update(String(id)).digest('hex');
}

export function cacheKey(text: string): string {
  return `cache:${createHash('sha1').update(text).digest('hex')}`;
}
--- server/lib/storage.ts
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import unzipper from 'unzipper';
import { config } from '../config.js';

const root = resolve(config.attachments);

function locate(folder: string, name: string): string {
  return [config.attachments, folder, name].join('/');
}

export function within(name: string): string {
  const path = resolve(root, name);
  if (path !== root && !path.startsWith(root + sep)) throw new RangeError('outside of the attachments');
  return path;
}

export async function readAttachment(folder: string, name: string): Promise<string> {
  return readFile(locate(folder, name), 'base64');
}

export async function readOwn(name: string): Promise<string> {
  return readFile(within(name), 'base64');
}

export async function storeAvatar(userId: number, data: Buffer): Promise<void> {
  await mkdir(join(root, 'avatars'), { recursive: true, mode: 0o750 });
  await writeFile(join(root, 'avatars', `${userId}.png`), data, { mode: 0o640 });
}

export async function storeShared(name: string, data: Buffer): Promise<void> {
  const path = join(root, 'shared', basename(name));
  await writeFile(path, data);
  await chmod(path, 0o666);
}

export async function removeDraft(name: string): Promise<void> {
  await rm(`${config.attachments}/drafts/${name}`, { force: true });
}

export async function unpackBackup(data: Buffer): Promise<number> {
  const directory = await unzipper.Open.buffer(data);
  for (const entry of directory.files) {
    const target = join(root, 'backup', entry.path);
    entry.stream().pipe(createWriteStream(target));
  }
  return directory.files.length;
}

export async function unpackTheme(data: Buffer): Promise<number> {
  const directory = await unzipper.Open.buffer(data);
  for (const entry of directory.files) {
    const target = within(entry.path);
    entry.stream().pipe(createWriteStream(target));
  }
  return directory.files.length;
}
--- server/cache.ts
import { redis } from './db.js';
import { cacheKey } from './lib/secrets.js';

export async function remember<T>(key: string, seconds: number, load: () => Promise<T>): Promise<T> {
  const found = await redis.get(cacheKey(key));
  if (found) return JSON.parse(found) as T;
  const value = await load();
  await redis.set(cacheKey(key), JSON.stringify(value), 'EX', seconds);
  return value;
}

export async function saveBanner(team: string, markup: string): Promise<void> {
  await redis.hset('banners', team, markup);
}

export function banner(team: string): Promise<string | null> {
  return redis.hget('banners', team);
}
--- server/workers/queue.ts
import { fork } from 'node:child_process';
import { Queue } from 'bullmq';
import { config } from '../config.js';

export const jobs = new Queue('media', { connection: { url: config.redis } });
const indexer = fork(new URL('./indexer.js', import.meta.url));

export interface RenderJob {
  noteId: number;
  format: string;
  title: string;
}

export async function enqueueRender(job: RenderJob): Promise<void> {
  await jobs.add('render', job, { attempts: 3 });
}

export function index(folder: string, language: string): void {
  indexer.send({ folder, language });
}
--- server/workers/media.ts
import { exec, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { Worker } from 'bullmq';
import { config } from '../config.js';
import type { RenderJob } from './queue.js';

const sh = promisify(exec);
const run = promisify(execFile);
const formats = new Set(['pdf', 'epub', 'docx']);

async function render(job: RenderJob): Promise<void> {
  const target = `/srv/notes/out/${Number(job.noteId)}`;
  await sh(`pandoc -M title="${job.title}" /srv/notes/in.md -o ${target}.html`);
  if (formats.has(job.format)) await sh(`pandoc /srv/notes/in.md -o ${target}.${job.format}`);
  await run('pandoc', ['-M', `title=${job.title}`, '/srv/notes/in.md', '-o', `${target}.txt`]);
}

export const worker = new Worker('media', async (job) => render(job.data as RenderJob), { connection: { url: config.redis } });

export function thumbnail(file: string, size: string): void {
  spawn(`convert ${file} -resize ${size} /srv/notes/thumb.png`, { shell: true });
}

export function preview(file: string, size: string): void {
  spawn('convert', ['-resize', size, '--', file, '/srv/notes/preview.png']);
}
--- server/workers/indexer.ts
import { execFileSync } from 'node:child_process';

const languages = new Map([['en', 'english'], ['de', 'german']]);

process.on('message', (message: { folder: string; language: string }) => {
  const language = languages.get(message.language) ?? 'english';
  execFileSync('recollindex', ['-c', `/etc/recoll/${language}`, '-i', '--', message.folder]);
});
--- server/services/notes.ts
import _ from 'lodash';
import nunjucks from 'nunjucks';
import yaml from 'js-yaml';
import { remember } from '../cache.js';
import { type Note, NoteRepository } from '../repositories/notes.js';

const repository = new NoteRepository();
const pages = new nunjucks.Environment(new nunjucks.FileSystemLoader('views'), { autoescape: true });
const fragments = new nunjucks.Environment(new nunjucks.FileSystemLoader('fragments'), { autoescape: false });
const defaults = { theme: { colour: 'blue' }, editor: { width: 80 } };

export class NoteService {
  search(text: string) {
    return repository.find(text);
  }

  ranked(text: string, weight: string) {
    return repository.ranked(text, weight);
  }

  list(options: { order: string; limit: number }): Promise<Note[]> {
    return remember(JSON.stringify(options), 30, () => repository.paged(options.order, options.limit));
  }

  matching(pattern: string, list: Note[]): Note[] {
    const expression = new RegExp(pattern, 'i');
    return list.filter((note) => expression.test(note.body));
  }

  containing(text: string, list: Note[]): Note[] {
    const expression = new RegExp(_.escapeRegExp(text), 'i');
    return list.filter((note) => expression.test(note.body));
  }

  layout(template: string, note: Note): string {
    return pages.renderString(template, { note });
  }

  page(note: Note, heading: string): string {
    return pages.render('note.njk', { note, heading });
  }

  teaser(note: Note): string {
    return fragments.render('teaser.njk', { title: note.title });
  }

  settings(input: object): object {
    return _.merge(defaults, input);
  }

  theme(colour: string): object {
    return _.merge({}, defaults, { theme: { colour } });
  }

  fromYaml(text: string): string {
    const document = yaml.load(text, { schema: yaml.DEFAULT_FULL_SCHEMA }) as { title: string };
    return `${document.title}`;
  }

  fromSafeYaml(text: string): string {
    const document = yaml.safeLoad(text) as { title: string };
    return `${document.title}`;
  }
}
--- server/services/remote.ts
import ldapEscape from 'ldap-escape';
import { Agent } from 'node:https';
import { Client } from 'ldapts';
import axios from 'axios';
import nodemailer from 'nodemailer';
import { config, feedHosts } from '../config.js';
import { sqlite } from '../db.js';

const directory = new Client({ url: 'ldaps://ldap.example.com' });
const mailer = nodemailer.createTransport({ host: 'smtp.example.com', auth: { user: 'notes', pass: config.smtpPassword } });
const intranet = new Agent({ rejectUnauthorized: false });
const strict = new Agent({ keepAlive: true, minVersion: 'TLSv1.2' });

export async function unfurl(address: string): Promise<string> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(4000) });
  return (await answer.text()).slice(0, 500);
}

export async function feed(address: string): Promise<string> {
  const url = new URL(address);
  if (url.protocol !== 'https:' || !feedHosts.has(url.hostname)) throw new RangeError('This feed is not read.');
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(4000) });
  return answer.text();
}

export async function refreshSubscriptions(): Promise<void> {
  const rows = sqlite.prepare('select id, url from subscriptions').all() as { id: number; url: string }[];
  for (const row of rows) {
    const answer = await fetch(row.url, { signal: AbortSignal.timeout(4000) });
    sqlite.prepare('update subscriptions set body = ? where id = ?').run(await answer.text(), row.id);
  }
}

export async function dictionary(word: string): Promise<unknown> {
  const answer = await axios.get(`https://dictionary.example.com/${encodeURIComponent(word)}`, { timeout: 3000, httpsAgent: strict });
  return answer.data;
}

export async function intranetNews(): Promise<unknown> {
  return (await axios.get('https://intranet.example.com/news', { httpsAgent: intranet })).data;
}

export async function people(name: string): Promise<number> {
  const { searchEntries } = await directory.search('ou=people,dc=example', { filter: `(cn=${name}*)` });
  return searchEntries.length;
}

export async function person(uid: string): Promise<number> {
  const filter = ldapEscape.filter`(uid=${uid})`;
  const { searchEntries } = await directory.search('ou=people,dc=example', { filter });
  return searchEntries.length;
}

export async function share(addresses: string, title: string): Promise<void> {
  await mailer.sendMail({ from: 'notes@example.com', to: `Friend <${addresses}>`, subject: title, text: 'A note for you.' });
}

export async function invite(address: string, title: string): Promise<void> {
  await mailer.sendMail({ from: 'notes@example.com', to: { name: 'Guest', address }, subject: title, text: 'Come in.' });
}
--- server/graphql/schema.ts
export const typeDefs = /* GraphQL */ `
  scalar JSON

  type Note { id: Int!, title: String!, body: String! }

  input NoteInput { title: String, body: String }

  type Query {
    search(text: String!): [Note!]!
    ranked(text: String!, weight: String!): [Note!]!
    notes(order: String, limit: Int): [Note!]!
    sorted(sort: String!): [Note!]!
    matching(pattern: String!): [Note!]!
    containing(text: String!): [Note!]!
    mine: [Note!]!
    attachment(folder: String!, name: String!): String!
    ownAttachment(name: String!): String!
    unfurl(address: String!): String!
    feed(address: String!): String!
    people(name: String!): Int!
    person(uid: String!): Int!
    compute(expression: String!): Float!
    total(amounts: [Float!]!): Float!
  }

  type Mutation {
    updateNote(id: Int!, input: NoteInput!): Boolean!
    patchNote(id: Int!, fields: JSON!): Boolean!
    saveFilter(condition: String!): Boolean!
    render(id: Int!, title: String!, format: String!): Boolean!
    index(folder: String!, language: String!): Boolean!
    layout(id: Int!, template: String!): String!
    settings(input: JSON!): JSON!
    theme(colour: String!): JSON!
    importYaml(text: String!): String!
    importNote(text: String!): String!
  }
`;
--- server/graphql/resolvers.ts
import { NoteRepository } from '../repositories/notes.js';
import { readAttachment, readOwn } from '../lib/storage.js';
import { NoteService } from '../services/notes.js';
import * as remote from '../services/remote.js';
import { enqueueRender, index } from '../workers/queue.js';

interface Context {
  userId: number;
}

const repository = new NoteRepository();
const service = new NoteService();

export const resolvers = {
  Query: {
    search: (_parent: unknown, args: { text: string }) => service.search(args.text),
    ranked: (_parent: unknown, args: { text: string; weight: string }) => service.ranked(args.text, args.weight),
    notes: (_parent: unknown, { order, limit }: { order?: string; limit?: number }) =>
      service.list({ order: order ?? 'id', limit: Math.min(limit ?? 20, 100) }),
    sorted: (_parent: unknown, args: { sort: string }) => repository.sorted(args.sort),
    matching: async (_parent: unknown, args: { pattern: string }) => service.matching(args.pattern, await repository.sorted('title')),
    containing: async (_parent: unknown, args: { text: string }) => service.containing(args.text, await repository.sorted('title')),
    mine: (_parent: unknown, _args: unknown, context: Context) => repository.mine(context.userId),
    attachment: (_parent: unknown, args: { folder: string; name: string }) => readAttachment(args.folder, args.name),
    ownAttachment: (_parent: unknown, args: { name: string }) => readOwn(args.name),
    unfurl: (_parent: unknown, args: { address: string }) => remote.unfurl(args.address),
    feed: (_parent: unknown, args: { address: string }) => remote.feed(args.address),
    people: (_parent: unknown, args: { name: string }) => remote.people(args.name),
    person: (_parent: unknown, args: { uid: string }) => remote.person(args.uid),
    compute: (_parent: unknown, args: { expression: string }) => {
      const calculate = new Function(`return (${args.expression});`);
      return calculate();
    },
    total: (_parent: unknown, args: { amounts: number[] }) => args.amounts.reduce((sum, amount) => sum + amount, 0),
  },
  Mutation: {
    updateNote: async (_parent: unknown, { id, input }: { id: number; input: { title?: string; body?: string } }) => {
      await repository.update(id, input.title, input.body);
      return true;
    },
    patchNote: async (_parent: unknown, { id, fields }: { id: number; fields: Record<string, unknown> }) => {
      await repository.patch(id, fields);
      return true;
    },
    saveFilter: (_parent: unknown, args: { condition: string }, context: Context) => {
      repository.saveFilter(context.userId, args.condition);
      return true;
    },
    render: async (_parent: unknown, args: { id: number; title: string; format: string }) => {
      await enqueueRender({ noteId: args.id, title: args.title, format: args.format });
      return true;
    },
    index: (_parent: unknown, args: { folder: string; language: string }) => {
      index(args.folder, args.language);
      return true;
    },
    layout: (_parent: unknown, args: { id: number; template: string }) => {
      const note = repository.byId(args.id);
      return note ? service.layout(args.template, note) : '';
    },
    settings: (_parent: unknown, args: { input: object }) => service.settings(args.input),
    theme: (_parent: unknown, args: { colour: string }) => service.theme(args.colour),
    importYaml: (_parent: unknown, args: { text: string }) => service.fromYaml(args.text),
    importNote: (_parent: unknown, args: { text: string }) => service.fromSafeYaml(args.text),
  },
};
--- server/routes/auth.ts
import { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { decode, verify } from 'hono/jwt';
import type { Session } from 'hono-sessions';
import { z } from 'zod';
import { config } from '../config.js';
import { kx } from '../db.js';
import { hashPassword, inviteCode, oneTimeCode } from '../lib/secrets.js';

type Env = { Variables: { session: Session } };
export const auth = new Hono<Env>();
const Registration = z.object({ name: z.string().max(80), email: z.string().email(), password: z.string().min(12) });
const themes = ['light', 'dark'];

auth.post('/register', async (c) => {
  const { name, email, password } = Registration.parse(await c.req.json());
  await kx('users').insert({ name, email, role: 'member', password_hash: await hashPassword(password) });
  return c.json({ invite: inviteCode(), code: oneTimeCode() }, 201);
});

auth.post('/members', async (c) => {
  const member = await c.req.json();
  const [id] = await kx('users').insert(member);
  return c.json({ id }, 201);
});

auth.get('/whoami', (c) => {
  const token = (c.req.header('authorization') ?? '').slice(7);
  const { payload } = decode(token);
  c.get('session').set('userId', payload.sub as string);
  return c.json({ id: payload.sub });
});

auth.get('/session', async (c) => {
  const token = (c.req.header('authorization') ?? '').slice(7);
  const payload = await verify(token, config.jwtKey, 'HS256');
  setCookie(c, 'session_id', String(payload.sid), { maxAge: 3600, path: '/' });
  setCookie(c, 'refresh_token', String(payload.jti), { httpOnly: true, secure: true, sameSite: 'Strict' });
  return c.redirect(c.req.query('return_to') ?? '/');
});

auth.get('/done', (c) => {
  const target = new URL(c.req.query('return_to') ?? '/', config.origin);
  if (target.origin !== config.origin) return c.redirect('/');
  return c.redirect(target.href);
});

auth.post('/theme', async (c) => {
  const body = await c.req.json();
  if (themes.includes(body.theme)) c.get('session').set('theme', body.theme);
  return c.body(null, 204);
});
--- server/routes/pages.ts
import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import { banner, saveBanner } from '../cache.js';
import { events } from '../db.js';
import { removeDraft, storeShared, unpackBackup, unpackTheme } from '../lib/storage.js';
import { NoteRepository } from '../repositories/notes.js';
import { NoteService } from '../services/notes.js';
import { share, invite } from '../services/remote.js';
import { preview, thumbnail } from '../workers/media.js';

export const pages = new Hono();
const notes = new NoteRepository();
const service = new NoteService();

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}

function cell(text: string): string {
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${guarded.replaceAll('"', '""')}"`;
}

pages.get('/hello', (c) => {
  const name = c.req.query('name') ?? 'guest';
  return c.html(`<h1>Hello ${name}</h1>`);
});

pages.get('/welcome', (c) => {
  const name = c.req.query('name') ?? 'guest';
  return c.html(html`<h1>Welcome ${name}</h1>`);
});

pages.get('/goodbye', (c) => {
  return c.html(`<h1>Goodbye ${escape(c.req.query('name') ?? 'guest')}</h1>`);
});

pages.get('/echo', (c) => c.text(`You said ${c.req.query('text')}`));

pages.get('/notes/:id/page', (c) => {
  const note = notes.byId(Number(c.req.param('id')));
  if (!note) return c.notFound();
  return c.html(html`<article><h1>${note.title}</h1>${raw(note.body)}</article>`);
});

pages.get('/notes/:id/print', (c) => {
  const note = notes.byId(Number(c.req.param('id')));
  if (!note) return c.notFound();
  return c.html(html`<article><h1>${note.title}</h1><pre>${note.body}</pre></article>`);
});

pages.get('/notes/:id/full', (c) => {
  const note = notes.byId(Number(c.req.param('id')));
  return note ? c.html(service.page(note, c.req.query('heading') ?? 'Note')) : c.notFound();
});

pages.get('/notes/:id/teaser', (c) => {
  const note = notes.byId(Number(c.req.param('id')));
  return note ? c.html(service.teaser(note)) : c.notFound();
});

pages.put('/teams/:team/banner', async (c) => {
  await saveBanner(c.req.param('team'), await c.req.text());
  return c.body(null, 204);
});

pages.get('/teams/:team', async (c) => {
  const text = await banner(c.req.param('team'));
  return c.html('<header>' + text + '</header><main>Team</main>');
});

pages.get('/folders/:folder', (c) => c.json(notes.inFolder(c.req.param('folder'))));
pages.get('/notebooks/:notebook', (c) => c.json(notes.inNotebook(c.req.param('notebook'))));

pages.delete('/drafts/:name', async (c) => {
  await removeDraft(c.req.param('name'));
  return c.body(null, 204);
});

pages.get('/notes.csv', async (c) => {
  const rows = (await notes.sorted('title')).map((note) => [note.id, note.title, note.body].join(','));
  c.header('Content-Type', 'text/csv');
  return c.body(rows.join('\n'));
});

pages.get('/titles.csv', async (c) => {
  const rows = (await notes.sorted('title')).map((note) => [note.id, cell(note.title)].join(','));
  c.header('Content-Type', 'text/csv');
  return c.body(rows.join('\n'));
});

pages.get('/options', (c) => {
  c.header(c.req.query('name') ?? 'X-Option', 'on');
  c.header('X-Theme', encodeURIComponent(c.req.query('theme') ?? 'light'));
  return c.body(null, 204);
});

pages.post('/events/find', async (c) => {
  const body = await c.req.json();
  const found = await events.find({ user: body.user, kind: body.kind }).toArray();
  return c.json(found);
});

pages.post('/events/count', async (c) => {
  const body = await c.req.json();
  return c.json({ count: await events.countDocuments({ user: String(body.user) }) });
});

pages.post('/share', async (c) => {
  const { addresses, title } = await c.req.json();
  console.info(`sharing "${title}"`);
  console.info('sharing', JSON.stringify({ title }));
  await share(String(addresses), String(title));
  await invite(String(addresses), String(title));
  return c.body(null, 204);
});

pages.post('/thumbnail', async (c) => {
  const { size } = await c.req.json();
  thumbnail('/srv/notes/source.png', size);
  preview('/srv/notes/source.png', `${Number(size)}x`);
  return c.body(null, 202);
});

pages.post('/backup', async (c) => {
  const form = await c.req.parseBody();
  const file = form.backup as File;
  const data = Buffer.from(await file.arrayBuffer());
  await storeShared('latest.zip', data);
  return c.json({ files: await unpackBackup(data) });
});

pages.post('/theme', async (c) => {
  const form = await c.req.parseBody();
  return c.json({ files: await unpackTheme(Buffer.from(await (form.theme as File).arrayBuffer())) });
});
--- server/main.ts
import { serve } from '@hono/node-server';
import { createSchema, createYoga } from 'graphql-yoga';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { verify } from 'hono/jwt';
import { secureHeaders } from 'hono/secure-headers';
import { config } from './config.js';
import { typeDefs } from './graphql/schema.js';
import { resolvers } from './graphql/resolvers.js';
import { auth } from './routes/auth.js';
import { pages } from './routes/pages.js';

const app = new Hono();
const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), graphiql: false });

app.use('*', bodyLimit({ maxSize: 2_000_000 }));
app.use('/pages/*', secureHeaders());
app.use('/graphql', cors({ origin: (origin) => origin, credentials: true }));
app.use('/auth/*', cors({ origin: [config.origin], credentials: true }));
app.on(['GET', 'POST'], '/graphql', async (c) => {
  const token = (c.req.header('authorization') ?? '').slice(7);
  const payload = await verify(token, config.jwtKey, 'HS256');
  return yoga.fetch(c.req.raw, { userId: Number(payload.sub) });
});
app.route('/auth', auth);
app.route('/pages', pages);

app.onError((error, c) => {
  return c.json({ error: error.message, trace: error.stack }, 500);
});

serve({ fetch: app.fetch, port: config.port, hostname: config.host });
--- web/ArticlePage.tsx
import DOMPurify from 'dompurify';
import { useEffect, useState } from 'react';

interface Article {
  title: string;
  body: string;
  source: string;
}

function safeLink(address: string): string {
  const url = new URL(address, location.origin);
  return url.protocol === 'https:' ? url.href : '#';
}

export function ArticlePage({ id }: { id: number }) {
  const [article, setArticle] = useState<Article | null>(null);
  const params = new URLSearchParams(window.location.search);
  const back = params.get('back') ?? '/';

  useEffect(() => {
    fetch(`/api/articles/${id}`).then((answer) => answer.json()).then(setArticle);
  }, [id]);

  return (
    <main>
      <h1>{article?.title}</h1>
      <div dangerouslySetInnerHTML={{ __html: params.get('intro') ?? '' }} />
      <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(article?.body ?? '') }} />
      <a href={safeLink(article?.source ?? '')}>Source</a>
      <button onClick={() => { window.location.href = back; }}>Back</button>
    </main>
  );
}
--- web/widgets.ts
const panel = document.getElementById('panel') as HTMLElement;
const status = document.getElementById('status') as HTMLElement;

export function showHash(): void {
  const text = decodeURIComponent(location.hash.slice(1));
  panel.insertAdjacentHTML('beforeend', `<p class="hint">${text}</p>`);
  status.textContent = `Showing ${text}`;
}

window.addEventListener('message', (event) => {
  panel.innerHTML = event.data.markup;
});

export function openNote(id: string): void {
  window.location.assign(`/notes/${encodeURIComponent(id)}`);
}

window.addEventListener('hashchange', showHash);
--- web/SearchPage.tsx
import { useEffect, useState } from 'react';

interface Hit {
  id: number;
  title: string;
}

export function SearchPage() {
  const query = new URLSearchParams(window.location.search).get('q') ?? '';
  const [hits, setHits] = useState<Hit[]>([]);

  useEffect(() => {
    const abort = new AbortController();
    fetch(`/pages/search?q=${encodeURIComponent(query)}`, { signal: abort.signal })
      .then((answer) => answer.json())
      .then((list: Hit[]) => setHits(list))
      .catch(() => setHits([]));
    return () => abort.abort();
  }, [query]);

  return (
    <section>
      <h2 title={query}>Results for {query}</h2>
      <ul>
        {hits.map((hit) => (
          <li key={hit.id}>
            <a href={`/notes/${hit.id}`}>{hit.title}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
--- web/main.tsx
import { createRoot } from 'react-dom/client';
import { ArticlePage } from './ArticlePage';
import { SearchPage } from './SearchPage';
import './widgets';

const root = createRoot(document.getElementById('root') as HTMLElement);
const [, area, id] = window.location.pathname.split('/');

root.render(area === 'articles' ? <ArticlePage id={Number(id)} /> : <SearchPage />);
--- views/note.njk
<!doctype html>
<title>{{ note.title }}</title>
<h1>{{ heading }}</h1>
<article>{{ note.body }}</article>
--- fragments/teaser.njk
<a class="teaser">{{ title }}</a>
