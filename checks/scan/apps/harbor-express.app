--- labels
bad server.js:18 headers/missing | helmet without its policy
good server.js:19 limits/unbounded-body | limit of 100 kB
bad server.js:20 limits/unbounded-body | limit of 2 GB
good server.js:21 files/private-served | the public folder only
bad server.js:22 files/private-served | the folder of the code is served
bad server.js:24 cookie/flags | session cookie without HttpOnly and Secure
bad server.js:25 csrf/off | lusca's CSRF check is off
good server.js:26 csrf/off | lusca's CSRF check is on
bad server.js:28 cors/wild | any origin is answered, with credentials
good server.js:29 cors/wild | origins from a list in the settings
good server.js:30 cors/wild | public data, no credentials
bad server.js:43 config/debug | error pages with stacks, whatever the environment
good server.js:45 config/debug | in development only
bad server.js:49 error/leak | message and stack in the answer
good server.js:54 error/leak | a constant text
good server.js:59 config/bind-all | the address comes from the settings
bad config/settings.js:7 secret/hard-coded | the key of the sessions is in the code
good config/settings.js:8 secret/hard-coded | from the environment
bad config/settings.js:13 secret/hard-coded | the password of the mail server is in the code
good config/settings.js:16 secret/hard-coded | a label of a form
bad lib/secrets.js:7 crypto/password-storage crypto/weak-hash | a password hashed by SHA-1
good lib/secrets.js:11 crypto/password-storage | bcrypt with 12 rounds
bad lib/secrets.js:16 crypto/weak-random | a voucher made by Math.random
good lib/secrets.js:21 crypto/weak-random | randomBytes
good lib/secrets.js:26 crypto/weak-random | a colour for display
good lib/secrets.js:30 crypto/weak-hash | an ETag
bad middleware/auth.js:15 jwt/unverified | the token is not verified
good middleware/auth.js:25 jwt/unverified | verified with its algorithm
bad middleware/auth.js:36 compare/timing | a signature compared by !==
good middleware/auth.js:44 compare/timing | timingSafeEqual
good routes/account.js:21 limits/login-attempts | a limit of eight a minute
bad routes/account.js:24 sql/injection | the address of the form in the text of the statement
bad routes/account.js:26 log/injection | the address as it came
bad routes/account.js:29 session/fixation | no regenerate
bad routes/account.js:30 redirect/open | the form says where to
good routes/account.js:36 sql/injection | a bound value
good routes/account.js:38 log/injection | JSON keeps it in one line
good routes/account.js:43 session/fixation | after regenerate
good routes/account.js:44 trust/boundary | the role comes from the database
good routes/account.js:45 redirect/open | a constant path in front
bad routes/account.js:50 object/mass-assignment | the whole body, with role
bad routes/account.js:51 secret/logged | the password in the log
good routes/account.js:57 object/mass-assignment | named fields only
good routes/account.js:58 secret/logged | says only whether there is one
bad routes/account.js:68 mail/host-header | the link goes to the Host header
good routes/account.js:77 mail/host-header | the address is in the settings
bad routes/account.js:83 trust/boundary | the client chooses its role
good routes/account.js:85 trust/boundary | one of a list
good routes/account.js:87 cookie/flags | a theme
bad routes/account.js:93 url/incomplete-check | https://harbor.example.evil.test passes
good routes/account.js:101 url/incomplete-check | the origin as a whole is compared
good routes/account.js:102 redirect/open | after a check of the origin
bad lib/berthStore.js:12 sql/injection | the pier of the query string in the text
good lib/berthStore.js:21 sql/injection | an order of a list and a number
bad lib/berthStore.js:26 sql/injection | the column of the query string
good lib/berthStore.js:30 sql/injection | a replacement
bad routes/berths.js:24 xss/reflected | the pier in markup
good routes/berths.js:36 xss/reflected | escaped
bad routes/berths.js:38 xss/stored | names of boats in markup
good routes/berths.js:43 xss/stored | escaped
bad routes/berths.js:47 regex/injection | an expression of the query string
good routes/berths.js:54 regex/injection | escaped
bad routes/berths.js:61 regex/redos | nested repetition, the code of the query string
good routes/berths.js:67 regex/redos | only one way through
bad routes/berths.js:73 limits/untrusted-size | as many rows as the request says
good routes/berths.js:78 limits/untrusted-size | at most 64
good routes/berths.js:84 xss/reflected | one of the list's own names
bad routes/boats.js:18 upload/unchecked | the name it came with, in the public folder
good routes/boats.js:29 upload/unchecked | a name of its own, an ending of the list
bad routes/boats.js:46 object/mass-assignment | the whole body, with verified and the owner
good routes/boats.js:52 object/mass-assignment | two fields only
bad routes/boats.js:59 object/prototype-pollution | group and key of the body
good routes/boats.js:66 object/prototype-pollution | maps
bad routes/logbook.js:10 nosql/injection | objects of the body as parts of the filter
good routes/logbook.js:16 nosql/injection | a text
bad routes/logbook.js:22 nosql/injection | the query string in the code of $where
good routes/logbook.js:27 nosql/injection | a number
bad routes/logbook.js:34 nosql/injection | an object of the query string
good routes/logbook.js:40 nosql/injection | an ObjectId
good routes/logbook.js:52 nosql/injection | a text, after a check of its type
bad routes/tools.js:18 command/injection | the host in a text of the shell
good routes/tools.js:23 command/injection | a list of arguments without a shell
bad routes/tools.js:27 code/injection | the formula of the query string
good routes/tools.js:32 code/injection | numbers that are multiplied
bad routes/tools.js:37 code/reflection | a method by the name in the address
good routes/tools.js:43 code/reflection | out of a map of two
bad routes/tools.js:47 ssrf/request | the address of the query string
good routes/tools.js:53 ssrf/request | addresses of a list
good routes/tools.js:58 ssrf/request | a constant host
bad routes/tools.js:64 template/injection | the name in the text of the template
good routes/tools.js:69 template/injection | a value
bad routes/tools.js:73 deserialize/untrusted | node-serialize runs functions
good routes/tools.js:78 deserialize/untrusted | a schema without functions
bad routes/files.js:15 path/traversal | a name of the query string
good routes/files.js:21 path/traversal | compared with its folder
bad routes/files.js:25 text/incomplete-escape | the first occurrence alone
bad routes/files.js:26 path/traversal | a name that still may leave the folder
good routes/files.js:34 path/traversal | a base name
bad routes/files.js:44 archive/zip-slip | names of entries as paths
good routes/files.js:54 archive/zip-slip | compared with its folder
good routes/admin.js:11 headers/missing | helmet with its policy
good routes/admin.js:19 error/leak | a constant text
bad views/berths.ejs:6 xss/template | the notice of the query string, raw
good views/berths.ejs:9 xss/template | escaped
good views/logbook.ejs:5 xss/template | a constant of the code
good views/logbook.ejs:8 xss/template | escaped
bad views/logbook.ejs:9 xss/template xss/stored | the text of an entry, raw
bad public/js/harbor.js:8 xss/dom | the address as markup
good public/js/harbor.js:12 xss/dom | as text
good public/js/harbor.js:17 xss/dom | a number
bad public/js/harbor.js:20 message/origin | the origin is not looked at
good public/js/harbor.js:24 message/origin | the origin is compared
--- server.js
'use strict';

