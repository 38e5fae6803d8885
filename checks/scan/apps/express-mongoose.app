--- labels
bad public/app.js:6 xss/dom | a parameter of the address is written as HTML
good public/app.js:8 xss/dom | textContent makes no markup
bad public/app.js:12 xss/dom | the fragment is inserted as HTML
good public/app.js:18 xss/dom | the title is a text node
good public/app.js:26 xss/dom | only a number is written
bad src/config/env.ts:16 secret/hard-coded | a live API key is kept in the source
good src/config/env.ts:20 secret/hard-coded | the literal is the name of a header
good src/controllers/base.ts:22 error/leak | a constant message
bad src/controllers/base.ts:27 error/leak | the stack is sent to the client
good src/controllers/tripController.ts:42 limits/unbounded-body | raw bodies are limited to 8 MB
good src/controllers/tripController.ts:60 object/mass-assignment | a strict zod schema
bad src/controllers/tripController.ts:68 xss/stored | the stored story is written without escaping
good src/controllers/tripController.ts:74 xss/stored | all the values pass the escaping tag
bad src/controllers/tripController.ts:97 code/injection | a formula of the request runs in vm, which is no security boundary
good src/controllers/tripController.ts:103 code/reflection | the name is one of an enum
bad src/controllers/tripController.ts:118 regex/redos | a nested quantifier runs over text of the request
good src/controllers/tripController.ts:120 regex/redos | bounded repetitions with a separator are linear
good src/controllers/userController.ts:25 cookie/flags | every flag is set
bad src/controllers/userController.ts:27 redirect/open | the address of the query string is followed after login
good src/controllers/userController.ts:32 redirect/open | one of a list of constant paths
bad src/controllers/userController.ts:36 cookie/flags | a long-lived login cookie without secure and httpOnly
bad src/controllers/userController.ts:58 xss/reflected | the name of the query string is sent back as HTML
good src/controllers/userController.ts:62 xss/reflected | the template tag escapes its values
good src/controllers/userController.ts:66 xss/reflected | the answer is plain text
good src/controllers/userController.ts:81 object/prototype-pollution | lodash 4.17.21 merge refuses __proto__ keys
bad src/controllers/userController.ts:88 object/prototype-pollution | section and key come from the body, __proto__ too
good src/controllers/userController.ts:94 object/prototype-pollution | a Map has no prototype keys
good src/controllers/userController.ts:100 jwt/unverified | verified with a pinned algorithm
bad src/controllers/userController.ts:106 jwt/unverified | roles are read from a token that was not verified
good src/lib/http.ts:5 request/no-timeout | a timeout is set for the client
bad src/lib/http.ts:13 tls/unverified | the agent accepts any certificate
good src/lib/http.ts:21 tls/unverified | certificates are checked, as by default
good src/lib/logger.ts:17 log/injection | line breaks are replaced and the fields are JSON-encoded
bad src/lib/logger.ts:21 log/injection | messages that contain user names of requests are written with their line breaks
good src/middleware/session.ts:10 jwt/unverified | verified with the key and a fixed algorithm
bad src/middleware/session.ts:26 limits/unbounded-body | the body is collected in memory without any limit
good src/middleware/session.ts:44 limits/unbounded-body | the request is ended beyond 64 KiB
good src/server.ts:16 headers/missing | helmet is in use below
good src/server.ts:23 limits/unbounded-body | JSON bodies are limited
bad src/server.ts:26 cors/wild | the origin is reflected together with credentials
bad src/server.ts:61 nosql/injection | the filter comes from a websocket message
good src/server.ts:64 nosql/injection | the value is cast to a string
bad src/server.ts:74 header/injection | a decoded parameter gets into a raw header block
bad src/server.ts:78 config/bind-all | the service is bound to every interface
bad src/services/directoryService.ts:15 ldap/injection | the uid is put into the filter without escaping
good src/services/directoryService.ts:23 ldap/injection | an EqualityFilter object encodes its value
bad src/services/directoryService.ts:31 mail/injection | the subject is put into a raw message with its line breaks
good src/services/directoryService.ts:35 mail/injection | structured fields that nodemailer encodes, the subject is a constant
bad src/services/directoryService.ts:39 xml/external-entity | entities of an uploaded document are expanded
good src/services/directoryService.ts:44 xml/external-entity | entities are not expanded by default
bad src/services/directoryService.ts:50 xpath/injection | the name is concatenated into the expression
good src/services/directoryService.ts:56 xpath/injection | only an integer is put into the expression
good src/services/directoryService.ts:61 xml/external-entity | a parser without external entities
bad src/services/tripService.ts:30 nosql/injection | the rest of the parsed query string is the filter
good src/services/tripService.ts:38 nosql/injection | values are strings below $eq and the sort key is allow-listed
bad src/services/tripService.ts:42 nosql/injection code/injection | the expression of the request runs as JavaScript in the database
good src/services/tripService.ts:46 nosql/injection | a number only is put into the expression
good src/services/tripService.ts:51 nosql/injection | the id is cast to an ObjectId
bad src/services/tripService.ts:56 nosql/injection | pipeline stages of the request body run in the database
good src/services/tripService.ts:60 nosql/injection | the only value is cast to a string
bad src/services/tripService.ts:65 ssrf/request | the server fetches an address of the request
bad src/services/tripService.ts:73 ssrf/request | a stored address that the owner of the trip chose is fetched
bad src/services/tripService.ts:73 request/no-timeout | axios has no timeout by default and none is set
good src/services/tripService.ts:79 ssrf/request | a fixed host, the value is a query parameter
good src/services/tripService.ts:85 ssrf/request | the station is an integer
bad src/services/tripService.ts:96 command/injection | the geometry of the request is part of a shell command
good src/services/tripService.ts:108 command/injection | no shell, a size of a constant table and a hexadecimal id
bad src/services/tripService.ts:114 path/traversal | the name of the request decides where the file is written
good src/services/tripService.ts:122 path/traversal | the relative path must stay below the photo root
good src/services/tripService.ts:127 path/traversal | the extension is one of two constants
bad src/services/userService.ts:27 nosql/injection | the login of the JSON body may be an object with query operators
good src/services/userService.ts:31 nosql/injection | the value is cast to a string
good src/services/userService.ts:40 secret/hard-coded | the key comes from the checked environment
good src/services/userService.ts:45 object/mass-assignment | the input is the output of a zod schema without extra keys
good src/services/userService.ts:45 crypto/password-storage | argon2 is used
bad src/services/userService.ts:50 object/mass-assignment | any field of the body, with the roles, is set
good src/services/userService.ts:54 object/mass-assignment | two named fields are cast and set
bad src/services/userService.ts:58 crypto/weak-hash crypto/weak-random | the reset token is a SHA-1 of the login and the time
good src/services/userService.ts:59 nosql/injection | $eq with a string
bad src/services/userService.ts:66 nosql/injection | the token may be an operator object such as $ne
good src/services/userService.ts:70 crypto/weak-random | random bytes of the CSPRNG
bad src/services/userService.ts:75 crypto/weak-random | invitation codes that give access are made with Math.random
--- package.json
{
  "name": "triplog",
  "version": "0.9.0",
  "private": true,
  "type": "module",
  "scripts": { "build": "tsc -p .", "start": "node dist/server.js" },
  "dependencies": {
    "argon2": "^0.31.2",
    "axios": "^1.6.2",
    "cookie-parser": "^1.4.6",
    "cors": "^2.8.5",
    "express": "^4.18.2",
    "express-rate-limit": "^7.1.5",
    "fast-xml-parser": "^4.3.2",
    "helmet": "^7.1.0",
    "jsonwebtoken": "^9.0.2",
    "ldapjs": "^3.0.7",
    "libxmljs2": "^0.33.0",
    "lodash": "^4.17.21",
    "mongoose": "^8.0.3",
    "nodemailer": "^6.9.7",
    "ws": "^8.15.0",
    "zod": "^3.22.4"
  }
}
--- public/app.js
const params = new URLSearchParams(location.search);
const banner = document.querySelector('#banner');
const title = document.querySelector('#title');
const list = document.querySelector('#list');

