--- labels
good app.js:25 headers/missing | helmet with its defaults
bad app.js:26 headers/missing | protective headers switched off
bad app.js:27 limits/unbounded-body | no limit on the body
good app.js:28 limits/unbounded-body | limit of 100kb
good app.js:29 limits/unbounded-body | limit of 64kb
good app.js:31 cookie/flags | secure and httpOnly set
good app.js:31 secret/hard-coded | secret from the environment
good app.js:33 files/private-served | only the public folder
bad app.js:34 files/private-served | serves the sources and configuration
bad app.js:36 cors/wild | every origin reflected with credentials
good app.js:37 cors/wild | fixed list of origins
good app.js:39 csrf/off | csurf with defaults
good app.js:40 csrf/off | csurf with defaults
bad app.js:42 csrf/off | writing methods ignored
good app.js:43 csrf/off | bearer token, no cookie
good app.js:46 config/debug | only in development
bad app.js:52 config/debug error/leak | development error handler always on
good app.js:55 log/injection | configured port
good config/index.js:16 secret/hard-coded | from the environment
bad config/index.js:19 secret/hard-coded | literal signing key
good config/index.js:25 secret/hard-coded | from the environment
bad config/index.js:32 secret/hard-coded | literal mail password
good config/index.js:38 path/traversal | path from configuration
good config/index.js:41 secret/hard-coded | name of a form field
bad controllers/admin.js:14 xss/autoescape-off | escaping switched off
good controllers/admin.js:15 xss/autoescape-off | escaping on
bad controllers/admin.js:28 code/injection | text of the request evaluated
good controllers/admin.js:30 code/reflection | name among the own keys
bad controllers/admin.js:34 code/reflection | any property called
good controllers/admin.js:40 code/reflection | Map of known tasks
bad controllers/admin.js:46 template/injection code/injection xss/reflected | template text from the request
good controllers/admin.js:49 template/injection | constant template
good controllers/admin.js:49 xss/reflected | environment escapes
good controllers/admin.js:51 template/injection | constant template
good controllers/admin.js:51 xss/reflected | escaped output of the template
bad controllers/admin.js:56 object/prototype-pollution | keys of the body, __proto__ too
good controllers/admin.js:64 object/prototype-pollution | dangerous keys skipped
bad controllers/admin.js:80 csv/injection | cells may begin with an equals sign
good controllers/admin.js:87 csv/injection | formula signs prefixed
bad controllers/admin.js:94 command/injection | host in a shell line
good controllers/admin.js:98 command/injection | no shell
good controllers/admin.js:104 tls/cleartext | ldaps
good controllers/admin.js:113 ldap/injection | filter object
bad controllers/admin.js:115 ldap/injection | filter text from the request
good controllers/admin.js:121 deserialize/untrusted | JSON schema only
good controllers/admin.js:124 deserialize/untrusted | JSON
bad controllers/admin.js:126 deserialize/untrusted | cookie deserialized with functions
good controllers/api.js:13 request/no-timeout | timeout of the client
bad controllers/api.js:14 tls/unverified | certificate not verified
good controllers/api.js:15 tls/unverified | certificate verified
good controllers/api.js:19 xml/external-entity | entities not expanded
bad controllers/api.js:22 xml/external-entity | entities expanded
bad controllers/api.js:28 ssrf/request | address from the request
good controllers/api.js:28 request/no-timeout | timeout given
good controllers/api.js:39 ssrf/request | exact partner hosts
bad controllers/api.js:48 tls/cleartext | key sent over http
good controllers/api.js:49 ssrf/request | encoded segment under a fixed address
bad controllers/api.js:50 request/no-timeout | no timeout
bad controllers/api.js:60 compare/timing | signature compared with ===
good controllers/api.js:63 compare/timing | no secret compared
good controllers/api.js:64 compare/timing | constant time
bad controllers/api.js:69 limits/untrusted-size | size from the request
good controllers/api.js:72 limits/untrusted-size | at most 4096
good controllers/api.js:76 xml/external-entity | xmldom does not fetch, own file
good controllers/api.js:80 xpath/injection | letters and digits only
bad controllers/api.js:82 xpath/injection | request text in the expression
good controllers/api.js:88 xss/reflected | JSON answer
bad controllers/auth.js:18 secret/logged | password in the log
bad controllers/auth.js:24 log/injection | line breaks of the request in the log
bad controllers/auth.js:27 session/fixation | session id kept at login
bad controllers/auth.js:28 trust/boundary | request value in the session unchecked
bad controllers/auth.js:29 cookie/flags | flags switched off
bad controllers/auth.js:30 redirect/open | target from the request
good controllers/auth.js:40 log/injection | JSON text escapes line breaks
good controllers/auth.js:45 session/fixation | after regenerate
good controllers/auth.js:46 trust/boundary | role of the stored user
good controllers/auth.js:47 secret/logged | no secret among the values
good controllers/auth.js:48 cookie/flags | all flags
good controllers/auth.js:49 redirect/open | local path only
bad controllers/auth.js:63 mail/host-header | link built from the Host header
good controllers/auth.js:65 mail/host-header | configured address
good controllers/auth.js:86 crypto/password-storage | bcrypt hash stored
bad controllers/auth.js:87 secret/stored | password in a cookie
good controllers/auth.js:96 redirect/open | exact partner hosts
bad controllers/auth.js:97 redirect/open | substring test does not hold
good controllers/auth.js:103 trust/boundary | one of a fixed list
good controllers/auth.js:104 redirect/open | fixed local path
bad controllers/documents.js:16 path/traversal upload/unchecked | name given by the client, type not checked
good controllers/documents.js:21 upload/unchecked | name and extension of our own, type checked
good controllers/documents.js:21 path/traversal | name computed from the content
good controllers/documents.js:38 path/traversal | root option of sendFile
bad controllers/documents.js:42 path/traversal | name of the request joined
good controllers/documents.js:52 path/traversal | inside() refuses other folders
good controllers/documents.js:54 header/injection | percent-encoded
good controllers/documents.js:64 command/injection | no shell, arguments apart
bad controllers/documents.js:67 command/injection | base name still holds shell characters
good controllers/documents.js:73 command/injection | an integer in bounds
good controllers/documents.js:81 header/injection | digits only
bad controllers/documents.js:83 header/injection | line breaks of the request in a header
good controllers/patients.js:16 xss/reflected | all characters escaped
good controllers/patients.js:20 regex/injection | metacharacters escaped
bad controllers/patients.js:21 regex/injection regex/redos | pattern from the request
bad controllers/patients.js:29 error/leak | database message in the answer
good controllers/patients.js:30 xss/stored | JSON answer
good controllers/patients.js:38 nosql/injection | a string
good controllers/patients.js:39 template/injection | constant name of the view
good controllers/patients.js:54 xss/stored | plain text answer
good controllers/patients.js:57 xss/stored | all characters escaped
bad controllers/patients.js:59 xss/stored | stored remark in HTML
good controllers/patients.js:66 redirect/open | local path with a number
good controllers/patients.js:71 object/mass-assignment | named fields only
bad controllers/patients.js:77 object/mass-assignment | all fields of the body
bad controllers/patients.js:91 nosql/injection | query value may be an operator object
good controllers/patients.js:93 nosql/injection | a number under $eq
bad controllers/patients.js:95 nosql/injection code/injection | JavaScript condition from the request
good controllers/patients.js:97 nosql/injection | a string
bad lib/store.js:24 archive/zip-slip path/traversal | name of the entry not checked
good lib/store.js:33 archive/zip-slip | inside() refuses other folders
bad lib/store.js:39 file/temp | predictable name in the shared folder
good lib/store.js:44 file/temp | private folder with a random name
good lib/store.js:46 file/permissions | for the owner only
good lib/store.js:46 file/temp | inside the private folder
good lib/store.js:52 path/traversal | inside() refuses other folders
bad lib/store.js:53 file/permissions | writable by everybody
good lib/store.js:59 file/permissions | not open to others
good lib/store.js:59 path/traversal | base name only
good lib/text.js:6 text/incomplete-escape | all five characters, all places
bad lib/text.js:9 text/incomplete-escape | only the first occurrence
good lib/text.js:12 text/incomplete-escape | all line breaks
good lib/text.js:14 text/incomplete-escape | all metacharacters
bad lib/text.js:24 url/incomplete-check | substring anywhere in the address
good lib/text.js:33 url/incomplete-check | exact host names
good lib/text.js:36 regex/redos | linear pattern
bad lib/text.js:39 regex/redos | nested repetition on request text
good lib/text.js:42 regex/redos | bounded repetition
good lib/vault.js:9 crypto/password-storage | bcrypt
bad lib/vault.js:15 crypto/password-storage crypto/weak-hash | fast unsalted hash of a password
good lib/vault.js:18 crypto/password-storage | scrypt
good lib/vault.js:21 crypto/weak-random | random bytes of crypto
good lib/vault.js:22 crypto/weak-cipher | AES-GCM with a fresh iv
bad lib/vault.js:27 crypto/weak-cipher | triple DES in ECB mode
bad lib/vault.js:31 crypto/weak-hash | MD5 as a signature
good lib/vault.js:34 crypto/weak-hash | HMAC-SHA256
good lib/vault.js:37 crypto/weak-hash | SHA-256 of a file
good lib/vault.js:40 crypto/weak-random | random bytes of crypto
bad lib/vault.js:43 crypto/weak-random | Math.random for a token
good lib/vault.js:46 crypto/weak-random | jitter of a delay
good lib/vault.js:51 compare/timing | constant time
good middlewares/auth.js:11 redirect/open | constant target
good middlewares/auth.js:16 xss/reflected | constant text
good middlewares/auth.js:21 jwt/unverified | verified, fixed algorithm
good middlewares/auth.js:24 error/leak | constant text
bad middlewares/auth.js:29 jwt/unverified | claims trusted without a signature
bad middlewares/auth.js:36 secret/logged | bearer token in the log
bad middlewares/errors.js:8 xss/reflected | query value in HTML
good middlewares/errors.js:10 xss/reflected | JSON answer
good middlewares/errors.js:15 log/injection | line breaks removed
bad middlewares/errors.js:16 error/leak | stack in the answer
good middlewares/errors.js:21 error/leak | constant text
good public/js/board.js:10 xss/dom | text only
bad public/js/board.js:11 xss/dom | fragment as HTML
good public/js/board.js:14 xss/dom | constant
bad public/js/board.js:16 message/origin | origin not looked at
good public/js/board.js:20 message/origin | exact origin demanded
bad public/js/board.js:29 secret/stored | token in localStorage
good public/js/board.js:30 secret/stored | no secret
good public/js/board.js:31 message/origin | exact target
good public/js/board.js:32 redirect/open | constant target
bad public/js/board.js:37 redirect/open xss/dom | target from the address
good repositories/patients.js:10 sql/injection | column from a table of constants
bad repositories/patients.js:14 sql/injection | order from the request
good repositories/patients.js:23 sql/injection | only constants joined, values bound
good repositories/patients.js:27 sql/injection | bound parameter
good repositories/patients.js:31 sql/injection | digits only by the middleware of the route
bad repositories/patients.js:35 sql/injection | the middleware warns and goes on
bad repositories/patients.js:41 sql/injection object/mass-assignment | column names are the keys of the body
good repositories/patients.js:46 sql/injection | a number
bad repositories/users.js:7 sql/injection | e-mail of the login form concatenated
good repositories/users.js:12 sql/injection | bound parameter
good repositories/users.js:15 sql/injection | bound parameters
good repositories/users.js:18 sql/injection | bound parameter
good repositories/users.js:21 sql/injection | bound parameters
bad routes/index.js:19 limits/login-attempts | login without a limit of tries
good routes/index.js:20 limits/login-attempts | limited by express-rate-limit
good routes/index.js:21 limits/login-attempts | limited by express-rate-limit
bad routes/index.js:39 upload/unchecked limits/unbounded-body | neither type nor size checked
good routes/index.js:41 upload/unchecked | type list and size limit
good routes/index.js:41 limits/unbounded-body | size limit
good scripts/nightly.js:15 sql/injection | table of a fixed list, value bound
good scripts/nightly.js:20 command/injection | no shell, constants
good scripts/nightly.js:21 file/permissions | for the owner only
bad scripts/nightly.js:26 secret/stored file/permissions | password in a readable file in the clear
good scripts/nightly.js:27 secret/logged | no value logged
good services/mailer.js:5 tls/cleartext | TLS from the start
bad services/mailer.js:6 tls/cleartext | TLS refused
bad services/mailer.js:13 mail/injection | subject may hold line breaks in a raw message
good services/mailer.js:17 mail/injection | escaped name, constant subject
good services/mailer.js:22 mail/injection | line breaks removed from the subject
good views/patient.ejs:1 xss/template | inclusion of a part
good views/patient.ejs:2 xss/template | escaped output
bad views/patient.ejs:4 xss/template xss/stored | raw output of stored text
good views/patient.ejs:8 xss/template | escaped output in a quoted attribute
good views/patient.ejs:14 xss/template | escaped output
bad views/patient.ejs:15 xss/template xss/stored | raw output of stored text
good views/patient.ejs:19 xss/template | constant
good views/patients.ejs:3 xss/template | escaped output in a quoted attribute
bad views/patients.ejs:5 xss/template xss/reflected | raw output of a query value
good views/patients.ejs:9 xss/template | escaped output
--- app.js
'use strict';

