--- labels
bad client/src/app/login.component.ts:17 secret/stored | password in the browser's storage
good client/src/app/login.component.ts:18 secret/stored | mail address alone
bad client/src/app/login.component.ts:24 message/origin | token to whatever page opened this one
good client/src/app/login.component.ts:25 message/origin | to one origin
bad client/src/app/login.component.ts:26 xss/dom redirect/open | javascript: of the address bar
good client/src/app/login.component.ts:31 xss/dom | own origin alone
bad client/src/app/search-result.component.ts:31 xss/dom | query of the address past Angular's sanitizer
good client/src/app/search-result.component.ts:32 xss/dom | sanitized
good client/src/app/search-result.component.ts:33 ssrf/client-request | path of the own server
bad client/src/app/support-frame.ts:3 message/origin | nobody asks who sent it
good client/src/app/support-frame.ts:7 message/origin | one origin
good client/src/app/support-frame.ts:9 xss/dom | text, no markup
bad client/src/app/support-frame.ts:15 ssrf/client-request | address of the address bar
good client/src/index.html:8 page/untrusted-script | with its hash
bad client/src/index.html:9 page/untrusted-script | of a public network without a hash
good server/app.ts:24 headers/missing | helmet's own policy
bad server/app.ts:25 cors/wild | any origin with credentials
good server/app.ts:26 cors/wild | no credentials
bad server/app.ts:28 files/private-served | all packages
good server/app.ts:29 files/private-served | public folder
bad server/app.ts:31 limits/unbounded-body | bodies of 600 MB
good server/app.ts:32 limits/unbounded-body | a limit of 100 kB
good server/app.ts:33 limits/unbounded-body | a limit of 300 kB
bad server/app.ts:35 cookie/flags | scripts can read the session's cookie
bad server/app.ts:38 access/case-sensitive-path | /ADMIN/tools leads to the same router
good server/app.ts:41 access/case-sensitive-path | Express compares without regard to case
good server/app.ts:62 config/bind-all | this machine only
good server/app.ts:64 config/bind-all | this machine, if nobody says otherwise
bad server/config.ts:12 secret/hard-coded | key of all tokens in the source
good server/config.ts:13 secret/hard-coded | from the environment
good server/config.ts:16 secret/hard-coded | name of a header
good server/config.ts:17 secret/hard-coded | path of a page
good server/config.ts:25 secret/hard-coded | from the environment
bad server/lib/errors.ts:11 error/leak | stack in the answer
good server/lib/errors.ts:18 error/leak | a number to ask for, nothing of the error
bad server/lib/security.ts:12 crypto/password-storage crypto/weak-hash | unsalted MD5 of a password
good server/lib/security.ts:15 crypto/password-storage | scrypt with enough work
good server/lib/security.ts:20 crypto/weak-hash | an ETag
good server/lib/security.ts:24 crypto/weak-hash | HMAC with SHA-256
good server/lib/security.ts:30 compare/timing | compared in constant time
bad server/lib/security.ts:37 jwt/unverified | who somebody is, by a token whose signature nobody checks
good server/lib/security.ts:43 jwt/unverified | verified with one algorithm
bad server/lib/security.ts:52 crypto/weak-random | token of a password reset by Math.random
good server/lib/security.ts:56 crypto/weak-random | from the system's generator
good server/lib/security.ts:59 crypto/weak-random | a picture to show
bad server/lib/security.ts:63 crypto/weak-cipher | ECB
good server/lib/security.ts:69 crypto/weak-cipher | GCM with a fresh nonce
good server/routes/admin.ts:14 session/fixation | a new identifier before
bad server/routes/admin.ts:21 access/client-claim | a header that anybody may send
good server/routes/admin.ts:27 access/client-claim | of the session
bad server/routes/admin.ts:34 command/injection | folder of the query in a shell's text
bad server/routes/admin.ts:39 command/argument-injection | the address may be an option of git
good server/routes/admin.ts:47 command/argument-injection | behind --, and of one host
bad server/routes/auth.ts:14 url/incomplete-check | the address may stand anywhere in another one
good server/routes/auth.ts:15 url/incomplete-check | host as a whole
good server/routes/auth.ts:27 limits/login-attempts | eight a minute
bad server/routes/auth.ts:29 sql/injection | mail address of the body in the statement
bad server/routes/auth.ts:31 secret/logged log/injection | password in the log
good server/routes/auth.ts:34 log/injection | JSON has no line breaks
good server/routes/auth.ts:34 secret/logged | no password
bad server/routes/auth.ts:35 session/fixation | the identifier of before stays
bad server/routes/auth.ts:37 cookie/flags | neither Secure nor HttpOnly
good server/routes/auth.ts:38 cookie/flags | all flags
good server/routes/auth.ts:39 cookie/flags | a language
good server/routes/auth.ts:45 sql/injection | a value of the query builder
bad server/routes/auth.ts:55 mail/host-header | link to the host that the request names
good server/routes/auth.ts:62 mail/host-header | link to the configured address
good server/routes/auth.ts:62 mail/injection | an address object
bad server/routes/auth.ts:77 redirect/open | to where the query says
good server/routes/auth.ts:81 redirect/open | a page of a list
good server/routes/auth.ts:86 redirect/open | one host
bad server/routes/chatbot.ts:22 object/prototype-pollution | topic and key of the body
good server/routes/chatbot.ts:27 object/prototype-pollution | maps
bad server/routes/chatbot.ts:40 code/reflection | method named by the body
good server/routes/chatbot.ts:47 code/reflection | function of a map
bad server/routes/chatbot.ts:58 template/injection | name in the text of the template
good server/routes/chatbot.ts:63 template/injection | name is a value
good server/routes/chatbot.ts:64 xss/reflected | the template has escaped the name
bad server/routes/files.ts:21 path/traversal | the ending is checked, not the folder
good server/routes/files.ts:27 path/traversal | resolved and compared with its folder
bad server/routes/files.ts:36 archive/zip-slip | names of the entries as paths
good server/routes/files.ts:46 archive/zip-slip | compared with the folder
good server/routes/files.ts:52 deserialize/untrusted | js-yaml 4 makes plain values
good server/routes/files.ts:54 file/permissions | nothing for others
bad server/routes/files.ts:60 deserialize/untrusted | a cookie that may hold functions
good server/routes/languages.ts:17 path/traversal | code of a list
bad server/routes/languages.ts:22 text/incomplete-escape | taken out once
bad server/routes/languages.ts:23 path/traversal | ....// leaves the folder
good server/routes/languages.ts:29 trust/boundary | language of a list
bad server/routes/languages.ts:31 trust/boundary | role of the body in the session
good server/routes/languages.ts:37 path/traversal | the date, made here
bad server/routes/orders.ts:17 xml/external-entity | entities of others are resolved
good server/routes/orders.ts:24 xml/external-entity | entities stay as they are
bad server/routes/orders.ts:30 code/injection | text of the body as code
good server/routes/orders.ts:35 code/injection | JSON, no code
bad server/routes/orders.ts:40 nosql/injection | the coupon may be { $gt: '' }
good server/routes/orders.ts:45 nosql/injection | a part of the path is a text
bad server/routes/orders.ts:51 path/traversal | name of the query
bad server/routes/orders.ts:52 error/server-crash | thrown with nobody above
good server/routes/orders.ts:59 path/traversal | base name
good server/routes/orders.ts:60 error/server-crash | handed on
bad server/routes/orders.ts:67 command/injection | title of the body in a shell's text
good server/routes/orders.ts:73 command/injection | no shell
bad server/routes/orders.ts:80 log/injection | path, decoded, in a line of the log
bad server/routes/products.ts:17 sql/injection | text of the query in the statement
good server/routes/products.ts:23 sql/injection | a replacement
good server/routes/products.ts:33 sql/injection | column of a list, and a number
good server/routes/products.ts:38 xss/reflected | plain text
bad server/routes/products.ts:45 xss/stored | stored description in markup
good server/routes/products.ts:52 xss/stored | escaped, and a number
bad server/routes/reviews.ts:11 nosql/injection | path in the code of $where
good server/routes/reviews.ts:16 nosql/injection | a number
bad server/routes/reviews.ts:21 nosql/injection | the id may be { $ne: -1 }
good server/routes/reviews.ts:29 nosql/injection | an ObjectId and a verified claim
good server/routes/reviews.ts:35 regex/injection | escaped
bad server/routes/reviews.ts:42 regex/redos | exponential in letters
good server/routes/reviews.ts:43 regex/redos | one way for each text
bad server/routes/reviews.ts:44 text/incomplete-escape | the first of each alone
good server/routes/reviews.ts:50 text/incomplete-escape | all of them, the ampersand first
good server/routes/reviews.ts:51 xss/reflected | escaped for text of an element
bad server/routes/reviews.ts:56 input/type-confusion | a list of titles includes no single '<'
good server/routes/reviews.ts:62 input/type-confusion | a text for sure
bad server/routes/users.ts:22 upload/unchecked | name of the sender, any type, in a served folder
good server/routes/users.ts:31 upload/unchecked | own name, ending of a list
bad server/routes/users.ts:39 object/mass-assignment | role and credit as well
good server/routes/users.ts:45 object/mass-assignment | two fields
bad server/views/card.ejs:10 xss/template | the stored bio is written raw
good server/routes/users.ts:58 xss/template | badge.ejs escapes
bad server/routes/users.ts:63 ssrf/request | address of the body
good server/routes/users.ts:68 path/traversal | id of a verified token, ending of a list
good server/routes/users.ts:75 ssrf/request | host of a list
--- client/src/app/login.component.ts
import { HttpClient } from '@angular/common/http';
import { Component, inject } from '@angular/core';

