--- labels
bad src/config/index.ts:17 secret/hard-coded | database password in the source
good src/config/index.ts:20 secret/hard-coded | from the environment
bad src/config/index.ts:21 secret/hard-coded | signing key in the source
good src/config/index.ts:22 secret/hard-coded | from the environment
good src/config/index.ts:23 secret/hard-coded | name of a form field
good src/config/index.ts:24 secret/hard-coded | name of a header
good src/server.ts:24 headers/missing | the default set of headers is on
good src/server.ts:25 cors/wild | fixed list of origins
good src/server.ts:26 limits/unbounded-body | body limited
good src/server.ts:27 limits/unbounded-body | body limited
good src/server.ts:34 cookie/flags | all three flags set
good src/server.ts:36 csrf/off | token checked for all changing methods
good src/server.ts:38 files/private-served | only public assets
bad src/server.ts:39 files/private-served | data directory with invoices and back-ups is served
good src/server.ts:49 config/debug | only in development
good src/server.ts:54 error/leak | fixed message
good src/admin.ts:12 sql/injection | named replacement
good src/admin.ts:13 sql/injection | constant text
bad src/admin.ts:18 headers/missing | the important headers are switched off
bad src/admin.ts:19 cors/wild | any origin mirrored, with credentials
bad src/admin.ts:20 limits/unbounded-body | two gigabytes held in memory
bad src/admin.ts:25 cookie/flags | session cookie without flags
bad src/admin.ts:32 command/injection | query value in a shell line
bad src/admin.ts:34 error/leak | stack sent to the client
good src/admin.ts:42 command/injection | a number by parseInt
good src/admin.ts:52 command/injection | no shell, value matched whole
good src/admin.ts:60 code/reflection | only own keys of a fixed table
bad src/admin.ts:63 config/debug error/leak | development error pages without a condition
good src/lib/crypto.ts:6 secret/hard-coded | from the environment
bad src/lib/crypto.ts:9 crypto/password-storage crypto/weak-hash | unsalted MD5 of a password
good src/lib/crypto.ts:13 crypto/password-storage | bcrypt, cost 12
good src/lib/crypto.ts:17 crypto/weak-hash | SHA-256
good src/lib/crypto.ts:22 crypto/weak-cipher | GCM with a new nonce
bad src/lib/crypto.ts:28 crypto/weak-cipher | triple DES in ECB
bad src/lib/crypto.ts:33 crypto/weak-random | reset token from Math.random
good src/lib/crypto.ts:37 crypto/weak-random | cryptographic generator
bad src/lib/crypto.ts:45 compare/timing | MAC compared by ===
good src/lib/crypto.ts:51 compare/timing | constant-time comparison
good src/lib/crypto.ts:55 secret/hard-coded | key from the environment
bad src/lib/util.ts:21 object/prototype-pollution | recursive merge of a request body, no key check
good src/lib/util.ts:35 object/prototype-pollution | dangerous keys are skipped
good src/lib/util.ts:52 text/incomplete-escape | all occurrences
bad src/lib/util.ts:59 text/incomplete-escape | only the first occurrence
good src/middleware/auth.ts:11 jwt/unverified | verified with a fixed algorithm
bad src/middleware/auth.ts:23 jwt/unverified | role taken from a token that nobody verified
bad src/repositories/productRepository.ts:9 sql/injection | search text in the SQL
good src/repositories/productRepository.ts:14 sql/injection | bound value, order from a fixed table
bad src/repositories/productRepository.ts:21 sql/injection | literal order from the request
good src/repositories/productRepository.ts:25 sql/injection | model conditions
good src/repositories/productRepository.ts:29 sql/injection | a number by parseInt
good src/repositories/productRepository.ts:33 sql/injection | digits only, by the middleware of its one route
bad src/routes/catalog.ts:12 log/injection | line breaks reach the log
good src/routes/catalog.ts:19 log/injection | line breaks replaced
bad src/routes/catalog.ts:32 xss/reflected | query value in HTML
bad src/routes/catalog.ts:36 xss/reflected | the escape replaces one occurrence only
good src/routes/catalog.ts:40 xss/reflected | escaped
good src/routes/catalog.ts:44 xss/reflected | plain text, with nosniff by helmet
bad src/routes/catalog.ts:48 regex/injection | pattern from the request
good src/routes/catalog.ts:53 regex/injection | escaped
bad src/routes/catalog.ts:59 regex/redos | nested repetition on a request value
good src/routes/catalog.ts:66 regex/redos | linear pattern
bad src/routes/catalog.ts:73 limits/untrusted-size | size from the request
good src/routes/catalog.ts:79 limits/untrusted-size | capped at 4096
good src/routes/catalog.ts:83 crypto/weak-random | choice of a banner
bad src/routes/users.ts:16 sql/injection | email in the SQL
bad src/routes/users.ts:18 secret/logged log/injection | password in the log
bad src/routes/users.ts:21 session/fixation | the session is not renewed at log-in
bad src/routes/users.ts:23 cookie/flags | token cookie without flags
good src/routes/users.ts:28 sql/injection | model condition with a string
good src/routes/users.ts:30 secret/logged | fixed text
good src/routes/users.ts:34 session/fixation | set after regenerate
good src/routes/users.ts:35 cookie/flags | all flags
bad src/routes/users.ts:40 limits/login-attempts | no limiter on the old log-in
good src/routes/users.ts:41 limits/login-attempts | limiter before the handler
bad src/routes/users.ts:46 object/mass-assignment | role and credit can be sent
good src/routes/users.ts:51 object/mass-assignment | only two fields are picked
good src/routes/users.ts:57 object/mass-assignment | restricted by fields
bad src/routes/users.ts:62 trust/boundary | role from the body into the session
good src/routes/users.ts:68 trust/boundary | one of three values
bad src/services/directory.ts:12 ldap/injection | filter text built from a path value
good src/services/directory.ts:27 ldap/injection | filter object, the value is encoded
bad src/services/directory.ts:38 xpath/injection | town in the expression
good src/services/directory.ts:42 xpath/injection | a number
good src/services/mailer.ts:9 secret/hard-coded | from the environment
bad src/services/mailer.ts:13 mail/host-header | link with the Host header of the request
good src/services/mailer.ts:18 mail/host-header | address from the configuration
good src/services/mailer.ts:22 command/injection | constant arguments
bad src/services/mailer.ts:23 mail/injection | header lines from the request
good src/services/mailer.ts:29 mail/injection | line breaks removed from the header
bad src/routes/orders.ts:17 tls/unverified | certificate not checked
good src/routes/orders.ts:18 tls/unverified | checks stay on
good src/routes/orders.ts:19 code/injection | constant text
bad src/routes/orders.ts:24 code/injection | body evaluated, vm is no barrier
good src/routes/orders.ts:29 deserialize/untrusted | JSON only
bad src/routes/orders.ts:34 code/injection | eval of a body value
bad src/routes/orders.ts:48 template/injection | request text becomes template text
good src/routes/orders.ts:49 template/injection | template from a file, value as data
good src/routes/orders.ts:55 template/injection | fixed view name
bad src/routes/orders.ts:62 file/temp csv/injection | predictable name in the shared directory
bad src/routes/orders.ts:63 file/permissions | everybody may write
bad src/routes/orders.ts:64 csv/injection | notes may begin with a formula sign
good src/routes/orders.ts:75 file/temp | private directory
good src/routes/orders.ts:77 file/permissions | owner only
good src/routes/orders.ts:78 csv/injection | formula signs are neutralised
bad src/routes/orders.ts:83 request/no-timeout tls/unverified | no timeout
good src/routes/orders.ts:84 request/no-timeout | timeout set
bad src/routes/orders.ts:85 tls/cleartext | card data over http
good src/routes/orders.ts:86 tls/cleartext | own machine
bad src/routes/orders.ts:90 error/leak | stack in the answer
bad src/routes/files.ts:13 limits/unbounded-body | files in memory, no limit
good src/routes/files.ts:14 limits/unbounded-body | limited size
bad src/routes/files.ts:19 xml/external-entity | entities are resolved
good src/routes/files.ts:25 xml/external-entity | entities stay unresolved
bad src/routes/files.ts:33 archive/zip-slip path/traversal | entry name not checked
good src/routes/files.ts:43 archive/zip-slip | resolved name stays inside
bad src/routes/files.ts:50 upload/unchecked | any type into the public directory
good src/routes/files.ts:58 upload/unchecked | image endings only, own name
good src/routes/files.ts:58 path/traversal | name made of digest and ending
bad src/routes/files.ts:63 deserialize/untrusted | js-yaml 3 load builds functions
good src/routes/files.ts:68 deserialize/untrusted | safeLoad
bad src/routes/files.ts:73 path/traversal | name not checked
good src/routes/files.ts:81 path/traversal | basename
good src/routes/files.ts:88 path/traversal | root option of sendFile
bad src/routes/files.ts:93 limits/unbounded-body | grows without end
good src/routes/files.ts:99 limits/unbounded-body | stops at 64 KB
good src/routes/files.ts:100 limits/unbounded-body | size tested in the next line
good src/routes/reviews.ts:14 object/mass-assignment | named fields
bad src/routes/reviews.ts:21 xss/stored | review HTML as stored
good src/routes/reviews.ts:27 xss/stored | sanitised on the way out
good src/routes/reviews.ts:31 xss/stored | JSON answer
bad src/routes/reviews.ts:35 nosql/injection | the value may be an operator object
good src/routes/reviews.ts:39 nosql/injection | made a string
bad src/routes/reviews.ts:43 nosql/injection code/injection | JavaScript from the request
good src/routes/reviews.ts:47 nosql/injection | a number
good src/routes/reviews.ts:53 nosql/injection | type checked
bad src/routes/profile.ts:11 ssrf/request | any address
bad src/routes/profile.ts:17 url/incomplete-check | the name may stand anywhere in the address
bad src/routes/profile.ts:20 ssrf/request | the check can be passed by any host
good src/routes/profile.ts:26 url/incomplete-check | whole host name compared
good src/routes/profile.ts:29 ssrf/request | host from a fixed list, no redirects
good src/routes/profile.ts:34 ssrf/request | fixed host, a number
bad src/routes/profile.ts:41 redirect/open | any address
good src/routes/profile.ts:46 redirect/open | fixed list
good src/routes/profile.ts:50 redirect/open | fixed path
bad src/routes/profile.ts:55 deserialize/untrusted | cookie unserialised, functions run
good src/routes/profile.ts:60 deserialize/untrusted | JSON only
bad src/routes/profile.ts:72 xss/reflected | template without escaping
good src/routes/profile.ts:76 xss/reflected | template escapes
bad src/routes/profile.ts:81 header/injection | request value in a raw header
good src/routes/profile.ts:87 header/injection | percent-encoded
bad src/services/chatbot.ts:17 template/injection | request text compiled as a template
bad src/services/chatbot.ts:19 code/reflection | method name from the request
bad src/services/chatbot.ts:22 xss/autoescape-off | escaping switched off for HTML
good src/services/chatbot.ts:23 xss/autoescape-off | escaping stays on
good src/services/chatbot.ts:28 template/injection | constant template
good src/services/chatbot.ts:37 log/injection | JSON escapes line breaks
good src/services/chatbot.ts:38 code/reflection | functions of a Map
good frontend/src/app/search-result.component.ts:15 xss/template | interpolation escapes
good frontend/src/app/search-result.component.ts:16 xss/template | Angular sanitises a plain string
bad frontend/src/app/search-result.component.ts:31 xss/dom | query parameter trusted as HTML
good frontend/src/app/search-result.component.ts:32 xss/dom | purified before it is trusted
bad frontend/src/app/search-result.component.ts:39 secret/stored | password in localStorage
good frontend/src/app/search-result.component.ts:40 secret/stored | a colour scheme
bad frontend/src/chat-widget.ts:4 message/origin | no check of the origin
bad frontend/src/chat-widget.ts:5 xss/dom | message text as HTML
good frontend/src/chat-widget.ts:8 message/origin | origin compared
good frontend/src/chat-widget.ts:11 xss/dom | text only
bad frontend/src/chat-widget.ts:17 xss/dom | hash as HTML
good frontend/src/chat-widget.ts:22 xss/dom | harmless attribute
good frontend/src/chat-widget.ts:23 xss/dom | inserted as text
good frontend/src/chat-widget.ts:30 redirect/open | same origin
bad frontend/src/chat-widget.ts:36 redirect/open xss/dom | parameter decides the address
bad views/receipt.ejs:5 xss/template xss/stored | note of the customer written raw
good views/receipt.ejs:6 xss/template | escaped
good views/receipt.ejs:7 xss/template | escaped
good views/receipt.ejs:8 xss/template | include of a fixed part
good scripts/backup.js:7 file/permissions | owner only
good scripts/backup.js:8 command/injection | constant line
good scripts/backup.js:9 command/injection | no shell, constants
bad scripts/backup.js:10 file/permissions | dump readable and writable by all
bad scripts/backup.js:11 secret/logged | database password printed
--- package.json
{
  "name": "market-node",
  "version": "3.4.1",
  "private": true,
  "scripts": {
    "start": "node dist/server.js",
    "build": "tsc -p .",
    "backup": "node scripts/backup.js"
  },
  "dependencies": {
    "axios": "^0.27.2",
    "bcrypt": "^5.1.0",
    "cookie-parser": "^1.4.6",
    "cors": "^2.8.5",
    "csurf": "^1.11.0",
    "ejs": "^3.1.8",
    "errorhandler": "^1.5.1",
    "express": "^4.18.2",
    "express-rate-limit": "^6.7.0",
    "express-session": "^1.17.3",
    "handlebars": "^4.7.7",
    "helmet": "^6.0.1",
    "js-yaml": "^3.14.1",
    "jsonwebtoken": "^8.5.1",
    "ldapjs": "^2.3.3",
    "libxmljs": "^0.19.10",
    "mongodb": "^4.13.0",
    "multer": "^1.4.5-lts.1",
    "node-serialize": "0.0.4",
    "nodemailer": "^6.9.0",
    "pg": "^8.8.0",
    "sanitize-html": "^2.8.1",
    "sequelize": "^6.28.0",
    "unzipper": "^0.10.11",
    "winston": "^3.8.2",
    "xpath": "0.0.32",
    "@xmldom/xmldom": "^0.8.6"
  }
}
--- src/config/index.ts
import path from 'path';

