--- labels
bad server.js:20 headers/missing | pages without a policy
bad server.js:21 limits/unbounded-body | a huge limit for JSON
bad server.js:27 files/private-served | the project with its database and settings
bad server.js:29 csrf/off | sessions and forms, and no token against forged requests
bad server.js:34 cookie/flags | neither Secure nor HttpOnly
bad server.js:37 cors/wild | any origin with credentials
bad server.js:42 access/case-sensitive-path | /STAFF is routed as well
bad config/index.js:14 secret/hard-coded | key of the tokens in the code
bad config/production.json:5 secret/in-file | password of the mail account
bad lib/outside.js:11 ssrf/request | the host comes from the query string
bad lib/outside.js:28 request/no-timeout | axios waits for ever
bad lib/outside.js:39 mail/host-header | a link to the host that the request names
bad lib/search.js:13 sql/injection | a text of the query string through two helpers
bad lib/search.js:44 sql/injection | a list of texts in IN
bad lib/secrets.js:7 crypto/password-storage crypto/weak-hash | MD5 of a password
bad lib/secrets.js:21 crypto/weak-random | a token of Math.random
bad lib/secrets.js:38 compare/timing | a signature by ===
bad lib/secrets.js:48 crypto/weak-hash | MD5 of a key and a text as a signature
bad lib/store.js:12 path/traversal | the name of a briefing comes from the route
bad lib/store.js:31 command/injection | a width of the body in a shell
bad lib/store.js:41 command/argument-injection | a source that may be an option
bad middleware/auth.js:22 jwt/unverified | decoded and believed
bad middleware/auth.js:30 jwt/unverified | the algorithm none
bad middleware/auth.js:62 access/client-claim | a header says who is an instructor
bad public/js/logbook.js:13 xss/dom | the query string as markup
bad public/js/logbook.js:18 xss/dom xss/stored | an answer of the server as markup
bad public/js/logbook.js:27 ssrf/client-request | an address of the query string
bad public/js/logbook.js:31 message/origin | who sent it is not asked
bad public/js/logbook.js:41 secret/stored | the password in the browser's storage
bad public/js/logbook.js:46 xss/dom redirect/open | may be javascript:
bad routes/account.js:15 limits/login-attempts | passwords may be tried without end
bad routes/account.js:18 log/injection | the address as it came
bad routes/account.js:21 session/fixation | the identifier stays
bad routes/account.js:24 redirect/open | wherever the address says
bad routes/account.js:38 secret/logged | a password in the log
bad routes/account.js:40 object/mass-assignment | role and credits may be sent as well
bad routes/account.js:79 trust/boundary | the client says what membership it has
bad routes/account.js:85 url/incomplete-check | no slash ends the host
bad routes/api.js:23 error/leak | message and stack
bad routes/courses.js:20 xss/reflected | the search in markup
bad routes/courses.js:39 sql/injection | a literal in the order
bad routes/courses.js:63 xss/stored | a description of the database as it is
bad routes/courses.js:80 regex/redos | two ways for each word
bad routes/courses.js:95 template/injection | a template of the body
bad routes/dives.js:18 upload/unchecked | the name and the ending that came with it
bad routes/dives.js:20 limits/unbounded-body | files of any size
bad routes/dives.js:55 object/mass-assignment | the whole body, with the owner
bad routes/dives.js:70 path/traversal | a path that a helper has joined
bad routes/dives.js:93 input/type-confusion | a list passes
bad routes/dives.js:105 error/server-crash | nobody catches it
bad routes/gear.js:22 regex/injection | an expression of the query string
bad routes/gear.js:34 object/prototype-pollution | two keys of the body
bad routes/gear.js:47 deserialize/untrusted | functions in a cookie
bad routes/tools.js:13 code/injection | a formula of the body
bad routes/tools.js:23 code/reflection | a method by its name
bad routes/tools.js:33 limits/untrusted-size | as much memory as the query says
bad views/course.ejs:13 xss/template xss/stored | a description of the database as it is
bad views/course.ejs:16 xss/template xss/stored | what a visitor wrote
bad views/courses.ejs:7 page/untrusted-script | no integrity
bad views/courses.ejs:15 xss/template | the search as it came
good server.js:22 limits/unbounded-body | a small limit
good server.js:25 files/private-served | the public folder
good server.js:26 files/private-served | one folder of one package
good server.js:38 cors/wild | public data, no credentials
good server.js:39 cors/wild | one origin
good server.js:48 access/case-sensitive-path | compared in lower case
good server.js:59 access/case-sensitive-path | mounted together with its check
good server.js:70 error/leak | a number instead of the error
good server.js:74 config/bind-all | this machine
good config/index.js:15 secret/hard-coded | from the environment
good config/index.js:19 secret/hard-coded | the name of a field, no secret
good config/production.json:9 secret/in-file | reference to a variable
good lib/outside.js:18 ssrf/request | the host comes from a list
good lib/outside.js:23 ssrf/request | a constant host, and a value behind its slash
good lib/outside.js:33 request/no-timeout | three seconds
good lib/outside.js:44 mail/host-header | the address of the configuration
good lib/search.js:17 sql/injection | a replacement
good lib/search.js:35 sql/injection | bound values and an order from a list
good lib/search.js:49 sql/injection | numbers in IN
good lib/secrets.js:10 crypto/password-storage | bcrypt with twelve rounds
good lib/secrets.js:26 crypto/weak-random | random bytes
good lib/secrets.js:30 crypto/weak-random | where a bubble is drawn
good lib/secrets.js:44 compare/timing | in constant time
good lib/secrets.js:52 crypto/weak-hash | an ETag
good lib/secrets.js:57 crypto/weak-cipher | GCM with a new vector
good lib/store.js:18 path/traversal | resolved and compared with its folder
good lib/store.js:22 path/traversal | the base name alone
good lib/store.js:37 command/injection | arguments without a shell
good lib/store.js:46 command/argument-injection | begins with https and stands behind two dashes
good middleware/auth.js:14 jwt/unverified | verified with one algorithm
good middleware/auth.js:39 jwt/unverified | the header alone, to choose the key that verifies
good middleware/auth.js:57 access/client-claim | the server's own session
good middleware/auth.js:67 access/client-claim | a signed cookie
good public/js/logbook.js:14 xss/dom | as text
good public/js/logbook.js:15 xss/dom | escaped by the browser
good public/js/logbook.js:22 ssrf/client-request | the own API, an encoded value
good public/js/logbook.js:33 message/origin | one origin
good public/js/logbook.js:42 secret/stored | an address is no secret
good public/js/logbook.js:50 xss/dom | a constant path in front
good routes/account.js:22 trust/boundary | the role of the database
good routes/account.js:32 session/fixation | after a new identifier
good routes/account.js:33 redirect/open | a target from a list
good routes/account.js:66 object/mass-assignment | two fields alone
good routes/account.js:73 cookie/flags | all flags are set
good routes/account.js:78 trust/boundary | a value from a list
good routes/account.js:91 url/incomplete-check | the whole origin
good routes/account.js:92 redirect/open | behind a check of the origin
good routes/admin.js:22 csv/injection | signs of formulas are made harmless
good routes/admin.js:31 object/mass-assignment | fields by name, and a constant role
good routes/admin.js:32 secret/logged | only whether there was one
good routes/api.js:32 error/leak | a text of its own
good routes/courses.js:30 xss/reflected | escaped
good routes/courses.js:35 xss/reflected | JSON is no markup
good routes/courses.js:45 sql/injection | a column from a list
good routes/courses.js:69 xss/stored | each value is escaped
good routes/courses.js:87 regex/redos | one way for each word
good routes/courses.js:100 template/injection | a template of the code
good routes/dives.js:24 upload/unchecked | a name of its own, and a filter for endings
good routes/dives.js:26 limits/unbounded-body | five megabytes
good routes/dives.js:79 path/traversal | below a root
good routes/dives.js:99 input/type-confusion | a text alone
good routes/dives.js:112 error/server-crash | handed on
good routes/gear.js:14 regex/wide-range | letters alone, and a sign at the end
good routes/gear.js:27 regex/injection | escaped
good routes/gear.js:42 object/prototype-pollution | maps
good routes/gear.js:52 deserialize/untrusted | JSON
good routes/gear.js:57 deserialize/untrusted | js-yaml 4 with plain values
good routes/gear.js:62 text/incomplete-escape | all of them
good routes/tools.js:18 code/injection | the code is a constant
good routes/tools.js:29 code/reflection | a function from a map
good routes/tools.js:39 limits/untrusted-size | five thousand at most
good views/course.ejs:7 page/untrusted-script | with integrity
good views/course.ejs:10 xss/template | escaped
good views/course.ejs:12 xss/template | went through sanitize-html
good views/courses.ejs:12 xss/template | escaped, in quotes
--- package.json
{
  "name": "blue-grotto-dive-school",
  "version": "2.3.0",
  "private": true,
  "main": "server.js",
  "scripts": {
    "start": "node server.js"
  },
  "dependencies": {
    "axios": "^1.7.9",
    "bcrypt": "^5.1.1",
    "cookie-parser": "^1.4.7",
    "cors": "^2.8.5",
    "ejs": "^3.1.10",
    "escape-html": "^1.0.3",
    "express": "^4.21.2",
    "express-session": "^1.18.1",
    "helmet": "^8.0.0",
    "js-yaml": "^4.1.0",
    "jsonwebtoken": "^9.0.2",
    "lodash": "^4.17.21",
    "multer": "^1.4.5-lts.1",
    "node-serialize": "^0.0.4",
    "nodemailer": "^6.9.16",
    "sanitize-html": "^2.14.0",
    "sequelize": "^6.37.5",
    "sqlite3": "^5.1.7"
  }
}
--- server.js
'use strict';