@Component({
  selector: 'app-login',
  standalone: true,
  template: '<form (submit)="login()"><ng-content /></form>',
})
export class LoginComponent {
  private readonly http = inject(HttpClient);
  email = '';
  password = '';
  remember = false;

  login(): void {
    const { email, password } = this;
    if (this.remember) localStorage.setItem('account', JSON.stringify({ email, password }));
    localStorage.setItem('lastEmail', email);
    this.http.post<{ token: string }>('/api/auth/login', { email, password }).subscribe(({ token }) => this.done(token));
  }

  private done(token: string): void {
    const next = new URLSearchParams(window.location.search).get('next') ?? '/';
    window.opener?.postMessage({ token }, '*');
    window.parent.postMessage({ loggedIn: true }, 'https://app.bazaar.example');
    window.location.href = next;
  }

  back(): void {
    const target = new URL(new URLSearchParams(window.location.search).get('back') ?? '/', window.location.origin);
    window.location.href = target.origin === window.location.origin ? target.href : '/';
  }
}
--- client/src/app/search-result.component.ts
import { HttpClient } from '@angular/common/http';
import { Component, SecurityContext, inject, type OnInit } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { DomSanitizer, type SafeHtml } from '@angular/platform-browser';

interface Hit {
  id: number;
  name: string;
  description: string;
}