const env = process.env;

export const config = {
  port: Number(env.PORT || 3000),
  adminPort: 3099,
  publicUrl: env.PUBLIC_URL || 'https://market.example.com',
  root: path.resolve(__dirname, '..', '..'),
  uploadDir: path.resolve(env.UPLOAD_DIR || 'data/uploads'),
  invoiceDir: path.resolve('data/invoices'),
  publicDir: path.resolve('public'),
  db: {
    host: env.DB_HOST || 'localhost',
    name: 'market',
    user: 'market',
    password: 'tpt-Vintage!4471kz',
  },
  mongoUrl: env.MONGO_URL || 'mongodb://localhost:27017/market',
  jwtSecret: env.JWT_SECRET as string,
  couponKey: 'c0upon-sign-8fe21b90aa',
  sessionSecret: env.SESSION_SECRET as string,
  passwordField: 'password',
  tokenHeader: 'x-market-token',
  origins: ['https://market.example.com', 'https://m.market.example.com'],
  imageHosts: ['images.example.com', 'cdn.example.net'],
  redirectTargets: ['/basket', '/orders', '/account'],
};
--- src/server.ts
import express, { Request, Response, NextFunction } from 'express';
import helmet from 'helmet';
import cors from 'cors';
import csurf from 'csurf';
import cookieParser from 'cookie-parser';
import session from 'express-session';
import errorhandler from 'errorhandler';
import path from 'path';
import { config } from './config';
import { logger } from './lib/util';
import users from './routes/users';
import catalog from './routes/catalog';
import orders from './routes/orders';
import files from './routes/files';
import reviews from './routes/reviews';
import profile from './routes/profile';
import { startAdmin } from './admin';