const path = require('path');
const express = require('express');
const session = require('express-session');
const helmet = require('helmet');
const cors = require('cors');
const lusca = require('lusca');
const errorhandler = require('errorhandler');
const settings = require('./config/settings');
const { sequelize } = require('./models');
const { currentUser } = require('./middleware/auth');

const app = express();
app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));

app.use(helmet({ contentSecurityPolicy: false }));
app.use(express.urlencoded({ extended: true, limit: '100kb' }));
app.use(express.json({ limit: '2gb' }));
app.use('/assets', express.static(path.join(__dirname, 'public')));
app.use('/dist', express.static(__dirname));

app.use(session({ name: 'harbor.sid', secret: settings.sessionSecret, resave: false, saveUninitialized: false, cookie: { httpOnly: false } }));
app.use('/account', lusca({ csrf: false, xframe: 'SAMEORIGIN' }));
app.use('/admin', lusca({ csrf: true, xframe: 'DENY' }));

app.use('/api', cors({ origin: (origin, done) => done(null, true), credentials: true }));
app.use('/partners', cors({ origin: settings.partnerOrigins, credentials: true }));
app.use('/tides', cors());

app.use(currentUser);
app.use('/account', require('./routes/account'));
app.use('/berths', require('./routes/berths'));
app.use('/boats', require('./routes/boats'));
app.use('/logbook', require('./routes/logbook'));
app.use('/tools', require('./routes/tools'));
app.use('/files', require('./routes/files'));
app.use('/admin', require('./routes/admin'));