@Component({
  selector: 'app-search-result',
  standalone: true,
  template: `
    <h2 [innerHTML]="searchValue"></h2>
    <p [innerHTML]="summary"></p>
    @for (hit of hits; track hit.id) { <article>{{ hit.name }}</article> }
  `,
})
export class SearchResultComponent implements OnInit {
  private readonly route = inject(ActivatedRoute);
  private readonly sanitizer = inject(DomSanitizer);
  private readonly http = inject(HttpClient);
  searchValue: SafeHtml = '';
  summary = '';
  hits: Hit[] = [];

  ngOnInit(): void {
    const q = this.route.snapshot.queryParams['q'] ?? '';
    this.searchValue = this.sanitizer.bypassSecurityTrustHtml(`Results for <em>${q}</em>`);
    this.summary = this.sanitizer.sanitize(SecurityContext.HTML, `For <b>${q}</b>`) ?? '';
    this.http.get<{ data: Hit[] }>('/api/products/search', { params: { q } }).subscribe(({ data }) => (this.hits = data));
  }
}
--- client/src/app/support-frame.ts
const panel = document.getElementById('support');

window.addEventListener('message', (event) => {
  if (panel && event.data.kind === 'open') panel.dataset['topic'] = event.data.topic;
});

window.addEventListener('message', (event) => {
  if (event.origin !== 'https://support.bazaar.example') return;
  if (panel) panel.textContent = String(event.data.status);
});

export async function loadArticle(): Promise<void> {
  const source = new URLSearchParams(window.location.search).get('article');
  if (!source) return;
  const answer = await fetch(source);
  if (panel) panel.textContent = await answer.text();
}
--- client/src/index.html
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Bazaar</title>
    <base href="/">
    <link rel="icon" href="favicon.ico">
    <script src="https://code.jquery.com/jquery-3.7.1.min.js" integrity="sha256-/JqT3SQfawRcv/BIHPThkBvs0OEvtFFmqPF/lYI/Cxo=" crossorigin="anonymous"></script>
    <script src="https://cdnjs.cloudflare.com/ajax/libs/cookieconsent2/3.1.1/cookieconsent.min.js"></script>
  </head>
  <body>
    <app-root></app-root>
  </body>
</html>
--- package.json
{
  "name": "bazaar",
  "version": "3.1.0",
  "private": true,
  "type": "module",
  "scripts": {
    "start": "tsx server/app.ts",
    "build": "ng build"
  },
  "dependencies": {
    "@angular/core": "^19.0.0",
    "adm-zip": "^0.5.16",
    "bcrypt": "^5.1.1",
    "cookie-parser": "^1.4.7",
    "cors": "^2.8.5",
    "ejs": "^3.1.10",
    "escape-html": "^1.0.3",
    "express": "^5.1.0",
    "express-rate-limit": "^7.5.0",
    "express-session": "^1.18.1",
    "helmet": "^8.0.0",
    "js-yaml": "^4.1.0",
    "jsonwebtoken": "^9.0.2",
    "libxmljs2": "^0.35.0",
    "mongodb": "^6.12.0",
    "multer": "^1.4.5-lts.1",
    "node-serialize": "^0.0.4",
    "nodemailer": "^6.9.16",
    "sequelize": "^6.37.5",
    "sqlite3": "^5.1.7"
  }
}
--- server/app.ts
import path from 'node:path';
import cookieParser from 'cookie-parser';
import cors from 'cors';
import express from 'express';
import session from 'express-session';
import helmet from 'helmet';
import { config } from './config.js';
import { apiErrors, pageErrors } from './lib/errors.js';
import { adminRouter } from './routes/admin.js';
import { authRouter } from './routes/auth.js';
import { chatRouter } from './routes/chatbot.js';
import { fileRouter } from './routes/files.js';
import { languageRouter } from './routes/languages.js';
import { orderRouter } from './routes/orders.js';
import { productRouter } from './routes/products.js';
import { reviewRouter } from './routes/reviews.js';
import { userRouter } from './routes/users.js';

const root = process.cwd();
export const app = express();
app.set('view engine', 'ejs');
app.set('views', path.join(root, 'server/views'));

app.use(helmet());
app.use('/api', cors({ origin: true, credentials: true }));
app.use('/feeds', cors({ origin: '*' }));

app.use('/vendor', express.static(path.join(root, 'node_modules')));
app.use('/assets', express.static(path.join(root, 'client/dist/assets')));

app.use(express.json({ limit: '600mb' }));
app.use(express.urlencoded({ extended: true, limit: '100kb' }));
app.use(express.text({ type: ['application/xml', 'text/xml'], limit: '300kb' }));
app.use(cookieParser(config.cookieSecret));
app.use(session({ secret: config.sessionSecret, resave: false, saveUninitialized: false, cookie: { httpOnly: false, secure: true } }));

app.use((req, res, next) => {
  if (req.path.startsWith('/admin/tools') && req.session.role !== 'admin') return res.redirect('/staff/login');
  return next();
});
app.use('/admin/reports', (req, res, next) => {
  if (req.session.role !== 'admin') return res.sendStatus(403);
  return next();
});

app.use('/api/auth', authRouter);
app.use('/api/users', userRouter);
app.use('/api/products', productRouter);
app.use('/api/reviews', reviewRouter);
app.use('/api/orders', orderRouter);
app.use('/api/chat', chatRouter);
app.use('/api/languages', languageRouter);
app.use('/files', fileRouter);
app.use('/admin', adminRouter);
app.use('/api', apiErrors);
app.use(pageErrors);

const metrics = express();
metrics.get('/metrics', (_req, res) => {
  res.type('text/plain').send(`bazaar_uptime_seconds ${process.uptime()}\n`);
});
metrics.listen(9100, '127.0.0.1');