const app = express();
app.set('view engine', 'ejs');
app.set('views', path.join(config.root, 'views'));
app.disable('x-powered-by');

app.use(helmet());
app.use(cors({ origin: config.origins, credentials: true }));
app.use(express.json({ limit: '200kb' }));
app.use(express.urlencoded({ extended: true, limit: '100kb' }));
app.use(cookieParser());
app.use(session({
  name: 'mk.sid',
  secret: config.sessionSecret,
  resave: false,
  saveUninitialized: false,
  cookie: { httpOnly: true, secure: true, sameSite: 'lax', maxAge: 3600 * 1000 },
}));
app.use(csurf());

app.use('/assets', express.static(path.join(config.publicDir, 'assets')));
app.use('/support', express.static(path.join(config.root, 'data')));

app.use('/api/users', users);
app.use('/api/catalog', catalog);
app.use('/api/orders', orders);
app.use('/api/files', files);
app.use('/api/reviews', reviews);
app.use('/api/profile', profile);

if (process.env.NODE_ENV === 'development') {
  app.use(errorhandler());
}

app.use((err: Error, req: Request, res: Response, _next: NextFunction) => {
  logger.error('unhandled', { path: req.path, stack: err.stack });
  res.status(500).json({ error: 'internal error' });
});

app.listen(config.port, () => logger.info('market is up'));
startAdmin();
--- src/admin.ts
import express from 'express';
import helmet from 'helmet';
import cors from 'cors';
import session from 'express-session';
import errorhandler from 'errorhandler';
import { exec, execFile } from 'child_process';
import { config } from './config';
import { sequelize } from './models';
import { requireAdmin } from './middleware/auth';

export const reports: { [k: string]: (p: any) => Promise<unknown> } = {
  sales: (p) => sequelize.query('SELECT day, total FROM sales WHERE shop = :shop', { replacements: { shop: p.shop } }),
  stock: () => sequelize.query('SELECT sku, amount FROM stock'),
};

export function startAdmin() {
  const admin = express();
  admin.use(helmet({ contentSecurityPolicy: false, frameguard: false, hsts: false }));
  admin.use(cors({ origin: true, credentials: true }));
  admin.use(express.json({ limit: '2gb' }));
  admin.use(session({
    secret: config.sessionSecret,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: false, secure: false },
  }));

  admin.get('/login', (req, res) => res.render('admin-login', { next: '/' }));

  admin.get('/disk', requireAdmin, (req, res) => {
    const dir = String(req.query.dir || '.');
    exec('du -sh ' + dir, (err, out) => {
      if (err) {
        return res.status(500).send(err.stack);
      }
      res.type('text/plain').send(out);
    });
  });

  admin.get('/log', requireAdmin, (req, res) => {
    const n = parseInt(String(req.query.lines), 10) || 50;
    exec(`tail -n ${n} logs/market.log`, (err, out) => {
      res.type('text/plain').send(err ? 'no log' : out);
    });
  });

  admin.get('/whois', requireAdmin, (req, res) => {
    const host = String(req.query.host);
    if (!/^[a-z0-9][a-z0-9.-]{0,80}$/.test(host)) {
      return res.status(400).end();
    }
    execFile('whois', [host], (err, out) => {
      res.type('text/plain').send(out || '');
    });
  });

  admin.post('/report/:kind', requireAdmin, async (req, res) => {
    const fn = Object.prototype.hasOwnProperty.call(reports, req.params.kind) ? reports[req.params.kind] : null;
    if (!fn) return res.status(404).end();
    res.json(await fn(req.body));
  });

  admin.use(errorhandler());
  admin.listen(config.adminPort);
}
--- src/lib/crypto.ts
import crypto from 'crypto';
import bcrypt from 'bcrypt';
import jwt from 'jsonwebtoken';
import { config } from '../config';

const CARD_KEY = Buffer.from(process.env.CARD_KEY || '', 'hex');

export function legacyHash(password: string): string {
  return crypto.createHash('md5').update(password).digest('hex');
}

export function hashPassword(password: string): Promise<string> {
  return bcrypt.hash(password, 12);
}

export function fileDigest(data: Buffer): string {
  return crypto.createHash('sha256').update(data).digest('hex');
}

export function sealCard(pan: string): string {
  const iv = crypto.randomBytes(12);
  const c = crypto.createCipheriv('aes-256-gcm', CARD_KEY, iv);
  const out = Buffer.concat([c.update(pan, 'utf8'), c.final()]);
  return Buffer.concat([iv, c.getAuthTag(), out]).toString('base64');
}

export function sealNote(text: string): string {
  const c = crypto.createCipheriv('des-ede3', CARD_KEY.subarray(0, 24), null);
  return c.update(text, 'utf8', 'hex') + c.final('hex');
}

