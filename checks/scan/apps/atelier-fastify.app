--- labels
good src/config.ts:19 secret/hard-coded | read from the environment; the text is only the name of the variable
bad src/config.ts:20 secret/hard-coded | a working signing key as the default
good src/config.ts:23 secret/hard-coded | the name of a header
bad src/server.ts:24 limits/unbounded-body | bodies of two gigabytes are taken
bad src/server.ts:26 cors/wild | each origin is answered as it came, with credentials
bad src/server.ts:31 headers/missing | inline scripts may run
good src/server.ts:32 headers/missing | inline styles alone
good src/server.ts:41 cookie/flags | all flags of the session cookie are set
good src/server.ts:43 limits/unbounded-body | files have a size and a count
good src/server.ts:44 files/private-served | only the public folder
bad src/server.ts:45 files/private-served | the whole project, with .env and sources
good src/server.ts:58 error/leak | an own class whose messages are written for the user
bad src/server.ts:60 error/leak | the stack is in the answer
bad src/server.ts:66 config/bind-all | a constant host of all addresses
good src/services/crypto.ts:7 crypto/password-storage | bcrypt with 12 rounds
bad src/services/crypto.ts:10 crypto/password-storage | a fast hash for a password
bad src/services/crypto.ts:14 crypto/weak-cipher | the vector is a constant of the code
good src/services/crypto.ts:20 crypto/weak-cipher | GCM with a fresh vector
bad src/services/crypto.ts:26 crypto/weak-hash | MD5 of a key and a text as a signature
good src/services/crypto.ts:30 crypto/weak-hash | an ETag
bad src/services/crypto.ts:36 crypto/weak-random | an invitation that can be guessed
good src/services/crypto.ts:40 crypto/weak-random | of the system's generator
bad src/services/crypto.ts:44 compare/timing | the signature is compared sign by sign
good src/services/crypto.ts:50 compare/timing | compared in constant time
good src/plugins/auth.ts:21 jwt/unverified | verified with one algorithm
good src/plugins/auth.ts:30 jwt/unverified | only the header is read, to choose the key, and the token is verified below
bad src/plugins/auth.ts:42 jwt/unverified | the role of an administrator is read from a token that nobody verified
good src/repositories/userRepository.ts:4 sql/injection | bound
bad src/repositories/userRepository.ts:8 sql/injection | the handle of the path is put into the text
good src/repositories/userRepository.ts:13 sql/injection | the builder binds the value
bad src/repositories/userRepository.ts:17 object/mass-assignment | the whole body, role included, from account.ts
good src/repositories/userRepository.ts:21 object/mass-assignment | two named fields
good src/repositories/userRepository.ts:25 object/mass-assignment | named columns and a constant role
bad src/repositories/userRepository.ts:29 nosql/injection | values of a JSON body that may be objects
good src/repositories/userRepository.ts:33 nosql/injection | a schema in front lets only a text through
good src/repositories/pieceRepository.ts:7 sql/injection | the pattern is a value that the builder binds
bad src/repositories/pieceRepository.ts:8 sql/injection | the sort order of the query string is SQL text
good src/repositories/pieceRepository.ts:13 sql/injection | an order from the list
good src/repositories/pieceRepository.ts:17 sql/injection | the route's schema allows three columns and an integer
bad src/repositories/pieceRepository.ts:22 sql/injection | an argument of GraphQL in the text
good src/repositories/pieceRepository.ts:26 sql/injection | an Int of GraphQL
bad src/graphql/schema.ts:11 code/injection | the formula of a GraphQL argument is compiled
good src/graphql/schema.ts:17 code/injection | only texts of the code's own map are compiled
bad src/graphql/schema.ts:38 limits/untrusted-size | two billion entries of an Int
good src/graphql/schema.ts:39 limits/untrusted-size | between 0 and 80
bad src/routes/account.ts:15 secret/logged | the password stands in the log
good src/routes/account.ts:16 limits/login-attempts | server.ts limits the requests of all routes
bad src/routes/account.ts:19 session/fixation | the session keeps the identifier it came with
good src/routes/account.ts:39 session/fixation | after a new identifier
good src/routes/account.ts:40 secret/logged | only the length
bad src/routes/account.ts:58 redirect/open | wherever the query says
good src/routes/account.ts:64 redirect/open | the origin was compared
bad src/routes/account.ts:69 url/incomplete-check | https://atelier.example.evil.test begins so as well
bad src/routes/account.ts:74 trust/boundary | the role in the session is what the client says
good src/routes/account.ts:75 trust/boundary | one of the list
bad src/routes/account.ts:85 regex/redos | exponential in a text of the body
good src/routes/account.ts:86 regex/redos | one repetition
good src/routes/account.ts:97 xss/reflected | Fastify sends a text as text/plain
bad src/routes/account.ts:114 cookie/flags | neither Secure nor HttpOnly
good src/routes/account.ts:115 cookie/flags | a theme is no secret
bad src/services/mailService.ts:9 mail/host-header | the link leads to the Host of the request
good src/services/mailService.ts:14 mail/host-header | a fixed address of the configuration
bad src/services/mailService.ts:18 mail/injection | name and address may hold more addresses
good src/services/mailService.ts:22 mail/injection | one address as an object
good src/routes/pieces.ts:47 regex/injection | all signs with a meaning are escaped
bad src/routes/pieces.ts:63 xss/stored | notes of others as markup
good src/routes/pieces.ts:69 xss/stored | a number
bad src/routes/pieces.ts:75 object/prototype-pollution | the room may be __proto__
good src/routes/pieces.ts:82 object/prototype-pollution | maps have no prototype to reach by a key
bad src/routes/pieces.ts:88 log/injection | the id of the path may hold an encoded line break
good src/routes/pieces.ts:89 log/injection | a number and JSON
bad src/routes/media.ts:22 upload/unchecked path/traversal | any type under its own name in the public folder
good src/routes/media.ts:31 upload/unchecked | a list of types and a name of its own
bad src/routes/media.ts:36 path/traversal | ../ leads out of the folder
good src/routes/media.ts:42 path/traversal | resolved and compared with the folder
good src/routes/media.ts:49 path/traversal | the schema wants a UUID
bad src/routes/media.ts:54 command/injection | the size goes through a shell
good src/routes/media.ts:59 command/injection | a list of arguments without a shell
bad src/routes/media.ts:67 archive/zip-slip | the entry's name may lead out
good src/routes/media.ts:78 archive/zip-slip | resolved and compared
bad src/routes/media.ts:84 limits/untrusted-size | gigabytes by one request
good src/routes/media.ts:88 limits/unbounded-body | 64 kilobytes on this route
good src/routes/media.ts:90 file/temp | a new folder of a random name
good src/routes/webhooks.ts:20 ssrf/request | a constant host; only the body is of the request
bad src/routes/webhooks.ts:25 xml/external-entity | entities are resolved
good src/routes/webhooks.ts:30 xml/external-entity | entities are left alone
bad src/routes/webhooks.ts:35 ssrf/request | the target is any URL of the body
good src/routes/webhooks.ts:42 ssrf/request | a host of the map and one encoded segment
bad src/routes/admin.ts:19 code/reflection | any export of the module, by the path
good src/routes/admin.ts:24 code/reflection | one of two in a map
bad src/routes/admin.ts:28 deserialize/untrusted | a schema with functions
good src/routes/admin.ts:33 deserialize/untrusted | plain data alone
bad src/routes/admin.ts:49 csv/injection | names as they were sent
good src/routes/admin.ts:54 csv/injection | an apostrophe before a formula
good src/routes/pages.ts:6 xss/autoescape-off | escaping is on
bad src/routes/pages.ts:7 xss/autoescape-off | HTML widgets without escaping
bad src/routes/pages.ts:14 xss/reflected | the term as markup
good src/routes/pages.ts:19 xss/reflected | five signs are escaped, and it is text between tags
bad src/routes/pages.ts:32 template/injection | the greeting is template text
good src/routes/pages.ts:37 template/injection | both are values
good views/piece.njk:5 tls/cleartext | of the own server
bad views/piece.njk:6 tls/cleartext | a script by http
good views/piece.njk:9 xss/template | escaped
bad views/piece.njk:10 xss/template xss/stored | the maker's story is written raw
bad web/src/main.ts:8 xss/dom | of the address bar as markup
good web/src/main.ts:9 xss/dom | as text
bad web/src/main.ts:11 message/origin | nobody looks at the origin
good web/src/main.ts:15 message/origin | the origin is compared whole
good web/src/main.ts:21 message/origin | to one origin
good web/src/PieceView.vue:16 xss/dom | interpolation escapes
bad web/src/PieceView.vue:17 xss/template xss/dom | notes of others, unescaped, as markup
--- package.json
{
  "name": "atelier",
  "type": "module",
  "private": true,
  "scripts": { "dev": "tsx watch src/server.ts", "start": "node dist/server.js", "web": "vite" },
  "dependencies": {
    "@fastify/cookie": "^11.0.0",
    "@fastify/cors": "^10.0.0",
    "@fastify/helmet": "^12.0.0",
    "@fastify/multipart": "^9.0.0",
    "@fastify/rate-limit": "^10.0.0",
    "@fastify/session": "^11.0.0",
    "@fastify/static": "^8.0.0",
    "adm-zip": "^0.5.16",
    "bcrypt": "^5.1.1",
    "fastify": "^5.1.0",
    "js-yaml": "^4.1.0",
    "js-yaml-js-types": "^1.0.1",
    "jsonwebtoken": "^9.0.2",
    "knex": "^3.1.0",
    "libxmljs2": "^0.35.0",
    "mercurius": "^15.1.0",
    "mongodb": "^6.10.0",
    "nodemailer": "^6.9.16",
    "nunjucks": "^3.2.4",
    "pg": "^8.13.0",
    "vue": "^3.5.0",
    "zod": "^3.23.8"
  }
}
--- src/config.ts
import { resolve } from 'node:path';