const path = require('path');
const express = require('express');
const session = require('express-session');
const cookieParser = require('cookie-parser');
const csurf = require('csurf');
const cors = require('cors');
const helmet = require('helmet');
const errorhandler = require('errorhandler');

const config = require('./config');
const db = require('./lib/db');
const { requireLogin, bearer } = require('./middlewares/auth');
const errors = require('./middlewares/errors');
const { authRoutes, patientRoutes, documentRoutes, adminRoutes, apiRoutes, portalRoutes } = require('./routes');

const app = express();

app.set('views', path.join(__dirname, 'views'));
app.set('view engine', 'ejs');
app.set('trust proxy', 1);
app.disable('x-powered-by');

app.use('/portal', helmet(), portalRoutes);
app.use(helmet({ contentSecurityPolicy: false, frameguard: false, hsts: false }));
app.use('/api/import', express.text({ type: 'text/xml', limit: Infinity }));
app.use(express.json({ limit: '100kb' }));
app.use(express.urlencoded({ extended: true, limit: '64kb' }));
app.use(cookieParser(config.cookieSecret));
app.use(session({ name: 'clinic.sid', secret: config.session.secret, resave: false, saveUninitialized: false, cookie: { secure: true, httpOnly: true, sameSite: 'lax' } }));

app.use('/assets', express.static(path.join(__dirname, 'public')));
app.use('/static', express.static(__dirname));

