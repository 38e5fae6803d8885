--- labels
bad app.js:23 limits/unbounded-body | two gigabytes of JSON are taken
good app.js:24 limits/unbounded-body | a limit of 100 kB
bad app.js:31 cookie/flags | the session's cookie has both flags off
good app.js:34 files/private-served | the public folder
bad app.js:35 files/private-served | the whole project is served
good app.js:36 cors/wild | any origin, without credentials
bad app.js:37 cors/wild | any origin is reflected, with credentials
good app.js:58 crypto/weak-random | picks a text to show, no secret
good app.js:62 config/debug | only in development
good app.js:66 error/leak | a constant text
bad config/settings.js:7 secret/hard-coded | the key of all tokens is in the code
good config/settings.js:9 secret/hard-coded | the name of a field
good lib/db.js:7 sql/injection | all callers bring numbers, listed names or parameters
bad lib/auth.js:14 jwt/unverified | the claims are believed without a signature
good lib/auth.js:22 jwt/unverified | verified, one algorithm
bad lib/secrets.js:6 crypto/password-storage crypto/weak-hash | a password hashed by MD5
good lib/secrets.js:10 crypto/password-storage | bcrypt with twelve rounds
good lib/secrets.js:14 crypto/weak-hash | an ETag
good lib/secrets.js:18 crypto/weak-random | a secure generator
bad lib/secrets.js:22 crypto/weak-random | the code that opens the gate can be predicted
bad lib/secrets.js:27 crypto/weak-cipher | ECB mode
good lib/secrets.js:33 crypto/weak-cipher | GCM with a fresh vector
bad lib/secrets.js:40 compare/timing | a signature compared by ===
good lib/secrets.js:46 compare/timing | compared in constant time
bad routes/account.js:20 sql/injection | the name is pasted into the text of the statement
bad routes/account.js:23 secret/logged log/injection | the password that was tried is written to the log
good routes/account.js:24 redirect/open | a constant path
bad routes/account.js:26 session/fixation | no new identifier at the log-in
bad routes/account.js:27 redirect/open | the form says where to
good routes/account.js:33 sql/injection | a parameter
good routes/account.js:36 log/injection | JSON keeps line breaks out
good routes/account.js:42 session/fixation | a new session before
good routes/account.js:59 object/mass-assignment | an object of named fields
good routes/account.js:68 trust/boundary | compared with a list
bad routes/account.js:70 trust/boundary | the client chooses its role
bad routes/account.js:81 mail/host-header | the link leads to the host of the request
good routes/account.js:89 mail/host-header | the address of the settings
bad routes/berths.js:11 sql/injection | the order is pasted in
good routes/berths.js:19 sql/injection | a column of the list in the code
bad routes/berths.js:28 sql/injection | the search is pasted in
bad routes/berths.js:31 xss/reflected | the search is shown as markup
good routes/berths.js:37 sql/injection | a parameter
good routes/berths.js:39 xss/reflected | escaped
good routes/berths.js:45 sql/injection | a number
good routes/berths.js:47 xss/reflected | a number
bad routes/berths.js:59 xss/stored | what guests wrote is shown as markup
good routes/berths.js:67 xss/stored | each name is escaped
bad routes/berths.js:72 object/mass-assignment | the whole body is the row
bad routes/files.js:16 upload/unchecked path/traversal | any type, under the name it came with, in the public folder
good routes/files.js:27 upload/unchecked | an own name, and an ending from a list
bad routes/files.js:32 limits/unbounded-body | uploads of any size into memory
bad routes/files.js:43 text/incomplete-escape | only the first one is taken out
bad routes/files.js:44 path/traversal | the path can leave the folder
good routes/files.js:52 path/traversal | a base name
good routes/files.js:55 error/leak | a constant text
good routes/files.js:65 path/traversal | resolved and compared with the folder
bad routes/files.js:73 archive/zip-slip path/traversal | the entry's name can leave the folder
good routes/files.js:83 archive/zip-slip | the name is compared with the folder
bad routes/tools.js:11 command/injection | the host is part of a shell's text
good routes/tools.js:12 xss/reflected | escaped
good routes/tools.js:17 command/injection | a list of arguments, no shell
good routes/tools.js:24 command/injection | a number
bad routes/tools.js:28 code/injection | an expression of the request is run
bad routes/tools.js:33 ssrf/request | any address of the request
good routes/tools.js:40 ssrf/request | one of two constants
good routes/tools.js:47 ssrf/request | a constant host
bad routes/tools.js:54 url/incomplete-check | the host may stand anywhere in the address
bad routes/tools.js:57 ssrf/request | the check lets other hosts pass
good routes/tools.js:67 url/incomplete-check | the whole origin is compared
good routes/tools.js:68 ssrf/request | a host that was compared
bad routes/tools.js:72 limits/untrusted-size | as many bytes as the request says
good routes/tools.js:77 limits/untrusted-size | 4096 at most
bad routes/imports.js:15 xml/external-entity | entities are resolved
good routes/imports.js:21 xml/external-entity | entities stay as they are
bad routes/imports.js:26 xpath/injection | a quote ends the literal
good routes/imports.js:31 xpath/injection | a variable
bad routes/imports.js:37 deserialize/untrusted | functions of the cookie are run
good routes/imports.js:43 deserialize/untrusted | JSON makes plain values only
bad routes/imports.js:48 object/prototype-pollution | a deep merge of the body
good routes/imports.js:54 object/prototype-pollution | flat, and one known key
bad routes/notices.js:11 regex/injection | the expression is the request's
good routes/notices.js:19 regex/injection | escaped
bad routes/notices.js:27 nosql/injection | the pin can be { $ne: '' }
good routes/notices.js:35 nosql/injection | a text
bad routes/notices.js:42 object/mass-assignment | approved and pinned can be set
good routes/notices.js:51 object/mass-assignment | three named fields
bad routes/notices.js:58 template/injection | the text becomes a template
good routes/notices.js:63 template/injection | a constant template
good routes/notices.js:64 xss/reflected | the template escapes
bad routes/admin.js:22 code/reflection | any method that the object has
good routes/admin.js:29 code/reflection | looked up in a map
bad routes/admin.js:36 csv/injection | cells of guests as they are
good routes/admin.js:44 csv/injection | numbers alone
good routes/admin.js:52 secret/logged | the length alone
bad routes/api.js:12 error/leak | the database's message goes out
good routes/api.js:15 cookie/flags | both flags
good routes/api.js:22 sql/injection | escaped by the driver
bad routes/api.js:30 sql/injection | the part of the path is pasted in
bad views/login.ejs:4 xss/template | the message of the query is written raw
good views/login.ejs:7 xss/template | escaped, in quotes
good views/berth.ejs:4 xss/template | escaped
bad views/berth.ejs:5 xss/template | the query is written raw
bad public/js/harbour.js:3 xss/dom | the address bar's text as markup
good public/js/harbour.js:6 xss/dom | text
good public/js/harbour.js:11 secret/stored | an address is no secret
bad public/js/harbour.js:12 secret/stored | the password is kept in the browser
bad public/js/harbour.js:15 message/origin | nobody looks at the origin
bad public/js/harbour.js:16 xss/dom | a message of any page as markup
good public/js/harbour.js:19 message/origin | the origin is compared
good public/js/harbour.js:25 xss/dom | a constant path
--- package.json
{
  "name": "harbour-express",
  "version": "0.3.1",
  "private": true,
  "main": "app.js",
  "scripts": { "start": "node app.js" },
  "dependencies": {
    "adm-zip": "^0.4.7",
    "axios": "^0.21.1",
    "bcrypt": "^5.0.0",
    "body-parser": "^1.19.0",
    "cookie-parser": "^1.4.5",
    "cors": "^2.8.5",
    "ejs": "^2.7.4",
    "errorhandler": "^1.5.1",
    "escape-html": "^1.0.3",
    "express": "^4.17.1",
    "express-session": "^1.17.1",
    "helmet": "^4.6.0",
    "jsonwebtoken": "^8.5.1",
    "libxmljs": "^0.19.7",
    "lodash": "4.17.4",
    "mongoose": "^5.12.0",
    "multer": "^1.4.2",
    "mysql2": "^2.2.5",
    "node-serialize": "^0.0.4",
    "nodemailer": "^6.6.0",
    "request": "^2.88.2",
    "xmldom": "^0.6.0",
    "xpath": "^0.0.32"
  }
}
--- app.js
'use strict';