app.get('/', (req, res) => res.render('home', { user: req.user, tips: settings.tips }));

app.use('/admin', errorhandler());
if (process.env.NODE_ENV === 'development') {
  app.use(errorhandler());
}

app.use('/berths', (err, req, res, next) => {
  res.status(500).json({ message: err.message, stack: err.stack });
});

app.use((err, req, res, next) => {
  console.error(err);
  res.status(500).json({ message: 'The harbour office is closed for a moment.' });
});

async function start() {
  await sequelize.sync();
  app.listen(settings.port, settings.listenOn);
}

start();

module.exports = app;
--- config/settings.js
'use strict';

module.exports = {
  port: Number(process.env.PORT || 3000),
  listenOn: process.env.LISTEN_ON || '127.0.0.1',
  publicUrl: process.env.PUBLIC_URL || 'https://harbor.example',
  sessionSecret: 'w8Jq2vRz61LsNpXe40TdKa',
  jwtKey: process.env.HARBOR_JWT_KEY,
  webhookKey: process.env.HARBOR_WEBHOOK_KEY,
  smtp: {
    host: 'smtp.harbor.example',
    user: 'office',
    password: 'Kv7!mooring-Zx41q',
  },
  labels: {
    password: 'Your password or boarding code',
  },
  partnerOrigins: ['https://sails.example', 'https://chandler.example'],
  tips: ['Check your lines before a storm.', 'Call channel 12 on arrival.'],
  uploadFolder: '/srv/harbor/uploads',
  chartFolder: '/srv/harbor/charts',
};
--- models/index.js
'use strict';

const { Sequelize, DataTypes } = require('sequelize');

const sequelize = new Sequelize(process.env.DATABASE_URL || 'sqlite:harbor.sqlite', { logging: false });

const User = sequelize.define('User', {
  email: { type: DataTypes.STRING, unique: true },
  name: DataTypes.STRING,
  passwordHash: DataTypes.STRING,
  resetToken: DataTypes.STRING,
  role: { type: DataTypes.STRING, defaultValue: 'skipper' },
});

const Boat = sequelize.define('Boat', {
  name: DataTypes.STRING,
  length: DataTypes.FLOAT,
  remarks: DataTypes.TEXT,
  verified: { type: DataTypes.BOOLEAN, defaultValue: false },
});

const Berth = sequelize.define('Berth', {
  code: DataTypes.STRING,
  pier: DataTypes.STRING,
  price: DataTypes.FLOAT,
  free: DataTypes.BOOLEAN,
});

Boat.belongsTo(User, { as: 'owner' });
Berth.belongsTo(Boat, { as: 'occupant' });

module.exports = { sequelize, User, Boat, Berth };
--- models/mongo.js
'use strict';

const { MongoClient } = require('mongodb');

const client = new MongoClient(process.env.MONGO_URL || 'mongodb://localhost:27017');

module.exports = {
  entries: () => client.db('harbor').collection('entries'),
  wardens: () => client.db('harbor').collection('wardens'),
};
--- lib/secrets.js
'use strict';

const crypto = require('crypto');
const bcrypt = require('bcrypt');

function legacyHash(password) {
  return crypto.createHash('sha1').update(password).digest('hex');
}

function hashPassword(password) {
  return bcrypt.hash(password, 12);
}

function voucherCode() {
  let voucher = '';
  while (voucher.length < 10) voucher += Math.floor(Math.random() * 36).toString(36);
  return voucher;
}

function resetToken() {
  const token = crypto.randomBytes(24).toString('hex');
  return token;
}

function flagColour() {
  return ['red', 'green', 'yellow'][Math.floor(Math.random() * 3)];
}

function etag(body) {
  return crypto.createHash('md5').update(body).digest('base64');
}

module.exports = { legacyHash, hashPassword, voucherCode, resetToken, flagColour, etag };
--- middleware/auth.js
'use strict';

const crypto = require('crypto');
const jwt = require('jsonwebtoken');
const settings = require('../config/settings');

function bearer(req) {
  const header = req.get('authorization') || '';
  return header.startsWith('Bearer ') ? header.slice(7) : null;
}

function currentUser(req, res, next) {
  const token = bearer(req);
  if (token) {
    req.user = jwt.decode(token);
  } else if (req.session.userId) {
    req.user = { id: req.session.userId, role: req.session.role };
  }
  next();
}