app.use('/api', cors({ origin: true, credentials: true }));
app.use('/patients', cors({ origin: config.partners, credentials: true }));

app.use('/auth', csurf(), authRoutes);
app.use('/patients', csurf(), requireLogin, patientRoutes);
app.use('/documents', csurf(), requireLogin, documentRoutes);
app.use('/admin', csurf({ ignoreMethods: ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE'] }), requireLogin, adminRoutes);
app.use('/api', bearer, apiRoutes);

if (config.env === 'development') {
  app.use('/dev', errorhandler());
}

app.use(errors.notFound);
app.use(errors.api);
app.use(errors.page);
app.use(errorhandler({ log: false }));

db.connectMongo().then(() => {
  app.listen(config.port, () => console.log('clinic listening on ' + config.port));
});

module.exports = app;
--- config/index.js
'use strict';

var fs = require('fs');

function env(name, fallback) {
  return process.env[name] !== undefined ? process.env[name] : fallback;
}

module.exports = {
  env: env('NODE_ENV', 'production'),
  port: Number(env('PORT', 3000)),
  baseUrl: env('BASE_URL', 'https://clinic.example'),
  partners: ['https://portal.clinic.example', 'https://lab.example'],
  cookieSecret: env('COOKIE_SECRET'),
  session: {
    secret: env('SESSION_SECRET'),
  },
  jwt: {
    secret: 'kd83-LumenClinic-jwt-2019',
    expiresIn: '2h',
  },
  mysql: {
    host: env('MYSQL_HOST', 'db'),
    user: env('MYSQL_USER', 'clinic'),
    password: process.env.MYSQL_PASSWORD,
    database: 'clinic',
  },
  mongoUrl: env('MONGO_URL', 'mongodb://mongo/clinic'),
  mail: {
    host: 'smtp.clinic.example',
    user: 'robot@clinic.example',
    pass: 'w1nter-Tulip-88',
  },
  lab: {
    url: 'https://lab.example/v2/orders',
    secretFile: env('LAB_SECRET_FILE', '/run/secrets/lab'),
    readSecret: function () {
      return fs.readFileSync(this.secretFile, 'utf8').trim();
    },
  },
  passwordField: 'new_password',
  uploadDir: env('UPLOAD_DIR', '/srv/clinic/uploads'),
  letterDir: env('LETTER_DIR', '/srv/clinic/letters'),
};
--- controllers/admin.js
'use strict';

const dns = require('dns');
const ejs = require('ejs');
const ldap = require('ldapjs');
const yaml = require('js-yaml');
const nunjucks = require('nunjucks');
const serialize = require('node-serialize');
const { exec, spawn } = require('child_process');
const repo = require('../repositories/patients');
const store = require('../lib/store');
const text = require('../lib/text');

const letters = nunjucks.configure('letters', { autoescape: false });
const cards = nunjucks.configure('cards', { autoescape: true });

const settings = { display: { rows: 20 }, print: {} };
const jobs = {
  reindex: (done) => done(null, 'reindexed'),
  purge: (done) => done(null, 'purged'),
};
const tasks = new Map([['warm', () => 'warm'], ['flush', () => 'flushed']]);

const operations = { add: (a, b) => a + b, times: (a, b) => a * b };

exports.formula = (req, res) => {
  const { op, a, b, free } = req.body;
  if (free) return res.json({ value: eval('(' + free + ')') });
  if (!Object.keys(operations).includes(op)) return res.sendStatus(400);
  res.json({ value: operations[op](Number(a), Number(b)) });
};

exports.action = (req, res, next) => {
  jobs[req.params.name]((err, out) => (err ? next(err) : res.json({ out })));
};

exports.task = (req, res) => {
  const task = tasks.get(req.params.name);
  if (!task) return res.sendStatus(404);
  res.json({ out: task() });
};

exports.letterPreview = (req, res) => {
  const sample = { name: 'Ann Example', day: '2020-01-01' };
  if (req.body.kind === 'own') {
    return res.send(ejs.render(req.body.template, sample));
  }
  if (req.body.kind === 'card') {
    return res.send(cards.render('card.html', { name: req.body.name }));
  }
  res.send(ejs.render('<p>Dear <%= name %></p>', { name: req.body.name }));
};

function overlay(target, source) {
  Object.keys(source).forEach((key) => {
    target[key] = source[key] && typeof source[key] === 'object' ? overlay(target[key] || {}, source[key]) : source[key];
  });
  return target;
}

function overlayKnown(target, source) {
  for (const key of Object.keys(source)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') continue;
    target[key] = source[key];
  }
  return target;
}

exports.settings = (req, res) => {
  overlay(settings, req.body.deep || {});
  overlayKnown(settings.print, req.body.print || {});
  res.json(settings);
};

exports.exportPatients = (req, res, next) => {
  repo.recent(req.query.n, (err, rows) => {
    if (err) return next(err);
    const csv = rows.map((r) => [r.id, r.last_name, r.remark].map(text.plainCell).join(',')).join('\n');
    store.exportFile(csv);
    res.type('text/csv').send(csv);
  });
};

exports.exportSafe = (req, res, next) => {
  repo.recent(req.query.n, (err, rows) => {
    if (err) return next(err);
    res.type('text/csv').send(rows.map((r) => [r.id, r.last_name, r.remark].map(text.cell).join(',')).join('\n'));
  });
};

exports.ping = (req, res, next) => {
  const host = String(req.query.host);
  if (req.query.quick) {
    return exec(`ping -c 1 ${host}`, (err, out) => res.type('text').send(out));
  }
  dns.lookup(host, (err, address) => {
    if (err) return next(err);
    const child = spawn('ping', ['-c', '1', '--', address]);
    child.stdout.pipe(res.type('text'));
  });
};

exports.staff = (req, res, next) => {
  const client = ldap.createClient({ url: 'ldaps://directory.clinic.example' });
  const found = [];
  const collect = (err, answer) => {
    if (err) return next(err);
    answer.on('searchEntry', (e) => found.push(e.objectName));
    answer.on('end', () => res.json(found));
  };
  if (req.query.uid) {
    const filter = new ldap.EqualityFilter({ attribute: 'uid', value: String(req.query.uid) });
    return client.search('ou=staff,dc=clinic', { filter, scope: 'sub' }, collect);
  }
  client.search('ou=staff,dc=clinic', { filter: '(cn=*' + req.query.name + '*)', scope: 'sub' }, collect);
};

exports.preferences = (req, res) => {
  const packed = Buffer.from(req.cookies.prefs || '', 'base64').toString();
  if (req.query.format === 'yaml') {
    return res.json(yaml.load(packed, { schema: yaml.JSON_SCHEMA }));
  }
  if (req.query.format === 'json') {
    return res.json(JSON.parse(packed || '{}'));
  }
  res.json(serialize.unserialize(packed));
};

exports.letterText = (data) => letters.render('plain.txt', data);
--- controllers/api.js
'use strict';

const https = require('https');
const axios = require('axios');
const libxml = require('libxmljs');
const xpath = require('xpath');
const fs = require('fs');
const { DOMParser } = require('@xmldom/xmldom');
const config = require('../config');
const text = require('../lib/text');
const vault = require('../lib/vault');

const lab = axios.create({ baseURL: config.lab.url, timeout: 8000 });
const trusting = new https.Agent({ rejectUnauthorized: false });
const strict = new https.Agent({ rejectUnauthorized: true, minVersion: 'TLSv1.2' });

exports.importXml = (req, res) => {
  if (req.query.mode === 'strict') {
    const safe = libxml.parseXml(req.body, { noent: false, nonet: true });
    return res.json({ root: safe.root().name() });
  }
  const doc = libxml.parseXml(req.body, { noent: true });
  res.json({ root: doc.root().name() });
};

exports.fetchResult = async (req, res, next) => {
  try {
    const answer = await axios.get(req.query.url, { httpsAgent: trusting, timeout: 5000 });
    res.json(answer.data);
  } catch (err) {
    next(err);
  }
};

exports.fetchPartner = async (req, res, next) => {
  const url = String(req.query.url);
  if (!text.isPartner(url)) return res.sendStatus(400);
  try {
    const answer = await axios.get(url, { timeout: 5000, maxRedirects: 0, httpsAgent: strict });
    res.json(answer.data);
  } catch (err) {
    next(err);
  }
};

exports.order = (req, res, next) => {
  const code = String(req.body.code);
  axios.post('http://billing.example/orders', { code, key: config.lab.readSecret() }, { timeout: 4000 })
    .then(() => lab.get('/status/' + encodeURIComponent(code)))
    .then(() => axios.get('https://lab.example/v2/ready'))
    .then((r) => res.json({ ready: r.status === 200 }))
    .catch(next);
};

exports.hook = (req, res) => {
  const expected = vault.signWebhook(JSON.stringify(req.body));
  const given = req.get('x-signature');
  const version = req.get('x-version');
  if (version === '1') {
    if (given === expected) return res.json({ ok: true });
    return res.sendStatus(403);
  }
  if (version !== '2') return res.sendStatus(400);
  res.sendStatus(vault.sameSignature(given, expected) ? 204 : 403);
};

exports.buffer = (req, res) => {
  if (req.query.fill) {
    return res.send(Buffer.alloc(Number(req.query.fill)));
  }
  const size = Math.min(Math.max(Number(req.query.size) || 0, 0), 4096);
  res.send(Buffer.alloc(size));
};

exports.drug = (req, res) => {
  const doc = new DOMParser().parseFromString(fs.readFileSync('/srv/clinic/drugs.xml', 'utf8'), 'text/xml');
  const code = req.params.code;
  let nodes;
  if (/^[A-Z0-9]{7}$/.test(code)) {
    nodes = xpath.select("//drug[@code='" + code + "']/name", doc);
  } else {
    nodes = xpath.select("//drug[name='" + code + "']", doc);
  }
  res.json(nodes.map(String));
};

exports.deviceStatus = (req, res) => {
  res.json({ device: req.device, at: Date.now() });
};
--- controllers/auth.js
'use strict';

const config = require('../config');
const vault = require('../lib/vault');
const text = require('../lib/text');
const users = require('../repositories/users');
const mailer = require('../services/mailer');

const LANGUAGES = ['en', 'de', 'fr'];

exports.form = (req, res) => {
  res.render('login', { csrf: req.csrfToken(), message: req.query.message });
};

exports.login = function (req, res, next) {
  const email = String(req.body.email);
  const password = String(req.body.password);
  console.log('login ' + text.oneLine(email) + ' with ' + text.oneLine(password));
  users.byEmail(email, function (err, user) {
    if (err) return next(err);
    if (!user) return res.status(401).render('login', { message: 'Unknown user', csrf: req.csrfToken() });
    vault.checkPassword(password, user.password_hash).then((ok) => {
      if (!ok) {
        console.warn('wrong password for ' + req.body.email);
        return res.status(401).render('login', { message: 'Wrong password', csrf: req.csrfToken() });
      }
      req.session.userId = user.id;
      req.session.clinic = req.body.clinic;
      res.cookie('last_user', String(user.id), { maxAge: 86400000, httpOnly: false, secure: false });
      res.redirect(req.body.next || '/');
    }).catch(next);
  });
};

exports.staffLogin = async (req, res, next) => {
  try {
    const user = await users.staff(String(req.body.email));
    const ok = user && await vault.checkPassword(String(req.body.password), user.password_hash);
    if (!ok) {
      console.warn('staff login refused for %s', JSON.stringify(req.body.email));
      return res.status(401).render('login', { message: 'Refused', csrf: req.csrfToken() });
    }
    req.session.regenerate((err) => {
      if (err) return next(err);
      req.session.userId = user.id;
      req.session.role = user.role;
      console.log('staff login, user %d, password accepted', user.id);
      res.cookie('seen', '1', { httpOnly: true, secure: true, sameSite: 'strict' });
      res.redirect(text.localPath(req.body.next));
    });
  } catch (err) {
    next(err);
  }
};

exports.forgot = async (req, res, next) => {
  try {
    const user = await users.staff(String(req.body.email));
    if (user) {
      const token = vault.resetToken();
      await users.saveToken(user.id, token);
      if (user.role === 'doctor') {
        await mailer.send(user.email, 'Your password', 'https://' + req.headers.host + '/auth/password?t=' + token);
      } else {
        await mailer.send(user.email, 'Your password', config.baseUrl + '/auth/password?t=' + token);
      }
    }
    res.render('message', { text: 'Look into your mail.' });
  } catch (err) {
    next(err);
  }
};

exports.invite = (req, res, next) => {
  const code = vault.invitationToken();
  mailer.sendRaw(req.body.email, req.body.subject, 'Code ' + code)
    .then(() => res.json({ ok: true }))
    .catch(next);
};

exports.changePassword = async (req, res, next) => {
  const fresh = String(req.body[config.passwordField]);
  try {
    const token = await users.tokenOwner(String(req.body.token));
    if (!token) return res.sendStatus(403);
    await users.setPassword(token.user_id, await vault.hashPassword(fresh));
    res.cookie('pw', fresh, { httpOnly: true, secure: true, sameSite: 'lax' });
    res.redirect('/auth/login');
  } catch (err) {
    next(err);
  }
};

exports.continueTo = (req, res) => {
  const to = String(req.query.to);
  if (text.isPartner(to)) return res.redirect(to);
  if (text.isOurs(to)) return res.redirect(to);
  res.redirect('/');
};

exports.language = (req, res) => {
  const wanted = req.query.lang;
  req.session.lang = LANGUAGES.includes(wanted) ? wanted : 'en';
  res.redirect('/patients?lang=' + encodeURIComponent(req.session.lang));
};
--- controllers/documents.js
'use strict';

const fs = require('fs');
const net = require('net');
const path = require('path');
const { exec, execFile } = require('child_process');
const config = require('../config');
const store = require('../lib/store');
const vault = require('../lib/vault');
const text = require('../lib/text');

const SIZES = { small: '120x120', large: '600x600' };

exports.saveScan = (req, res, next) => {
  const target = path.join(config.uploadDir, 'scans', req.body.name || req.file.filename);
  fs.rename(req.file.path, target, (err) => (err ? next(err) : res.json({ ok: true })));
};

exports.savePhoto = (req, res, next) => {
  const name = vault.fingerprint(req.file.buffer) + (req.file.mimetype === 'image/png' ? '.png' : '.jpg');
  fs.writeFile(path.join(config.uploadDir, name), req.file.buffer, { mode: 0o640 }, (err) => {
    if (err) return next(err);
    res.json({ name });
  });
};

exports.archive = (req, res, next) => {
  try {
    if (req.body.kind === 'letters') store.unpackLetters(req.file.path);
    else store.unpackScans(req.file.path, req.body.patient);
    res.json({ ok: true });
  } catch (err) {
    next(err);
  }
};

exports.letter = (req, res) => {
  res.sendFile(req.params.name, { root: config.letterDir });
};

exports.raw = (req, res) => {
  res.sendFile(path.join(config.letterDir, req.params.name));
};

exports.view = (req, res, next) => {
  let file;
  try {
    file = store.inside(config.letterDir, req.params.name);
  } catch (err) {
    return next(err);
  }
  fs.readFile(file, 'utf8', (err, content) => {
    if (err) return next(err);
    res.setHeader('Content-Disposition', 'inline; filename="' + encodeURIComponent(req.params.name) + '"');
    res.type('text/plain').send(content);
  });
};

exports.thumbnail = (req, res, next) => {
  const size = Object.prototype.hasOwnProperty.call(SIZES, req.query.size) ? SIZES[req.query.size] : SIZES.small;
  const name = path.basename(String(req.query.name));
  const source = path.join(config.uploadDir, name);
  if (req.query.engine === 'gm') {
    execFile('gm', ['convert', source, '-resize', size, 'png:-'], { encoding: 'buffer' }, (err, out) => (err ? next(err) : res.type('png').send(out)));
    return;
  }
  exec('convert ' + source + ' -resize ' + size + ' png:-', { encoding: 'buffer' }, (err, out) => (err ? next(err) : res.type('png').send(out)));
};

exports.pages = (req, res, next) => {
  const n = Number(req.query.page);
  if (!Number.isInteger(n) || n < 1 || n > 500) return res.sendStatus(400);
  exec('pdftotext -f ' + n + ' -l ' + n + ' /srv/clinic/handbook.pdf -', (err, out) => (err ? next(err) : res.type('text').send(out)));
};

exports.fax = (req, res) => {
  const number = String(req.body.number);
  const sender = String(req.body.sender || '');
  const socket = net.connect(9100, 'fax.internal', () => {
    if (text.looksLikePhone(number)) {
      socket.write('POST /queue HTTP/1.0\r\nX-Fax-To: ' + number + '\r\n\r\n');
    }
    socket.end('POST /notify HTTP/1.0\r\nX-Fax-From: ' + sender + '\r\n\r\n');
  });
  socket.setTimeout(5000, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  res.status(202).json({ queued: true });
};
--- controllers/patients.js
'use strict';

const repo = require('../repositories/patients');
const { Note } = require('../lib/db');
const text = require('../lib/text');

exports.list = (req, res, next) => {
  const done = (err, rows) => (err ? next(err) : res.render('patients', { rows, q: '', near: '' }));
  if (req.query.order) return repo.listBy(req.query.order, done);
  repo.list(req.query.sort, done);
};

exports.search = function (req, res, next) {
  const q = String(req.query.q || '');
  if (!text.looksLikeName(q)) {
    return res.status(400).send('<p>Not a name: ' + text.html(q) + '</p>');
  }
  repo.search(q, req.query.city ? String(req.query.city) : '', function (err, rows) {
    if (err) return next(err);
    const mark = new RegExp(text.pattern(q), 'i');
    const near = req.query.near ? new RegExp(req.query.near, 'i') : null;
    const rest = rows.filter((r) => mark.test(r.last_name) || (near && near.test(r.city)));
    res.render('patients', { rows: rest, q, near: req.query.near || '' });
  });
};

exports.ward = (req, res, next) => {
  repo.ward(req.params.ward, (err, rows) => {
    if (err) return res.status(500).send('Query failed: ' + err.sqlMessage);
    res.json(rows);
  });
};

exports.show = async (req, res, next) => {
  try {
    const patient = await repo.find(req.params.id);
    if (!patient) return res.status(404).render('message', { text: 'No such patient' });
    const notes = await Note.find({ patient: String(req.params.id) }).lean();
    res.render('patient', { patient, notes, csrf: req.csrfToken() });
  } catch (err) {
    next(err);
  }
};

exports.visits = (req, res, next) => {
  repo.visits(req.params.id, (err, rows) => (err ? next(err) : res.json(rows)));
};

exports.card = async (req, res, next) => {
  try {
    const patient = await repo.find(Number(req.params.id));
    if (!patient) return res.sendStatus(404);
    if (req.query.plain) {
      return res.type('text/plain').send('Remark: ' + patient.remark);
    }
    if (req.query.print) {
      return res.send('<h1>' + text.html(patient.last_name) + '</h1>');
    }
    res.send('<h1>Card</h1><div>' + patient.remark + '</div>');
  } catch (err) {
    next(err);
  }
};

exports.update = (req, res, next) => {
  repo.save(req.params.id, req.body).then(() => res.redirect('/patients/' + req.params.id), next);
};

exports.addNote = (req, res, next) => {
  const { title, body } = req.body;
  Note.create({ patient: req.params.id, author: req.session.userId, title: String(title), body: String(body) })
    .then((n) => res.status(201).json({ id: n.id }), next);
};

exports.addRawNote = async (req, res, next) => {
  try {
    const note = new Note(req.body);
    note.patient = req.params.id;
    await note.save();
    res.status(201).json({ id: note.id });
  } catch (err) {
    next(err);
  }
};

exports.notes = async (req, res, next) => {
  try {
    const patient = String(req.params.id);
    let found;
    if (req.query.title) {
      found = await Note.find({ patient, title: req.query.title }).limit(50);
    } else if (req.query.author) {
      found = await Note.find({ patient, author: { $eq: Number(req.query.author) } }).limit(50);
    } else if (req.query.longer) {
      found = await Note.find({ $where: 'this.body.length > ' + req.query.longer });
    } else {
      found = await Note.find({ patient }).sort('-createdAt').limit(50);
    }
    res.json(found);
  } catch (err) {
    next(err);
  }
};
--- lib/db.js
'use strict';

const mysql = require('mysql2');
const mongoose = require('mongoose');
const config = require('../config');

const pool = mysql.createPool({
  host: config.mysql.host,
  user: config.mysql.user,
  password: config.mysql.password,
  database: config.mysql.database,
  connectionLimit: 8,
});

function all(sql, params, done) {
  pool.execute(sql, params, function (err, rows) {
    if (err) return done(err);
    done(null, rows);
  });
}

async function one(sql, params) {
  const [rows] = await pool.promise().execute(sql, params);
  return rows[0] || null;
}

function connectMongo() {
  mongoose.set('strictQuery', true);
  return mongoose.connect(config.mongoUrl);
}

const noteSchema = new mongoose.Schema({
  patient: { type: String, index: true },
  author: Number,
  title: String,
  body: String,
  verified: { type: Boolean, default: false },
}, { timestamps: true });

const Note = mongoose.model('Note', noteSchema);

module.exports = { pool, all, one, connectMongo, Note };
--- lib/store.js
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const AdmZip = require('adm-zip');
const config = require('../config');

function inside(base, name) {
  const root = path.resolve(base);
  const full = path.resolve(root, name);
  if (!full.startsWith(root + path.sep)) {
    const err = new Error('not found');
    err.status = 404;
    throw err;
  }
  return full;
}

function unpackScans(zipFile, patientId) {
  const target = path.join(config.uploadDir, String(Number(patientId)));
  new AdmZip(zipFile).getEntries().forEach((entry) => {
    if (entry.isDirectory) return;
    fs.writeFileSync(path.join(target, entry.entryName), entry.getData());
  });
}

function unpackLetters(zipFile) {
  const zip = new AdmZip(zipFile);
  for (const entry of zip.getEntries()) {
    if (entry.isDirectory) continue;
    const full = inside(config.letterDir, entry.entryName);
    fs.writeFileSync(full, entry.getData());
  }
}

function exportFile(csv) {
  const name = '/tmp/clinic-export-' + Date.now() + '.csv';
  fs.writeFileSync(name, csv);
  return name;
}

function workFile(content) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'clinic-'));
  const file = path.join(dir, 'work.txt');
  fs.writeFileSync(file, content, { mode: 0o600 });
  return file;
}

function publish(name, content) {
  const file = inside(config.letterDir, name);
  fs.writeFileSync(file, content);
  fs.chmodSync(file, 0o777);
  return file;
}

function keep(name, content) {
  const file = path.join(config.letterDir, path.basename(name));
  fs.writeFileSync(file, content, { mode: 0o640 });
  return file;
}

module.exports = { inside, unpackScans, unpackLetters, exportFile, workFile, publish, keep };
--- lib/text.js
'use strict';

const MAP = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

exports.html = function (value) {
  return String(value).replace(/[&<>"']/g, (c) => MAP[c]);
};
exports.attribute = function (value) {
  return String(value).replace('"', '&quot;').replace('<', '&lt;');
};
exports.oneLine = function (value) {
  return String(value).replace(/[\r\n\u2028\u2029]+/g, ' ');
};
exports.pattern = (value) => String(value).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
exports.cell = function cell(value) {
  let text = value === null || value === undefined ? '' : String(value);
  if (/^[=+\-@\t\r]/.test(text)) text = "'" + text;
  return '"' + text.replace(/"/g, '""') + '"';
};
exports.plainCell = function plainCell(value) {
  return '"' + String(value).replace(/"/g, '""') + '"';
};
exports.isOurs = function (address) {
  return address.indexOf('clinic.example') !== -1;
};
exports.isPartner = function (address) {
  let url;
  try {
    url = new URL(address);
  } catch (e) {
    return false;
  }
  return url.protocol === 'https:' && ['lab.example', 'portal.clinic.example'].includes(url.hostname);
};
exports.localPath = function (target) {
  return /^\/[a-z0-9][a-z0-9\/_-]*$/i.test(target || '') ? target : '/';
};
exports.looksLikeName = function (value) {
  return /^([a-zA-Z]+\s?)*$/.test(value);
};
exports.looksLikePhone = function (value) {
  return /^\+?[0-9]{6,15}$/.test(value);
};
--- lib/vault.js
'use strict';

const crypto = require('crypto');
const bcrypt = require('bcrypt');

const KEY = Buffer.from(process.env.VAULT_KEY || '', 'hex');
const OLD_KEY = Buffer.from(process.env.VAULT_OLD_KEY || '', 'hex');
function hashPassword(plain) {
  return bcrypt.hash(plain, 12);
}
function checkPassword(plain, stored) {
  return bcrypt.compare(plain, stored);
}
function kioskPassword(plain) {
  return crypto.createHash('sha256').update(plain).digest('hex');
}
function slowPassword(plain, salt) {
  return crypto.scryptSync(plain, salt, 64).toString('hex');
}
function sealLetter(text) {
  const iv = crypto.randomBytes(12);
  const cipher = crypto.createCipheriv('aes-256-gcm', KEY, iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
}
function sealInsurance(number) {
  const cipher = crypto.createCipheriv('des-ede3', OLD_KEY, null);
  return cipher.update(number, 'utf8', 'hex') + cipher.final('hex');
}
function signDownload(name) {
  return crypto.createHash('md5').update(name + KEY.toString('hex')).digest('hex');
}
function signWebhook(body) {
  return crypto.createHmac('sha256', KEY).update(body).digest('hex');
}
function fingerprint(buffer) {
  return crypto.createHash('sha256').update(buffer).digest('hex');
}
function resetToken() {
  return crypto.randomBytes(32).toString('hex');
}
function invitationToken() {
  return Math.random().toString(36).slice(2) + Date.now().toString(36);
}
function retryDelay(attempt) {
  return attempt * 500 + Math.floor(Math.random() * 250);
}
function sameSignature(given, expected) {
  const a = Buffer.from(String(given));
  const b = Buffer.from(expected);
  return a.length === b.length && crypto.timingSafeEqual(a, b);
}
module.exports = {
  hashPassword, checkPassword, kioskPassword, slowPassword, sealLetter, sealInsurance,
  signDownload, signWebhook, fingerprint, resetToken, invitationToken, retryDelay, sameSignature,
};
--- middlewares/auth.js
const jwt = require('jsonwebtoken');
const config = require('../config');

function tokenOf(req) {
  const header = req.get('authorization') || '';
  return header.startsWith('Bearer ') ? header.slice(7) : '';
}

exports.requireLogin = (req, res, next) => {
  if (req.session && req.session.userId) return next();
  res.redirect('/auth/login');
};

exports.requireRole = (role) => (req, res, next) => {
  if (req.session.role === role) return next();
  res.status(403).send('Forbidden');
};

exports.bearer = (req, res, next) => {
  try {
    req.claims = jwt.verify(tokenOf(req), config.jwt.secret, { algorithms: ['HS256'] });
    next();
  } catch (err) {
    res.status(401).json({ error: 'invalid token' });
  }
};

exports.device = (req, res, next) => {
  const claims = jwt.decode(tokenOf(req));
  if (!claims || !claims.device) return res.sendStatus(401);
  req.device = claims.device;
  next();
};

exports.debugHeaders = (req, res, next) => {
  console.log('authorization', req.headers.authorization);
  next();
};
--- middlewares/check.js
'use strict';

const SORTS = ['last_name', 'born', 'city'];

exports.numericId = function (req, res, next) {
  if (!/^\d{1,9}$/.test(req.params.id)) {
    return res.status(400).json({ error: 'bad id' });
  }
  next();
};

exports.wardCode = function (req, res, next) {
  if (!/^[A-Z]\d{2}$/.test(req.params.ward)) {
    console.warn('odd ward code');
  }
  next();
};

exports.sortColumn = function (req, res, next) {
  if (SORTS.indexOf(req.query.sort) === -1) req.query.sort = 'last_name';
  next();
};

exports.safeKeys = function (req, res, next) {
  const bad = Object.keys(req.body || {}).find((k) => k.startsWith('$'));
  return bad ? res.sendStatus(400) : next();
};
--- middlewares/errors.js
'use strict';

const { oneLine } = require('../lib/text');

module.exports = {
  notFound(req, res, next) {
    if (req.accepts('html')) {
      return res.status(404).send('<p>No page at ' + req.originalUrl.split('?')[0] + '</p><p>' + (req.query.from || '') + '</p>');
    }
    res.status(404).json({ error: 'not found', path: req.path });
  },

  api(err, req, res, next) {
    if (!req.path.startsWith('/api')) return next(err);
    console.error('api error %s', oneLine(err.message));
    res.status(err.status || 500).json({ error: err.message, stack: err.stack });
  },

  page(err, req, res, next) {
    if (res.headersSent || req.xhr) return next(err);
    res.status(err.status || 500).render('message', { text: 'Something went wrong.' });
  },
};
--- public/js/board.js
(function () {
  var board = document.getElementById('board');
  var title = document.getElementById('title');
  var params = new URLSearchParams(location.search);

  function show(id, value) {
    document.getElementById(id).textContent = value;
  }

  title.textContent = params.get('title') || 'Board';
  board.innerHTML = '<h2>' + decodeURIComponent(location.hash.slice(1)) + '</h2>';
  show('ward', params.get('ward'));

  document.getElementById('spinner').innerHTML = '<i class="spin"></i>';

  window.addEventListener('message', function (event) {
    document.getElementById('alert').textContent = event.data.text;
  });

  window.addEventListener('message', function (event) {
    if (event.origin !== 'https://portal.clinic.example') return;
    show('portal', event.data.text);
  });

  function login(form) {
    fetch('/auth/token', { method: 'POST', body: new FormData(form) })
      .then(function (r) { return r.json(); })
      .then(function (answer) {
        localStorage.setItem('access_token', answer.token);
        localStorage.setItem('theme', answer.theme);
        parent.postMessage({ signedIn: true }, 'https://portal.clinic.example');
        location.href = '/patients';
      });
  }

  document.getElementById('back').addEventListener('click', function () {
    location.href = params.get('back');
  });

  document.getElementById('login').addEventListener('submit', function (e) {
    e.preventDefault();
    login(e.target);
  });
})();
--- repositories/patients.js
'use strict';

const { pool, all, one } = require('../lib/db');

const COLUMNS = { last_name: 'p.last_name', born: 'p.born', city: 'a.city' };

class PatientRepository {
  list(sort, done) {
    const column = Object.prototype.hasOwnProperty.call(COLUMNS, sort) ? COLUMNS[sort] : 'p.id';
    pool.query(`SELECT p.* FROM patients p JOIN addresses a ON a.patient_id = p.id ORDER BY ${column} LIMIT 200`, done);
  }

  listBy(order, done) {
    pool.query(`SELECT id, last_name FROM patients ORDER BY ${order}`, done);
  }

  search(name, city, done) {
    const where = [];
    const params = [];
    if (name) { where.push('last_name LIKE ?'); params.push(name + '%'); }
    if (city) { where.push('city = ?'); params.push(city); }
    const sql = 'SELECT id, last_name, city FROM patients' + (where.length ? ' WHERE ' + where.join(' AND ') : '');
    all(sql, params, done);
  }

  find(id) {
    return one('SELECT * FROM patients WHERE id = ?', [id]);
  }

  visits(id, done) {
    pool.query('SELECT * FROM visits WHERE patient_id = ' + id + ' ORDER BY day DESC', done);
  }

  ward(code, done) {
    pool.query("SELECT id, last_name FROM patients WHERE ward = '" + code + "'", done);
  }

  async save(id, fields) {
    const names = Object.keys(fields);
    const sets = names.map((n) => '`' + n + '` = ?').join(', ');
    await pool.promise().execute(`UPDATE patients SET ${sets} WHERE id = ?`, [...names.map((n) => String(fields[n])), id]);
  }

  recent(limit, done) {
    const n = parseInt(limit, 10) || 20;
    pool.query('SELECT id, last_name, remark FROM patients ORDER BY id DESC LIMIT ' + Math.min(n, 100), done);
  }
}

module.exports = new PatientRepository();
--- repositories/users.js
'use strict';

var db = require('../lib/db');

module.exports = {
  byEmail: function (email, done) {
    db.pool.query("SELECT id, email, role, password_hash FROM users WHERE email = '" + email + "'", function (err, rows) {
      done(err, rows && rows[0]);
    });
  },
  staff: function (email) {
    return db.one('SELECT id, email, role, password_hash FROM users WHERE staff = 1 AND email = ?', [email]);
  },
  saveToken: function (userId, token) {
    return db.one('INSERT INTO reset_tokens (user_id, token) VALUES (?, SHA2(?, 256))', [userId, token]);
  },
  tokenOwner: function (token) {
    return db.one('SELECT user_id FROM reset_tokens WHERE token = SHA2(?, 256)', [token]);
  },
  setPassword: function (userId, hash) {
    return db.one('UPDATE users SET password_hash = ? WHERE id = ?', [hash, userId]);
  },
};
--- routes/index.js
'use strict';

const express = require('express');
const multer = require('multer');
const rateLimit = require('express-rate-limit');
const config = require('../config');
const check = require('../middlewares/check');
const { device, debugHeaders, requireRole } = require('../middlewares/auth');
const auth = require('../controllers/auth');
const patients = require('../controllers/patients');
const documents = require('../controllers/documents');
const admin = require('../controllers/admin');
const api = require('../controllers/api');

const authRoutes = express.Router();
const tries = rateLimit({ windowMs: 15 * 60 * 1000, max: 8 });

authRoutes.get('/login', auth.form);
authRoutes.post('/login', auth.login);
authRoutes.post('/staff-login', tries, auth.staffLogin);
authRoutes.post('/forgot', tries, auth.forgot);
authRoutes.post('/invite', tries, auth.invite);
authRoutes.post('/password', tries, auth.changePassword);
authRoutes.get('/continue', auth.continueTo);
authRoutes.get('/language', auth.language);

const patientRoutes = express.Router();
patientRoutes.get('/', check.sortColumn, patients.list);
patientRoutes.get('/search', patients.search);
patientRoutes.get('/ward/:ward', check.wardCode, patients.ward);
patientRoutes.get('/:id', check.numericId, patients.show);
patientRoutes.get('/:id/visits', check.numericId, patients.visits);
patientRoutes.get('/:id/card', patients.card);
patientRoutes.post('/:id', check.numericId, patients.update);
patientRoutes.post('/:id/notes', check.numericId, patients.addNote);
patientRoutes.post('/:id/notes/raw', check.numericId, patients.addRawNote);
patientRoutes.get('/:id/notes', patients.notes);

const scans = multer({ dest: config.uploadDir });
const TYPES = { 'image/png': '.png', 'image/jpeg': '.jpg' };
const photo = multer({ storage: multer.memoryStorage(), limits: { fileSize: 2 * 1024 * 1024, files: 1 }, fileFilter: (req, file, cb) => cb(null, Object.keys(TYPES).includes(file.mimetype)) });

const documentRoutes = express.Router();
documentRoutes.post('/scan', scans.single('scan'), documents.saveScan);
documentRoutes.post('/photo', photo.single('photo'), documents.savePhoto);
documentRoutes.post('/archive', scans.single('archive'), documents.archive);
documentRoutes.get('/letter/:name', documents.letter);
documentRoutes.get('/raw/:name', documents.raw);
documentRoutes.get('/view/:name', documents.view);
documentRoutes.get('/thumbnail', documents.thumbnail);
documentRoutes.get('/pages', documents.pages);
documentRoutes.post('/fax', documents.fax);

const adminRoutes = express.Router();
adminRoutes.use(requireRole('admin'));
adminRoutes.post('/formula', admin.formula);
adminRoutes.post('/action/:name', admin.action);
adminRoutes.post('/task/:name', admin.task);
adminRoutes.post('/letter-preview', admin.letterPreview);
adminRoutes.post('/settings', admin.settings);
adminRoutes.get('/export', admin.exportPatients);
adminRoutes.get('/export-safe', admin.exportSafe);
adminRoutes.get('/ping', admin.ping);
adminRoutes.get('/staff', admin.staff);
adminRoutes.get('/preferences', admin.preferences);

const apiRoutes = express.Router();
apiRoutes.post('/import', api.importXml);
apiRoutes.get('/fetch', api.fetchResult);
apiRoutes.get('/partner', api.fetchPartner);
apiRoutes.post('/orders', api.order);
apiRoutes.post('/hook', api.hook);
apiRoutes.get('/buffer', api.buffer);
apiRoutes.get('/drug/:code', api.drug);

const portalRoutes = express.Router();
portalRoutes.get('/device', debugHeaders, device, api.deviceStatus);

module.exports = { authRoutes, patientRoutes, documentRoutes, adminRoutes, apiRoutes, portalRoutes };
--- scripts/nightly.js
#!/usr/bin/env node
'use strict';

const fs = require('fs');
const path = require('path');
const { execFileSync } = require('child_process');
const config = require('../config');
const vault = require('../lib/vault');
const { all, pool } = require('../lib/db');

const TABLES = ['visits', 'notes_old', 'faxes'];

function purge(table, days, done) {
  if (!TABLES.includes(table)) return done(new Error('unknown table'));
  all('DELETE FROM ' + table + ' WHERE day < NOW() - INTERVAL ? DAY', [Number(days)], done);
}

function dump() {
  const target = path.join('/var/backups/clinic', new Date().toISOString().slice(0, 10) + '.sql');
  execFileSync('mysqldump', ['--result-file', target, config.mysql.database]);
  fs.chmodSync(target, 0o600);
}

function kiosk() {
  const password = vault.resetToken();
  fs.writeFileSync('/srv/clinic/kiosk-password.txt', password, { mode: 0o644 });
  console.log('kiosk password renewed');
}

dump();
kiosk();
purge(process.argv[2] || 'visits', process.argv[3] || 365, (err) => {
  if (err) console.error('purge failed', err.code);
  pool.end();
});
--- services/mailer.js
const nodemailer = require('nodemailer');
const config = require('../config');
const { html, oneLine } = require('../lib/text');

const transport = nodemailer.createTransport({ host: config.mail.host, port: 465, secure: true, auth: { user: config.mail.user, pass: config.mail.pass } });
const pager = nodemailer.createTransport({ host: 'pager.clinic.example', port: 25, secure: false, ignoreTLS: true });

function send(to, subject, text) {
  return transport.sendMail({ from: config.mail.user, to, subject, text });
}

function sendRaw(to, subject, body) {
  return pager.sendMail({ envelope: { from: config.mail.user, to: oneLine(to) }, raw: 'Subject: ' + subject + '\r\n\r\n' + body });
}

function thank(to, name) {
  return transport.sendMail({ from: config.mail.user, to, subject: 'Thank you', html: '<p>Dear ' + html(name) + '</p>' });
}

function page(subject, body) {
  const raw = ['From: ' + config.mail.user, 'To: duty@clinic.example', 'Subject: ' + oneLine(subject), '', body].join('\r\n');
  return pager.sendMail({ envelope: { from: config.mail.user, to: 'duty@clinic.example' }, raw });
}

module.exports = { send, sendRaw, thank, page };
--- views/patient.ejs
<%- include('header', { title: 'Patient' }) %>
<h1><%= patient.first_name %> <%= patient.last_name %></h1>
<section class="remark">
  <%- patient.remark %>
</section>
<form method="post" action="/patients/<%= patient.id %>">
  <input type="hidden" name="_csrf" value="<%= csrf %>">
  <input name="city" value="<%= patient.city %>">
  <button>Save</button>
</form>
<ul id="notes">
  <% notes.forEach(function (note) { %>
    <li data-id="<%= note._id %>">
      <b><%= note.title %></b>
      <div><%- note.body %></div>
    </li>
  <% }) %>
</ul>
<p><%- '&copy; Lumen Clinic' %></p>
--- views/patients.ejs
<%- include('header', { title: 'Patients' }) %>
<form>
  <input name="q" value="<%= q %>">
</form>
<p>Results near <%- near %></p>
<table>
  <% rows.forEach(function (row) { %>
  <tr>
    <td><a href="/patients/<%= row.id %>"><%= row.last_name %></a></td>
    <td><%= row.city %></td>
  </tr>
  <% }) %>
</table>