const fs = require('fs');
const path = require('path');
const { randomUUID } = require('crypto');
const express = require('express');
const session = require('express-session');
const cookieParser = require('cookie-parser');
const cors = require('cors');
const helmet = require('helmet');
const config = require('./config');
const { sequelize } = require('./db');
const { requireAdmin } = require('./middleware/auth');

const app = express();
app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));
app.disable('x-powered-by');

app.use(helmet({ contentSecurityPolicy: false }));
app.use(express.json({ limit: '800mb' }));
app.use(express.urlencoded({ extended: true, limit: '256kb' }));
app.use(cookieParser(config.cookieKey));

app.use('/static', express.static(path.join(__dirname, 'public')));
app.use('/vendor/chart', express.static(path.join(__dirname, 'node_modules/chart.js/dist')));
app.use('/source', express.static(__dirname));

app.use(session({
  name: 'grotto',
  secret: config.sessionSecret,
  resave: false,
  saveUninitialized: true,
  cookie: { secure: false, httpOnly: false, maxAge: 86_400_000 },
}));

app.use('/api', cors({ origin: true, credentials: true }));
app.use('/conditions', cors());
app.use('/partner', cors({ origin: ['https://reefcheck.bluegrotto.dev'], credentials: true }));

app.use((req, res, next) => {
  if (req.path.startsWith('/staff') && req.session.role !== 'staff') {
    return res.sendStatus(403);
  }
  return next();
});
app.use((req, res, next) => {
  if (req.path.toLowerCase().startsWith('/instructors') && !req.session.userId) {
    return res.redirect('/account/login');
  }
  return next();
});

app.use('/account', require('./routes/account'));
app.use('/courses', require('./routes/courses'));
app.use('/dives', require('./routes/dives'));
app.use('/gear', require('./routes/gear'));
app.use('/instructors', require('./routes/tools'));
app.use('/admin', requireAdmin, require('./routes/admin'));
app.use('/api', require('./routes/api'));
app.get('/staff/roster', (req, res) => {
  res.json(JSON.parse(fs.readFileSync(path.join(__dirname, 'data/roster.json'), 'utf8')));
});
app.get('/conditions', (req, res) => res.json({ visibility: 18, temperature: 21 }));

app.use((err, req, res, next) => {
  const id = randomUUID();
  console.error(id, err.code);
  if (res.headersSent) return next(err);
  return res.status(500).json({ error: 'The request could not be answered.', id });
});

sequelize.sync().then(() => {
  app.listen(config.port, 'localhost', () => console.log(`school on ${config.port}`));
});
--- config/index.js
'use strict';