function need(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export class UserFacingError extends Error {
  constructor(message: string, readonly status = 400) {
    super(message);
  }
}

export const config = {
  publicUrl: process.env.PUBLIC_URL ?? 'https://atelier.example',
  databaseUrl: need('DATABASE_URL'),
  mongoUrl: need('MONGO_URL'),
  sessionSecret: need('SESSION_SECRET'),
  jwtSecret: process.env.JWT_SECRET ?? 'Vq7eXw20Lr5mKz8TbH3nYc1J',
  webhookSecret: need('WEBHOOK_SECRET'),
  kilnUrl: 'https://kiln.atelier.example',
  kilnTokenHeader: 'x-kiln-token-signature',
  uploadDir: resolve('/srv/atelier/uploads'),
};
--- src/db.ts
import knexFactory from 'knex';
import { MongoClient } from 'mongodb';
import { config } from './config.js';

export const knex = knexFactory({ client: 'pg', connection: config.databaseUrl, pool: { min: 1, max: 8 } });

const mongo = new MongoClient(config.mongoUrl);
export const activity = mongo.db('atelier').collection('activity');
export const devices = mongo.db('atelier').collection('devices');

export interface Piece {
  id: number;
  title: string;
  story: string;
  maker_id: number;
  price_cents: number;
}

export interface Account {
  id: number;
  email: string;
  name: string;
  role: 'visitor' | 'maker' | 'admin';
  password_hash: string;
}
--- src/server.ts
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import session from '@fastify/session';
import statics from '@fastify/static';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { config, UserFacingError } from './config.js';
import { resolvers, schema } from './graphql/schema.js';
import accountRoutes from './routes/account.js';
import adminRoutes from './routes/admin.js';
import mediaRoutes from './routes/media.js';
import pageRoutes from './routes/pages.js';
import pieceRoutes from './routes/pieces.js';
import webhookRoutes from './routes/webhooks.js';

const here = dirname(fileURLToPath(import.meta.url));

export async function build() {
  const app = Fastify({ logger: true, trustProxy: true, bodyLimit: 2_147_483_648 });

  await app.register(cors, { origin: true, credentials: true });
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", "'unsafe-inline'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
      },
    },
  });
  await app.register(rateLimit, { max: 120, timeWindow: '1 minute' });
  await app.register(cookie);
  await app.register(session, {
    secret: config.sessionSecret,
    cookieName: 'atelier_sid',
    cookie: { secure: true, httpOnly: true, sameSite: 'lax', maxAge: 8 * 3_600_000 },
  });
  await app.register(multipart, { limits: { fileSize: 8_000_000, files: 4 } });
  await app.register(statics, { root: join(here, '..', 'public'), prefix: '/static/' });
  await app.register(statics, { root: join(here, '..'), prefix: '/assets/', decorateReply: false });

  await app.register(mercurius, { schema, resolvers, graphiql: false });
  await app.register(accountRoutes, { prefix: '/account' });
  await app.register(pieceRoutes, { prefix: '/pieces' });
  await app.register(mediaRoutes, { prefix: '/media' });
  await app.register(webhookRoutes, { prefix: '/hooks' });
  await app.register(adminRoutes, { prefix: '/admin' });
  await app.register(pageRoutes);

  app.setErrorHandler((error, request, reply) => {
    request.log.error({ err: error }, 'request failed');
    if (error instanceof UserFacingError) {
      return reply.code(error.status).send({ message: error.message });
    }
    return reply.code(500).send({ message: 'Something broke.', detail: (error as Error).stack });
  });
  return app;
}