app.listen(config.port, process.env.HOST ?? 'localhost');
--- server/config.ts
import { readFileSync } from 'node:fs';

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const config = {
  port: Number(process.env.PORT ?? 3000),
  publicUrl: required('PUBLIC_URL'),
  jwtSecret: 'vK83-bazaar-qTz0Lw6RpE2n',
  sessionSecret: required('SESSION_SECRET'),
  cookieSecret: required('COOKIE_SECRET'),
  downloadKey: required('DOWNLOAD_KEY'),
  tokenHeader: 'x-bazaar-token',
  resetPasswordPath: '/account/reset-password',
  cardKey: Buffer.from(required('CARD_KEY'), 'hex'),
  tokenKeys: {
    public: readFileSync(process.env.JWT_PUBLIC ?? 'keys/jwt.pub', 'utf8'),
  },
  smtp: {
    host: 'smtp.bazaar.example',
    user: 'robot@bazaar.example',
    password: required('SMTP_PASSWORD'),
  },
  dataDir: process.env.DATA_DIR ?? '/srv/bazaar',
};
--- server/db.ts
import { MongoClient } from 'mongodb';
import { DataTypes, Sequelize } from 'sequelize';

export const sequelize = new Sequelize({ dialect: 'sqlite', storage: 'data/bazaar.sqlite', logging: false });

export const User = sequelize.define('User', {
  email: { type: DataTypes.STRING, unique: true },
  name: DataTypes.STRING,
  bio: DataTypes.TEXT,
  password: DataTypes.STRING,
  securityAnswer: DataTypes.STRING,
  resetToken: DataTypes.STRING,
  picture: DataTypes.STRING,
  webhook: DataTypes.STRING,
  role: { type: DataTypes.STRING, defaultValue: 'customer' },
  credit: { type: DataTypes.DECIMAL, defaultValue: 0 },
});

export const Product = sequelize.define('Product', {
  name: DataTypes.STRING,
  description: DataTypes.TEXT,
  price: DataTypes.DECIMAL,
});

export const Feedback = sequelize.define('Feedback', {
  comment: DataTypes.TEXT,
  rating: DataTypes.INTEGER,
  userId: DataTypes.INTEGER,
});

const mongo = new MongoClient(process.env.MONGO_URL ?? 'mongodb://127.0.0.1:27017');
const shop = mongo.db('bazaar');

export interface Review {
  productId: number;
  author: string;
  message: string;
  likes: number;
}

export const reviews = shop.collection<Review>('reviews');
export const orders = shop.collection('orders');
export const coupons = shop.collection('coupons');
--- server/lib/errors.ts
import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

export class ShopError extends Error {
  constructor(public readonly status: number, message: string) {
    super(message);
  }
}

export function apiErrors(err: Error, _req: Request, res: Response, _next: NextFunction): void {
  res.status(500).json({ error: err.message, stack: err.stack });
}