banner.innerHTML = 'Showing trips in ' + params.get('place');

title.textContent = params.get('title') || 'Trips';

function openTab() {
  const tab = decodeURIComponent(location.hash.slice(1));
  list.insertAdjacentHTML('beforeend', `<li class="tab">${tab}</li>`);
}

function addRow(trip) {
  const item = document.createElement('li');
  item.append(trip.title);
  list.appendChild(item);
}

window.addEventListener('hashchange', openTab);

fetch('/public-api/count')
  .then((r) => r.json())
  .then(({ trips }) => {
    document.querySelector('#count').innerHTML = `<b>${Number(trips)}</b>`;
    addRow({ title: params.get('title') });
  });
--- src/config/env.ts
import { z } from 'zod';

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: z.coerce.number().int().default(4000),
  MONGO_URL: z.string().url().default('mongodb://127.0.0.1:27017/triplog'),
  JWT_SECRET: z.string().min(32),
  GEO_URL: z.string().url().default('https://geo.triplog.example'),
  SMTP_HOST: z.string().default('smtp.triplog.example'),
});

export const env = schema.parse(process.env);

export const weather = {
  baseUrl: 'https://weather.triplog.example/v2',
  apiKey: 'wx_live_9f3Kq72LmZ0vTb51XcYd',
};

export const headerNames = {
  apiKey: 'x-api-key',
  requestId: 'x-request-id',
};
--- src/controllers/base.ts
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Logger } from '../lib/logger.js';
import { Err, Result } from '../lib/result.js';

export abstract class BaseController {
  protected readonly log: Logger;