function wardenOnly(req, res, next) {
  let claims;
  try {
    claims = jwt.verify(bearer(req), settings.jwtKey, { algorithms: ['HS256'] });
  } catch (err) {
    return res.sendStatus(401);
  }
  if (claims.role !== 'warden') return res.sendStatus(403);
  req.warden = claims;
  return next();
}

function signedHook(req, res, next) {
  const expected = crypto.createHmac('sha256', settings.webhookKey).update(JSON.stringify(req.body)).digest('hex');
  if (req.get('x-harbor-signature') !== expected) return res.sendStatus(401);
  return next();
}

function signedTide(req, res, next) {
  const expected = crypto.createHmac('sha256', settings.webhookKey).update(JSON.stringify(req.body)).digest();
  const given = Buffer.from(req.get('x-tide-signature') || '', 'hex');
  if (given.length !== expected.length) return res.sendStatus(401);
  if (!crypto.timingSafeEqual(given, expected)) return res.sendStatus(401);
  return next();
}

module.exports = { currentUser, wardenOnly, signedHook, signedTide };
--- routes/account.js
'use strict';

const express = require('express');
const bcrypt = require('bcrypt');
const nodemailer = require('nodemailer');
const { rateLimit } = require('express-rate-limit');
const { QueryTypes } = require('sequelize');
const settings = require('../config/settings');
const { sequelize, User } = require('../models');
const secrets = require('../lib/secrets');

const router = express.Router();
const mailer = nodemailer.createTransport({ host: settings.smtp.host, auth: { user: settings.smtp.user, pass: settings.smtp.password } });
const loginLimit = rateLimit({ windowMs: 60000, limit: 8 });
const LANGUAGES = new Set(['en', 'nl', 'de']);

router.get('/login', (req, res) => {
  res.render('login', { next: req.query.next, label: settings.labels.password });
});

router.post('/login', loginLimit, async (req, res) => {
  const { email, password } = req.body;
  const sql = "SELECT id, role, passwordHash FROM Users WHERE email = '" + email + "'";
  const [user] = await sequelize.query(sql, { type: QueryTypes.SELECT });
  if (!user || user.passwordHash !== secrets.legacyHash(password)) {
    console.warn('login failed for ' + email);
    return res.status(401).render('login', { next: req.body.next, label: settings.labels.password });
  }
  req.session.userId = user.id;
  if (req.body.next) return res.redirect(req.body.next);
  return res.redirect('/berths');
});

router.post('/staff/login', loginLimit, async (req, res, next) => {
  const { email, password } = req.body;
  const [user] = await sequelize.query('SELECT id, role, passwordHash FROM Users WHERE email = :email', { replacements: { email: String(email) }, type: QueryTypes.SELECT });
  if (!user || !(await bcrypt.compare(String(password), user.passwordHash))) {
    console.warn('staff login failed', JSON.stringify({ email }));
    return res.sendStatus(401);
  }
  return req.session.regenerate((err) => {
    if (err) return next(err);
    req.session.userId = user.id;
    req.session.role = user.role;
    return res.redirect('/admin/' + encodeURIComponent(req.body.section || 'home'));
  });
});

router.post('/register', async (req, res) => {
  const user = await User.create({ ...req.body, passwordHash: secrets.legacyHash(String(req.body.password)) });
  console.log(`new skipper ${user.id} with password ${req.body.password}`);
  res.redirect('/account/login');
});

router.post('/crew', async (req, res) => {
  const { email, name, password } = req.body;
  const user = await User.create({ email: String(email), name: String(name), passwordHash: await secrets.hashPassword(String(password)) });
  console.log(`new crew ${user.id}, password ${password ? 'given' : 'missing'}`);
  res.redirect('/account/login');
});

router.post('/forgot', async (req, res) => {
  const user = await User.findOne({ where: { email: String(req.body.email) } });
  if (user) {
    user.resetToken = secrets.resetToken();
    await user.save();
    const text = `Choose a new password: https://${req.headers.host}/account/reset/${user.resetToken}`;
    await mailer.sendMail({ from: 'office@harbor.example', to: user.email, subject: 'Your password', text });
  }
  res.sendStatus(204);
});

router.post('/invite', async (req, res) => {
  const user = await User.findOne({ where: { email: String(req.body.email) } });
  if (user) {
    const text = `Come aboard: ${settings.publicUrl}/account/reset/${user.resetToken}`;
    await mailer.sendMail({ from: 'office@harbor.example', to: user.email, subject: 'Come aboard', text });
  }
  res.sendStatus(204);
});