export function pageErrors(err: Error, _req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) return next(err);
  const id = randomUUID();
  console.error(id, err);
  res.status(err instanceof ShopError ? err.status : 500).render('error', { id, title: 'Something went wrong' });
}
--- server/lib/security.ts
import { createCipheriv, createHash, createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import jwt from 'jsonwebtoken';
import { config } from '../config.js';

export interface Claims {
  id: number;
  email: string;
  role: string;
}

export const hashPassword = (password: string): string => createHash('md5').update(password).digest('hex');

export function hashAnswer(answer: string, salt = randomBytes(16)): string {
  const digest = scryptSync(answer.trim().toLowerCase(), salt, 64, { N: 32768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
  return `${salt.toString('hex')}:${digest.toString('hex')}`;
}

export function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('base64')}"`;
}

export function signOrder(orderNo: string): string {
  return createHmac('sha256', config.downloadKey).update(orderNo).digest('hex');
}

export function isSignedOrder(orderNo: string, signature: string): boolean {
  const own = Buffer.from(signOrder(orderNo));
  const given = Buffer.from(signature);
  return own.length === given.length && timingSafeEqual(own, given);
}

export const issueToken = (claims: Claims): string => jwt.sign(claims, config.jwtSecret, { algorithm: 'HS256', expiresIn: '6h' });

export function peekUser(req: Request): Claims | null {
  const token = req.cookies.token ?? req.get(config.tokenHeader);
  return token ? (jwt.decode(token) as Claims) : null;
}

export function authenticate(req: Request, res: Response, next: NextFunction): void {
  const token = req.get('authorization')?.replace(/^Bearer /, '') ?? req.cookies.token;
  try {
    res.locals.user = jwt.verify(token, config.jwtSecret, { algorithms: ['HS256'] }) as unknown as Claims;
    next();
  } catch {
    res.status(401).json({ error: 'Please log in.' });
  }
}

export function newResetToken(): string {
  let resetToken = '';
  while (resetToken.length < 32) resetToken += Math.random().toString(36).slice(2);
  return resetToken.slice(0, 32);
}

export const newInviteCode = (): string => randomBytes(12).toString('base64url');

export function pickBanner<T>(banners: T[]): T {
  return banners[Math.floor(Math.random() * banners.length)];
}

export function encryptCard(card: string): string {
  const cipher = createCipheriv('aes-256-ecb', config.cardKey, null);
  return cipher.update(card, 'utf8', 'hex') + cipher.final('hex');
}

export function encryptNote(note: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', config.cardKey, iv);
  const data = Buffer.concat([cipher.update(note, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), data]).toString('base64');
}
--- server/routes/admin.ts
import { execFile, execSync } from 'node:child_process';
import bcrypt from 'bcrypt';
import { Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { Feedback, User } from '../db.js';

export const adminRouter = Router();

adminRouter.post('/login', rateLimit({ windowMs: 60_000, limit: 5 }), async (req, res, next) => {
  const user = await User.findOne({ where: { email: String(req.body.email), role: 'admin' } });
  if (!user || !(await bcrypt.compare(String(req.body.password), user.get('password') as string))) return res.sendStatus(401);
  return req.session.regenerate((error) => {
    if (error) return next(error);
    req.session.userId = user.get('id') as number;
    req.session.role = 'admin';
    return res.redirect('/admin/reports');
  });
});

adminRouter.delete('/feedback/:id', async (req, res) => {
  if (req.get('X-Admin') !== 'yes') return res.sendStatus(403);
  await Feedback.destroy({ where: { id: Number(req.params.id) } });
  return res.sendStatus(204);
});

adminRouter.delete('/users/:id', async (req, res) => {
  if (req.session.role !== 'admin') return res.sendStatus(403);
  await User.destroy({ where: { id: Number(req.params.id) } });
  return res.sendStatus(204);
});

adminRouter.get('/tools/usage', (req, res) => {
  const folder = req.query.folder ?? 'uploads';
  const usage = execSync(`du -sh /srv/bazaar/${folder}`);
  res.type('text/plain').send(usage.toString());
});

adminRouter.post('/tools/theme', (req, res) => {
  execFile('git', ['clone', '--depth=1', String(req.body.url), '/srv/bazaar/theme'], (error) => {
    res.sendStatus(error ? 400 : 204);
  });
});

adminRouter.post('/tools/plugin', (req, res) => {
  const url = String(req.body.url);
  if (!url.startsWith('https://plugins.bazaar.example/')) return res.sendStatus(400);
  return execFile('git', ['clone', '--depth=1', '--', url, '/srv/bazaar/plugin'], (error) => {
    res.sendStatus(error ? 400 : 204);
  });
});
--- server/routes/auth.ts
import { Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import nodemailer from 'nodemailer';
import { QueryTypes } from 'sequelize';
import { config } from '../config.js';
import { User, sequelize } from '../db.js';
import { hashAnswer, hashPassword, issueToken, newResetToken } from '../lib/security.js';

export const authRouter = Router();

const mail = nodemailer.createTransport({ host: config.smtp.host, port: 465, secure: true, auth: { user: config.smtp.user, pass: config.smtp.password } });
const attempts = rateLimit({ windowMs: 60_000, limit: 8 });
const partners = ['https://partner.example', 'https://blog.bazaar.example'];
const isPartner = (url: string): boolean => partners.some((partner) => url.includes(partner));
const isForum = (url: string): boolean => URL.canParse(url) && new URL(url).host === 'forum.bazaar.example';
const pages = new Map([
  ['basket', '/basket'],
  ['orders', '/orders'],
]);

interface UserRow {
  id: number;
  email: string;
  role: string;
}

authRouter.post('/login', attempts, async (req, res) => {
  const { email, password } = req.body;
  const [user] = await sequelize.query<UserRow>(`SELECT id, email, role FROM Users WHERE email = '${email}' AND password = '${hashPassword(String(password))}'`, { type: QueryTypes.SELECT });
  if (!user) {
    console.warn(`login of ${email} failed with ${password}`);
    return res.status(401).json({ error: 'Wrong mail address or password.' });
  }
  console.info('login', JSON.stringify({ email }));
  req.session.userId = user.id;
  const token = issueToken({ id: user.id, email: user.email, role: user.role });
  res.cookie('token', token);
  res.cookie('token_ro', token, { httpOnly: true, secure: true, sameSite: 'strict' });
  res.cookie('lang', 'en');
  return res.json({ token });
});

authRouter.get('/exists', async (req, res) => {
  const email = String(req.query.email);
  const count = await User.count({ where: { email } });
  res.json({ exists: count > 0 });
});

authRouter.post('/forgot', attempts, async (req, res) => {
  const user = await User.findOne({ where: { email: String(req.body.email) } });
  if (user) {
    const token = newResetToken();
    await user.update({ resetToken: token });
    const text = `Choose a new password: https://${req.headers.host}${config.resetPasswordPath}?token=${token}`;
    await mail.sendMail({ from: config.smtp.user, to: user.get('email') as string, subject: 'Your password', text });
  }
  res.sendStatus(204);
});

authRouter.post('/invite', attempts, async (req, res) => {
  const text = `Join us: ${config.publicUrl}/join`;
  await mail.sendMail({ from: config.smtp.user, to: { name: '', address: String(req.body.email) }, subject: 'Bazaar', text });
  res.sendStatus(204);
});

authRouter.post('/security-answer', attempts, async (req, res) => {
  const { email, answer, newPassword } = req.body;
  const user = await User.findOne({ where: { email: String(email) } });
  const salt = String(user?.get('securityAnswer') ?? '').split(':')[0];
  if (!user || user.get('securityAnswer') !== hashAnswer(String(answer), Buffer.from(salt, 'hex'))) return res.sendStatus(401);
  await user.update({ password: hashPassword(String(newPassword)) });
  return res.sendStatus(204);
});

authRouter.get('/logout', (req, res) => {
  res.clearCookie('token');
  res.redirect(String(req.query.returnTo ?? '/'));
});

authRouter.get('/continue', (req, res) => {
  res.redirect(pages.get(String(req.query.page)) ?? '/');
});

authRouter.get('/out', (req, res) => {
  const to = String(req.query.to);
  if (isForum(to)) return res.redirect(to);
  if (isPartner(to)) return res.redirect(303, to);
  return res.sendStatus(404);
});
--- server/routes/chatbot.ts
import ejs from 'ejs';
import { Router } from 'express';
import { authenticate } from '../lib/security.js';

export const chatRouter = Router();

class Assistant {
  private greeting = 'Hello';
  private readonly memory: Record<string, Record<string, string>> = {};
  private readonly notes = new Map<string, Map<string, string>>();

  greet(name: string): string {
    return `${this.greeting}, ${name}!`;
  }

  hours(): string {
    return 'We are here from nine to five.';
  }

  remember(topic: string, key: string, value: string): void {
    this.memory[topic] ??= {};
    this.memory[topic][key] = value;
  }

  note(topic: string, key: string, value: string): void {
    const entries = this.notes.get(topic) ?? new Map<string, string>();
    this.notes.set(topic, entries.set(key, value));
  }
}

type Answer = (text: string) => string;
const bot = new Assistant();
const skills = new Map<string, Answer>([
  ['greet', (text) => bot.greet(text)],
  ['hours', () => bot.hours()],
]);

chatRouter.post('/respond', authenticate, (req, res) => {
  const { action, text } = req.body;
  const body = (bot as unknown as Record<string, Answer>)[action](text);
  res.json({ action: 'response', body });
});

chatRouter.post('/ask', authenticate, (req, res) => {
  const skill = skills.get(String(req.body.action));
  if (!skill) return res.status(400).json({ error: 'I do not know that.' });
  return res.json({ action: 'response', body: skill(String(req.body.text)) });
});

chatRouter.post('/remember', authenticate, (req, res) => {
  const { topic, key, value } = req.body;
  bot.remember(topic, key, value);
  bot.note(String(topic), String(key), String(value));
  res.sendStatus(204);
});

chatRouter.get('/banner', authenticate, (req, res) => {
  const page = ejs.render(`<p>Welcome back, ${req.query.name}. You have <%= count %> messages.</p>`, { count: 3 });
  res.send(page);
});

chatRouter.get('/footer', authenticate, (req, res) => {
  const page = ejs.render('<p>Good bye, <%= name %>.</p>', { name: req.query.name });
  res.send(page);
});
--- server/routes/files.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { Router } from 'express';
import yaml from 'js-yaml';
import multer from 'multer';
import serialize from 'node-serialize';
import { config } from '../config.js';
import { authenticate } from '../lib/security.js';

export const fileRouter = Router();

const ftp = path.resolve(config.dataDir, 'ftp');
const complaints = path.resolve(config.dataDir, 'complaints');
const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 1_000_000 } });