const path = require('path');
const express = require('express');
const session = require('express-session');
const bodyParser = require('body-parser');
const cookieParser = require('cookie-parser');
const cors = require('cors');
const helmet = require('helmet');
const errorhandler = require('errorhandler');
const mongoose = require('mongoose');
const settings = require('./config/settings');

const app = express();

mongoose.connect(settings.mongoUrl, { useNewUrlParser: true, useUnifiedTopology: true });

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));

app.use(helmet.hidePoweredBy());
app.use(cookieParser());
app.use(bodyParser.json({ limit: '2gb' }));
app.use(bodyParser.urlencoded({ extended: true, limit: '100kb' }));
app.use(bodyParser.text({ type: ['application/xml', 'text/xml'], limit: '200kb' }));
app.use(session({
  name: 'harbour.sid',
  secret: settings.sessionSecret,
  resave: false,
  saveUninitialized: true,
  cookie: { httpOnly: false, secure: false, maxAge: 86400000 }
}));

app.use(express.static(path.join(__dirname, 'public')));
app.use('/assets', express.static(__dirname));
app.use('/tides', cors());
app.use('/api', cors({ origin: true, credentials: true }));

app.use('/', require('./routes/account'));
app.use('/berths', require('./routes/berths'));
app.use('/files', require('./routes/files'));
app.use('/tools', require('./routes/tools'));
app.use('/import', require('./routes/imports'));
app.use('/notices', require('./routes/notices'));
app.use('/admin', require('./routes/admin'));
app.use('/api', require('./routes/api'));