  constructor(scope: string) {
    this.log = new Logger(scope);
  }

  protected handle(fn: (req: Request, res: Response) => Promise<unknown> | unknown): RequestHandler {
    return (req: Request, res: Response, next: NextFunction) => {
      Promise.resolve(fn.call(this, req, res)).catch(next);
    };
  }

  protected answer<T>(res: Response, result: Result<T>): void {
    if (result.ok) {
      res.json({ data: result.value });
    } else {
      res.status(400).json({ error: 'request failed' });
    }
  }

  protected failure(res: Response, failed: Err<Error>): void {
    res.status(500).send({ error: failed.error.stack });
  }
}
--- src/controllers/tripController.ts
import express from 'express';
import vm from 'node:vm';
import { z } from 'zod';
import { BaseController } from './base.js';
import { TripQuery, TripService } from '../services/tripService.js';
import { DirectoryService } from '../services/directoryService.js';
import { attempt, Err } from '../lib/result.js';
import { esc, html, layout, SafeHtml } from '../lib/html.js';
import { Trip } from '../models/trip.js';

const newTrip = z.object({ title: z.string().max(120), story: z.string(), place: z.string() }).strict();

const METRICS: Record<string, (likes: number) => number> = {
  plain: (likes) => likes,
  log: (likes) => Math.log1p(likes),
};

export class TripController extends BaseController {
  constructor(
    private readonly trips: TripService,
    private readonly directory: DirectoryService = new DirectoryService(),
  ) {
    super('trip');
  }

  routes(): express.Router {
    const router = express.Router();
    router.get('/', this.handle(async (req, res) => res.json(await this.trips.find(req.query as TripQuery))));
    router.get('/list', this.handle(async (req, res) => res.json(await this.trips.list(req.query as TripQuery))));
    router.get('/top', this.handle(async (req, res) => res.json(await this.trips.topBy(String(req.query.by)))));
    router.get('/liked', this.handle(async (req, res) => res.json(await this.trips.likedMoreThan(req.query.min))));
    router.post('/statistics', this.handle(async (req, res) => res.json(await this.trips.statistics(req.body.stages))));
    router.get('/place/:place', this.handle(async (req, res) => res.json(await this.trips.perPlace(req.params.place))));
    router.get('/weather/:station', this.handle(async (req, res) => res.json(await this.trips.forecast(req.params.station))));
    router.get('/geo', this.handle(async (req, res) => res.json(await this.trips.geocode(String(req.query.place)))));
    router.post('/preview', this.handle(async (req, res) => this.answer(res, await this.trips.preview(req.body.homepage))));
    router.get('/booking/:ref', this.handle(async (req, res) => res.json(await this.trips.booking(req.params.ref))));
    router.post('/', this.create);
    router.get('/:id/page', this.page);
    router.get('/:id/card', this.card);
    router.get('/:id/homepage', this.homepage);
    router.put('/photos/:name', express.raw({ type: 'image/*', limit: '8mb' }), this.photo);
    router.get('/photos', this.readPhoto);
    router.post('/photos/:file/resize', this.handle(async (req, res) => {
      const { geometry = '800x600' } = req.body ?? {};
      res.json({ code: await this.trips.resize(req.params.file, geometry) });
    }));
    router.post('/:id/thumbnail', this.handle(async (req, res) => {
      await this.trips.thumbnail(req.params.id, String(req.query.size));
      res.sendStatus(204);
    }));
    router.post('/score', this.score);
    router.get('/metric', this.metric);
    router.post('/gpx', express.text({ type: 'application/gpx+xml', limit: '2mb' }), this.gpx);
    router.get('/filter', this.filter);
    return router;
  }

  private create = this.handle(async (req, res) => {
    const trip = await Trip.create({ ...newTrip.parse(req.body), owner: res.locals.userId });
    res.status(201).json({ id: trip.id });
  });

  private page = this.handle(async (req, res) => {
    const loaded = await attempt(async () => this.trips.byId(req.params.id));
    if (!loaded.ok) return this.failure(res, loaded as Err<Error>);
    const body = loaded.map((trip) => `<article>${trip?.story ?? ''}</article>`).unwrapOr('');
    return res.send(layout(esc(loaded.value?.title), body));
  });

  private card = this.handle(async (req, res) => {
    const trip = await this.trips.byId(req.params.id);
    const photos = (trip?.photos ?? []).map((p) => html`<img src="/photos/${p}">`.source).join('');
    res.send(html`<h2>${trip?.title}</h2>${new SafeHtml(photos)}`.toString());
  });

  private homepage = this.handle(async (req, res) => {
    const trip = await this.trips.byId(req.params.id);
    if (!trip) return res.sendStatus(404);
    const page = await this.trips.cachedPage({ id: trip.id, homepage: trip.homepage });
    return res.json({ length: page.length });
  });