export function resetToken(): string {
  return Math.random().toString(36).slice(2) + Date.now().toString(36);
}

export function sessionToken(): string {
  return crypto.randomBytes(32).toString('hex');
}

export function signCoupon(code: string): string {
  return crypto.createHmac('sha256', config.couponKey).update(code).digest('hex');
}

export function couponValid(code: string, mac: string): boolean {
  return signCoupon(code) === mac;
}

export function webhookValid(body: string, mac: string): boolean {
  const want = crypto.createHmac('sha256', process.env.HOOK_KEY as string).update(body).digest();
  const got = Buffer.from(mac, 'hex');
  return got.length === want.length && crypto.timingSafeEqual(got, want);
}

export function issue(user: { id: number; role: string }): string {
  return jwt.sign({ sub: user.id, role: user.role }, config.jwtSecret, { expiresIn: '2h' });
}
--- src/lib/util.ts
import winston from 'winston';

export const logger = winston.createLogger({
  level: 'info',
  format: winston.format.combine(
    winston.format.timestamp(),
    winston.format.printf((i) => `${i.timestamp} ${i.level} ${i.message}`),
  ),
  transports: [new winston.transports.File({ filename: 'logs/market.log' })],
});

export const oneLine = (s: unknown) => String(s).replace(/[\r\n\u2028\u2029]/g, '_');

type Dict = { [k: string]: any };

export function mergeInto(target: Dict, source: Dict): Dict {
  for (const key in source) {
    if (source[key] && typeof source[key] === 'object' && typeof target[key] === 'object') {
      mergeInto(target[key], source[key]);
    } else {
      target[key] = source[key];
    }
  }
  return target;
}

const BLOCKED = new Set(['__proto__', 'constructor', 'prototype']);

export function mergeSettings(target: Dict, source: Dict): Dict {
  for (const key of Object.keys(source)) {
    if (BLOCKED.has(key)) continue;
    if (source[key] && typeof source[key] === 'object' && typeof target[key] === 'object') {
      mergeSettings(target[key], source[key]);
    } else {
      target[key] = source[key];
    }
  }
  return target;
}

export function pick(o: Dict, names: string[]): Dict {
  const out: Dict = {};
  for (const n of names) if (o[n] !== undefined) out[n] = o[n];
  return out;
}