fileRouter.get('/ftp/download', (req, res) => {
  const file = decodeURIComponent(String(req.query.file));
  if (!file.endsWith('.md') && !file.endsWith('.pdf')) return res.status(403).json({ error: 'Only .md and .pdf files.' });
  return res.sendFile(path.resolve(ftp, file));
});

fileRouter.get('/ftp/get', (req, res) => {
  const file = path.resolve(ftp, String(req.query.file));
  if (!file.startsWith(ftp + path.sep)) return res.sendStatus(404);
  return res.sendFile(file);
});

fileRouter.post('/complaints/zip', authenticate, upload.single('archive'), (req, res) => {
  if (!req.file) return res.sendStatus(400);
  for (const entry of new AdmZip(req.file.buffer).getEntries()) {
    if (entry.isDirectory) continue;
    const target = path.join(complaints, entry.entryName);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, entry.getData());
  }
  return res.sendStatus(204);
});

fileRouter.post('/photos/zip', authenticate, upload.single('archive'), (req, res) => {
  if (!req.file) return res.sendStatus(400);
  for (const entry of new AdmZip(req.file.buffer).getEntries()) {
    const target = path.resolve(complaints, entry.entryName);
    if (!target.startsWith(complaints + path.sep)) continue;
    writeFileSync(target, entry.getData());
  }
  return res.sendStatus(204);
});

fileRouter.post('/complaints/yaml', authenticate, upload.single('complaint'), async (req, res) => {
  const complaint = yaml.load(String(req.file?.buffer));
  const target = path.join(complaints, 'latest.json');
  await writeFile(target, JSON.stringify(complaint), { mode: 0o640 });
  res.sendStatus(204);
});

fileRouter.get('/recent', (req, res) => {
  const recent = req.cookies.recent;
  const list = recent ? serialize.unserialize(Buffer.from(recent, 'base64').toString()) : [];
  res.json({ list });
});
--- server/routes/languages.ts
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Router } from 'express';

export const languageRouter = Router();

const folder = path.resolve('client/dist/assets/i18n');
const known = ['en', 'de', 'fr', 'es', 'pt-BR'];

languageRouter.get('/', (_req, res) => {
  res.json({ known });
});

languageRouter.get('/:code/coverage', async (req, res) => {
  const { code } = req.params;
  if (!known.includes(code)) return res.sendStatus(404);
  const table = JSON.parse(await readFile(path.join(folder, `${code}.json`), 'utf8'));
  return res.json({ keys: Object.keys(table).length });
});

languageRouter.get('/table', async (req, res) => {
  const code = String(req.query.code).replace('../', '');
  const table = await readFile(`${folder}/${code}.json`, 'utf8');
  res.type('application/json').send(table);
});

languageRouter.post('/choose', (req, res) => {
  const { language, currency } = req.body;
  if (known.includes(language)) req.session.language = language;
  req.session.currency = currency;
  req.session.role = req.body.role ?? 'customer';
  res.sendStatus(204);
});

languageRouter.post('/missing', async (req, res) => {
  const day = new Date().toISOString().slice(0, 10);
  await writeFile(path.join(folder, `missing-${day}.log`), `${JSON.stringify(req.body)}\n`, { flag: 'a' });
  res.sendStatus(204);
});
--- server/routes/orders.ts
import { exec, execFile } from 'node:child_process';
import { readFile } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { Router } from 'express';
import libxmljs from 'libxmljs2';
import { config } from '../config.js';
import { coupons, orders } from '../db.js';
import { ShopError } from '../lib/errors.js';
import { authenticate, isSignedOrder } from '../lib/security.js';