const production = require('./production.json');

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`The variable ${name} is not set.`);
  return value;
}

module.exports = {
  port: Number(process.env.PORT || 3080),
  publicUrl: process.env.PUBLIC_URL || 'https://www.bluegrotto.dev',
  jwtKey: 'n8Qw3zR6yT1mV5xK0bJ7cH2f',
  cookieKey: required('COOKIE_KEY'),
  sessionSecret: required('SESSION_SECRET'),
  webhookKey: required('WEBHOOK_KEY'),
  medicalKey: Buffer.from(required('MEDICAL_KEY'), 'hex'),
  resetTokenField: 'reset_token',
  mail: {
    host: production.mail.host,
    port: 465,
    secure: true,
    auth: { user: production.mail.user, pass: production.mail.password },
  },
  partnerKeys: new Map([
    ['reefcheck', process.env.REEFCHECK_PUBLIC_KEY],
    ['padi', process.env.PADI_PUBLIC_KEY],
  ]),
};
--- config/production.json
{
  "mail": {
    "host": "smtp.bluegrotto.dev",
    "user": "bookings",
    "password": "mT7kq92LwzXv4Rb"
  },
  "weather": {
    "region": "tyrrhenian",
    "apiKey": "${WEATHER_API_KEY}"
  },
  "forms": {
    "password": ""
  }
}
--- db/index.js
'use strict';

const { Sequelize, DataTypes } = require('sequelize');

const sequelize = new Sequelize({
  dialect: 'sqlite',
  storage: process.env.DB_FILE || 'data/school.sqlite',
  logging: false,
});

const User = sequelize.define('User', {
  email: { type: DataTypes.STRING, unique: true },
  passwordHash: DataTypes.STRING,
  resetHash: DataTypes.STRING,
  role: { type: DataTypes.STRING, defaultValue: 'diver' },
  credits: { type: DataTypes.INTEGER, defaultValue: 0 },
  name: DataTypes.STRING,
  bio: DataTypes.TEXT,
});

const Course = sequelize.define('Course', {
  title: DataTypes.STRING,
  level: DataTypes.STRING,
  intro: DataTypes.TEXT,
  description: DataTypes.TEXT,
  price: DataTypes.DECIMAL(8, 2),
  maxDepth: DataTypes.INTEGER,
});

const Review = sequelize.define('Review', {
  author: DataTypes.STRING,
  text: DataTypes.TEXT,
});

const Booking = sequelize.define('Booking', {
  day: DataTypes.DATEONLY,
  note: DataTypes.STRING,
});

const Dive = sequelize.define('Dive', {
  site: DataTypes.STRING,
  depth: DataTypes.FLOAT,
  minutes: DataTypes.INTEGER,
  notes: DataTypes.TEXT,
  photo: DataTypes.STRING,
});

const Gear = sequelize.define('Gear', {
  name: DataTypes.STRING,
  size: DataTypes.STRING,
  state: DataTypes.STRING,
  serviceNote: DataTypes.TEXT,
});

Course.hasMany(Review);
Review.belongsTo(Course);
User.hasMany(Booking);
Booking.belongsTo(User);
Course.hasMany(Booking);
Booking.belongsTo(Course);
User.hasMany(Dive);
Dive.belongsTo(User);

module.exports = { sequelize, User, Course, Review, Booking, Dive, Gear };
--- lib/outside.js
'use strict';

const axios = require('axios');
const nodemailer = require('nodemailer');
const config = require('../config');

const transport = nodemailer.createTransport(config.mail);
const STATIONS = new Map([['capri', 'capri.tides.bluegrotto.dev'], ['ponza', 'ponza.tides.bluegrotto.dev']]);

async function tides(station) {
  const answer = await axios.get(`https://${station}/v1/tides`, { timeout: 5000 });
  return answer.data;
}

async function tidesOf(name) {
  const host = STATIONS.get(name);
  if (!host) return null;
  const answer = await axios.get(`https://${host}/v1/tides`, { timeout: 5000 });
  return answer.data;
}

async function stationInfo(code) {
  const answer = await fetch(`https://stations.bluegrotto.dev/v1/${encodeURIComponent(code)}`);
  return answer.json();
}

async function buoy() {
  const answer = await axios.get('https://buoy.bluegrotto.dev/latest');
  return answer.data;
}

async function gate() {
  const answer = await axios.get('https://gate.bluegrotto.dev/state', { timeout: 3000 });
  return answer.data;
}

function sendReset(to, origin, token) {
  const text = `Choose a new password: ${origin}/account/reset/${token}`;
  return transport.sendMail({ from: 'school@bluegrotto.dev', to, subject: 'Your password', text });
}

function sendMagicLink(to, token) {
  const text = `Sign in here: ${config.publicUrl}/account/magic/${token}`;
  return transport.sendMail({ from: 'school@bluegrotto.dev', to, subject: 'Your link', text });
}

function sendWelcome(name, address) {
  const to = { name: String(name), address: String(address) };
  return transport.sendMail({ from: 'school@bluegrotto.dev', to, subject: 'Welcome', text: 'See you at the pier.' });
}

module.exports = { tides, tidesOf, stationInfo, buoy, gate, sendReset, sendMagicLink, sendWelcome };
--- lib/planners.js
'use strict';

const stopsFor = (depth, minutes, factor) => Math.max(0, Math.ceil((depth * minutes * factor) / 600) - 1);

exports.buhlmann = (depth, minutes) => ({ model: 'ZH-L16', stops: stopsFor(depth, minutes, 1.1) });
exports.navy = (depth, minutes) => ({ model: 'USN', stops: stopsFor(depth, minutes, 0.9) });
exports.reset = () => ({ model: 'none', stops: 0 });
--- lib/search.js
'use strict';

const { QueryTypes } = require('sequelize');
const { sequelize } = require('../db');

const DIVE_ORDER = new Map([['deepest', 'depth desc'], ['longest', 'minutes desc'], ['newest', 'createdAt desc']]);

function courseFilter(term) {
  return `title like '%${term}%' or description like '%${term}%'`;
}