router.post('/profile', (req, res) => {
  req.session.role = req.body.role;
  if (LANGUAGES.has(req.body.language)) {
    req.session.language = req.body.language;
  }
  res.cookie('theme', req.body.theme === 'dark' ? 'dark' : 'light', { maxAge: 31536000000 });
  res.redirect('/account/profile');
});

router.get('/return', (req, res) => {
  const target = String(req.query.to || '');
  if (target.startsWith('https://harbor.example')) {
    return res.redirect(target);
  }
  return res.redirect('/');
});

router.get('/leave', (req, res) => {
  const target = new URL(String(req.query.to || '/'), settings.publicUrl);
  if (target.origin === 'https://harbor.example') {
    return res.redirect(target.href);
  }
  return res.redirect('/');
});

module.exports = router;
--- lib/berthStore.js
'use strict';

const { QueryTypes } = require('sequelize');
const { sequelize } = require('../models');

const ORDERS = { price: 'price ASC', code: 'code ASC', pier: 'pier ASC, code ASC' };

function search(filter) {
  const where = ['free = 1'];
  if (filter.pier) where.push(`pier = '${filter.pier}'`);
  if (filter.term) where.push('code LIKE :term');
  return sequelize.query(`SELECT id, code, pier, price FROM Berths WHERE ${where.join(' AND ')}`, {
    replacements: { term: `%${filter.term}%` },
    type: QueryTypes.SELECT,
  });
}

function list(order, size) {
  const by = Object.hasOwn(ORDERS, order) ? ORDERS[order] : ORDERS.code;
  const count = Math.min(Number.parseInt(size, 10) || 20, 100);
  return sequelize.query(`SELECT id, code, pier, price FROM Berths ORDER BY ${by} LIMIT ${count}`, { type: QueryTypes.SELECT });
}

function sorted(column, direction) {
  const way = direction === 'desc' ? 'DESC' : 'ASC';
  return sequelize.query('SELECT id, code FROM Berths ORDER BY ' + column + ' ' + way, { type: QueryTypes.SELECT });
}

function occupants(pier) {
  return sequelize.query('SELECT b.code, s.name, s.remarks FROM Berths b JOIN Boats s ON s.id = b.occupantId WHERE b.pier = ?', {
    replacements: [pier],
    type: QueryTypes.SELECT,
  });
}

module.exports = { search, list, sorted, occupants };
--- routes/berths.js
'use strict';

const express = require('express');
const escapeHtml = require('escape-html');
const { Berth } = require('../models');
const store = require('../lib/berthStore');

const router = express.Router();
const piers = ['north', 'south', 'guest'];

function wrap(handler) {
  return (req, res, next) => handler(req, res, next).catch(next);
}

router.get('/', wrap(async (req, res) => {
  const berths = await store.list(req.query.order, req.query.size);
  res.render('berths', { berths, notice: req.query.notice, term: req.query.term });
}));

router.get('/search', wrap(async (req, res) => {
  const { pier, term } = req.query;
  const berths = await store.search({ pier, term });
  if (berths.length === 0) {
    return res.status(404).send('<h1>No berth</h1><p>Nothing is free at ' + pier + '</p>');
  }
  return res.json(berths);
}));

router.get('/sorted', wrap(async (req, res) => {
  res.json(await store.sorted(req.query.by, req.query.dir));
}));

router.get('/pier/:pier', wrap(async (req, res) => {
  const rows = await store.occupants(req.params.pier);
  if (rows.length === 0) {
    return res.status(404).send('<h1>Empty pier</h1><p>Nobody lies at ' + escapeHtml(req.params.pier) + '</p>');
  }
  return res.send('<ul>' + rows.map((row) => '<li>' + row.code + ': ' + row.name + '</li>').join('') + '</ul>');
}));

router.get('/pier/:pier/remarks', wrap(async (req, res) => {
  const rows = await store.occupants(req.params.pier);
  res.send('<ul>' + rows.map((row) => '<li>' + escapeHtml(row.remarks) + '</li>').join('') + '</ul>');
}));

router.get('/codes', wrap(async (req, res) => {
  const pattern = new RegExp(req.query.like, 'i');
  const berths = await Berth.findAll();
  res.json(berths.filter((berth) => pattern.test(berth.code)));
}));

router.get('/prefix', wrap(async (req, res) => {
  const start = String(req.query.like).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp('^' + start, 'i');
  const berths = await Berth.findAll();
  res.json(berths.filter((berth) => pattern.test(berth.code)));
}));