app.get('/', (req, res) => {
  res.render('index', { user: req.session.user, tip: pickTip() });
});

app.get('/tides', (req, res) => {
  res.json({ high: '04:12', low: '10:31' });
});

function pickTip() {
  const tips = ['Check your lines.', 'Mind the tide.', 'Radio on channel 12.'];
  return tips[Math.floor(Math.random() * tips.length)];
}

if (process.env.NODE_ENV === 'development') {
  app.use(errorhandler());
} else {
  app.use((err, req, res, next) => {
    console.error(err.stack);
    res.status(500).send('Something went overboard.');
  });
}

app.listen(settings.port, settings.host, () => {
  console.log('Harbour is open on port ' + settings.port);
});

module.exports = app;
--- config/settings.js
module.exports = {
  port: process.env.PORT || 3000,
  host: process.env.HOST || 'localhost',
  baseUrl: process.env.BASE_URL || 'https://harbour.example.org',
  mongoUrl: process.env.MONGO_URL || 'mongodb://localhost/harbour',
  sessionSecret: process.env.SESSION_SECRET,
  jwtSecret: 'b7Vq29xLm4TzKe81RdWp',
  hookSecret: process.env.HOOK_SECRET,
  passwordField: 'password',
  db: {
    host: 'localhost',
    user: 'harbour',
    password: process.env.DB_PASSWORD,
    database: 'harbour'
  },
  smtp: {
    host: 'mail.harbour.example.org',
    port: 465,
    secure: true,
    auth: {
      user: 'office',
      pass: process.env.SMTP_PASSWORD
    }
  },
  uploadDir: '/srv/harbour/uploads',
  chartDir: '/srv/harbour/charts'
};
--- lib/db.js
const mysql = require('mysql2');
const settings = require('../config/settings');

const pool = mysql.createPool(settings.db);

exports.query = function (sql, params, done) {
  pool.query(sql, params, done);
};

exports.execute = function (sql, params, done) {
  pool.execute(sql, params, done);
};

exports.pool = pool;
--- lib/auth.js
const jwt = require('jsonwebtoken');
const settings = require('../config/settings');

function bearer(req) {
  const header = req.headers.authorization || '';
  return header.replace(/^Bearer /, '');
}

exports.issue = function (user) {
  return jwt.sign({ id: user.id, role: user.role }, settings.jwtSecret, { expiresIn: '2h' });
};

exports.apiUser = function (req, res, next) {
  const claims = jwt.decode(bearer(req));
  if (!claims) return res.status(401).json({ error: 'token missing' });
  req.user = claims;
  next();
};

exports.apiAdmin = function (req, res, next) {
  try {
    req.user = jwt.verify(bearer(req), settings.jwtSecret, { algorithms: ['HS256'] });
  } catch (e) {
    return res.status(401).json({ error: 'token refused' });
  }
  if (req.user.role !== 'admin') return res.status(403).json({ error: 'admins only' });
  next();
};

exports.loggedIn = function (req, res, next) {
  if (!req.session.user) return res.redirect('/login');
  next();
};
--- lib/secrets.js
const crypto = require('crypto');
const bcrypt = require('bcrypt');
const settings = require('../config/settings');

exports.oldHash = function (password) {
  return crypto.createHash('md5').update(password).digest('hex');
};

exports.hash = function (password, done) {
  bcrypt.hash(password, 12, done);
};

exports.etag = function (text) {
  return '"' + crypto.createHash('md5').update(text).digest('hex') + '"';
};

exports.resetToken = function () {
  return crypto.randomBytes(24).toString('hex');
};

exports.gateCode = function () {
  const code = String(Math.floor(Math.random() * 900000) + 100000);
  return code;
};

exports.sealPlate = function (plate, key) {
  const cipher = crypto.createCipheriv('aes-128-ecb', key, null);
  return cipher.update(plate, 'utf8', 'hex') + cipher.final('hex');
};