function findCourses(term) {
  return sequelize.query(`select * from Courses where ${courseFilter(term)}`, { type: QueryTypes.SELECT });
}

function findByLevel(level) {
  return sequelize.query('select * from Courses where level = :level', { replacements: { level }, type: QueryTypes.SELECT });
}

class DiveQuery {
  constructor(userId) {
    this.userId = userId;
    this.conditions = ['UserId = $1'];
    this.values = [userId];
  }

  at(site) {
    this.values.push(site);
    this.conditions.push(`site = $${this.values.length}`);
    return this;
  }

  run(order) {
    const by = DIVE_ORDER.get(order) || 'createdAt desc';
    return sequelize.query(`select * from Dives where ${this.conditions.join(' and ')} order by ${by}`, {
      bind: this.values,
      type: QueryTypes.SELECT,
    });
  }
}

function gearIn(ids) {
  const list = ids.split(';').join(',');
  return sequelize.query(`select * from Gears where id in (${list})`, { type: QueryTypes.SELECT });
}

function bookingsIn(ids) {
  const list = ids.split(';').map(Number).filter(Number.isInteger).join(',') || '0';
  return sequelize.query(`select * from Bookings where id in (${list})`, { type: QueryTypes.SELECT });
}

module.exports = { findCourses, findByLevel, DiveQuery, gearIn, bookingsIn };
--- lib/secrets.js
'use strict';

const bcrypt = require('bcrypt');
const crypto = require('crypto');
const config = require('../config');

const legacyHash = (password) => crypto.createHash('md5').update(password).digest('hex');

function hashPassword(password) {
  return bcrypt.hash(password, 12);
}

async function checkPassword(password, hash) {
  if (/^[0-9a-f]{32}$/.test(hash)) {
    return crypto.timingSafeEqual(Buffer.from(legacyHash(password)), Buffer.from(hash));
  }
  return bcrypt.compare(password, hash);
}

function resetToken() {
  const token = Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2);
  return token;
}

function magicToken() {
  const token = crypto.randomBytes(32).toString('base64url');
  return token;
}

const bubbleOffset = () => Math.round(Math.random() * 40);

function tokenHash(token) {
  return crypto.createHash('sha256').update(token).digest('hex');
}

function isFromPaymentService(rawBody, signature) {
  const expected = crypto.createHmac('sha256', config.webhookKey).update(rawBody).digest('hex');
  return expected === signature;
}

function isFromShippingService(rawBody, signature) {
  const expected = crypto.createHmac('sha256', config.webhookKey).update(rawBody).digest();
  const given = Buffer.from(String(signature), 'hex');
  return given.length === expected.length && crypto.timingSafeEqual(given, expected);
}

function signDownload(file) {
  return crypto.createHash('md5').update(config.webhookKey + file).digest('hex');
}

function etagOf(content) {
  return `"${crypto.createHash('md5').update(content).digest('hex')}"`;
}