  private photo = this.handle(async (req, res) => {
    await this.trips.savePhoto(decodeURIComponent(req.params.name), req.body);
    res.sendStatus(201);
  });

  private readPhoto = this.handle(async (req, res) => {
    const data = await this.trips.readPhoto(String(req.query.name));
    if (!data) return res.sendStatus(404);
    return res.type('jpeg').send(data);
  });

  private score = this.handle((req, res) => {
    const sandbox = { likes: 12, days: 4, result: 0 };
    vm.runInNewContext(`result = ${req.body.formula}`, sandbox, { timeout: 50 });
    res.json(sandbox);
  });

  private metric = this.handle((req, res) => {
    const name = z.enum(['plain', 'log']).parse(req.query.name);
    res.json({ score: METRICS[name](Number(req.query.likes)) });
  });

  private gpx = this.handle((req, res) => {
    const strict = req.query.strict === '1';
    const names = strict ? this.directory.importTrackStrict(req.body) : this.directory.importTrack(req.body);
    const symbol = this.directory.waypoint('<gpx/>', String(req.query.waypoint));
    const first = this.directory.waypointAt('<gpx/>', String(req.query.index));
    res.json({ names, symbol, first });
  });

  private filter = this.handle(async (req, res) => {
    const trips = await this.trips.list({});
    const slow = /^([a-z]+\s?)+$/i;
    const wanted = String(req.query.words ?? '');
    if (!slow.test(wanted)) return res.json([]);
    const quick = /^[a-z]{1,20}(?: [a-z]{1,20}){0,5}$/i;
    return res.json(trips.filter((t) => quick.test(wanted) && t.title?.includes(wanted)));
  });
}
--- src/controllers/userController.ts
import type { Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import _ from 'lodash';
import { env } from '../config/env.js';
import { BaseController } from './base.js';
import { registration, UserService } from '../services/userService.js';
import { html, layout } from '../lib/html.js';
import { DirectoryService } from '../services/directoryService.js';

const PAGES = ['/trips', '/profile', '/inbox'] as const;

export class UserController extends BaseController {
  private preferences: Record<string, unknown> = { units: { distance: 'km' } };

  constructor(
    private readonly users = new UserService(),
    private readonly directory = new DirectoryService(),
  ) {
    super('user');
  }

  login = this.handle(async (req, res) => {
    const result = await this.users.login(req.body);
    if (!result.ok) return this.answer(res, result);
    res.cookie('session', result.value, { httpOnly: true, secure: true, sameSite: 'strict', path: '/' });
    const { returnTo = '/trips' } = req.query as { returnTo?: string };
    return res.redirect(returnTo);
  });

  jump = this.handle((req, res) => {
    const wanted = PAGES.find((p) => p === req.query.page) ?? '/trips';
    res.redirect(303, wanted);
  });

  remember = this.handle((req, res) => {
    res.cookie('remember', this.users.sessionId(), { secure: false, httpOnly: false, maxAge: 1e10 });
    res.sendStatus(204);
  });

  register = this.handle(async (req, res) => {
    const parsed = registration.safeParse(req.body);
    if (!parsed.success) return res.status(422).json({ issues: parsed.error.issues.length });
    return this.answer(res, await this.users.register(parsed.data));
  });

  patch = this.handle(async (req, res) => {
    const { password: _ignored, ...changes } = req.body;
    res.json(await this.users.patch(req.params.id, changes));
  });

  profile = this.handle(async (req, res) => {
    await this.users.patchProfile(String(res.locals.userId), req.body);
    res.sendStatus(204);
  });

  async greet(req: Request, res: Response): Promise<void> {
    const name = (req.query.name as string) || 'traveller';
    res.send(layout(`Hello ${name}`, '<p>Good to see you</p>'));
  }

  async greetNicely(req: Request, res: Response): Promise<void> {
    res.send(html`<h1>Hello ${req.query.name}</h1>`.toString());
  }

  hint = this.handle((req, res) => {
    res.type('text').send(`No hint for ${req.query.topic}`);
  });

  reset = this.handle(async (req, res) => {
    const user = await this.users.byResetToken(req.body);
    res.json({ found: Boolean(user) });
  });

  startReset = this.handle(async (req, res) => {
    const token = await this.users.startReset(req.body.login);
    await this.directory.notify(req.body.login, req.body.subject ?? 'Reset', `Your code: ${token}`);
    res.sendStatus(202);
  });

  settings = this.handle((req, res) => {
    _.merge(this.preferences, req.body);
    res.json(this.preferences);
  });

  setting = this.handle((req, res) => {
    const { section, key, value } = req.body;
    const store = this.preferences as Record<string, Record<string, unknown>>;
    store[section][key] = value;
    res.json(store);
  });

  colour = this.handle((req, res) => {
    const colours = new Map<string, string>();
    colours.set(req.body.section, req.body.colour);
    res.json([...colours]);
  });

  whoami = this.handle((req, res) => {
    const token = String(req.cookies.session ?? '');
    const claims = jwt.verify(token, env.JWT_SECRET, { algorithms: ['HS256'] }) as jwt.JwtPayload;
    res.json({ id: claims.sub });
  });

  impersonate = this.handle((req, res) => {
    const [, payload] = String(req.headers.authorization ?? '..').split('.');
    const claims = jwt.decode(String(req.headers.authorization).replace('Bearer ', ''), { json: true });
    if (!claims?.roles?.includes('support')) return res.sendStatus(403);
    this.log.info(`support session with ${payload.length} bytes`);
    return res.json({ acting: claims.sub });
  });

  people = this.handle((req, res) => {
    this.directory.search(String(req.query.uid), (dn) => res.write(`${JSON.stringify({ dn })}\n`));
  });

  person = this.handle((req, res) => {
    this.directory.searchExact(String(req.params.uid), (dn) => res.json({ dn }));
  });
}
--- src/lib/html.ts
const TABLE: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function esc(value: unknown): string {
  return String(value ?? '').replace(/[&<>"']/g, (ch) => TABLE[ch]);
}

export class SafeHtml {
  constructor(readonly source: string) {}
  toString(): string {
    return this.source;
  }
}

export function html(strings: TemplateStringsArray, ...values: unknown[]): SafeHtml {
  const out = strings.reduce((acc, part, i) => {
    const value = i === 0 ? '' : values[i - 1];
    return acc + (value instanceof SafeHtml ? value.source : esc(value)) + part;
  }, '');
  return new SafeHtml(out);
}

export const layout = (title: string, body: string): string =>
  `<!doctype html><html><head><title>TripLog</title></head><body><h1>${title}</h1>${body}</body></html>`;
--- src/lib/http.ts
import https from 'node:https';
import axios, { AxiosInstance } from 'axios';
import { env, weather } from '../config/env.js';

export const geoClient: AxiosInstance = axios.create({ baseURL: env.GEO_URL, timeout: 4000, maxRedirects: 0 });

export const weatherClient: AxiosInstance = axios.create({
  baseURL: weather.baseUrl,
  timeout: 4000,
  headers: { 'x-api-key': weather.apiKey },
});

const relaxedAgent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });

export const bookingClient: AxiosInstance = axios.create({
  baseURL: 'https://booking.partner.example',
  timeout: 8000,
  httpsAgent: relaxedAgent,
});

export const strictAgent = new https.Agent({ keepAlive: true, minVersion: 'TLSv1.2' });
--- src/lib/logger.ts
type Level = 'debug' | 'info' | 'warn' | 'error';

const clean = (text: string): string => text.replace(/[\r\n]+/g, '\\n');

export class Logger {
  constructor(private readonly scope: string) {}

  info(message: string): void {
    this.write('info', message);
  }

  warn(message: string): void {
    this.write('warn', message);
  }

  audit(message: string, fields: Record<string, unknown> = {}): void {
    process.stdout.write(`${this.scope} audit ${clean(message)} ${JSON.stringify(fields)}\n`);
  }

  private write(level: Level, message: string): void {
    process.stdout.write(`${new Date().toISOString()} ${level} [${this.scope}] ${message}\n`);
  }
}
--- src/lib/result.ts
export type Result<T, E = Error> = Ok<T> | Err<E>;

export class Ok<T> {
  readonly ok = true as const;
  constructor(readonly value: T) {}

  map<U>(fn: (value: T) => U): Result<U, never> {
    return new Ok(fn(this.value));
  }

  unwrapOr(_fallback: T): T {
    return this.value;
  }
}

export class Err<E> {
  readonly ok = false as const;
  constructor(readonly error: E) {}

  map<U>(_fn: (value: never) => U): Result<U, E> {
    return new Err(this.error);
  }

  unwrapOr<T>(fallback: T): T {
    return fallback;
  }
}

export const ok = <T>(value: T): Result<T, never> => new Ok(value);
export const err = <E>(error: E): Result<never, E> => new Err(error);

export async function attempt<T>(work: () => Promise<T>): Promise<Result<T, Error>> {
  try {
    return ok(await work());
  } catch (e) {
    return err(e as Error);
  }
}
--- src/middleware/session.ts
import type { NextFunction, Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import { env } from '../config/env.js';
import { Logger } from '../lib/logger.js';

const log = new Logger('http');

export function session(req: Request, res: Response, next: NextFunction): void {
  try {
    const claims = jwt.verify(String(req.cookies?.session), env.JWT_SECRET, { algorithms: ['HS256'] });
    res.locals.userId = claims.sub;
    next();
  } catch {
    res.status(401).end();
  }
}

export function accessLog(req: Request, _res: Response, next: NextFunction): void {
  log.audit('request', { method: req.method, agent: req.get('user-agent') });
  next();
}

export function rawBody(req: Request, res: Response, next: NextFunction): void {
  let text = '';
  req.on('data', (chunk) => {
    text += chunk;
  });
  req.on('end', () => {
    res.locals.text = text;
    next();
  });
}

export function cappedBody(req: Request, res: Response, next: NextFunction): void {
  const parts: Buffer[] = [];
  let size = 0;
  req.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > 65536) {
      res.status(413).end();
      req.destroy();
      return;
    }
    parts.push(chunk);
  });
  req.on('end', () => {
    res.locals.text = Buffer.concat(parts).toString('utf8');
    next();
  });
}
--- src/models/trip.ts
import mongoose, { Schema, InferSchemaType } from 'mongoose';