export const orderRouter = Router();

const invoices = path.join(config.dataDir, 'invoices');

orderRouter.post('/b2b/xml', authenticate, async (req, res) => {
  const document = libxmljs.parseXml(req.body, { noent: true, noblanks: true });
  const lines = document.find('//line').map((line) => line.toString());
  await orders.insertOne({ customer: res.locals.user.id, lines });
  res.json({ lines });
});

orderRouter.post('/b2b/catalogue', authenticate, (req, res) => {
  const document = libxmljs.parseXml(req.body, { noent: false, nonet: true });
  res.json({ items: document.find('//item').length });
});

orderRouter.post('/b2b/lines', authenticate, (req, res) => {
  const orderLines = req.body.orderLinesData || '[]';
  const lines = vm.runInNewContext(`(${orderLines})`, {}, { timeout: 2000 });
  res.json({ count: lines.length });
});

orderRouter.post('/b2b/lines.json', authenticate, (req, res) => {
  const lines = JSON.parse(String(req.body.orderLinesData || '[]'));
  res.json({ count: Array.isArray(lines) ? lines.length : 0 });
});

orderRouter.post('/coupon', authenticate, async (req, res) => {
  const coupon = await coupons.findOne({ code: req.body.coupon, active: true });
  res.json({ discount: coupon?.discount ?? 0 });
});

orderRouter.get('/coupon/:code', authenticate, async (req, res) => {
  const coupon = await coupons.findOne({ code: req.params.code, active: true });
  res.json({ valid: coupon !== null });
});

orderRouter.get('/invoice', authenticate, (req, res) => {
  const file = path.join(invoices, `${req.query.order}`);
  readFile(file, (err, data) => {
    if (err) throw err;
    res.type('application/pdf').send(data);
  });
});

orderRouter.get('/delivery-note', authenticate, (req, res, next) => {
  const file = path.join(invoices, path.basename(String(req.query.order)) + '.pdf');
  readFile(file, (err, data) => {
    if (err) return next(new ShopError(404, 'No such note.'));
    return res.type('application/pdf').send(data);
  });
});

orderRouter.post('/invoice/render', authenticate, (req, res) => {
  const title = req.body.title ?? 'Invoice';
  exec(`wkhtmltopdf --title "${title}" ${invoices}/template.html ${invoices}/latest.pdf`, (error) => {
    res.sendStatus(error ? 500 : 204);
  });
});

orderRouter.post('/label/render', authenticate, (req, res) => {
  execFile('qrencode', ['-o', path.join(invoices, 'label.png'), '--', String(req.body.text)], (error) => {
    res.sendStatus(error ? 500 : 204);
  });
});

orderRouter.get('/track/:no', async (req, res) => {
  const { no } = req.params;
  console.log('tracked order ' + no);
  if (!isSignedOrder(no, String(req.query.signature))) return res.sendStatus(403);
  return res.json(await orders.findOne({ orderNo: no }));
});
--- server/routes/products.ts
import escapeHtml from 'escape-html';
import { Router } from 'express';
import { QueryTypes } from 'sequelize';
import { Product, sequelize } from '../db.js';

export const productRouter = Router();

const columns = new Map([
  ['name', 'name'],
  ['price', 'price'],
  ['newest', 'createdAt'],
]);

productRouter.get('/search', async (req, res) => {
  const q = req.query.q === undefined ? '' : String(req.query.q);
  const criteria = q.length <= 200 ? q : q.substring(0, 200);
  const [rows] = await sequelize.query(`SELECT * FROM Products WHERE name LIKE '%${criteria}%' ORDER BY name`);
  res.json({ data: rows });
});

productRouter.get('/suggest', async (req, res) => {
  const term = `%${String(req.query.q ?? '')}%`;
  const rows = await sequelize.query('SELECT id, name FROM Products WHERE name LIKE :term LIMIT 8', {
    replacements: { term },
    type: QueryTypes.SELECT,
  });
  res.json({ data: rows });
});

productRouter.get('/', async (req, res) => {
  const column = columns.get(String(req.query.sort)) ?? 'name';
  const limit = Math.min(Number(req.query.limit) || 20, 100);
  const rows = await sequelize.query(`SELECT * FROM Products ORDER BY ${column} LIMIT ${limit}`, { type: QueryTypes.SELECT });
  res.json({ data: rows });
});

productRouter.get('/none.txt', (req, res) => {
  res.type('text/plain').send(`Nothing found for ${req.query.q}`);
});

productRouter.get('/:id/print', async (req, res) => {
  const product = await Product.findByPk(Number(req.params.id));
  if (!product) return res.sendStatus(404);
  const { name, description } = product.get() as { name: string; description: string };
  return res.send(`<h1>${escapeHtml(name)}</h1><article>${description}</article>`);
});

productRouter.get('/:id/label', async (req, res) => {
  const product = await Product.findByPk(Number(req.params.id));
  if (!product) return res.sendStatus(404);
  const { name, price } = product.get() as { name: string; price: number };
  return res.send(`<h1>${escapeHtml(name)}</h1><b>${Number(price).toFixed(2)}</b>`);
});
--- server/routes/reviews.ts
import { Router } from 'express';
import { ObjectId } from 'mongodb';
import { reviews } from '../db.js';
import { authenticate, peekUser } from '../lib/security.js';

export const reviewRouter = Router();

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

reviewRouter.get('/product/:id', async (req, res) => {
  const found = await reviews.find({ $where: `this.productId == ${req.params.id}` } as never).toArray();
  res.json({ reviews: found, user: peekUser(req)?.email });
});