export const escapeRegExp = (s: string) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export function escapeHtml(s: unknown): string {
  return String(s)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

export function quickEscape(s: string): string {
  return s.replace('<', '&lt;').replace('>', '&gt;');
}
--- src/middleware/auth.ts
import { Request, Response, NextFunction } from 'express';
import jwt from 'jsonwebtoken';
import { config } from '../config';

export interface Authed extends Request { user?: any }

const bearer = (req: Request) => (req.get('authorization') || '').replace(/^Bearer /, '');

export function requireUser(req: Authed, res: Response, next: NextFunction) {
  try {
    req.user = jwt.verify(bearer(req), config.jwtSecret, { algorithms: ['HS256'] });
    next();
  } catch (e) {
    res.status(401).json({ error: 'not logged in' });
  }
}

export function requireAdmin(req: Authed, res: Response, next: NextFunction) {
  requireUser(req, res, () => (req.user.role === 'admin' ? next() : res.status(403).end()));
}

export function requirePartner(req: Authed, res: Response, next: NextFunction) {
  const claims: any = jwt.decode(bearer(req));
  if (!claims || claims.role !== 'partner') {
    return res.status(403).end();
  }
  req.user = claims;
  next();
}

export function intParam(name: string) {
  return (req: Request, res: Response, next: NextFunction) => {
    if (!/^\d{1,9}$/.test(req.params[name])) {
      return res.status(400).json({ error: 'bad ' + name });
    }
    next();
  };
}
--- src/models/index.ts
import { Sequelize, DataTypes } from 'sequelize';
import { config } from '../config';

export const sequelize = new Sequelize(config.db.name, config.db.user, config.db.password, {
  host: config.db.host,
  dialect: 'postgres',
  logging: false,
});

export const User = sequelize.define('user', {
  email: { type: DataTypes.STRING, unique: true },
  name: DataTypes.STRING,
  phone: DataTypes.STRING,
  password: DataTypes.STRING,
  role: { type: DataTypes.STRING, defaultValue: 'customer' },
  credit: { type: DataTypes.INTEGER, defaultValue: 0 },
  resetToken: DataTypes.STRING,
});

export const Product = sequelize.define('product', {
  name: DataTypes.STRING,
  description: DataTypes.TEXT,
  price: DataTypes.INTEGER,
});

export const Order = sequelize.define('order', {
  userId: DataTypes.INTEGER,
  note: DataTypes.TEXT,
  total: DataTypes.INTEGER,
});

export const Review = sequelize.define('review', {
  productId: DataTypes.INTEGER,
  author: DataTypes.STRING,
  html: DataTypes.TEXT,
});
--- src/repositories/productRepository.ts
import { QueryTypes, Op } from 'sequelize';
import { sequelize, Product } from '../models';

const SORTABLE: Record<string, string> = { name: 'name', price: 'price', newest: '"createdAt" DESC' };

export class ProductRepository {
  byText(text: string) {
    const like = `%${text}%`;
    return sequelize.query(`SELECT * FROM products WHERE name ILIKE '${like}' OR description ILIKE '${like}'`);
  }

  byTextBound(text: string, sort: string) {
    const order = Object.keys(SORTABLE).includes(sort) ? SORTABLE[sort] : 'name';
    return sequelize.query(`SELECT * FROM products WHERE name ILIKE $1 ORDER BY ${order}`, {
      bind: [`%${text}%`],
      type: QueryTypes.SELECT,
    });
  }

  listSorted(column: string) {
    return Product.findAll({ order: sequelize.literal(column) });
  }

  cheaperThan(limit: string) {
    return Product.findAll({ where: { price: { [Op.lt]: Number(limit) } }, order: [['price', 'ASC']] });
  }

  count(shop: string) {
    return sequelize.query('SELECT count(*) FROM products WHERE shop_id = ' + parseInt(shop, 10));
  }

  related(id: string) {
    return sequelize.query(`SELECT * FROM products WHERE id <> ${id} LIMIT 5`);
  }
}
--- src/routes/catalog.ts
import { Router, Request, Response } from 'express';
import { ProductRepository } from '../repositories/productRepository';
import { escapeHtml, escapeRegExp, quickEscape, logger, oneLine } from '../lib/util';
import { intParam } from '../middleware/auth';

const router = Router();
const repo = new ProductRepository();
const TAGS = ['garden', 'kitchen', 'second-hand', 'toys', 'books'];

router.get('/search', async (req: Request, res: Response) => {
  const q = String(req.query.q || '');
  logger.info('search for ' + q);
  const [rows] = await repo.byText(q);
  res.json(rows);
});

router.get('/find', async (req, res) => {
  const { q = '', sort = 'name' } = req.query as Record<string, string>;
  logger.info('find ' + oneLine(q));
  res.json(await repo.byTextBound(q, sort));
});

router.get('/list', async (req, res) => {
  res.json(await repo.listSorted(req.query.by as string));
});

router.get('/cheap/:limit', async (req, res) => res.json(await repo.cheaperThan(req.params.limit)));
router.get('/count/:shop', async (req, res) => res.json(await repo.count(req.params.shop)));
router.get('/related/:id', intParam('id'), async (req, res) => res.json(await repo.related(req.params.id)));

router.get('/none', (req, res) => {
  res.send(`<h2>Nothing found for ${req.query.q}</h2>`);
});

router.get('/hint', (req, res) => {
  res.send('<h2>Did you mean ' + quickEscape(String(req.query.q)) + '?</h2>');
});

router.get('/empty', (req, res) => {
  res.send(`<h2>Nothing found for ${escapeHtml(req.query.q)}</h2>`);
});

router.get('/plain', (req, res) => {
  res.type('text/plain').send('Nothing found for ' + req.query.q);
});

router.get('/tags', (req, res) => {
  const re = new RegExp(String(req.query.match), 'i');
  res.json(TAGS.filter((t) => re.test(t)));
});

router.get('/tags/like', (req, res) => {
  const re = new RegExp('^' + escapeRegExp(String(req.query.match)), 'i');
  res.json(TAGS.filter((t) => re.test(t)));
});

router.get('/sku', (req, res) => {
  const sku = String(req.query.sku);
  if (!/^([A-Z0-9]+-?)+$/.test(sku)) {
    return res.status(400).end();
  }
  res.json({ sku });
});

router.get('/ean', (req, res) => {
  if (!/^[0-9]{8}(?:[0-9]{5})?$/.test(String(req.query.ean))) {
    return res.status(400).end();
  }
  res.json({ ok: true });
});

router.get('/placeholder', (req, res) => {
  const buf = Buffer.alloc(Number(req.query.bytes));
  res.type('application/octet-stream').send(buf);
});

router.get('/padding', (req, res) => {
  const n = Math.max(0, Math.min(Number(req.query.bytes) || 0, 4096));
  res.type('application/octet-stream').send(Buffer.alloc(n));
});

router.get('/banner', (req, res) => {
  res.json({ banner: TAGS[Math.floor(Math.random() * TAGS.length)] });
});

export default router;
--- src/routes/users.ts
import { Router, Request, Response } from 'express';
import rateLimit from 'express-rate-limit';
import bcrypt from 'bcrypt';
import { sequelize, User } from '../models';
import { hashPassword, issue, legacyHash, resetToken, sessionToken } from '../lib/crypto';
import { requireUser, Authed } from '../middleware/auth';
import { pick, logger } from '../lib/util';
import { sendInvite, sendReset } from '../services/mailer';
import { findStaff, findStaffByMail } from '../services/directory';

const router = Router();
const limiter = rateLimit({ windowMs: 15 * 60 * 1000, max: 10 });

async function login(req: Request, res: Response) {
  const { email, password } = req.body;
  const [rows]: any = await sequelize.query(`SELECT id, role FROM users WHERE email = '${email}' AND password = '${legacyHash(password)}'`);
  if (!rows.length) {
    logger.warn(`failed login, tried password ${password}`);
    return res.status(401).json({ error: 'wrong email or password' });
  }
  (req.session as any).userId = rows[0].id;
  const token = issue(rows[0]);
  res.cookie('token', token);
  res.json({ token });
}

async function loginV2(req: Request, res: Response) {
  const user: any = await User.findOne({ where: { email: String(req.body.email) } });
  if (!user || !(await bcrypt.compare(String(req.body.password), user.password))) {
    logger.warn('failed login');
    return res.status(401).json({ error: 'wrong email or password' });
  }
  req.session.regenerate(() => {
    (req.session as any).userId = user.id;
    res.cookie('token', issue(user), { httpOnly: true, secure: true, sameSite: 'strict' });
    res.json({ ok: true });
  });
}

router.post('/login', login);
router.post('/v2/login', limiter, loginV2);

router.post('/register', async (req, res) => {
  const body = req.body;
  body.password = await hashPassword(String(body.password));
  const user: any = await User.create(body);
  res.status(201).json({ id: user.id });
});

router.put('/me', requireUser, async (req: Authed, res) => {
  await User.update(pick(req.body, ['name', 'phone']), { where: { id: req.user.sub } });
  res.json({ ok: true });
});

router.patch('/me/contact', requireUser, async (req: Authed, res) => {
  const user: any = await User.findByPk(req.user.sub);
  await user.update(req.body, { fields: ['phone'] });
  res.json({ ok: true });
});

router.post('/view-as', requireUser, (req: Authed, res) => {
  (req.session as any).role = req.body.role;
  res.json({ ok: true });
});

router.post('/language', (req, res) => {
  const lang = ['en', 'de', 'fr'].includes(req.body.lang) ? req.body.lang : 'en';
  (req.session as any).lang = lang;
  res.json({ lang });
});

router.post('/forgot', limiter, async (req, res) => {
  const token = resetToken();
  await User.update({ resetToken: token }, { where: { email: String(req.body.email) } });
  const link = `https://${req.headers.host}/reset?token=${token}`;
  await sendReset(String(req.body.email), link);
  res.json({ ok: true });
});

router.post('/invite', requireUser, async (req: Authed, res) => {
  const token = sessionToken();
  logger.info('invitation sent by ' + req.user.sub);
  await sendInvite(String(req.body.email), token);
  res.json({ ok: true });
});

router.get('/staff/:uid', requireUser, async (req, res) => res.json(await findStaff(req.params.uid)));
router.get('/staff-mail', requireUser, async (req, res) => res.json(await findStaffByMail(String(req.query.mail))));

export default router;
--- src/services/directory.ts
import ldap from 'ldapjs';
import { select } from 'xpath';
import { DOMParser } from '@xmldom/xmldom';
import fs from 'fs';

const client = ldap.createClient({ url: 'ldaps://directory.example.com', timeout: 5000 });
const BASE = 'ou=staff,dc=example,dc=com';

function collect(filter: string | ldap.Filter): Promise<any[]> {
  return new Promise((resolve, reject) => {
    const found: any[] = [];
    client.search(BASE, { filter, scope: 'sub' }, (err, r) => {
      if (err) return reject(err);
      r.on('searchEntry', (e) => found.push(e.object));
      r.on('end', () => resolve(found));
    });
  });
}

export function findStaff(uid: string) {
  return collect(`(&(objectClass=person)(uid=${uid}))`);
}

export function findStaffByMail(mail: string): Promise<any[]> {
  const filter = new ldap.EqualityFilter({ attribute: 'mail', value: mail });
  return new Promise((resolve, reject) => {
    client.search(BASE, { filter, scope: 'one' }, (err, r) => {
      if (err) return reject(err);
      r.on('searchEntry', (e) => resolve([e.object]));
      r.on('end', () => resolve([]));
    });
  });
}

const shops = () => new DOMParser().parseFromString(fs.readFileSync('data/shops.xml', 'utf8'));

export function shopsIn(town: string) {
  return select(`//shop[town='${town}']/name/text()`, shops());
}

export function shopByNumber(nr: string) {
  return select(`//shop[@nr=${Number(nr) || 0}]`, shops());
}
--- src/services/mailer.ts
import nodemailer from 'nodemailer';
import { spawn } from 'child_process';
import { config } from '../config';

const transport = nodemailer.createTransport({
  host: process.env.SMTP_HOST,
  port: 587,
  requireTLS: true,
  auth: { user: 'shop', pass: process.env.SMTP_PASSWORD },
});

export function sendReset(to: string, link: string) {
  return transport.sendMail({ to, from: 'shop@example.com', subject: 'Your password', text: 'Open ' + link });
}

export function sendInvite(to: string, token: string) {
  const link = `${config.publicUrl}/join?token=${encodeURIComponent(token)}`;
  return transport.sendMail({ to, from: 'shop@example.com', subject: 'Come in', text: link });
}

export function contact(from: string, subject: string, text: string) {
  const p = spawn('/usr/sbin/sendmail', ['-t', '-i']);
  p.stdin.end(`To: help@example.com\nReply-To: ${from}\nSubject: ${subject}\n\n${text}\n`);
}

export function complaint(subject: string, text: string) {
  const clean = subject.replace(/[\r\n]+/g, ' ').slice(0, 120);
  const p = spawn('/usr/sbin/sendmail', ['-t', '-i']);
  p.stdin.end(`To: help@example.com\nSubject: ${clean}\n\n${text}\n`);
}
--- src/routes/orders.ts
import { Router } from 'express';
import fs from 'fs';
import os from 'os';
import path from 'path';
import vm from 'vm';
import ejs from 'ejs';
import https from 'https';
import axios from 'axios';
import { Order } from '../models';
import { requireUser, requirePartner, Authed } from '../middleware/auth';
import { couponValid, webhookValid } from '../lib/crypto';
import { logger, mergeInto, mergeSettings } from '../lib/util';
import { shopsIn, shopByNumber } from '../services/directory';
import { contact, complaint } from '../services/mailer';

const router = Router();
const erp = new https.Agent({ rejectUnauthorized: false });
const bank = new https.Agent({ keepAlive: true, minVersion: 'TLSv1.2' });
const total = new Function('lines', 'return lines.reduce((a, l) => a + l.price * l.amount, 0)');
const CONFIRMATION = fs.readFileSync(path.join('views', 'confirmation.ejs'), 'utf8');

router.post('/b2b', requirePartner, (req, res) => {
  const sandbox = { out: null };
  vm.runInNewContext('out = ' + req.body.orderLines, sandbox, { timeout: 2000 });
  res.json({ cid: req.body.cid, lines: sandbox.out });
});

router.post('/b2b/json', requirePartner, (req, res) => {
  const lines = JSON.parse(String(req.body.orderLines));
  res.json({ total: total(lines) });
});

router.post('/discount', requireUser, (req, res) => {
  const price = eval(`(${req.body.price}) * 0.9`);
  res.json({ price });
});

router.post('/coupon', requireUser, (req, res) => {
  res.json({ ok: couponValid(String(req.body.code), String(req.body.mac)) });
});

router.post('/hook', (req, res) => {
  res.status(webhookValid(JSON.stringify(req.body), String(req.get('x-mac'))) ? 204 : 403).end();
});

router.post('/:id/confirmation', requireUser, async (req, res) => {
  const order: any = await Order.findByPk(Number(req.params.id));
  const greeting = ejs.render('<p>Dear ' + req.body.salutation + '</p>', { order });
  const body = ejs.render(CONFIRMATION, { order, salutation: req.body.salutation });
  res.json({ greeting, body });
});

router.get('/:id/receipt', requireUser, async (req, res) => {
  const order = await Order.findByPk(Number(req.params.id));
  res.render('receipt', { order, printedBy: req.query.by });
});

router.get('/export', requireUser, async (req: Authed, res) => {
  const rows: any[] = await Order.findAll({ where: { userId: req.user.sub } });
  const csv = rows.map((r) => [r.id, r.note, r.total].join(';')).join('\n');
  const file = '/tmp/orders-' + req.user.sub + '.csv';
  fs.writeFileSync(file, csv);
  fs.chmodSync(file, 0o777);
  res.type('text/csv').send(csv);
});

const cell = (v: unknown) => {
  const s = String(v).replace(/"/g, '""');
  return /^[=+\-@\t\r]/.test(s) ? `"'${s}"` : `"${s}"`;
};

router.get('/export/v2', requireUser, async (req: Authed, res) => {
  const rows: any[] = await Order.findAll({ where: { userId: req.user.sub } });
  const csv = rows.map((r) => [r.id, r.note, r.total].map(cell).join(';')).join('\n');
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'orders-'));
  const file = path.join(dir, 'orders.csv');
  fs.writeFileSync(file, csv, { mode: 0o600 });
  res.type('text/csv').send(csv);
});