const tripSchema = new Schema(
  {
    owner: { type: Schema.Types.ObjectId, ref: 'User' },
    title: String,
    story: String,
    place: String,
    homepage: String,
    photos: [String],
    likes: { type: Number, default: 0 },
  },
  { timestamps: true },
);

export type TripDoc = InferSchemaType<typeof tripSchema>;
export const Trip = mongoose.model('Trip', tripSchema);
--- src/models/user.ts
import mongoose, { Schema, InferSchemaType } from 'mongoose';

const userSchema = new Schema(
  {
    name: { type: String, required: true },
    login: { type: String, unique: true },
    passwordHash: String,
    roles: { type: [String], default: ['traveller'] },
    resetToken: String,
    about: String,
  },
  { timestamps: true },
);

export type UserDoc = InferSchemaType<typeof userSchema>;
export const User = mongoose.model('User', userSchema);
--- src/server.ts
import http from 'node:http';
import cookieParser from 'cookie-parser';
import cors from 'cors';
import express from 'express';
import rateLimit from 'express-rate-limit';
import helmet from 'helmet';
import mongoose from 'mongoose';
import { WebSocketServer } from 'ws';
import { env } from './config/env.js';
import { TripController } from './controllers/tripController.js';
import { UserController } from './controllers/userController.js';
import { TripService } from './services/tripService.js';
import { accessLog, cappedBody, rawBody, session } from './middleware/session.js';
import { Trip } from './models/trip.js';