reviewRouter.get('/count/:id', async (req, res) => {
  const count = await reviews.countDocuments({ productId: Number(req.params.id) });
  res.json({ count });
});

reviewRouter.patch('/', authenticate, async (req, res) => {
  const result = await reviews.updateMany({ _id: req.body.id }, { $set: { message: String(req.body.message) } });
  res.json({ modified: result.modifiedCount });
});

reviewRouter.patch('/mine', authenticate, async (req, res) => {
  const { id, message } = req.body;
  if (!ObjectId.isValid(String(id))) return res.sendStatus(400);
  const filter = { _id: new ObjectId(String(id)), author: res.locals.user.email };
  const result = await reviews.updateOne(filter, { $set: { message: String(message) } });
  return res.json({ modified: result.modifiedCount });
});

reviewRouter.get('/find', async (req, res) => {
  const all = await reviews.find().limit(500).toArray();
  const pattern = new RegExp(escapeRegExp(String(req.query.q)), 'i');
  res.json(all.filter((review) => pattern.test(review.message)));
});

reviewRouter.post('/', authenticate, async (req, res) => {
  const message = String(req.body.message);
  const nickname = String(req.body.nickname);
  if (!/^([A-Za-z]+[ .]?)+$/.test(nickname)) return res.status(400).json({ error: 'nickname' });
  if (!/^[A-Za-z]+(?: [A-Za-z]+)*$/.test(String(req.body.title))) return res.status(400).json({ error: 'title' });
  const shown = message.replace('<', '&lt;').replace('>', '&gt;');
  await reviews.insertOne({ productId: Number(req.body.productId), author: nickname, message: shown, likes: 0 });
  return res.sendStatus(201);
});

reviewRouter.get('/preview', (req, res) => {
  const message = String(req.query.message).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  res.send(`<p>${message}</p>`);
});

reviewRouter.get('/heading', (req, res) => {
  const title = req.query.title as string;
  if (title.includes('<')) return res.sendStatus(400);
  return res.send(`<h3>${title}</h3>`);
});

reviewRouter.get('/subtitle', (req, res) => {
  const title = req.query.title;
  if (typeof title !== 'string' || title.includes('<')) return res.sendStatus(400);
  return res.json({ html: `<h4>${title}</h4>` });
});
--- server/routes/users.ts
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import multer from 'multer';
import { config } from '../config.js';
import { User } from '../db.js';
import { authenticate } from '../lib/security.js';

export const userRouter = Router();

const pictures = path.join(config.dataDir, 'pictures');
const pictureHosts = new Set(['images.bazaar.example', 'avatars.partner.example']);
const endings = new Set(['.png', '.jpg', '.webp']);

const documents = multer({
  storage: multer.diskStorage({
    destination: 'client/dist/assets/documents',
    filename: (_req, file, done) => done(null, file.originalname),
  }),
  limits: { fileSize: 4_000_000 },
});
const avatars = multer({
  storage: multer.diskStorage({
    destination: pictures,
    filename: (_req, file, done) => {
      const ending = path.extname(file.originalname).toLowerCase();
      if (endings.has(ending)) done(null, randomUUID() + ending);
      else done(new Error('Only pictures, please.'), '');
    },
  }),
  limits: { fileSize: 500_000, files: 1 },
});

userRouter.post('/', async (req, res) => {
  const user = await User.create(req.body);
  res.status(201).json({ id: user.get('id') });
});

userRouter.put('/me', authenticate, async (req, res) => {
  const { name, bio } = req.body;
  await User.update({ name: String(name), bio: String(bio) }, { where: { id: res.locals.user.id } });
  res.sendStatus(204);
});

userRouter.get('/:id/card', async (req, res) => {
  const user = await User.findByPk(Number(req.params.id));
  if (!user) return res.sendStatus(404);
  return res.render('card', { name: user.get('name'), bio: user.get('bio') });
});

userRouter.get('/:id/badge', async (req, res) => {
  const user = await User.findByPk(Number(req.params.id));
  if (!user) return res.sendStatus(404);
  return res.render('badge', { name: user.get('name'), bio: user.get('bio') });
});

userRouter.post('/me/picture-url', authenticate, async (req, res) => {
  const url: string = req.body.imageUrl;
  const answer = await fetch(url);
  if (!answer.ok || !answer.body) return res.status(400).json({ error: 'The picture cannot be loaded.' });
  const wanted = path.extname(url).toLowerCase();
  const ending = endings.has(wanted) ? wanted : '.jpg';
  const target = path.join(pictures, `${res.locals.user.id}${ending}`);
  await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(target));
  return res.sendStatus(204);
});

userRouter.post('/me/picture-from', authenticate, async (req, res) => {
  const url = new URL(String(req.body.imageUrl));
  if (url.protocol !== 'https:' || !pictureHosts.has(url.hostname)) return res.sendStatus(400);
  const answer = await fetch(url, { redirect: 'error' });
  await writeFile(path.join(pictures, `${res.locals.user.id}.img`), Buffer.from(await answer.arrayBuffer()));
  return res.sendStatus(204);
});

userRouter.post('/me/avatar', authenticate, avatars.single('avatar'), (_req, res) => void res.sendStatus(204));
userRouter.post('/me/documents', authenticate, documents.single('document'), (_req, res) => void res.sendStatus(204));
--- server/views/badge.ejs
<figure class="badge">
  <figcaption><%= name %></figcaption>
  <blockquote><%= bio %></blockquote>
</figure>
--- server/views/card.ejs
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title><%= name %></title>
    <link rel="stylesheet" href="/assets/shop.css">
  </head>
  <body>
    <h1><%= name %></h1>
    <div class="bio"><%- bio %></div>
  </body>
</html>