router.post('/:id/transfer', requireUser, async (req, res) => {
  try {
    await axios.post('https://erp.example.com/orders', { id: Number(req.params.id) }, { httpsAgent: erp });
    await axios.post('https://bank.example.com/pay', { id: Number(req.params.id) }, { httpsAgent: bank, timeout: 4000 });
    await axios.post('http://partner.example.net/orders', { card: req.body.card }, { timeout: 4000 });
    await axios.get('http://localhost:9200/_refresh', { timeout: 1000 });
    res.json({ ok: true });
  } catch (e: any) {
    logger.error('transfer failed');
    res.status(502).json({ error: e.message, stack: e.stack });
  }
});

const defaults: any = { gift: { wrap: false }, delivery: { slot: 'any' } };

router.post('/preferences', requireUser, (req, res) => {
  res.json(mergeInto({ ...defaults }, req.body));
});

router.post('/preferences/v2', requireUser, (req, res) => {
  res.json(mergeSettings(JSON.parse(JSON.stringify(defaults)), req.body));
});

router.get('/pickup', (req, res) => res.json(String(shopsIn(String(req.query.town)))));
router.get('/pickup/:nr', (req, res) => res.json(String(shopByNumber(req.params.nr))));

router.post('/contact', requireUser, (req, res) => {
  const { from, subject, text } = req.body;
  contact(from, subject, text);
  res.status(202).end();
});

router.post('/complaint', requireUser, (req, res) => {
  complaint(String(req.body.subject), String(req.body.text));
  res.status(202).end();
});

export default router;
--- src/routes/files.ts
import { Router, Request, Response } from 'express';
import fs from 'fs';
import path from 'path';
import multer from 'multer';
import libxml from 'libxmljs';
import unzipper from 'unzipper';
import yaml from 'js-yaml';
import { config } from '../config';
import { fileDigest } from '../lib/crypto';
import { requireUser } from '../middleware/auth';