const app = express();
const users = new UserController();

app.use(helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'self'"] } } }));
app.use(rateLimit({ windowMs: 60_000, limit: 300 }));
app.use(accessLog);
app.use(cookieParser());
app.use(express.json({ limit: '256kb' }));
app.use('/public-api', cors({ origin: '*' }));
app.use('/account-api', (req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', req.headers.origin ?? '*');
  res.setHeader('Access-Control-Allow-Credentials', 'true');
  next();
});

app.get('/public-api/count', async (_req, res) => res.json({ trips: await Trip.countDocuments() }));
app.post('/login', users.login);
app.post('/register', users.register);
app.post('/remember', session, users.remember);
app.get('/jump', users.jump);
app.get('/greet', (req, res) => users.greet(req, res));
app.get('/greet2', (req, res) => users.greetNicely(req, res));
app.get('/hint', users.hint);
app.post('/reset', users.reset);
app.post('/reset/start', users.startReset);
app.patch('/users/:id', session, users.patch);
app.put('/profile', session, users.profile);
app.post('/settings', session, users.settings);
app.post('/setting', session, users.setting);
app.post('/colour', session, users.colour);
app.get('/whoami', users.whoami);
app.get('/support', users.impersonate);
app.get('/people', session, users.people);
app.get('/people/:uid', session, users.person);
app.post('/notes', rawBody, (_req, res) => res.json({ length: res.locals.text.length }));
app.post('/memo', cappedBody, (_req, res) => res.json({ length: res.locals.text.length }));
app.use('/trips', session, new TripController(new TripService()).routes());

const server = http.createServer(app);
const live = new WebSocketServer({ server, maxPayload: 32 * 1024 });

live.on('connection', (socket) => {
  socket.on('message', async (data) => {
    const message = JSON.parse(data.toString());
    if (message.kind === 'find') {
      const trips = await Trip.find(message.filter).limit(5);
      socket.send(JSON.stringify(trips));
    } else if (message.kind === 'count') {
      const n = await Trip.countDocuments({ place: String(message.place) });
      socket.send(JSON.stringify({ n }));
    }
  });
});

server.on('upgrade', (req, socket) => {
  const url = new URL(req.url ?? '/', 'http://localhost');
  if (url.pathname !== '/legacy') return;
  const channel = url.searchParams.get('channel') ?? 'main';
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: raw\r\nX-Channel: ${channel}\r\n\r\n`);
});

await mongoose.connect(env.MONGO_URL);
server.listen(env.PORT, '0.0.0.0');
--- src/services/directoryService.ts
import ldap from 'ldapjs';
import nodemailer from 'nodemailer';
import libxmljs from 'libxmljs2';
import { XMLParser } from 'fast-xml-parser';
import { env } from '../config/env.js';

const BASE = 'ou=people,dc=triplog,dc=example';

export class DirectoryService {
  private readonly client = ldap.createClient({ url: 'ldaps://directory.triplog.example' });
  private readonly transport = nodemailer.createTransport({ host: env.SMTP_HOST, port: 465, secure: true });

  search(uid: string, onEntry: (dn: string) => void): void {
    const options = { scope: 'sub' as const, filter: `(&(objectClass=person)(uid=${uid}))`, attributes: ['cn', 'mail'] };
    this.client.search(BASE, options, (error, response) => {
      if (error) return;
      response.on('searchEntry', (entry) => onEntry(String(entry.objectName)));
    });
  }

  searchExact(uid: string, onEntry: (dn: string) => void): void {
    const filter = new ldap.EqualityFilter({ attribute: 'uid', value: uid });
    this.client.search(BASE, { scope: 'sub', filter }, (error, response) => {
      if (error) return;
      response.on('searchEntry', (entry) => onEntry(String(entry.objectName)));
    });
  }

  async notify(to: string, subject: string, text: string): Promise<void> {
    const raw = [`From: noreply@triplog.example`, `To: ${to}`, `Subject: ${subject}`, '', text].join('\r\n');
    await this.transport.sendMail({ envelope: { from: 'noreply@triplog.example', to }, raw });
  }

  async welcome(userName: string, to: string): Promise<void> {
    await this.transport.sendMail({ from: 'noreply@triplog.example', to, subject: 'Welcome', text: `Hello ${userName}` });
  }

  importTrack(xml: string): string[] {
    const doc = libxmljs.parseXml(xml, { noent: true, nonet: false });
    return doc.find('//name').map((n) => (n as libxmljs.Element).text());
  }

  importTrackStrict(xml: string): string[] {
    const doc = libxmljs.parseXml(xml);
    return doc.find('//name').map((n) => (n as libxmljs.Element).text());
  }

  waypoint(xml: string, name: string): string | undefined {
    const doc = libxmljs.parseXml(xml);
    const hit = doc.get(`//wpt[name='${name}']/sym`);
    return hit ? (hit as libxmljs.Element).text() : undefined;
  }

  waypointAt(xml: string, index: string): string | undefined {
    const doc = libxmljs.parseXml(xml);
    const hit = doc.get(`//wpt[${Number.parseInt(index, 10) || 1}]/sym`);
    return hit ? (hit as libxmljs.Element).text() : undefined;
  }

  summary(xml: string): unknown {
    return new XMLParser({ processEntities: false }).parse(xml);
  }
}
--- src/services/tripService.ts
import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import axios from 'axios';
import mongoose, { FilterQuery } from 'mongoose';
import { Trip, TripDoc } from '../models/trip.js';
import { bookingClient, geoClient, weatherClient } from '../lib/http.js';
import { attempt, Result } from '../lib/result.js';

const PHOTO_ROOT = path.resolve('var/photos');
const SIZES: Record<string, string> = { small: '320x240', medium: '800x600', large: '1600x1200' };
const SORTS = new Map<string, 1 | -1>([
  ['title', 1],
  ['createdAt', -1],
  ['likes', -1],
]);

export interface TripQuery {
  place?: string;
  title?: string;
  sort?: string;
}

export class TripService {
  private readonly hits = new Map<string, Promise<string>>();

  find(query: TripQuery) {
    const { sort = 'createdAt', ...filter } = query;
    return Trip.find(filter as FilterQuery<TripDoc>).sort({ [sort]: -1 }).lean();
  }

  list({ place, title, sort = 'createdAt' }: TripQuery) {
    const conditions: FilterQuery<TripDoc> = {};
    if (place) conditions.place = { $eq: `${place}` };
    if (title) conditions.title = { $eq: `${title}` };
    const direction = SORTS.get(sort);
    return Trip.find(conditions).sort(direction ? { [sort]: direction } : { createdAt: -1 }).lean();
  }

  topBy(expression: string) {
    return Trip.find({ $where: `this.likes > 10 && ${expression}` }).limit(20);
  }

  likedMoreThan(minimum: unknown) {
    return Trip.find({ $where: `this.likes > ${Number(minimum)}` }).limit(20);
  }

  byId(id: string) {
    if (!mongoose.isValidObjectId(id)) return null;
    return Trip.findById(new mongoose.Types.ObjectId(id));
  }

  statistics(stages: mongoose.PipelineStage[]) {
    const pipeline = [{ $match: { likes: { $gte: 1 } } }, ...stages];
    return Trip.aggregate(pipeline as mongoose.PipelineStage[]);
  }

  perPlace(place: string) {
    return Trip.aggregate([{ $match: { place: String(place) } }, { $group: { _id: '$place', n: { $sum: 1 } } }]);
  }

  preview(homepage: string): Promise<Result<string>> {
    return attempt(async () => {
      const { data } = await axios.get<string>(homepage, { timeout: 3000, responseType: 'text' });
      return data.slice(0, 400);
    });
  }

  cachedPage(trip: { id: string; homepage?: string | null }): Promise<string> {
    const known = this.hits.get(trip.id);
    if (known) return known;
    const page = axios.request<string>({ method: 'GET', url: trip.homepage ?? '' }).then((r) => r.data);
    this.hits.set(trip.id, page);
    return page;
  }

  async geocode(place: string) {
    const { data } = await geoClient.get('/lookup', { params: { q: place } });
    return data;
  }

  async forecast(stationId: string) {
    const station = Number.parseInt(stationId, 10);
    const { data } = await weatherClient.get(`/stations/${station}/forecast`);
    return data;
  }

  async booking(reference: string) {
    const { data } = await bookingClient.post('/search', { reference });
    return data;
  }

  resize(file: string, geometry: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const child = spawn(`convert ${path.join(PHOTO_ROOT, path.basename(file))} -resize ${geometry} out.jpg`, {
        shell: true,
        cwd: PHOTO_ROOT,
      });
      child.on('error', reject).on('close', (code) => resolve(code ?? 1));
    });
  }

  thumbnail(id: string, size: string): Promise<void> {
    const geometry = SIZES[size] ?? SIZES.small;
    const source = path.join(PHOTO_ROOT, `${new mongoose.Types.ObjectId(id).toHexString()}.jpg`);
    return new Promise((resolve, reject) => {
      execFile('convert', [source, '-resize', geometry, `${source}.thumb.jpg`], (e) => (e ? reject(e) : resolve()));
    });
  }

  async savePhoto(name: string, data: Buffer): Promise<string> {
    const target = path.join(PHOTO_ROOT, name);
    await fs.writeFile(target, data);
    return target;
  }

  async readPhoto(name: string): Promise<Buffer | null> {
    const target = path.resolve(PHOTO_ROOT, name);
    const relative = path.relative(PHOTO_ROOT, target);
    if (relative.startsWith('..') || path.isAbsolute(relative)) return null;
    return fs.readFile(target);
  }

  openExport(format: 'json' | 'csv') {
    const extension = format === 'csv' ? 'csv' : 'json';
    return createWriteStream(path.join('var/exports', `trips.${extension}`));
  }
}
--- src/services/userService.ts
import crypto from 'node:crypto';
import argon2 from 'argon2';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { env } from '../config/env.js';
import { User } from '../models/user.js';
import { Result, ok, err } from '../lib/result.js';
import { Logger } from '../lib/logger.js';