exports.sealPhone = function (phone, key) {
  const iv = crypto.randomBytes(12);
  const cipher = crypto.createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([cipher.update(phone, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
};

exports.hookIsOurs = function (body, signature) {
  const own = crypto.createHmac('sha256', settings.hookSecret).update(body).digest('hex');
  return own === signature;
};

exports.pagerIsOurs = function (body, signature) {
  const own = crypto.createHmac('sha256', settings.hookSecret).update(body).digest();
  const sent = Buffer.from(String(signature), 'hex');
  return own.length === sent.length && crypto.timingSafeEqual(own, sent);
};
--- models/notice.js
const mongoose = require('mongoose');

const schema = new mongoose.Schema({
  title: String,
  text: String,
  ship: String,
  pin: String,
  author: String,
  pinned: { type: Boolean, default: false },
  approved: { type: Boolean, default: false },
  created: { type: Date, default: Date.now }
});

module.exports = mongoose.model('Notice', schema);
--- routes/account.js
const express = require('express');
const bcrypt = require('bcrypt');
const nodemailer = require('nodemailer');
const db = require('../lib/db');
const secrets = require('../lib/secrets');
const settings = require('../config/settings');

const router = express.Router();
const mailer = nodemailer.createTransport(settings.smtp);
const LANGUAGES = ['en', 'nl', 'da'];

router.get('/login', (req, res) => {
  res.render('login', { message: req.query.message, next: req.query.next });
});

router.post('/login', (req, res) => {
  const name = req.body.name;
  const hash = secrets.oldHash(String(req.body.password));
  const sql = "SELECT id, name, role FROM users WHERE name = '" + name + "' AND password = '" + hash + "'";
  db.pool.query(sql, (err, rows) => {
    if (err) return res.status(500).send('Login is out of order.');
    if (!rows.length) {
      console.log('login failed: ' + name + ' / ' + req.body.password);
      return res.redirect('/login?message=' + encodeURIComponent('Wrong name or password'));
    }
    req.session.user = rows[0];
    res.redirect(req.body.next || '/');
  });
});

router.post('/staff/login', (req, res, next) => {
  const name = String(req.body.name);
  db.execute('SELECT id, name, role, hash FROM staff WHERE name = ?', [name], (err, rows) => {
    if (err) return next(err);
    if (!rows.length || !bcrypt.compareSync(String(req.body.password), rows[0].hash)) {
      console.log('staff login failed', JSON.stringify({ name: name }));
      return res.sendStatus(401);
    }
    const staff = { id: rows[0].id, name: rows[0].name, role: rows[0].role };
    req.session.regenerate((problem) => {
      if (problem) return next(problem);
      req.session.user = staff;
      res.redirect('/admin');
    });
  });
});

router.post('/register', (req, res, next) => {
  const name = String(req.body.name);
  if (!/^[a-z0-9_]{2,30}$/.test(name)) {
    return res.status(400).send('Names have letters and digits only.');
  }
  if (!/^\+?[0-9]+(?: [0-9]+)*$/.test(req.body.phone)) {
    return res.status(400).send('Please tell us your phone number.');
  }
  secrets.hash(String(req.body.password), (err, hash) => {
    if (err) return next(err);
    const member = { name: name, fullname: String(req.body.fullname), hash: hash, role: 'guest' };
    db.pool.query('INSERT INTO users SET ?', member, (failed) => {
      if (failed) return next(failed);
      res.redirect('/login');
    });
  });
});

router.post('/language', (req, res) => {
  if (LANGUAGES.includes(req.body.language)) {
    req.session.language = req.body.language;
  }
  req.session.role = req.body.role;
  res.redirect('/');
});

router.post('/forgot', (req, res, next) => {
  const email = String(req.body.email);
  const token = secrets.resetToken();
  const link = 'https://' + req.headers.host + '/reset?token=' + token;
  db.execute('UPDATE users SET reset = ? WHERE email = ?', [token, email], (err, result) => {
    if (err) return next(err);
    if (!result.affectedRows) return res.sendStatus(204);
    mailer.sendMail({ to: { name: '', address: email }, subject: 'Your password', text: 'Go to ' + link }, () => {
      res.sendStatus(204);
    });
  });
});

router.post('/confirm', (req, res) => {
  const link = settings.baseUrl + '/confirm?key=' + encodeURIComponent(String(req.body.key));
  mailer.sendMail({ to: 'office@harbour.example.org', subject: 'Confirm', text: link }, () => {
    res.sendStatus(204);
  });
});

module.exports = router;
--- routes/berths.js
const express = require('express');
const escapeHtml = require('escape-html');
const db = require('../lib/db');
const auth = require('../lib/auth');

const router = express.Router();
const ORDERS = { price: 'price', length: 'length_m', pier: 'pier' };

router.get('/', (req, res, next) => {
  const order = req.query.sort || 'price';
  db.pool.query('SELECT * FROM berths WHERE free = 1 ORDER BY ' + order, (err, rows) => {
    if (err) return next(err);
    res.json(rows);
  });
});

router.get('/sorted', (req, res, next) => {
  const column = Object.prototype.hasOwnProperty.call(ORDERS, req.query.sort) ? ORDERS[req.query.sort] : 'price';
  db.query(`SELECT * FROM berths WHERE free = 1 ORDER BY ${column}`, [], (err, rows) => {
    if (err) return next(err);
    res.json(rows);
  });
});

router.get('/search', (req, res, next) => {
  const q = req.query.q;
  const sql = `SELECT id, pier FROM berths WHERE pier LIKE '%${q}%'`;
  db.pool.query(sql, (err, rows) => {
    if (err) return next(err);
    const items = rows.map((row) => '<li>' + row.id + '</li>').join('');
    res.send('<h2>Berths like ' + q + '</h2><ul>' + items + '</ul>');
  });
});

router.get('/find', (req, res, next) => {
  const q = String(req.query.q);
  db.query('SELECT id FROM berths WHERE pier LIKE ?', ['%' + q + '%'], (err, rows) => {
    if (err) return next(err);
    res.send('<h2>' + rows.length + ' berths like ' + escapeHtml(q) + '</h2>');
  });
});

router.get('/:id(\\d+)', (req, res, next) => {
  const id = parseInt(req.params.id, 10);
  db.query('SELECT * FROM berths WHERE id = ' + id, [], (err, rows) => {
    if (err) return next(err);
    if (!rows.length) return res.status(404).send('No berth ' + id);
    res.render('berth', { berth: rows[0], note: req.query.note, from: req.query.from });
  });
});

router.get('/:id(\\d+)/guests', (req, res, next) => {
  db.execute('SELECT ship, remark FROM stays WHERE berth = ?', [Number(req.params.id)], (err, rows) => {
    if (err) return next(err);
    let page = '<table>';
    rows.forEach((row) => {
      page += '<tr><td>' + row.ship + '</td><td>' + row.remark + '</td></tr>';
    });
    res.send(page + '</table>');
  });
});

router.get('/:id(\\d+)/ships', (req, res, next) => {
  db.execute('SELECT ship FROM stays WHERE berth = ?', [Number(req.params.id)], (err, rows) => {
    if (err) return next(err);
    const items = rows.map((row) => `<li>${escapeHtml(row.ship)}</li>`);
    res.send(`<ul>${items.join('')}</ul>`);
  });
});

router.post('/book', auth.loggedIn, (req, res, next) => {
  db.pool.query('INSERT INTO stays SET ?', req.body, (err, result) => {
    if (err) return next(err);
    res.redirect('/berths/' + result.insertId);
  });
});

module.exports = router;
--- routes/files.js
const express = require('express');
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');
const multer = require('multer');
const AdmZip = require('adm-zip');
const settings = require('../config/settings');

const router = express.Router();
const TYPES = ['.jpg', '.png', '.pdf'];

const papers = multer({
  limits: { fileSize: 4000000 },
  storage: multer.diskStorage({
    destination: path.join(__dirname, '..', 'public', 'papers'),
    filename: (req, file, cb) => cb(null, file.originalname)
  })
});

const photos = multer({
  limits: { fileSize: 4000000 },
  storage: multer.diskStorage({
    destination: settings.uploadDir,
    filename: (req, file, cb) => {
      const ending = path.extname(file.originalname).toLowerCase();
      if (!TYPES.includes(ending)) return cb(new Error('type'));
      cb(null, crypto.randomBytes(16).toString('hex') + ending);
    }
  })
});

const archives = multer({ storage: multer.memoryStorage() });

router.post('/papers', papers.single('paper'), (req, res) => {
  res.redirect('/papers/' + encodeURIComponent(req.file.filename));
});

router.post('/photos', photos.single('photo'), (req, res) => {
  res.json({ name: req.file.filename });
});

router.get('/chart', (req, res) => {
  const name = req.query.name.replace('../', '');
  fs.readFile(settings.chartDir + '/' + name, (err, data) => {
    if (err) return res.status(404).send('There is no such chart.');
    res.type('application/pdf').send(data);
  });
});

router.get('/photo', (req, res) => {
  const name = path.basename(String(req.query.name));
  fs.readFile(path.join(settings.uploadDir, name), (err, data) => {
    if (err) {
      console.error('photo', err.message);
      return res.status(404).send('There is no such photo.');
    }
    res.type('image/jpeg').send(data);
  });
});

router.get('/download', (req, res) => {
  const root = path.resolve(settings.chartDir);
  const full = path.resolve(root, String(req.query.file));
  if (full.indexOf(root + path.sep) !== 0) return res.sendStatus(403);
  res.download(full);
});

router.post('/charts', archives.single('zip'), (req, res) => {
  const zip = new AdmZip(req.file.buffer);
  zip.getEntries().forEach((entry) => {
    if (entry.isDirectory) return;
    const target = path.join(settings.chartDir, entry.entryName);
    fs.writeFileSync(target, entry.getData());
  });
  res.sendStatus(204);
});

router.post('/albums', archives.single('zip'), (req, res) => {
  const root = path.resolve(settings.uploadDir);
  new AdmZip(req.file.buffer).getEntries().forEach((entry) => {
    const target = path.resolve(root, entry.entryName);
    if (entry.isDirectory || !target.startsWith(root + path.sep)) return;
    fs.writeFileSync(target, entry.getData());
  });
  res.sendStatus(204);
});

module.exports = router;
--- routes/tools.js
const express = require('express');
const { exec, execFile } = require('child_process');
const axios = require('axios');
const request = require('request');
const escapeHtml = require('escape-html');

const router = express.Router();
const STATIONS = { north: 'https://north.buoys.example.org/now', south: 'https://south.buoys.example.org/now' };

router.post('/ping', (req, res) => {
  exec('ping -c 2 ' + req.body.host, (err, stdout) => {
    res.send('<pre>' + escapeHtml(stdout) + '</pre>');
  });
});

router.post('/trace', (req, res) => {
  execFile('traceroute', ['-m', '8', '--', String(req.body.host)], (err, stdout) => {
    res.type('text/plain').send(stdout);
  });
});

router.get('/queue', (req, res) => {
  const pid = parseInt(req.query.pid, 10);
  exec('ps -o etime= -p ' + pid, (err, stdout) => res.json({ age: stdout }));
});

router.get('/knots', (req, res) => {
  const speed = eval(req.query.speed);
  res.json({ kmh: speed * 1.852 });
});

router.get('/weather', (req, res) => {
  axios.get(req.query.source, { timeout: 5000 })
    .then((answer) => res.json(answer.data))
    .catch(() => res.sendStatus(502));
});

router.get('/buoy', (req, res) => {
  const url = req.query.at === 'south' ? STATIONS.south : STATIONS.north;
  axios.get(url, { timeout: 4000 })
    .then((answer) => res.json(answer.data))
    .catch(() => res.sendStatus(502));
});

router.get('/vessel/:mmsi', (req, res) => {
  const url = 'https://ais.example.org/vessels/' + encodeURIComponent(req.params.mmsi);
  axios.get(url, { timeout: 4000 })
    .then((answer) => res.json(answer.data))
    .catch(() => res.sendStatus(502));
});

router.get('/avatar', (req, res) => {
  const url = String(req.query.url);
  if (url.indexOf('pictures.example.org') === -1) {
    return res.status(400).send('That is no picture of ours.');
  }
  request({ url: url, timeout: 3000 }).pipe(res);
});

router.get('/logo', (req, res) => {
  let target;
  try {
    target = new URL(String(req.query.url));
  } catch (e) {
    return res.sendStatus(400);
  }
  if (target.origin !== 'https://pictures.example.org') return res.sendStatus(400);
  request({ url: target.href, timeout: 3000, followRedirect: false }).pipe(res);
});

router.get('/noise', (req, res) => {
  res.type('application/octet-stream').send(Buffer.alloc(Number(req.query.bytes)));
});

router.get('/pattern', (req, res) => {
  const bytes = Math.min(Number(req.query.bytes) || 0, 4096);
  res.type('application/octet-stream').send(Buffer.alloc(Math.max(bytes, 0), 7));
});

module.exports = router;
--- routes/imports.js
const express = require('express');
const libxmljs = require('libxmljs');
const xpath = require('xpath');
const { DOMParser } = require('xmldom');
const serialize = require('node-serialize');
const fs = require('fs');
const _ = require('lodash');

const router = express.Router();
const tariffs = new DOMParser().parseFromString(fs.readFileSync(__dirname + '/../data/tariffs.xml', 'utf8'));
const byClass = xpath.parse('//tariff[@class=$class]/price/text()');
const defaults = { units: 'metric', alarm: { tide: true, wind: 20 } };

router.post('/crew', (req, res) => {
  const doc = libxmljs.parseXml(req.body, { noent: true });
  const names = doc.find('//sailor/name').map((node) => node.text());
  res.json({ crew: names });
});

router.post('/cargo', (req, res) => {
  const doc = libxmljs.parseXml(req.body, { noent: false, nonet: true });
  res.json({ pieces: doc.find('//piece').length });
});

router.get('/tariff', (req, res) => {
  const hits = xpath.select("//tariff[@class='" + req.query.class + "']/price/text()", tariffs);
  res.json({ price: hits.map(String) });
});

router.get('/price', (req, res) => {
  const hits = byClass.select({ node: tariffs, variables: { class: String(req.query.class) } });
  res.json({ price: hits.map(String) });
});

router.get('/basket', (req, res) => {
  const text = Buffer.from(String(req.cookies.basket), 'base64').toString();
  const basket = serialize.unserialize(text);
  res.json({ items: basket.items });
});

router.get('/wishes', (req, res) => {
  const text = Buffer.from(String(req.cookies.wishes), 'base64').toString();
  const wishes = JSON.parse(text);
  res.json({ items: wishes.items });
});

router.post('/preferences', (req, res) => {
  const mine = _.merge({}, defaults, req.body);
  req.session.alarm = Boolean(mine.alarm && mine.alarm.tide);
  res.sendStatus(204);
});

router.post('/units', (req, res) => {
  const mine = Object.assign({}, defaults, { units: String(req.body.units) });
  res.json(mine);
});

module.exports = router;
--- routes/notices.js
const express = require('express');
const _ = require('lodash');
const ejs = require('ejs');
const Notice = require('../models/notice');
const auth = require('../lib/auth');

const router = express.Router();

router.get('/', (req, res, next) => {
  const filter = { approved: true };
  if (req.query.q) filter.title = new RegExp(req.query.q, 'i');
  Notice.find(filter).lean().exec((err, notices) => {
    if (err) return next(err);
    res.json(notices);
  });
});

router.get('/by-title', (req, res, next) => {
  const pattern = new RegExp('^' + _.escapeRegExp(String(req.query.q)), 'i');
  Notice.find({ approved: true, title: pattern }).limit(50).lean().exec((err, notices) => {
    if (err) return next(err);
    res.json(notices);
  });
});

router.post('/open', (req, res, next) => {
  Notice.findOne({ ship: req.body.ship, pin: req.body.pin }, (err, notice) => {
    if (err) return next(err);
    if (!notice) return res.sendStatus(403);
    res.json({ text: notice.text });
  });
});

router.post('/count', (req, res, next) => {
  Notice.countDocuments({ ship: String(req.body.ship), approved: true }, (err, count) => {
    if (err) return next(err);
    res.json({ count: count });
  });
});

router.post('/', auth.loggedIn, (req, res, next) => {
  const notice = new Notice(req.body);
  notice.save((err) => {
    if (err) return next(err);
    res.redirect('/notices');
  });
});

router.post('/short', auth.loggedIn, (req, res, next) => {
  const fields = _.pick(req.body, ['title', 'text']);
  Notice.create({ title: String(fields.title), text: String(fields.text), author: req.session.user.name }, (err) => {
    if (err) return next(err);
    res.redirect('/notices');
  });
});

router.post('/preview', (req, res) => {
  const page = ejs.render('<article>' + req.body.text + '</article>', { title: 'Preview' });
  res.send(page);
});

router.post('/preview/title', (req, res) => {
  const page = ejs.render('<h1><%= title %></h1>', { title: req.body.title });
  res.send(page);
});

module.exports = router;
--- routes/admin.js
const express = require('express');
const db = require('../lib/db');
const secrets = require('../lib/secrets');

const router = express.Router();
const jobs = {
  rotate: () => 'rotated',
  sweep: () => 'swept'
};
const reports = new Map([['daily', () => 'daily'], ['yearly', () => 'yearly']]);

router.use((req, res, next) => {
  if (!req.session.user || req.session.user.role !== 'admin') return res.sendStatus(403);
  next();
});

router.get('/', (req, res) => {
  res.send('<h1>Office</h1><p>' + Object.keys(jobs).join(', ') + '</p>');
});

router.post('/job', (req, res) => {
  const result = jobs[req.body.job]();
  res.json({ result: result });
});

router.post('/report', (req, res) => {
  const run = reports.get(String(req.body.report));
  if (!run) return res.sendStatus(404);
  res.json({ result: run() });
});

router.get('/stays.csv', (req, res, next) => {
  db.query('SELECT ship, remark, nights FROM stays', [], (err, rows) => {
    if (err) return next(err);
    const lines = rows.map((row) => [row.ship, row.remark, row.nights].join(';'));
    res.type('text/csv').send(lines.join('\n'));
  });
});

router.get('/nights.csv', (req, res, next) => {
  db.query('SELECT berth, nights FROM stays', [], (err, rows) => {
    if (err) return next(err);
    const lines = rows.map((row) => [Number(row.berth), Number(row.nights)].join(';'));
    res.type('text/csv').send(lines.join('\n'));
  });
});

router.post('/gate', (req, res, next) => {
  const code = secrets.gateCode();
  db.execute('UPDATE gates SET code = ? WHERE id = ?', [code, Number(req.body.gate)], (err) => {
    if (err) return next(err);
    console.log('gate changed, code of ' + code.length + ' digits');
    res.json({ code: code });
  });
});

module.exports = router;
--- routes/api.js
const express = require('express');
const db = require('../lib/db');
const auth = require('../lib/auth');
const secrets = require('../lib/secrets');

const router = express.Router();
const COLOURS = ['red', 'green'];

router.post('/token', (req, res) => {
  const name = String(req.body.name);
  db.execute('SELECT id, role FROM users WHERE name = ? AND api_key = ?', [name, String(req.body.key)], (err, rows) => {
    if (err) return res.status(500).json({ error: err.sqlMessage });
    if (!rows.length) return res.status(401).json({ error: 'unknown' });
    const token = auth.issue(rows[0]);
    res.cookie('session_token', token, { httpOnly: true, secure: true, sameSite: 'lax' });
    res.json({ token: token });
  });
});

router.get('/ships', auth.apiUser, (req, res) => {
  const sql = 'SELECT name, flag FROM ships WHERE owner = ' + db.pool.escape(String(req.query.owner));
  db.pool.query(sql, (err, rows) => {
    if (err) return res.sendStatus(500);
    res.set('ETag', secrets.etag(JSON.stringify(rows)));
    res.json(rows);
  });
});

router.delete('/ships/:name', auth.apiAdmin, (req, res) => {
  db.pool.query("DELETE FROM ships WHERE name = '" + req.params.name + "'", (err) => {
    res.sendStatus(err ? 500 : 204);
  });
});

router.post('/hook', (req, res) => {
  const body = JSON.stringify(req.body);
  if (!secrets.hookIsOurs(body, req.get('X-Signature'))) return res.sendStatus(403);
  res.sendStatus(204);
});

router.get('/flag', (req, res) => {
  const colour = COLOURS.includes(req.query.colour) ? req.query.colour : 'red';
  res.setHeader('X-Flag', colour);
  res.send('<b style="color:' + colour + '">flag</b>');
});

module.exports = router;
--- views/index.ejs
<!doctype html>
<html>
<head>
  <title>Harbour</title>
  <script src="/vendor/jquery.min.js"></script>
  <script src="/js/harbour.js"></script>
</head>
<body>
  <h1>Harbour</h1>
  <% if (user) { %><p>Welcome aboard, <%= user.name %>.</p><% } %>
  <p class="tip"><%= tip %></p>
  <div id="tab"></div>
  <div id="crumb"></div>
  <div id="news"></div>
  <form id="remember"><input name="email"><input name="password" type="password"></form>
</body>
</html>
--- views/login.ejs
<!doctype html>
<title>Log in</title>
<% if (message) { %>
<div class="alert"><%- message %></div>
<% } %>
<form method="post" action="/login">
  <input type="hidden" name="next" value="<%= next %>">
  <input name="name"> <input name="password" type="password">
  <button>Log in</button>
</form>
--- views/berth.ejs
<!doctype html>
<title>Berth <%= berth.id %></title>
<h1>Pier <%= berth.pier %></h1>
<p class="note"><%= note %></p>
<p class="from">You came from <%- from %></p>
--- public/js/harbour.js
$(function () {
  var tab = decodeURIComponent(window.location.hash.substring(1));
  $('#tab').html('<b>' + tab + '</b>');

  var place = new URLSearchParams(window.location.search).get('place');
  $('#crumb').text('You are at ' + place);

  $('#remember').on('submit', function () {
    var email = $(this).find('[name=email]').val();
    var password = $(this).find('[name=password]').val();
    localStorage.setItem('harbour-email', email);
    localStorage.setItem('harbour-password', password);
  });

  window.addEventListener('message', function (event) {
    document.getElementById('news').innerHTML = event.data;
  });

  window.addEventListener('message', function (event) {
    if (event.origin !== 'https://tides.example.org') return;
    $('#news').attr('data-tide', String(event.data.tide));
  });

  $('.ship').on('click', function () {
    window.open('/berths/search?q=' + encodeURIComponent($(this).text()));
  });
});