const router = Router();
const anySize = multer({ storage: multer.memoryStorage() });
const small = multer({ storage: multer.memoryStorage(), limits: { fileSize: 512 * 1024, files: 1 } });
const IMAGE_TYPES = new Set(['.png', '.jpg', '.gif']);

router.post('/invoice', requireUser, small.single('file'), (req: Request, res: Response) => {
  const xml = req.file!.buffer.toString('utf8');
  const doc = libxml.parseXml(xml, { noent: true, noblanks: true });
  res.json({ total: doc.get('//total')?.toString() });
});

router.post('/invoice/v2', requireUser, small.single('file'), (req: Request, res: Response) => {
  const xml = req.file!.buffer.toString('utf8');
  const doc = libxml.parseXml(xml, { noent: false, nonet: true });
  res.json({ total: doc.get('//total')?.toString() });
});

router.post('/archive', requireUser, anySize.single('file'), async (req: Request, res: Response) => {
  const zip = await unzipper.Open.buffer(req.file!.buffer);
  for (const entry of zip.files) {
    const target = path.join(config.uploadDir, entry.path);
    entry.stream().pipe(fs.createWriteStream(target));
  }
  res.json({ files: zip.files.length });
});

router.post('/archive/v2', requireUser, small.single('file'), async (req: Request, res: Response) => {
  const zip = await unzipper.Open.buffer(req.file!.buffer);
  for (const entry of zip.files) {
    const target = path.resolve(config.uploadDir, entry.path);
    if (!target.startsWith(config.uploadDir + path.sep)) continue;
    entry.stream().pipe(fs.createWriteStream(target));
  }
  res.json({ files: zip.files.length });
});

router.post('/photo', requireUser, small.single('file'), (req: Request, res: Response) => {
  const name = path.basename(req.file!.originalname);
  fs.writeFileSync(path.join(config.publicDir, 'assets', name), req.file!.buffer);
  res.json({ name });
});

router.post('/photo/v2', requireUser, small.single('file'), (req: Request, res: Response) => {
  const ext = path.extname(req.file!.originalname).toLowerCase();
  if (!IMAGE_TYPES.has(ext)) return res.status(415).end();
  const name = fileDigest(req.file!.buffer) + ext;
  fs.writeFileSync(path.join(config.publicDir, 'assets', name), req.file!.buffer);
  res.json({ name });
});

router.post('/stocklist', requireUser, small.single('file'), (req: Request, res: Response) => {
  const rows: any = yaml.load(req.file!.buffer.toString());
  res.json({ rows: rows.length });
});

router.post('/stocklist/v2', requireUser, small.single('file'), (req: Request, res: Response) => {
  const rows: any = yaml.safeLoad(req.file!.buffer.toString());
  res.json({ rows: rows.length });
});

router.get('/invoice/:name', requireUser, (req, res) => {
  fs.readFile(config.invoiceDir + '/' + req.params.name, (err, data) => {
    if (err) return res.status(404).end();
    res.type('application/pdf').send(data);
  });
});

router.get('/invoice/:name/pdf', requireUser, (req, res) => {
  const name = path.basename(req.params.name);
  fs.readFile(path.join(config.invoiceDir, name), (err, data) => {
    if (err) return res.status(404).end();
    res.type('application/pdf').send(data);
  });
});

router.get('/manual/:lang', (req, res) => {
  res.sendFile(req.params.lang + '.pdf', { root: path.join(config.publicDir, 'manuals') });
});

router.post('/raw', requireUser, (req, res) => {
  let body = '';
  req.on('data', (chunk) => { body += chunk; });
  req.on('end', () => res.json({ size: body.length }));
});

router.post('/raw/v2', requireUser, (req, res) => {
  let body = '';
  req.on('data', (chunk) => {
    body += chunk;
    if (body.length > 65536) req.destroy();
  });
  req.on('end', () => res.json({ size: body.length }));
});

export default router;
--- src/routes/reviews.ts
import { Router } from 'express';
import { MongoClient } from 'mongodb';
import sanitizeHtml from 'sanitize-html';
import { config } from '../config';
import { Review } from '../models';
import { requireUser } from '../middleware/auth';
import { escapeHtml } from '../lib/util';

const router = Router();
const votes = new MongoClient(config.mongoUrl).db('market').collection('votes');

router.post('/', requireUser, async (req, res) => {
  const { productId, author, html } = req.body;
  const r: any = await Review.create({ productId: Number(productId), author, html });
  res.status(201).json({ id: r.id });
});

router.get('/page/:product', async (req, res) => {
  const list: any[] = await Review.findAll({ where: { productId: Number(req.params.product) } });
  const items = list.map((r) => `<li><b>${escapeHtml(r.author)}</b> ${r.html}</li>`).join('');
  res.send(`<ul>${items}</ul>`);
});

router.get('/clean/:product', async (req, res) => {
  const list: any[] = await Review.findAll({ where: { productId: Number(req.params.product) } });
  const items = list.map((r) => '<li>' + sanitizeHtml(r.html) + '</li>').join('');
  res.send('<ul>' + items + '</ul>');
});

router.get('/json/:product', async (req, res) => {
  res.json(await Review.findAll({ where: { productId: Number(req.params.product) } }));
});

router.post('/votes', requireUser, async (req, res) => {
  res.json(await votes.find({ review: req.body.review }).toArray());
});

router.post('/votes/one', requireUser, async (req, res) => {
  res.json(await votes.findOne({ review: String(req.body.review) }));
});

router.get('/votes/top', async (req, res) => {
  res.json(await votes.find({ $where: 'this.count > ' + req.query.min }).toArray());
});

router.get('/votes/best', async (req, res) => {
  res.json(await votes.find({ count: { $gt: Number(req.query.min) } }).toArray());
});

router.post('/votes/like', requireUser, async (req, res) => {
  const { review } = req.body;
  if (typeof review !== 'string') return res.status(400).end();
  await votes.updateOne({ review }, { $inc: { count: 1 } });
  res.json({ ok: true });
});

export default router;
--- src/routes/profile.ts
import { Router } from 'express';
import axios from 'axios';
import serialize from 'node-serialize';
import { config } from '../config';
import { requireUser, Authed } from '../middleware/auth';
import { answer, answerNamed, thanksPage, byePage } from '../services/chatbot';

const router = Router();

router.post('/image', requireUser, async (req, res) => {
  const r = await axios.get(req.body.imageUrl, { responseType: 'arraybuffer', timeout: 5000 });
  res.type('image/png').send(r.data);
});

router.post('/image/partner', requireUser, async (req, res) => {
  const url = String(req.body.imageUrl);
  if (url.indexOf('images.example.com') === -1) {
    return res.status(400).end();
  }
  const r = await axios.get(url, { responseType: 'arraybuffer', timeout: 5000 });
  res.type('image/png').send(r.data);
});

router.post('/image/v2', requireUser, async (req, res) => {
  const u = new URL(String(req.body.imageUrl));
  if (u.protocol !== 'https:' || !config.imageHosts.includes(u.hostname)) {
    return res.status(400).end();
  }
  const r = await axios.get(u.href, { responseType: 'arraybuffer', timeout: 5000, maxRedirects: 0 });
  res.type('image/png').send(r.data);
});