router.get('/check', (req, res) => {
  const code = String(req.query.code);
  const ok = /^([A-Z0-9]+-?)+$/.test(code);
  res.json({ ok });
});

router.get('/check/code', (req, res) => {
  const code = String(req.query.code);
  const ok = /^[A-Z0-9]+(?:-[A-Z0-9]+)*$/.test(code);
  res.json({ ok });
});

router.get('/map', (req, res) => {
  const tiles = Number(req.query.tiles);
  res.json({ rows: new Array(tiles).fill('~') });
});

router.get('/map/small', (req, res) => {
  const tiles = Math.max(0, Math.min(Number(req.query.tiles) | 0, 64));
  res.json({ rows: new Array(tiles).fill('~') });
});

router.get('/piers', (req, res) => {
  const pier = piers.find((name) => name === req.query.pier);
  if (!pier) return res.sendStatus(404);
  return res.send(`<h1>Pier ${pier}</h1><a href="/berths/pier/${pier}">Who lies here</a>`);
});

module.exports = router;
--- routes/boats.js
'use strict';

const crypto = require('crypto');
const path = require('path');
const express = require('express');
const multer = require('multer');
const { Boat } = require('../models');
const settings = require('../config/settings');

const router = express.Router();
const ENDINGS = new Set(['.jpg', '.jpeg', '.png']);
const preferences = {};
const alarms = new Map();

const photos = multer({
  storage: multer.diskStorage({
    destination: 'public/photos',
    filename: (req, file, done) => done(null, file.originalname),
  }),
  limits: { fileSize: 4000000 },
});

const papers = multer({
  storage: multer.diskStorage({
    destination: settings.uploadFolder,
    filename: (req, file, done) => {
      const ending = path.extname(file.originalname).toLowerCase();
      if (!ENDINGS.has(ending)) return done(new Error('Pictures only.'));
      return done(null, crypto.randomUUID() + ending);
    },
  }),
  limits: { fileSize: 4000000, files: 1 },
});

router.post('/:id/photo', photos.single('photo'), (req, res) => res.redirect('/boats/' + req.params.id));
router.post('/:id/paper', papers.single('paper'), (req, res) => res.redirect('/boats/' + req.params.id));

router.get('/:id', async (req, res) => {
  const boat = await Boat.findByPk(req.params.id);
  if (!boat) return res.sendStatus(404);
  return res.render('boat', { boat });
});

router.put('/:id', async (req, res) => {
  const boat = await Boat.findByPk(req.params.id);
  await boat.update(req.body);
  res.json({ id: boat.id });
});

router.patch('/:id', async (req, res) => {
  const boat = await Boat.findByPk(req.params.id);
  await boat.update(req.body, { fields: ['name', 'remarks'] });
  res.json({ id: boat.id });
});

router.post('/preferences', (req, res) => {
  const { group, key, value } = req.body;
  if (!preferences[group]) preferences[group] = {};
  preferences[group][key] = value;
  res.sendStatus(204);
});

router.post('/alarms', (req, res) => {
  const { group, key, value } = req.body;
  const entries = alarms.get(group) || new Map();
  alarms.set(group, entries.set(key, value));
  res.sendStatus(204);
});

module.exports = router;
--- routes/logbook.js
'use strict';

const express = require('express');
const { ObjectId } = require('mongodb');
const { entries, wardens } = require('../models/mongo');

const router = express.Router();

router.post('/warden', async (req, res) => {
  const warden = await wardens().findOne({ badge: req.body.badge, pin: req.body.pin });
  if (!warden) return res.sendStatus(401);
  return res.json({ name: warden.name });
});

router.post('/deputy', async (req, res) => {
  const warden = await wardens().findOne({ badge: String(req.body.badge), deputy: true });
  if (!warden) return res.sendStatus(404);
  return res.json({ name: warden.name });
});

router.get('/', async (req, res) => {
  const list = await entries().find({ $where: `this.hours > ${req.query.hours}` }).toArray();
  res.render('logbook', { list, heading: 'Long trips' });
});

router.get('/short', async (req, res) => {
  const list = await entries().find({ hours: { $lt: Number(req.query.hours) } }).toArray();
  res.render('logbook', { list, heading: 'Short trips' });
});

router.get('/mine', async (req, res) => {
  const filter = { skipper: req.query.skipper };
  if (req.query.year) filter.year = Number(req.query.year);
  const list = await entries().find(filter).sort({ date: -1 }).toArray();
  res.json(list);
});