function sealInsurance(text) {
  const iv = crypto.randomBytes(12);
  const cipher = crypto.createCipheriv('aes-256-gcm', config.medicalKey, iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
}

module.exports = {
  hashPassword, checkPassword, resetToken, magicToken, bubbleOffset, tokenHash,
  isFromPaymentService, isFromShippingService, signDownload, etagOf, sealInsurance,
};
--- lib/store.js
'use strict';

const { execFile, execSync } = require('child_process');
const fs = require('fs');
const path = require('path');

const PHOTOS = path.resolve('data/photos');
const IMPORTS = path.resolve('data/imports');
const BRIEFINGS = path.resolve('data/briefings');

function readBriefing(name) {
  return fs.readFileSync(path.join(BRIEFINGS, name), 'utf8');
}

function readSiteMap(name) {
  const file = path.resolve(BRIEFINGS, 'maps', name);
  if (!file.startsWith(BRIEFINGS + path.sep)) return null;
  return fs.readFileSync(file);
}

function removePhoto(name) {
  return fs.promises.rm(path.join(PHOTOS, path.basename(name)));
}

function photoPath(name) {
  return path.join(PHOTOS, name);
}

function thumbnail(photo, width) {
  const out = `${photo}.thumb.jpg`;
  execSync(`convert ${photo} -resize ${width}x ${out}`);
  return out;
}

function watermark(photo, text, done) {
  const out = `${photo}.mark.jpg`;
  execFile('composite', ['-label', `(${text})`, photo, out], done);
}

function mirrorAlbum(source, done) {
  execFile('rsync', ['-a', source, PHOTOS], { timeout: 60_000 }, done);
}

function cloneSiteGuide(url, done) {
  if (!url.startsWith('https://')) return done(new Error('The address has to begin with https.'));
  return execFile('git', ['clone', '--depth', '1', '--', url, path.join(IMPORTS, 'guide')], done);
}

module.exports = { PHOTOS, readBriefing, readSiteMap, removePhoto, photoPath, thumbnail, watermark, mirrorAlbum, cloneSiteGuide };
--- middleware/auth.js
'use strict';

const jwt = require('jsonwebtoken');
const config = require('../config');
const { User } = require('../db');

function bearer(req) {
  const header = req.get('authorization') || '';
  return header.startsWith('Bearer ') ? header.slice(7) : '';
}

function apiUser(req, res, next) {
  try {
    req.claims = jwt.verify(bearer(req), config.jwtKey, { algorithms: ['HS256'] });
    return next();
  } catch {
    return res.sendStatus(401);
  }
}

function buddyUser(req, res, next) {
  const claims = jwt.decode(bearer(req));
  if (!claims) return res.sendStatus(401);
  req.claims = claims;
  return next();
}

function kioskUser(req, res, next) {
  try {
    req.claims = jwt.verify(req.get('x-kiosk-token') || '', '', { algorithms: ['none'] });
    return next();
  } catch {
    return res.sendStatus(401);
  }
}

function partnerUser(req, res, next) {
  const token = bearer(req);
  const unsafe = jwt.decode(token, { complete: true });
  const key = unsafe && config.partnerKeys.get(unsafe.header.kid);
  if (!key) return res.sendStatus(401);
  try {
    req.claims = jwt.verify(token, key, { algorithms: ['RS256'] });
    return next();
  } catch {
    return res.sendStatus(401);
  }
}

async function signedIn(req, res, next) {
  if (!req.session.userId) return res.redirect('/account/login');
  req.user = await User.findByPk(req.session.userId);
  return req.user ? next() : res.redirect('/account/login');
}

function requireAdmin(req, res, next) {
  if (req.session.role !== 'admin') return res.sendStatus(403);
  return next();
}

function requireInstructor(req, res, next) {
  if (req.get('X-Dive-Role') !== 'instructor') return res.sendStatus(403);
  return next();
}

function requireDivemaster(req, res, next) {
  if (req.signedCookies.role !== 'divemaster') return res.sendStatus(403);
  return next();
}

module.exports = { apiUser, buddyUser, kioskUser, partnerUser, signedIn, requireAdmin, requireInstructor, requireDivemaster };
--- public/js/logbook.js
(function () {
  'use strict';

  const params = new URLSearchParams(window.location.search);
  const byId = (id) => document.getElementById(id);

  function escapeText(value) {
    const holder = document.createElement('div');
    holder.textContent = value;
    return holder.innerHTML;
  }

  byId('log-heading').innerHTML = `Dives at ${params.get('site')}`;
  byId('log-buddy').textContent = `with ${params.get('buddy')}`;
  byId('log-boat').innerHTML = `<b>${escapeText(params.get('boat'))}</b>`;

  function showNotes(dives) {
    byId('log-list').innerHTML = dives.map((dive) => `<li>${dive.site}: ${dive.notes}</li>`).join('');
  }

  async function load() {
    const answer = await fetch(`/api/dives?q=${encodeURIComponent(params.get('site') || '')}`);
    showNotes(await answer.json());
  }

  async function loadForecast() {
    const answer = await fetch(params.get('forecast'));
    byId('forecast').textContent = (await answer.json()).wind;
  }

  window.addEventListener('message', (event) => { byId('log-filter').value = event.data.filter; });

  window.addEventListener('message', (event) => {
    if (event.origin !== 'https://kiosk.bluegrotto.dev') return;
    byId('log-buddy').textContent = event.data.buddy;
  });

  byId('login-form').addEventListener('submit', () => {
    const email = byId('email').value;
    const password = byId('password').value;
    localStorage.setItem('diver', JSON.stringify({ email, password }));
    localStorage.setItem('lastEmail', email);
  });

  byId('go-back').addEventListener('click', () => {
    window.location.href = params.get('return');
  });

  byId('go-dive').addEventListener('click', () => {
    window.location.href = `/dives/photo/${encodeURIComponent(params.get('dive'))}`;
  });

  load();
  loadForecast();
})();
--- routes/account.js
'use strict';

const express = require('express');
const { User } = require('../db');
const outside = require('../lib/outside');
const secrets = require('../lib/secrets');
const { signedIn } = require('../middleware/auth');

const router = express.Router();
const UNITS = new Set(['metric', 'imperial']);
const LANDING = { dives: '/dives', courses: '/courses', gear: '/gear' };

router.get('/login', (req, res) => res.render('login', { error: req.query.error || '' }));

router.post('/login', async (req, res) => {
  const user = await User.findOne({ where: { email: String(req.body.email) } });
  if (!user || !(await secrets.checkPassword(String(req.body.password), user.passwordHash))) {
    console.warn(`log-in of ${req.body.email} failed`);
    return res.status(401).render('login', { error: 'That is not right.' });
  }
  req.session.userId = user.id;
  req.session.role = user.role;
  console.info('log-in of diver %d', user.id);
  return res.redirect(req.query.next || '/dives');
});

router.get('/magic/:token', async (req, res, next) => {
  const user = await User.findOne({ where: { resetHash: secrets.tokenHash(req.params.token) } });
  if (!user) return res.sendStatus(404);
  return req.session.regenerate((err) => {
    if (err) return next(err);
    req.session.userId = user.id;
    return res.redirect(Object.hasOwn(LANDING, req.query.to) ? LANDING[req.query.to] : '/dives');
  });
});

router.post('/register', async (req, res) => {
  console.log(`registration of ${req.body.email} with ${req.body.password}`);
  const passwordHash = await secrets.hashPassword(String(req.body.password));
  const user = await User.create({ ...req.body, passwordHash });
  await outside.sendWelcome(user.name, user.email);
  res.redirect(`/account/divers/${user.id}`);
});

router.post('/forgot', async (req, res) => {
  const user = await User.findOne({ where: { email: String(req.body.email) } });
  if (user) {
    const token = secrets.resetToken();
    await user.update({ resetHash: secrets.tokenHash(token) });
    await outside.sendReset(user.email, `https://${req.headers.host}`, token);
  }
  res.json({ sent: true });
});

router.post('/magic', async (req, res) => {
  const user = await User.findOne({ where: { email: String(req.body.email) } });
  if (user) {
    const token = secrets.magicToken();
    await user.update({ resetHash: secrets.tokenHash(token) });
    await outside.sendMagicLink(user.email, token);
  }
  res.json({ sent: true });
});

router.post('/profile', signedIn, async (req, res) => {
  await req.user.update(req.body, { fields: ['name', 'bio'] });
  res.redirect('back');
});

router.post('/device', signedIn, async (req, res) => {
  const token = secrets.magicToken();
  await req.user.update({ resetHash: secrets.tokenHash(token) });
  res.cookie('session_token', token, { secure: true, httpOnly: true, sameSite: 'lax', maxAge: 2_592_000_000 });
  res.sendStatus(204);
});

router.post('/preferences', signedIn, (req, res) => {
  if (UNITS.has(req.body.units)) req.session.units = req.body.units;
  req.session.membership = req.body.membership;
  res.redirect('/account/preferences');
});

router.get('/leave', (req, res) => {
  const target = String(req.query.to);
  if (!target.startsWith('https://www.bluegrotto.dev')) return res.sendStatus(400);
  return res.redirect(target);
});

router.get('/partner', (req, res) => {
  const target = new URL(String(req.query.to), 'https://www.bluegrotto.dev');
  if (target.origin !== 'https://www.bluegrotto.dev') return res.sendStatus(400);
  return res.redirect(target.href);
});

router.get('/divers/:id', async (req, res) => {
  const diver = await User.findByPk(Number(req.params.id));
  if (!diver) return res.sendStatus(404);
  return res.json({ name: diver.name, bio: diver.bio });
});

module.exports = router;
--- routes/admin.js
'use strict';

const express = require('express');
const { User } = require('../db');
const search = require('../lib/search');
const secrets = require('../lib/secrets');

const router = express.Router();
const cell = (value) => {
  const text = String(value ?? '');
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
};

router.get('/', async (req, res) => {
  const users = await User.findAll({ order: [['createdAt', 'DESC']], limit: 50 });
  res.json({ total: users.length, newest: users.map((user) => user.email) });
});

router.get('/divers.csv', async (req, res) => {
  const users = await User.findAll();
  const lines = users.map((user) => [cell(user.name), cell(user.email)].join(','));
  res.type('text/csv').send(lines.join('\n'));
});

router.get('/bookings', async (req, res) => {
  res.json(await search.bookingsIn(String(req.query.ids)));
});

router.post('/staff', async (req, res) => {
  const passwordHash = await secrets.hashPassword(String(req.body.password));
  const user = await User.create({ email: String(req.body.email), name: String(req.body.name), role: 'staff', passwordHash });
  console.info(`staff account ${user.id}, password ${req.body.password ? 'given' : 'missing'}`);
  res.status(201).json({ id: user.id });
});

module.exports = router;
--- routes/api.js
'use strict';

const express = require('express');
const jwt = require('jsonwebtoken');
const config = require('../config');
const { Booking, Course, Dive, User } = require('../db');
const outside = require('../lib/outside');
const secrets = require('../lib/secrets');
const { apiUser, buddyUser, kioskUser, partnerUser } = require('../middleware/auth');

const router = express.Router();

router.get('/dives', apiUser, async (req, res) => {
  const dives = await Dive.findAll({ where: { UserId: req.claims.sub } });
  res.json(dives);
});

router.get('/dives/:id', buddyUser, async (req, res) => {
  try {
    const dive = await Dive.findByPk(req.params.id, { rejectOnEmpty: true });
    res.json(dive);
  } catch (err) {
    res.status(500).json({ error: err.message, trace: err.stack });
  }
});

router.get('/courses', async (req, res) => {
  try {
    res.json(await Course.findAll());
  } catch (err) {
    console.error('courses could not be read', err.code);
    res.status(503).json({ error: 'The courses cannot be shown now.' });
  }
});

router.get('/checkin', kioskUser, async (req, res) => {
  const today = new Date().toISOString().slice(0, 10);
  res.json(await Booking.findAll({ where: { day: today, UserId: req.claims.sub } }));
});

router.get('/partner/courses', partnerUser, async (req, res) => res.json(await Course.findAll()));

router.post('/token', apiUser, async (req, res) => {
  const user = await User.findByPk(req.claims.sub);
  if (!user) return res.sendStatus(404);
  return res.json({ token: jwt.sign({ sub: user.id, role: user.role }, config.jwtKey, { expiresIn: '15m' }) });
});

router.post('/webhooks/payment', express.raw({ type: 'application/octet-stream', limit: '100kb' }), (req, res) => {
  const ok = secrets.isFromPaymentService(req.body, req.get('x-signature'));
  res.sendStatus(ok ? 204 : 401);
});

router.post('/webhooks/shipping', express.raw({ type: 'application/octet-stream', limit: '100kb' }), (req, res) => {
  const ok = secrets.isFromShippingService(req.body, req.get('x-signature'));
  res.sendStatus(ok ? 204 : 401);
});

router.get('/buoy', async (req, res) => res.json({ buoy: await outside.buoy(), gate: await outside.gate() }));

module.exports = router;
--- routes/courses.js
'use strict';

const ejs = require('ejs');
const escapeHtml = require('escape-html');
const express = require('express');
const sanitizeHtml = require('sanitize-html');
const { sequelize, Course, Review } = require('../db');
const search = require('../lib/search');
const { requireInstructor, signedIn } = require('../middleware/auth');

const router = express.Router();
const SORTS = new Map([['title', 'title'], ['price', 'price'], ['depth', 'maxDepth']]);
const CERTIFICATE = '<h1><%= course %></h1><p><%= diver %> has passed.</p>';

router.get('/', async (req, res, next) => {
  try {
    const term = req.query.q || '';
    const courses = term ? await search.findCourses(term) : await Course.findAll();
    if (courses.length === 0) {
      return res.status(404).send(`<h1>Nothing was found for ${term}</h1><a href="/courses">All courses</a>`);
    }
    return res.render('courses', { term, courses });
  } catch (err) {
    return next(err);
  }
});

router.get('/level/:level', async (req, res) => {
  const courses = await search.findByLevel(req.params.level);
  if (courses.length === 0) return res.status(404).send(`<p>No courses of ${escapeHtml(req.params.level)}.</p>`);
  return res.render('courses', { term: '', courses });
});

router.get('/suggest', async (req, res) => {
  res.json({ q: req.query.q, titles: (await Course.findAll({ attributes: ['title'] })).map((c) => c.title) });
});

router.get('/sorted', async (req, res) => {
  const courses = await Course.findAll({ order: sequelize.literal(`${req.query.by} asc`) });
  res.render('courses', { term: '', courses });
});

router.get('/ranked', async (req, res) => {
  const column = SORTS.get(req.query.by) || 'title';
  const courses = await Course.findAll({ order: sequelize.literal(`${column} ${req.query.desc === '1' ? 'desc' : 'asc'}`) });
  res.render('courses', { term: '', courses });
});

router.get('/:id(\\d+)', async (req, res) => {
  const course = await Course.findByPk(Number(req.params.id), { include: Review });
  if (!course) return res.sendStatus(404);
  return res.render('course', {
    course,
    reviews: course.Reviews,
    intro: sanitizeHtml(course.intro),
    notice: req.query.notice,
  });
});

router.get('/:id(\\d+)/brochure', async (req, res) => {
  const course = await Course.findByPk(Number(req.params.id));
  if (!course) return res.sendStatus(404);
  return res.send(`<article><h1>${escapeHtml(course.title)}</h1>${course.description}</article>`);
});

router.get('/:id(\\d+)/voices', async (req, res) => {
  const reviews = await Review.findAll({ where: { CourseId: Number(req.params.id) } });
  const items = reviews.map((review) => `<li><b>${escapeHtml(review.author)}</b> ${escapeHtml(review.text)}</li>`);
  res.send(`<ul>${items.join('')}</ul>`);
});

router.post('/:id(\\d+)/reviews', signedIn, async (req, res) => {
  await Review.create({ author: req.user.name, text: String(req.body.text), CourseId: Number(req.params.id) });
  res.redirect(`/courses/${Number(req.params.id)}`);
});

router.post('/:id(\\d+)/edit', requireInstructor, async (req, res) => {
  const course = await Course.findByPk(Number(req.params.id));
  if (!course) return res.sendStatus(404);
  if (!/^([a-z0-9]+[ -]?)+$/i.test(req.body.title)) return res.status(400).send('The title has signs that are not taken.');
  await course.update({ title: String(req.body.title), price: Number(req.body.price) });
  return res.redirect(`/courses/${course.id}`);
});

router.post('/:id(\\d+)/rename', requireInstructor, async (req, res) => {
  const title = String(req.body.title);
  if (!/^[a-z0-9]+(?:[ -][a-z0-9]+)*$/i.test(title)) return res.sendStatus(400);
  await Course.update({ title }, { where: { id: Number(req.params.id) } });
  return res.redirect(`/courses/${Number(req.params.id)}`);
});

router.post('/:id(\\d+)/certificate', requireInstructor, async (req, res) => {
  const course = await Course.findByPk(Number(req.params.id));
  const layout = req.body.layout || CERTIFICATE;
  res.send(ejs.render(layout, { course: course.title, diver: req.body.diver }));
});

router.get('/:id(\\d+)/certificate', requireInstructor, async (req, res) => {
  const course = await Course.findByPk(Number(req.params.id));
  res.send(ejs.render(CERTIFICATE, { course: course.title, diver: req.query.diver }));
});

module.exports = router;
--- routes/dives.js
'use strict';

const { randomUUID } = require('crypto');
const fs = require('fs');
const path = require('path');
const express = require('express');
const multer = require('multer');
const { Dive } = require('../db');
const { DiveQuery } = require('../lib/search');
const store = require('../lib/store');
const { signedIn } = require('../middleware/auth');

const router = express.Router();
const ENDINGS = new Set(['.jpg', '.jpeg', '.png', '.webp']);

const anyPhoto = multer.diskStorage({
  destination: 'public/photos',
  filename: (req, file, done) => done(null, file.originalname),
});
const uploadAny = multer({ storage: anyPhoto });

const checkedPhoto = multer.diskStorage({
  destination: store.PHOTOS,
  filename: (req, file, done) => done(null, randomUUID() + path.extname(file.originalname).toLowerCase()),
});
const uploadPhoto = multer({
  storage: checkedPhoto,
  limits: { fileSize: 5_000_000, files: 1 },
  fileFilter: (req, file, done) => done(null, ENDINGS.has(path.extname(file.originalname).toLowerCase())),
});

router.use(signedIn);

router.get('/', async (req, res) => {
  const query = new DiveQuery(req.user.id);
  if (req.query.site) query.at(String(req.query.site));
  const dives = await query.run(String(req.query.order));
  res.json(dives);
});

router.post('/', async (req, res) => {
  const dive = await Dive.create({
    site: String(req.body.site),
    depth: Number(req.body.depth),
    minutes: Number(req.body.minutes),
    notes: String(req.body.notes),
    UserId: req.user.id,
  });
  res.status(201).json({ id: dive.id });
});

router.put('/:id(\\d+)', async (req, res) => {
  const dive = await Dive.findByPk(Number(req.params.id));
  if (!dive) return res.sendStatus(404);
  await dive.update(req.body);
  return res.json({ id: dive.id });
});

router.post('/photo', uploadAny.single('photo'), (req, res) => {
  const thumb = store.thumbnail(req.file.path, req.body.width);
  res.json({ thumb });
});

router.post('/portrait', uploadPhoto.single('photo'), (req, res, next) => {
  if (!req.file) return res.sendStatus(400);
  return store.watermark(req.file.path, String(req.body.text), (err) => (err ? next(err) : res.sendStatus(204)));
});

router.get('/photo/:name', (req, res) => {
  res.download(store.photoPath(req.params.name));
});

router.get('/map/:name', (req, res) => {
  const map = store.readSiteMap(req.params.name);
  return map ? res.type('png').send(map) : res.sendStatus(404);
});

router.get('/manual/:name', (req, res) => {
  res.sendFile(req.params.name, { root: path.resolve('data/manuals') });
});

router.get('/briefing/:site', (req, res) => {
  res.type('text/plain').send(store.readBriefing(req.params.site));
});

router.delete('/photo/:name', async (req, res) => {
  await store.removePhoto(req.params.name);
  res.sendStatus(204);
});

router.get('/sheet', (req, res) => {
  const sheet = req.query.sheet;
  if (sheet.includes('..')) return res.sendStatus(400);
  return res.type('text/plain').send(fs.readFileSync(`data/sheets/${sheet}.txt`, 'utf8'));
});

router.get('/table', (req, res) => {
  const table = req.query.table;
  if (typeof table !== 'string' || table.includes('..')) return res.sendStatus(400);
  return res.type('text/plain').send(fs.readFileSync(`data/tables/${table}.txt`, 'utf8'));
});

router.get('/report', (req, res) => {
  fs.readFile('data/reports/season.html', 'utf8', (err, text) => {
    if (err) throw err;
    res.send(text);
  });
});

router.get('/rules', (req, res, next) => {
  fs.readFile('data/reports/rules.html', 'utf8', (err, text) => {
    if (err) return next(err);
    return res.send(text);
  });
});

module.exports = router;
--- routes/gear.js
'use strict';

const express = require('express');
const _ = require('lodash');
const yaml = require('js-yaml');
const serialize = require('node-serialize');
const { Gear } = require('../db');
const search = require('../lib/search');

const router = express.Router();
const sizeCharts = {};
const stock = new Map();
const ITEM_CODE = /^[A-Z]{2}-\d{4}$/;
const SHELF_CODE = /^[A-Za-z]{2}[._-]\d{4}$/;

router.get('/', async (req, res) => {
  const items = req.query.ids ? await search.gearIn(String(req.query.ids)) : await Gear.findAll();
  res.json(items);
});

router.get('/match', async (req, res) => {
  const pattern = new RegExp(req.query.name, 'i');
  res.json((await Gear.findAll()).filter((item) => pattern.test(item.name)));
});

router.get('/find', async (req, res) => {
  const pattern = new RegExp(_.escapeRegExp(String(req.query.name)), 'i');
  res.json((await Gear.findAll()).filter((item) => pattern.test(item.name)));
});

router.post('/charts', (req, res) => {
  const { brand, model, size } = req.body;
  if (!sizeCharts[brand]) sizeCharts[brand] = {};
  sizeCharts[brand][model] = size;
  res.sendStatus(204);
});

router.post('/stock', (req, res) => {
  const { shelf, item, count } = req.body;
  if (!SHELF_CODE.test(String(shelf)) || !ITEM_CODE.test(String(item))) return res.sendStatus(400);
  const entries = stock.get(shelf) || new Map();
  stock.set(shelf, entries.set(item, Number(count)));
  return res.sendStatus(204);
});

router.get('/wishlist', (req, res) => {
  const wishes = serialize.unserialize(Buffer.from(req.cookies.wishes || '', 'base64').toString());
  res.json(wishes);
});

router.get('/basket', (req, res) => {
  const basket = JSON.parse(Buffer.from(req.cookies.basket || 'e30=', 'base64').toString());
  res.json(basket);
});

router.post('/catalogue', express.text({ type: 'application/yaml', limit: '100kb' }), (req, res) => {
  const items = yaml.load(req.body, { schema: yaml.JSON_SCHEMA });
  res.json({ count: Object.keys(items || {}).length });
});

router.post('/:id(\\d+)/state', async (req, res) => {
  const state = String(req.body.state).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  await Gear.update({ state }, { where: { id: Number(req.params.id) } });
  res.sendStatus(204);
});

module.exports = router;
--- routes/tools.js
'use strict';

const express = require('express');
const vm = require('vm');
const outside = require('../lib/outside');
const planners = require('../lib/planners');
const store = require('../lib/store');

const router = express.Router();
const MODELS = new Map([['buhlmann', planners.buhlmann], ['navy', planners.navy]]);

router.post('/gas', (req, res) => {
  const consumption = new Function('depth', 'minutes', `return ${req.body.formula};`);
  res.json({ litres: consumption(Number(req.body.depth), Number(req.body.minutes)) });
});

router.post('/pressure', (req, res) => {
  const bar = vm.runInNewContext('depth / 10 + 1', { depth: Number(req.body.depth) });
  res.json({ bar });
});

router.get('/plan', (req, res) => {
  res.json(planners[req.query.model](Number(req.query.depth), Number(req.query.minutes)));
});

router.get('/deco', (req, res) => {
  const plan = MODELS.get(req.query.model);
  if (!plan) return res.sendStatus(404);
  return res.json(plan(Number(req.query.depth), Number(req.query.minutes)));
});

router.get('/profile', (req, res) => {
  const points = Buffer.alloc(Number(req.query.points) * 8);
  res.type('application/octet-stream').send(points);
});

router.get('/curve', (req, res) => {
  const count = Math.min(Number(req.query.points) || 100, 5000);
  res.type('application/octet-stream').send(Buffer.alloc(Math.max(count, 0) * 8));
});

router.get('/tides', async (req, res) => {
  const data = req.query.station ? await outside.tides(req.query.station) : await outside.tidesOf('capri');
  res.json(data);
});

router.get('/stations/:code', async (req, res) => res.json(await outside.stationInfo(req.params.code)));

router.post('/album', (req, res, next) => {
  store.mirrorAlbum(req.body.source, (err) => (err ? next(err) : res.sendStatus(204)));
});

router.post('/guide', (req, res, next) => {
  store.cloneSiteGuide(String(req.body.url), (err) => (err ? next(err) : res.sendStatus(204)));
});

module.exports = router;
--- views/course.ejs
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title><%= course.title %></title>
  <link rel="stylesheet" href="/static/css/school.css">
  <script src="https://cdn.jsdelivr.net/npm/dayjs@1.11.13/dayjs.min.js" integrity="sha384-xPY2rG4Wy0EWZPJ9QMb1m2p6Fz7m9r2WkY1jrnQGX5cWbLzUv8JYQk1yqkHn0wVt" crossorigin="anonymous"></script>
</head>
<body>
  <p class="notice"><%= notice %></p>
  <h1><%= course.title %></h1>
  <div class="intro"><%- intro %></div>
  <div class="text"><%- course.description %></div>
  <% for (const review of reviews) { %>
  <blockquote>
    <%- review.text %>
    <cite><%= review.author %></cite>
  </blockquote>
  <% } %>
  <form action="/courses/<%= course.id %>/reviews" method="post">
    <textarea name="text"></textarea>
    <button>Send</button>
  </form>
</body>
</html>
--- views/courses.ejs
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Courses</title>
  <link rel="stylesheet" href="/static/css/school.css">
  <script src="https://cdn.jsdelivr.net/npm/chart.js@4.4.7/dist/chart.umd.min.js"></script>
  <script src="/static/js/logbook.js" defer></script>
</head>
<body>
  <form action="/courses" method="get">
    <input name="q" value="<%= term %>">
  </form>
  <% if (term) { %>
  <h2>Courses for <%- term %></h2>
  <% } %>
  <ul>
  <% courses.forEach((course) => { %>
    <li><a href="/courses/<%= course.id %>"><%= course.title %></a>, <%= course.price %></li>
  <% }) %>
  </ul>
</body>
</html>
--- views/login.ejs
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Log in</title>
</head>
<body>
  <p class="error"><%= error %></p>
  <form id="login-form" action="/account/login" method="post">
    <input id="email" name="email" type="email">
    <input id="password" name="password" type="password">
    <button>Log in</button>
  </form>
</body>
</html>