router.get('/avatar/:id', async (req, res) => {
  const r = await axios.get(`https://images.example.com/avatars/${Number(req.params.id)}.png`, {
    responseType: 'arraybuffer', timeout: 5000,
  });
  res.type('image/png').send(r.data);
});

router.get('/leave', (req, res) => {
  res.redirect(String(req.query.to));
});

router.get('/continue', (req, res) => {
  const to = String(req.query.to);
  res.redirect(config.redirectTargets.includes(to) ? to : '/');
});

router.get('/tab', (req, res) => {
  res.redirect('/account?tab=' + encodeURIComponent(String(req.query.tab)));
});

router.get('/basket', (req, res) => {
  const raw = Buffer.from(req.cookies.basket || '', 'base64').toString();
  res.json(serialize.unserialize(raw));
});

router.get('/wishlist', (req, res) => {
  const raw = Buffer.from(req.cookies.wishlist || 'W10=', 'base64').toString();
  res.json(JSON.parse(raw));
});

router.post('/chat', requireUser, (req: Authed, res) => {
  res.json({ body: answer(req.body.action, req.body.query, req.user) });
});

router.post('/chat/v2', requireUser, (req: Authed, res) => {
  res.json({ body: answerNamed(String(req.body.action), String(req.body.query), req.user) });
});

router.get('/chat/thanks', (req, res) => {
  res.send(thanksPage(String(req.query.topic)));
});

router.get('/chat/bye', (req, res) => {
  res.send(byePage(String(req.query.name)));
});

router.get('/upgrade', (req, res) => {
  const socket = req.socket;
  socket.write('HTTP/1.1 101 Switching Protocols\r\nX-Room: ' + req.query.room + '\r\n\r\n');
  socket.end();
});

router.get('/upgrade/v2', (req, res) => {
  const room = encodeURIComponent(String(req.query.room));
  req.socket.write('HTTP/1.1 101 Switching Protocols\r\nX-Room: ' + room + '\r\n\r\n');
  req.socket.end();
});

export default router;
--- src/services/chatbot.ts
import Handlebars from 'handlebars';
import { logger } from '../lib/util';

class Bot {
  greet(_q: string, user: any) { return 'Hello ' + user.sub; }
  status(q: string) { return 'Order ' + q + ' is on its way'; }
  captcha() {
    const a = Math.floor(Math.random() * 10);
    return `What is ${a} + 3?`;
  }
}

const bot: any = new Bot();

export function answer(action: string, query: string, user: any): string {
  if (!bot[action]) {
    return Handlebars.compile('I do not know ' + action + ', {{user.sub}}')({ user });
  }
  return bot[action](query, user);
}

const thanks = Handlebars.compile('<p>Thanks for asking about {{topic}}</p>', { noEscape: true });
const bye = Handlebars.compile('<p>Bye, {{name}}</p>', { strict: true });

export const thanksPage = (topic: string) => thanks({ topic });
export const byePage = (name: string) => bye({ name });

const unknown = Handlebars.compile('I do not know {{action}}');

const ACTIONS = new Map<string, (q: string, u: any) => string>([
  ['greet', (q, u) => bot.greet(q, u)],
  ['status', (q) => bot.status(q)],
]);

export function answerNamed(action: string, query: string, user: any): string {
  const fn = ACTIONS.get(action);
  logger.info('chat ' + JSON.stringify({ action }));
  return fn ? fn(query, user) : unknown({ action });
}
--- frontend/src/app/search-result.component.ts
import { Component, OnInit } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { DomSanitizer, SafeHtml } from '@angular/platform-browser';
import { HttpClient } from '@angular/common/http';
import * as DOMPurify from 'dompurify';

@Component({
  selector: 'app-search-result',
  template: `
    <section>
      <h3>Results for <span [innerHTML]="searchValue"></span></h3>
      <p>{{ hint }}</p>
      <ul>
        <li *ngFor="let r of reviews">
          <b>{{ r.author }}</b>
          <div [innerHTML]="r.html"></div>
        </li>
      </ul>
    </section>
  `,
})
export class SearchResultComponent implements OnInit {
  searchValue?: SafeHtml;
  hint?: SafeHtml;
  reviews: any[] = [];

  constructor(private route: ActivatedRoute, private sanitizer: DomSanitizer, private http: HttpClient) {}

  ngOnInit() {
    this.route.queryParams.subscribe((p) => {
      this.searchValue = this.sanitizer.bypassSecurityTrustHtml(p['q']);
      this.hint = this.sanitizer.bypassSecurityTrustHtml(DOMPurify.sanitize(p['hint']));
    });
    this.http.get<any[]>('/api/reviews/json/1').subscribe((list) => { this.reviews = list; });
  }

  remember(user: { email: string; password: string }) {
    localStorage.setItem('email', user.email);
    localStorage.setItem('rememberedPassword', user.password);
    localStorage.setItem('theme', 'dark');
  }
}
--- frontend/src/chat-widget.ts
const SHOP = 'https://market.example.com';
const box = document.getElementById('chat') as HTMLElement;

window.addEventListener('message', (e) => {
  box.innerHTML += '<p>' + e.data.text + '</p>';
});

window.addEventListener('message', (e) => {
  if (e.origin !== SHOP) return;
  const p = document.createElement('p');
  p.textContent = e.data.text;
  box.appendChild(p);
});

export function greetFromHash() {
  const name = decodeURIComponent(location.hash.slice(1));
  box.insertAdjacentHTML('beforeend', `<i>Hello ${name}</i>`);
}

export function titleFromHash() {
  const name = decodeURIComponent(location.hash.slice(1));
  box.setAttribute('title', name);
  box.insertAdjacentText('beforeend', name);
}

export function jump() {
  const to = new URLSearchParams(location.search).get('next') || '/';
  const u = new URL(to, location.origin);
  if (u.origin === location.origin) {
    location.assign(u.href);
  }
}

export function jumpOld() {
  const to = new URLSearchParams(location.search).get('back');
  if (to) window.location.href = to;
}
--- views/receipt.ejs
<!doctype html>
<html>
  <body>
    <h1>Receipt <%= order.id %></h1>
    <p class="note"><%- order.note %></p>
    <p class="note-text"><%= order.note %></p>
    <footer>Printed by <%= printedBy %></footer>
    <%- include('footer') %>
  </body>
</html>
--- scripts/backup.js
const fs = require('fs');
const { execSync, execFileSync } = require('child_process');

const target = process.env.BACKUP_DIR || 'data/backup';
const stamp = new Date().toISOString().slice(0, 10);

fs.mkdirSync(target, { recursive: true, mode: 0o700 });
execSync('pg_dump market > data/backup/latest.sql');
execFileSync('gzip', ['-kf', 'data/backup/latest.sql']);
fs.chmodSync('data/backup/latest.sql.gz', 0o666);
console.log('backup of ' + stamp + ' done with password ' + process.env.PGPASSWORD);