router.get('/entry/:id', async (req, res) => {
  if (!ObjectId.isValid(req.params.id)) return res.sendStatus(404);
  const entry = await entries().findOne({ _id: new ObjectId(req.params.id) });
  return res.json(entry);
});

router.post('/entry', async (req, res) => {
  const { skipper, text, hours } = req.body;
  await entries().insertOne({ skipper: String(skipper), text: String(text), hours: Number(hours), date: new Date() });
  res.redirect('/logbook');
});

router.post('/remove', async (req, res) => {
  if (typeof req.body.skipper !== 'string') return res.sendStatus(400);
  await entries().deleteMany({ skipper: req.body.skipper, draft: true });
  return res.redirect('/logbook');
});

module.exports = router;
--- routes/tools.js
'use strict';

const { exec, execFile } = require('child_process');
const axios = require('axios');
const ejs = require('ejs');
const express = require('express');
const serialize = require('node-serialize');
const yaml = require('js-yaml');
const { signedHook, signedTide } = require('../middleware/auth');
const reports = require('../lib/reports');

const router = express.Router();
const buoys = { west: 'https://west.buoys.example/now', east: 'https://east.buoys.example/now' };
const storms = [];
const byName = new Map([['occupancy', reports.occupancy], ['income', reports.income]]);

router.get('/ping', (req, res) => {
  exec(`ping -c 2 ${req.query.host}`, { timeout: 5000 }, (err, stdout) => res.type('text').send(stdout));
});

router.get('/trace', (req, res) => {
  const host = String(req.query.host);
  execFile('traceroute', ['-m', '8', '--', host], { timeout: 5000 }, (err, stdout) => res.type('text').send(stdout));
});

router.get('/fee', (req, res) => {
  const fee = eval('(' + req.query.formula + ') * 1.21');
  res.json({ fee });
});

router.get('/fee/simple', (req, res) => {
  const fee = String(req.query.formula).split('*').map(Number).reduce((all, part) => all * part, 1.21);
  res.json({ fee });
});

router.get('/report/:name', async (req, res) => {
  res.json(await reports[req.params.name](req.query.year));
});

router.get('/summary/:name', async (req, res) => {
  const report = byName.get(req.params.name);
  if (!report) return res.sendStatus(404);
  return res.json(await report(Number(req.query.year)));
});

router.get('/weather', async (req, res) => {
  const answer = await axios.get(req.query.station, { timeout: 5000 });
  res.json(answer.data);
});

router.get('/buoy', async (req, res) => {
  const address = Object.hasOwn(buoys, req.query.name) ? buoys[req.query.name] : buoys.west;
  const answer = await axios.get(address, { timeout: 5000 });
  res.json(answer.data);
});

router.get('/tide/:port', async (req, res) => {
  const answer = await axios.get('https://tides.example/v2/' + encodeURIComponent(req.params.port), { timeout: 4000 });
  res.json(answer.data);
});

router.post('/letter', (req, res) => {
  const letter = '<p>Dear ' + req.body.name + ',</p><p>Your berth is <%= berth %>.</p>';
  res.send(ejs.render(letter, { berth: 'N-12' }));
});

router.post('/reminder', (req, res) => {
  const letter = '<p>Dear <%= name %>,</p><p>Your berth is <%= berth %>.</p>';
  res.send(ejs.render(letter, { name: String(req.body.name), berth: 'N-12' }));
});

router.post('/crewlist', (req, res) => {
  const crew = serialize.unserialize(req.body.crew);
  res.json({ count: crew.length });
});

router.post('/route', (req, res) => {
  const route = yaml.load(String(req.body.route), { schema: yaml.JSON_SCHEMA });
  res.json({ legs: route.legs });
});

router.post('/hook/storm', signedHook, (req, res) => {
  storms.push({ force: Number(req.body.force), at: Date.now() });
  res.sendStatus(204);
});

router.post('/hook/tide', signedTide, (req, res) => {
  storms.length = 0;
  res.sendStatus(204);
});

module.exports = router;
--- lib/reports.js
'use strict';

const { Berth } = require('../models');

async function occupancy(year) {
  const all = await Berth.count();
  const free = await Berth.count({ where: { free: true } });
  return { year, share: all ? (all - free) / all : 0 };
}

async function income(year) {
  const total = await Berth.sum('price', { where: { free: false } });
  return { year, total };
}

module.exports = { occupancy, income };
--- routes/files.js
'use strict';