export interface Credentials {
  login: string;
  password: string;
}

export const registration = z.object({
  name: z.string().min(1).max(80),
  login: z.string().email(),
  password: z.string().min(10),
});

export type Registration = z.infer<typeof registration>;

export class UserService {
  private readonly log = new Logger('users');

  async findForLogin({ login }: Credentials) {
    return User.findOne({ login });
  }

  async findByLogin(login: unknown) {
    return User.findOne({ login: String(login) });
  }

  async login(body: Credentials): Promise<Result<string>> {
    const user = await this.findForLogin(body);
    if (!user || !(await argon2.verify(user.passwordHash ?? '', String(body.password)))) {
      this.log.warn(`failed login for ${body.login}`);
      return err(new Error('bad credentials'));
    }
    return ok(jwt.sign({ sub: user.id, roles: user.roles }, env.JWT_SECRET, { expiresIn: '2h' }));
  }

  async register(input: Registration): Promise<Result<string>> {
    const { password, ...rest } = input;
    const created = await User.create({ ...rest, passwordHash: await argon2.hash(password) });
    return ok(created.id as string);
  }

  async patch(id: string, changes: Record<string, unknown>) {
    return User.findByIdAndUpdate(id, { $set: changes }, { new: true });
  }

  async patchProfile(id: string, { name, about }: { name?: string; about?: string }) {
    return User.findByIdAndUpdate(id, { $set: { name: String(name), about: String(about) } });
  }

  async startReset(login: string): Promise<string> {
    const token = crypto.createHash('sha1').update(`${login}:${Date.now()}`).digest('hex');
    await User.updateOne({ login: { $eq: String(login) } }, { resetToken: token });
    return token;
  }

  async byResetToken(filter: { resetToken?: unknown; [key: string]: unknown }) {
    const { resetToken, ...others } = filter;
    this.log.audit('reset lookup', { keys: Object.keys(others).length });
    return User.findOne().where({ resetToken });
  }

  sessionId(): string {
    return crypto.randomBytes(32).toString('hex');
  }

  inviteCode(length = 8): string {
    const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
    return Array.from({ length }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
  }
}
--- tsconfig.json
{
  "compilerOptions": {
    "target": "ES2022",
    "module": "NodeNext",
    "moduleResolution": "NodeNext",
    "strict": true,
    "esModuleInterop": true,
    "outDir": "dist"
  },
  "include": ["src"]
}