const app = await build();
await app.listen({ port: Number(process.env.PORT ?? 4000), host: '0.0.0.0' });
--- src/services/crypto.ts
import { createCipheriv, createHash, createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import bcrypt from 'bcrypt';
import { config } from '../config.js';

const noteKey = scryptSync(config.sessionSecret, 'notes', 32);

export const hashPassword = (password: string) => bcrypt.hash(password, 12);

export function hashGuestPassword(salt: string, password: string): string {
  return createHash('sha256').update(salt + password).digest('hex');
}

export function sealNote(note: string): Buffer {
  const cipher = createCipheriv('aes-256-cbc', noteKey, Buffer.from('atelier-notes-iv'));
  return Buffer.concat([cipher.update(note, 'utf8'), cipher.final()]);
}

export function sealAddress(address: string): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', noteKey, iv);
  const sealed = Buffer.concat([cipher.update(address, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

export function signDownload(pieceId: number, expires: number): string {
  return createHash('md5').update(`${config.webhookSecret}:${pieceId}:${expires}`).digest('hex');
}

export function etagOf(content: Buffer): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

export function inviteCode(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  let code = '';
  while (code.length < 10) code += letters[Math.floor(Math.random() * letters.length)];
  return code;
}

export const resetToken = () => randomBytes(32).toString('base64url');

export function hookSignatureFits(body: string, signature: string): boolean {
  const own = createHmac('sha256', config.webhookSecret).update(body).digest('hex');
  return own === signature;
}

export function paymentSignatureFits(body: string, signature: string): boolean {
  const own = createHmac('sha256', config.webhookSecret).update(body).digest();
  const sent = Buffer.from(signature, 'hex');
  return own.length === sent.length && timingSafeEqual(own, sent);
}
--- src/plugins/auth.ts
import type { FastifyReply, FastifyRequest } from 'fastify';
import jwt, { type JwtPayload } from 'jsonwebtoken';
import { config } from '../config.js';
import { keyById } from '../repositories/userRepository.js';

declare module 'fastify' {
  interface FastifyRequest {
    viewer?: { id: number; role: string };
  }
  interface Session {
    accountId?: number;
    role?: string;
    language?: string;
  }
}

const bearer = (request: FastifyRequest): string => (request.headers.authorization ?? '').replace(/^Bearer /, '');

export async function requireViewer(request: FastifyRequest, reply: FastifyReply) {
  try {
    const claims = jwt.verify(bearer(request), config.jwtSecret, { algorithms: ['HS256'] }) as JwtPayload;
    request.viewer = { id: Number(claims.sub), role: String(claims.role) };
  } catch {
    return reply.code(401).send({ message: 'Please sign in.' });
  }
}

export async function requirePartner(request: FastifyRequest, reply: FastifyReply) {
  const token = bearer(request);
  const head = jwt.decode(token, { complete: true });
  const key = await keyById(String(head?.header.kid ?? ''));
  if (!key) return reply.code(401).send({ message: 'Unknown key.' });
  try {
    const claims = jwt.verify(token, key.public_pem, { algorithms: ['RS256'] }) as JwtPayload;
    request.viewer = { id: Number(claims.sub), role: 'partner' };
  } catch {
    return reply.code(401).send({ message: 'Please sign in.' });
  }
}

export async function requireAdmin(request: FastifyRequest, reply: FastifyReply) {
  const claims = jwt.decode(bearer(request)) as JwtPayload | null;
  if (claims?.role !== 'admin') return reply.code(403).send({ message: 'For administrators.' });
  request.viewer = { id: Number(claims.sub), role: 'admin' };
}
--- src/repositories/userRepository.ts
import { type Account, activity, devices, knex } from '../db.js';

export async function byEmail(email: string): Promise<Account | undefined> {
  return knex<Account>('accounts').whereRaw('lower(email) = lower(?)', [email]).first();
}

export async function byHandle(handle: string): Promise<Account | undefined> {
  const { rows } = await knex.raw(`select * from accounts where handle = '${handle}' limit 1`);
  return rows[0];
}

export async function keyById(kid: string): Promise<{ public_pem: string } | undefined> {
  return knex('partner_keys').where({ kid }).first('public_pem');
}

export async function patchAccount(id: number, fields: Record<string, unknown>) {
  await knex('accounts').where({ id }).update(fields);
}

export async function patchProfile(id: number, profile: { name?: string; bio?: string }) {
  await knex('profiles').where({ account_id: id }).update({ name: profile.name, bio: profile.bio });
}

export async function addAccount(email: string, hash: string, address: Buffer | null) {
  await knex('accounts').insert({ email, password_hash: hash, address, role: 'visitor' });
}

export async function recentActivity(filter: { actor: any; kind: any }) {
  return activity.find({ actor: filter.actor, kind: filter.kind }).limit(50).toArray();
}

export async function deviceOf(id: string) {
  return devices.findOne({ deviceId: id, revoked: false });
}

export async function allSubscribers(): Promise<{ name: string; city: string }[]> {
  return knex('subscribers').select('name', 'city').orderBy('name');
}
--- src/repositories/pieceRepository.ts
import { knex, type Piece } from '../db.js';

const sortable: Record<string, string> = { newest: 'created_at desc', cheapest: 'price_cents asc', title: 'title asc' };

export class PieceRepository {
  search(term: string, sort: string) {
    const found = knex<Piece>('pieces').where('title', 'ilike', `%${term}%`);
    return found.orderByRaw(sort);
  }

  shelf(sort: string) {
    const order = Object.hasOwn(sortable, sort) ? sortable[sort] : sortable.newest;
    return knex<Piece>('pieces').orderByRaw(order).limit(40);
  }

  async page(column: string, offset: number): Promise<Piece[]> {
    const { rows } = await knex.raw(`select * from pieces order by ${column} offset ${offset} limit 20`);
    return rows;
  }

  async byMaker(maker: string): Promise<Piece[]> {
    return knex<Piece>('pieces').whereRaw("maker_id in (select id from makers where city = '" + maker + "')");
  }

  async byMakerId(makerId: number): Promise<Piece[]> {
    return knex<Piece>('pieces').whereRaw(`maker_id = ${makerId}`);
  }

  find(id: number) {
    return knex<Piece>('pieces').where({ id }).first();
  }

  async addNote(pieceId: number, author: string, text: string) {
    await knex('piece_notes').insert({ piece_id: pieceId, author, text });
  }

  async subscribe(name: string, city: string) {
    await knex('subscribers').insert({ name, city });
  }

  notes(pieceId: number): Promise<{ author: string; text: string }[]> {
    return knex('piece_notes').where({ piece_id: pieceId }).select('author', 'text');
  }
}
--- src/graphql/schema.ts
import type { IResolvers } from 'mercurius';
import { PieceRepository } from '../repositories/pieceRepository.js';

const pieces = new PieceRepository();
const houseFormulas = new Map([
  ['area', 'return width * height * 0.12'],
  ['edge', 'return (width + height) * 2 * 0.4'],
]);

function quote(formula: string, width: number, height: number): number {
  const compute = new Function('width', 'height', `return ${formula}`);
  return Number(compute(width, height));
}

function houseQuote(kind: string, width: number, height: number): number {
  const source = houseFormulas.get(kind) ?? 'return 0';
  return Number(new Function('width', 'height', source)(width, height));
}

export const schema = `
  type Piece { id: ID!, title: String!, story: String, price_cents: Int! }
  type Query {
    piecesInCity(city: String!): [Piece!]!
    piecesOf(maker: Int!): [Piece!]!
    quote(formula: String!, width: Float!, height: Float!): Float!
    houseQuote(kind: String!, width: Float!, height: Float!): Float!
    swatch(count: Int!): [String!]!
    border(width: Int!): String!
  }
`;

export const resolvers: IResolvers = {
  Query: {
    piecesInCity: (_root, args: { city: string }) => pieces.byMaker(args.city),
    piecesOf: (_root, args: { maker: number }) => pieces.byMakerId(args.maker),
    quote: (_root, args: { formula: string; width: number; height: number }) => quote(args.formula, args.width, args.height),
    houseQuote: (_root, args: { kind: string; width: number; height: number }) => houseQuote(args.kind, args.width, args.height),
    swatch: (_root, args: { count: number }) => Array.from({ length: args.count }, (_, n) => `hsl(${n * 7} 60% 50%)`),
    border: (_root, args: { width: number }) => '-'.repeat(Math.min(Math.max(args.width, 0), 80)),
  },
};
--- src/routes/account.ts
import bcrypt from 'bcrypt';
import type { FastifyInstance } from 'fastify';
import jwt from 'jsonwebtoken';
import { config } from '../config.js';
import { requireViewer } from '../plugins/auth.js';
import { addAccount, byEmail, byHandle, deviceOf, patchAccount, patchProfile, recentActivity } from '../repositories/userRepository.js';
import { hashGuestPassword, hashPassword, resetToken, sealAddress } from '../services/crypto.js';
import { sendReset, sendWelcome } from '../services/mailService.js';

const languages = new Set(['en', 'fr', 'es']);

export default async function accountRoutes(app: FastifyInstance) {
  app.post<{ Body: { email: string; password: string } }>('/login', async (request, reply) => {
    const account = await byEmail(String(request.body.email));
    request.log.info({ email: request.body.email, password: request.body.password }, 'sign in');
    if (!account || !(await bcrypt.compare(String(request.body.password), account.password_hash))) {
      return reply.code(401).send({ message: 'Wrong e-mail or password.' });
    }
    request.session.accountId = account.id;
    const token = jwt.sign({ sub: account.id, role: account.role }, config.jwtSecret, { expiresIn: '2h' });
    return reply.send({ token });
  });

  app.post<{ Body: { deviceId: string; secret: string } }>(
    '/device',
    {
      schema: {
        body: {
          type: 'object',
          required: ['deviceId', 'secret'],
          properties: { deviceId: { type: 'string', maxLength: 40 }, secret: { type: 'string', maxLength: 80 } },
        },
      },
    },
    async (request, reply) => {
      const device = await deviceOf(request.body.deviceId);
      if (!device || !(await bcrypt.compare(request.body.secret, device.secretHash))) return reply.code(401).send();
      await request.session.regenerate();
      request.session.accountId = device.accountId;
      request.log.info({ device: device.deviceId, secretLength: request.body.secret.length }, 'device signed in');
      return reply.code(204).send();
    },
  );

  app.post<{ Body: { email: string; password: string; address: string } }>('/register', async (request, reply) => {
    const { email, password, address } = request.body;
    await addAccount(String(email), await hashPassword(String(password)), sealAddress(String(address)));
    return reply.code(201).send();
  });

  app.post<{ Body: { email: string; password: string } }>('/guest', async (request, reply) => {
    const salt = resetToken();
    await addAccount(String(request.body.email), `${salt}:${hashGuestPassword(salt, String(request.body.password))}`, null);
    return reply.code(201).send();
  });

  app.get<{ Querystring: { next?: string } }>('/continue', async (request, reply) => {
    return reply.redirect(request.query.next ?? '/');
  });

  app.get<{ Querystring: { next?: string } }>('/back', async (request, reply) => {
    const target = new URL(request.query.next ?? '/', config.publicUrl);
    if (target.origin !== new URL(config.publicUrl).origin) return reply.redirect('/');
    return reply.redirect(target.href);
  });

  app.get<{ Querystring: { return: string } }>('/partner-return', async (request, reply) => {
    const back = request.query.return;
    if (!back.startsWith('https://atelier.example')) return reply.code(400).send();
    return reply.redirect(back);
  });

  app.post<{ Body: { role: string; language: string } }>('/preferences', async (request, reply) => {
    request.session.role = request.body.role;
    if (languages.has(request.body.language)) request.session.language = request.body.language;
    return reply.code(204).send();
  });

  app.patch('/me', { preHandler: requireViewer }, async (request, reply) => {
    await patchAccount(request.viewer!.id, request.body as Record<string, unknown>);
    return reply.code(204).send();
  });

  app.patch<{ Body: { name?: string; bio?: string } }>('/profile', { preHandler: requireViewer }, async (request, reply) => {
    if (!/^(\w+\s?)*$/.test(String(request.body.name))) return reply.code(400).send({ message: 'Letters, please.' });
    if (!/^\w[\w .,-]*$/.test(String(request.body.bio))) return reply.code(400).send({ message: 'Letters, please.' });
    await patchProfile(request.viewer!.id, request.body);
    return reply.code(204).send();
  });

  app.post<{ Body: { actor: any; kind: any } }>('/activity', { preHandler: requireViewer }, async (request) => {
    return recentActivity(request.body);
  });

  app.get<{ Params: { handle: string } }>('/by-handle/:handle', async (request, reply) => {
    const account = await byHandle(request.params.handle);
    if (!account) return reply.code(404).send(`Nobody is called ${request.params.handle}.`);
    return { id: account.id, name: account.name };
  });

  app.post<{ Body: { email: string; name: string } }>('/forgot', async (request, reply) => {
    const account = await byEmail(String(request.body.email));
    if (account) await sendReset(account.email, request.headers.host ?? '', resetToken());
    return reply.code(204).send();
  });

  app.post<{ Body: { email: string; name: string } }>('/welcome', async (request, reply) => {
    await sendWelcome(request.body.name, request.body.email);
    return reply.code(204).send();
  });

  app.post<{ Body: { theme: string } }>('/remember', { preHandler: requireViewer }, async (request, reply) => {
    const remembered = jwt.sign({ sub: request.viewer!.id }, config.jwtSecret, { expiresIn: '30d' });
    reply.setCookie('session_token', remembered, { path: '/', sameSite: 'lax' });
    reply.setCookie('theme', request.body.theme === 'dark' ? 'dark' : 'light', { path: '/' });
    return reply.code(204).send();
  });
}
--- src/services/mailService.ts
import nodemailer from 'nodemailer';
import { config } from '../config.js';

const mailer = nodemailer.createTransport(process.env.SMTP_URL ?? 'smtps://mail.atelier.example');
const from = 'Atelier <hello@atelier.example>';

export async function sendReset(address: string, host: string, token: string) {
  const text = `Choose a new password: https://${host}/reset?token=${token}`;
  await mailer.sendMail({ from, to: address, subject: 'Your password', text });
}

export async function sendInvitation(address: string, code: string) {
  const text = `Join us: ${config.publicUrl}/join?code=${code}`;
  await mailer.sendMail({ from, to: { name: 'Guest', address }, subject: 'An invitation', text });
}

export async function sendWelcome(name: string, address: string) {
  await mailer.sendMail({ from, to: `"${name}" <${address}>`, subject: 'Welcome', text: 'Good to see you.' });
}

export async function sendQuestion(name: string, address: string, text: string) {
  await mailer.sendMail({ from, to: 'help@atelier.example', replyTo: { name, address }, subject: 'A question', text });
}
--- src/routes/pieces.ts
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireViewer } from '../plugins/auth.js';
import { PieceRepository } from '../repositories/pieceRepository.js';
import { etagOf } from '../services/crypto.js';
import { sendQuestion } from '../services/mailService.js';

const pieces = new PieceRepository();
const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const displays: Record<string, Record<string, unknown>> = {};
const shelves = new Map<string, Map<string, unknown>>();
const Question = z.object({ name: z.string().max(80), address: z.string().email(), text: z.string().max(4000) });

export default async function pieceRoutes(app: FastifyInstance) {
  app.get<{ Querystring: { q?: string; sort?: string } }>('/', async (request) => {
    return pieces.search(request.query.q ?? '', request.query.sort ?? 'title asc');
  });

  app.get<{ Querystring: { sort?: string } }>('/shelf', async (request) => pieces.shelf(request.query.sort ?? 'newest'));

  app.get<{ Querystring: { column: string; offset: number } }>(
    '/page',
    {
      schema: {
        querystring: {
          type: 'object',
          properties: {
            column: { type: 'string', enum: ['title', 'price_cents', 'created_at'], default: 'title' },
            offset: { type: 'integer', minimum: 0, default: 0 },
          },
        },
      },
    },
    async (request) => pieces.page(request.query.column, request.query.offset),
  );

  app.get<{ Params: { id: string }; Querystring: { mark?: string } }>('/:id/story', async (request, reply) => {
    const piece = await pieces.find(Number(request.params.id));
    if (!piece) return reply.code(404).send({ message: 'No such piece.' });
    reply.header('etag', etagOf(Buffer.from(piece.story)));
    return { story: piece.story, at: piece.story.indexOf(request.query.mark ?? '') };
  });

  app.get<{ Params: { id: string }; Querystring: { word?: string } }>('/:id/words', async (request, reply) => {
    const piece = await pieces.find(Number(request.params.id));
    if (!piece) return reply.code(404).send({ message: 'No such piece.' });
    return { count: piece.story.match(new RegExp(escapeRegExp(request.query.word ?? ''), 'gi'))?.length ?? 0 };
  });

  app.post<{ Params: { id: string }; Body: { author: string; text: string } }>('/:id/notes', async (request, reply) => {
    await pieces.addNote(Number(request.params.id), String(request.body.author), String(request.body.text));
    return reply.code(201).send();
  });

  app.post<{ Body: { name: string; city: string } }>('/subscribers', async (request, reply) => {
    await pieces.subscribe(String(request.body.name), String(request.body.city));
    return reply.code(201).send();
  });

  app.get<{ Params: { id: string } }>('/:id/card', async (request, reply) => {
    const notes = await pieces.notes(Number(request.params.id));
    const items = notes.map((note) => `<li><b>${note.author}</b>: ${note.text}</li>`);
    return reply.type('text/html').send(`<ul>${items.join('')}</ul>`);
  });

  app.get<{ Params: { id: string } }>('/:id/price-card', async (request, reply) => {
    const piece = await pieces.find(Number(request.params.id));
    const price = Number(piece?.price_cents ?? 0) / 100;
    return reply.type('text/html').send(`<p class="price">${price.toFixed(2)} €</p>`);
  });

  app.put<{ Params: { room: string; slot: string }; Body: { value: unknown } }>('/displays/:room/:slot', async (request, reply) => {
    const { room, slot } = request.params;
    displays[room] ??= {};
    displays[room][slot] = request.body.value;
    return reply.code(204).send();
  });

  app.put<{ Params: { room: string; slot: string }; Body: { value: unknown } }>('/shelves/:room/:slot', async (request, reply) => {
    const { room, slot } = request.params;
    const shelf = shelves.get(room) ?? new Map<string, unknown>();
    shelves.set(room, shelf.set(slot, request.body.value));
    return reply.code(204).send();
  });

  app.post<{ Params: { id: string }; Body: { tag: string; colour: string } }>('/:id/tags', { preHandler: requireViewer }, async (request, reply) => {
    const tag = String(request.body.tag).slice(0, 40);
    console.info(`piece ${request.params.id} gets a tag`);
    console.info(`tag of ${tag.length} signs in ${JSON.stringify(request.body.colour)}`);
    return reply.code(204).send();
  });

  app.post('/questions', async (request, reply) => {
    const { name, address, text } = Question.parse(request.body);
    await sendQuestion(name, address, text);
    return reply.code(202).send();
  });
}
--- src/routes/media.ts
import { execFile, exec } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import AdmZip from 'adm-zip';
import type { FastifyInstance } from 'fastify';
import { config } from '../config.js';
import { requireViewer } from '../plugins/auth.js';

const run = promisify(execFile);
const shell = promisify(exec);
const endings = new Set(['.jpg', '.png', '.webp']);

export default async function mediaRoutes(app: FastifyInstance) {
  app.post('/', { preHandler: requireViewer }, async (request, reply) => {
    const part = await request.file();
    if (!part) return reply.code(400).send({ message: 'No file.' });
    await pipeline(part.file, createWriteStream(join('public', 'media', part.filename)));
    return { name: part.filename };
  });

  app.post('/photos', { preHandler: requireViewer }, async (request, reply) => {
    const part = await request.file();
    const ending = extname(part?.filename ?? '').toLowerCase();
    if (!part || !endings.has(ending)) return reply.code(400).send({ message: 'A photo, please.' });
    const name = randomUUID() + ending;
    await pipeline(part.file, createWriteStream(join(config.uploadDir, name)));
    return { name };
  });

  app.get<{ Querystring: { name: string } }>('/original', async (request, reply) => {
    return reply.type('application/octet-stream').send(createReadStream(join(config.uploadDir, request.query.name)));
  });

  app.get<{ Querystring: { name: string } }>('/photo', async (request, reply) => {
    const path = resolve(config.uploadDir, request.query.name);
    if (!path.startsWith(config.uploadDir + sep)) return reply.code(404).send();
    return reply.type('application/octet-stream').send(createReadStream(path));
  });

  app.get<{ Params: { id: string } }>(
    '/sketch/:id',
    { schema: { params: { type: 'object', properties: { id: { type: 'string', format: 'uuid' } }, required: ['id'] } } },
    async (request, reply) => {
      return reply.type('image/png').send(createReadStream(join('/srv/atelier/sketches', `${request.params.id}.png`)));
    },
  );

  app.post<{ Body: { name: string; size: string } }>('/thumbnail', { preHandler: requireViewer }, async (request, reply) => {
    await shell(`convert ${config.uploadDir}/photo.png -resize ${request.body.size} /srv/atelier/thumbs/photo.png`);
    return reply.code(204).send();
  });

  app.post<{ Body: { caption: string } }>('/caption', { preHandler: requireViewer }, async (request, reply) => {
    const { stdout } = await run('fc-match', ['--format=%{family}', '--', String(request.body.caption)]);
    return reply.send({ font: stdout });
  });

  app.post('/bundle', { preHandler: requireViewer }, async (request) => {
    const part = await request.file();
    const archive = new AdmZip(await part!.toBuffer());
    for (const entry of archive.getEntries()) {
      if (!entry.isDirectory) await writeFile(join(config.uploadDir, 'bundles', entry.entryName), entry.getData());
    }
    return { entries: archive.getEntries().length };
  });

  app.post('/patterns', { preHandler: requireViewer }, async (request, reply) => {
    const part = await request.file();
    const folder = resolve(config.uploadDir, 'patterns');
    for (const entry of new AdmZip(await part!.toBuffer()).getEntries()) {
      const path = resolve(folder, entry.entryName);
      if (!path.startsWith(folder + sep)) return reply.code(400).send({ message: 'A name leaves the folder.' });
      if (!entry.isDirectory) await writeFile(path, entry.getData());
    }
    return reply.code(204).send();
  });

  app.get<{ Querystring: { width: string } }>('/blank', async (request, reply) => {
    const row = Buffer.alloc(Number(request.query.width) * 4, 255);
    return reply.type('application/octet-stream').send(row);
  });

  app.post<{ Body: { text: string } }>('/labels', { bodyLimit: 65_536 }, async (request, reply) => {
    const folder = await mkdtemp(join(tmpdir(), 'labels-'));
    await writeFile(join(folder, 'labels.txt'), String(request.body.text), { flag: 'wx' });
    return reply.code(204).send();
  });
}
--- src/routes/webhooks.ts
import type { FastifyInstance } from 'fastify';
import libxmljs from 'libxmljs2';
import { config } from '../config.js';
import { requirePartner, requireViewer } from '../plugins/auth.js';
import { hookSignatureFits, paymentSignatureFits } from '../services/crypto.js';

const carriers = new Map([['swift', 'api.swift-parcels.example'], ['snail', 'api.snailpost.example']]);

export default async function webhookRoutes(app: FastifyInstance) {
  app.addContentTypeParser('application/xml', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  app.post<{ Body: string }>('/supplier', async (request, reply) => {
    if (!hookSignatureFits(JSON.stringify(request.body), String(request.headers['x-signature']))) return reply.code(401).send();
    return reply.code(204).send();
  });

  app.post<{ Body: unknown }>('/payment', async (request, reply) => {
    if (!paymentSignatureFits(JSON.stringify(request.body), String(request.headers['x-signature']))) return reply.code(401).send();
    const body = JSON.stringify(request.body);
    await fetch(`${config.kilnUrl}/paid`, { method: 'POST', body, signal: AbortSignal.timeout(5_000) });
    return reply.code(204).send();
  });

  app.post<{ Body: string }>('/catalogue', async (request) => {
    const feed = libxmljs.parseXml(request.body, { noent: true });
    return { items: feed.find('//item').length };
  });

  app.post<{ Body: string }>('/stock', { preHandler: requirePartner }, async (request) => {
    const feed = libxmljs.parseXml(request.body, { noent: false, nonet: true });
    return { items: feed.find('//item').length };
  });

  app.post<{ Body: { target: string } }>('/test', { preHandler: requireViewer }, async (request) => {
    const answer = await fetch(request.body.target, { method: 'POST', body: '{}', signal: AbortSignal.timeout(3_000) });
    return { status: answer.status };
  });

  app.get<{ Params: { carrier: string; parcel: string } }>('/track/:carrier/:parcel', async (request, reply) => {
    const host = carriers.get(request.params.carrier);
    if (!host) return reply.code(404).send();
    const answer = await fetch(`https://${host}/v2/parcels/${encodeURIComponent(request.params.parcel)}`, { signal: AbortSignal.timeout(3_000) });
    return { state: (await answer.json()).state };
  });
}
--- src/routes/admin.ts
import type { FastifyInstance } from 'fastify';
import yaml from 'js-yaml';
import unsafeTypes from 'js-yaml-js-types';
import { requireAdmin } from '../plugins/auth.js';
import { allSubscribers } from '../repositories/userRepository.js';
import { inviteCode, sealNote, signDownload } from '../services/crypto.js';
import { sendInvitation } from '../services/mailService.js';
import * as reports from '../services/reports.js';

const scripted = yaml.DEFAULT_SCHEMA.extend(unsafeTypes.all);
const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
const kinds = new Map<string, () => Promise<unknown>>([['sales', reports.sales], ['stock', reports.stock]]);

export default async function adminRoutes(app: FastifyInstance) {
  app.addHook('preHandler', requireAdmin);

  app.get<{ Params: { kind: string } }>('/reports/:kind', async (request) => {
    const all = reports as unknown as Record<string, () => Promise<unknown>>;
    return all[request.params.kind]();
  });

  app.get<{ Params: { kind: string } }>('/summaries/:kind', async (request, reply) => {
    const report = kinds.get(request.params.kind);
    return report ? report() : reply.code(404).send();
  });

  app.post<{ Body: { rules: string } }>('/rules', async (request) => {
    const rules = yaml.load(request.body.rules, { schema: scripted }) as unknown[];
    return { count: rules.length };
  });

  app.post<{ Body: { shelf: string } }>('/shelf', async (request) => {
    const shelf = yaml.load(request.body.shelf, { schema: yaml.JSON_SCHEMA }) as unknown[];
    return { count: shelf.length };
  });

  app.post<{ Body: { email: string; note: string } }>('/invitations', async (request) => {
    await sendInvitation(String(request.body.email), inviteCode());
    return { note: sealNote(String(request.body.note)).toString('base64') };
  });

  app.post<{ Params: { id: number } }>('/downloads/:id', async (request) => {
    const expires = Date.now() + 86_400_000;
    return { expires, signature: signDownload(Number(request.params.id), expires) };
  });

  app.get('/subscribers.csv', async (_request, reply) => {
    const rows = await allSubscribers();
    return reply.type('text/csv').send(rows.map((row) => [row.name, row.city].join(';')).join('\r\n'));
  });

  app.get('/cities.csv', async (_request, reply) => {
    const rows = await allSubscribers();
    return reply.type('text/csv').send(rows.map((row) => [cell(row.name), cell(row.city)].join(';')).join('\r\n'));
  });
}
--- src/services/reports.ts
import { readFile } from 'node:fs/promises';
import { knex } from '../db.js';

export const sales = async () => knex('orders').sum('total_cents as total').first();

export const stock = async () => knex('pieces').where({ sold: false }).count('id as pieces').first();

export const purgeAll = async () => knex('orders').del();

export const licence = async () => readFile('/srv/atelier/licence.txt', 'utf8');
--- src/routes/pages.ts
import type { FastifyInstance } from 'fastify';
import nunjucks from 'nunjucks';
import { PieceRepository } from '../repositories/pieceRepository.js';

const pieces = new PieceRepository();
const pages = new nunjucks.Environment(new nunjucks.FileSystemLoader('views'), { autoescape: true });
const widgets = new nunjucks.Environment(new nunjucks.FileSystemLoader('views/widgets'), { autoescape: false });
const escapeHtml = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');

export default async function pageRoutes(app: FastifyInstance) {
  app.get<{ Querystring: { q?: string } }>('/search', async (request, reply) => {
    const q = request.query.q ?? '';
    return reply.type('text/html').send(`<!doctype html><h1>Pieces like ${q}</h1>`);
  });

  app.get<{ Querystring: { city?: string } }>('/near', async (request, reply) => {
    const city = escapeHtml(request.query.city ?? '');
    return reply.type('text/html').send(`<!doctype html><h1>Makers in ${city}</h1>`);
  });

  app.get<{ Params: { id: string } }>('/piece/:id', async (request, reply) => {
    const piece = await pieces.find(Number(request.params.id));
    return reply.type('text/html').send(pages.render('piece.njk', { piece }));
  });

  app.get('/widgets/new', async (_request, reply) => {
    return reply.type('text/html').send(widgets.render('new.njk', { count: 3 }));
  });

  app.post<{ Body: { greeting: string; name: string } }>('/card', async (request, reply) => {
    const text = pages.renderString(`<p class="card">${request.body.greeting}</p>`, { name: request.body.name });
    return reply.type('text/html').send(text);
  });

  app.post<{ Body: { greeting: string; name: string } }>('/plain-card', async (request, reply) => {
    const text = pages.renderString('<p class="card">{{ greeting }}, {{ name }}</p>', { greeting: request.body.greeting, name: request.body.name });
    return reply.type('text/html').send(text);
  });
}
--- views/piece.njk
<!doctype html>
<html lang="en">
  <head>
    <title>{{ piece.title }}</title>
    <script src="/static/atelier.js"></script>
    <script src="http://cdn.pottery-widgets.com/gallery.js"></script>
  </head>
  <body>
    <h1>{{ piece.title }}</h1>
    <article>{{ piece.story | safe }}</article>
  </body>
</html>
--- web/src/main.ts
import { createApp } from 'vue';
import PieceView from './PieceView.vue';

const banner = document.querySelector<HTMLElement>('#banner')!;
const crumb = document.querySelector<HTMLElement>('#crumb')!;

const params = new URLSearchParams(location.search);
banner.innerHTML = `Welcome back, ${params.get('name') ?? 'friend'}`;
crumb.textContent = `You are looking at ${params.get('room') ?? 'everything'}`;

window.addEventListener('message', (event) => {
  document.body.dataset.theme = String(event.data.theme);
});

window.addEventListener('message', (event) => {
  if (event.origin !== 'https://pay.atelier.example') return;
  document.body.dataset.paid = String(event.data.order);
});

export function announceSize() {
  window.parent.postMessage({ height: document.body.scrollHeight }, 'https://shop.atelier.example');
}

createApp(PieceView, { id: Number(params.get('piece')) }).mount('#app');
--- web/src/PieceView.vue
<script setup lang="ts">
import { onMounted, ref } from 'vue';

const props = defineProps<{ id: number }>();
const title = ref('');
const notes = ref('');

onMounted(async () => {
  title.value = (await (await fetch(`/pieces/${props.id}/story`)).json()).story;
  notes.value = await (await fetch(`/pieces/${props.id}/card`)).text();
});
</script>

<template>
  <section class="piece">
    <p>{{ title }}</p>
    <div v-html="notes"></div>
  </section>
</template>