const fs = require('fs');
const path = require('path');
const AdmZip = require('adm-zip');
const express = require('express');
const multer = require('multer');
const settings = require('../config/settings');

const router = express.Router();
const charts = path.resolve(settings.chartFolder);
const archive = multer({ storage: multer.memoryStorage(), limits: { fileSize: 8000000, files: 1 } });

router.get('/chart', (req, res) => {
  res.sendFile(path.join(charts, req.query.name));
});

router.get('/chart/:name', (req, res) => {
  const file = path.resolve(charts, req.params.name);
  if (!file.startsWith(charts + path.sep)) return res.sendStatus(404);
  return res.sendFile(file);
});

router.get('/manual', (req, res) => {
  const name = String(req.query.name).replace('../', '');
  fs.readFile('/srv/harbor/manuals/' + name, 'utf8', (err, text) => {
    if (err) return res.sendStatus(404);
    return res.type('text/plain').send(text);
  });
});

router.get('/rules', (req, res) => {
  const name = path.basename(String(req.query.name));
  fs.readFile('/srv/harbor/rules/' + name + '.txt', 'utf8', (err, text) => {
    if (err) return res.sendStatus(404);
    return res.type('text/plain').send(text);
  });
});

router.post('/charts', archive.single('archive'), (req, res) => {
  const zip = new AdmZip(req.file.buffer);
  for (const entry of zip.getEntries()) {
    if (entry.isDirectory) continue;
    fs.writeFileSync(path.join(charts, entry.entryName), entry.getData());
  }
  res.sendStatus(204);
});

router.post('/tracks', archive.single('archive'), (req, res) => {
  const zip = new AdmZip(req.file.buffer);
  for (const entry of zip.getEntries()) {
    const target = path.resolve(charts, 'tracks', entry.entryName);
    if (entry.isDirectory || !target.startsWith(path.join(charts, 'tracks') + path.sep)) continue;
    fs.writeFileSync(target, entry.getData());
  }
  res.sendStatus(204);
});

module.exports = router;
--- routes/admin.js
'use strict';

const express = require('express');
const helmet = require('helmet');
const { wardenOnly } = require('../middleware/auth');
const { User } = require('../models');
const secrets = require('../lib/secrets');

const router = express.Router();

router.use(helmet());

router.get('/home', wardenOnly, async (req, res) => {
  try {
    const users = await User.findAll({ attributes: ['id', 'name', 'email'] });
    res.render('home', { user: req.warden, tips: users.map((user) => user.name) });
  } catch (err) {
    console.error(err);
    res.status(500).send('Could not read the skippers.');
  }
});

router.get('/voucher', wardenOnly, (req, res) => {
  res.json({ voucher: secrets.voucherCode(), flag: secrets.flagColour() });
});

module.exports = router;
--- views/berths.ejs
<!doctype html>
<html lang="en">
<head><title>Berths</title><script src="/assets/js/harbor.js" defer></script></head>
<body>
<% if (locals.notice) { %>
<div class="notice"><%- notice %></div>
<% } %>
<form action="/berths" method="get">
  <input name="term" value="<%= term %>">
  <button>Search</button>
</form>
<div id="hits"></div>
<div id="welcome"></div>
<ul>
<% for (const berth of berths) { %>
  <li><a href="/berths/pier/<%= berth.pier %>"><%= berth.code %></a> <%= berth.price %></li>
<% } %>
</ul>
</body>
</html>
--- views/logbook.ejs
<!doctype html>
<html lang="en">
<head><title><%= heading %></title></head>
<body>
<h1><%- heading %></h1>
<% for (const entry of list) { %>
<article>
  <h2><%= entry.skipper %></h2>
  <div><%- entry.text %></div>
</article>
<% } %>
</body>
</html>
--- public/js/harbor.js
'use strict';

const hits = document.getElementById('hits');
const welcome = document.getElementById('welcome');
const query = new URLSearchParams(location.search);

if (hits && query.has('term')) {
  hits.innerHTML = 'Berths like ' + query.get('term');
}

if (welcome && location.hash) {
  welcome.textContent = 'Welcome, ' + decodeURIComponent(location.hash.slice(1));
}

function showCount(count) {
  const badge = document.querySelector('.badge');
  if (badge) badge.innerHTML = '<b>' + Number(count) + '</b>';
}

window.addEventListener('message', (event) => {
  showCount(event.data.count);
});

window.addEventListener('message', (event) => {
  if (event.origin !== 'https://sails.example') return;
  document.title = String(event.data.title);
});
