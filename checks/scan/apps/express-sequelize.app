--- labels
good app.js:17 headers/missing | helmet is in use
good app.js:24 limits/unbounded-body | the size of the body is limited
good app.js:33 cookie/flags | httpOnly, secure and sameSite are set
good app.js:39 cors/wild | a fixed list of origins
bad app.js:40 cors/wild | every origin is allowed with credentials
good app.js:60 error/leak | the details go to the log only
bad app.js:65 error/leak | the stack trace is sent to the client
good app.js:69 config/bind-all | bound to the loopback address
good config/index.js:14 secret/hard-coded | the secret comes from the environment
bad config/index.js:17 secret/hard-coded | the JWT signing key is a literal in the source
good config/index.js:22 secret/hard-coded | the literal is the name of a form field, not a credential
good config/passport.js:22 sql/injection | Sequelize binds the value of an object condition
bad controllers/productController.js:19 xss/reflected | the search term is sent back as HTML
good controllers/productController.js:27 xss/reflected | the name is escaped for HTML
good controllers/productController.js:29 xss/reflected | a JSON answer
good controllers/productController.js:40 xss/reflected | the callback name is limited to an identifier
good controllers/productController.js:47 xss/reflected | only a number is written
bad controllers/productController.js:53 xss/stored | stored review texts are written without escaping
good controllers/productController.js:58 xss/stored | every review is escaped
good controllers/productController.js:63 object/mass-assignment | the fields are named one by one
good controllers/productController.js:64 redirect/open | a path of the own site with an encoded segment
good controllers/productController.js:68 sql/injection | findByPk binds the key
good middleware/auth.js:13 redirect/open | a constant target
good middleware/auth.js:18 jwt/unverified | the signature is verified with a pinned algorithm
good middleware/auth.js:21 error/leak | a fixed text is sent, not the error
bad middleware/auth.js:26 jwt/unverified | the claims are trusted without a check of the signature
bad middleware/upload.js:10 upload/unchecked | any type of file is kept under its own name in the public directory
good middleware/upload.js:17 upload/unchecked | the type is allow-listed, the size limited and the name generated
good routes/account.js:26 object/mass-assignment | only two named fields are taken
bad routes/account.js:32 object/mass-assignment | every column of the own account can be changed, the role too
good routes/account.js:37 object/mass-assignment | the fields option limits the columns
bad routes/admin.js:40 csv/injection | order notes of customers are exported without neutralising formulas
good routes/admin.js:44 csv/injection | cells that start like a formula get an apostrophe
bad routes/admin.js:49 code/injection | a formula of the request is compiled and run
good routes/admin.js:55 code/reflection | only own keys of a constant table can be called
bad routes/admin.js:59 template/injection | the template source comes from the request
good routes/admin.js:64 template/injection | a constant template, the value is data
bad routes/admin.js:70 regex/injection | the pattern of the request is compiled as it is
good routes/admin.js:77 regex/injection | the metacharacters are escaped
good routes/admin.js:82 sql/injection | the value is escaped and quoted by sequelize.escape
bad routes/admin.js:88 sql/injection | a request header is concatenated into the statement
bad routes/auth.js:26 log/injection | the e-mail field gets into the log with its line breaks
good routes/auth.js:31 log/injection | line breaks are taken out first
bad routes/auth.js:33 redirect/open | the target is taken from the form
good routes/auth.js:41 redirect/open | the origin is compared with the own one after parsing
good routes/auth.js:49 object/mass-assignment | the schema drops unknown fields
bad routes/auth.js:58 object/mass-assignment | the whole body, with role and credit, is stored
good routes/auth.js:67 cookie/flags | all the flags are set
bad routes/auth.js:73 cookie/flags | a login token in a cookie that scripts can read and that goes over plain HTTP
bad routes/auth.js:83 trust/boundary | the role in the session is set from the form
good routes/auth.js:88 trust/boundary | only two constants can be stored
bad routes/files.js:18 path/traversal | folder and name are joined without a check
good routes/files.js:24 path/traversal | the resolved path must lie below the upload directory
good routes/files.js:32 path/traversal | basename leaves no directory part
good routes/files.js:34 xss/stored | sent as plain text
good routes/files.js:39 path/traversal | sendFile with a root refuses paths outside of it
bad routes/files.js:45 path/traversal | names of the body choose the files to delete
bad routes/files.js:80 archive/zip-slip | entry names of an uploaded archive are joined without a check
good routes/files.js:90 archive/zip-slip | entries that leave the directory are skipped
bad routes/files.js:97 deserialize/untrusted | node-serialize runs functions that a cookie contains
good routes/files.js:103 deserialize/untrusted | JSON.parse makes plain data only
bad services/coverService.js:10 ssrf/request | the address of the request body is fetched by the server
good services/coverService.js:24 ssrf/request | scheme and host are allow-listed and redirects refused
good services/coverService.js:28 ssrf/request | fixed host, the value is only an encoded path segment
bad services/coverService.js:36 tls/unverified | the certificate of the warehouse is not checked
bad services/productService.js:16 sql/injection | the search term is concatenated into the condition
good services/productService.js:25 sql/injection | the value is bound and the column comes from an allow-list
bad services/productService.js:30 sql/injection | the sort column of the query string goes into a literal
good services/productService.js:35 sql/injection | column and direction are mapped to constants
good services/productService.js:40 sql/injection | every id is parsed to an integer
bad services/productService.js:50 sql/injection | quoted but unescaped values are joined into the IN list
good services/productService.js:56 sql/injection | Op.like binds the pattern
good services/productService.js:70 sql/injection | a constant statement with a bind parameter
bad services/reportService.js:18 command/injection | the format of the request body gets into a shell command
good services/reportService.js:24 command/injection | the format is one of three constants and the source a constant path
good services/reportService.js:29 command/injection | execFile without a shell, and -- ends the options
good services/reportService.js:53 file/temp | mkdtemp makes a private directory with a random name
good services/reportService.js:55 file/permissions | readable by the owner only
good services/reportService.js:61 path/traversal | the name is cast to a number
bad services/reportService.js:62 file/permissions | the report becomes writable by every local user
good utils/crypto.js:6 crypto/password-storage | bcrypt with a work factor of 12
bad utils/crypto.js:11 crypto/password-storage crypto/weak-hash | a password is stored as an unsalted MD5
good utils/crypto.js:15 crypto/weak-hash | SHA-256 of file contents
bad utils/crypto.js:21 crypto/weak-random | a password reset code is made with Math.random
good utils/crypto.js:26 crypto/weak-random | the voucher code comes from the CSPRNG
good utils/crypto.js:28 crypto/weak-random | a banner is picked for decoration, nothing secret
bad utils/merge.js:12 object/prototype-pollution | preferences of the request body are merged recursively without a check of the keys
good utils/merge.js:24 object/prototype-pollution | the dangerous keys are skipped
good views/account.ejs:4 xss/template | escaped output
good views/login.ejs:6 xss/template | escaped within a quoted attribute
bad views/product.ejs:7 xss/template xss/stored | stored review texts are written raw
bad views/products.ejs:5 xss/template | the heading contains the search term and is written raw
good views/products.ejs:7 xss/template | the value is escaped by the engine
good views/products.ejs:11 xss/template | stored titles are escaped
--- app.js
'use strict';

const path = require('path');
const express = require('express');
const session = require('express-session');
const cookieParser = require('cookie-parser');
const passport = require('passport');
const helmet = require('helmet');
const cors = require('cors');
const config = require('./config');
const { sequelize } = require('./models');
const { requireLogin } = require('./middleware/auth');
const products = require('./controllers/productController');

require('./config/passport')(passport);

const app = express();
app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));
app.disable('x-powered-by');

app.use(helmet());
app.use(express.static(path.join(__dirname, 'public')));
app.use(express.json({ limit: '200kb' }));
app.use(express.urlencoded({ extended: false, limit: '100kb' }));
app.use(cookieParser());
app.use(
  session({
    name: config.session.name,
    secret: config.session.secret,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, secure: config.env !== 'test', sameSite: 'lax' },
  })
);
app.use(passport.initialize());
app.use(passport.session());

app.use('/api', cors({ origin: config.allowedOrigins, credentials: true }));
app.use('/feed', cors({ origin: (origin, cb) => cb(null, true), credentials: true }));

app.get('/', products.index);
app.get('/products/search', products.search);
app.get('/products/compare', products.compare);
app.get('/products/shelves', products.shelves);
app.get('/products/suggest', products.suggest);
app.get('/products/stats', products.stats);
app.get('/products/by/:author', products.author);
app.get('/products/:id', products.show);
app.get('/products/:id/reviews', products.reviews);
app.get('/products/:id/reviews/plain', products.reviewsPlain);
app.post('/products/:id/reviews', requireLogin, products.addReview);
app.use('/auth', require('./routes/auth'));
app.use('/files', require('./routes/files'));
app.use('/admin', require('./routes/admin'));
app.use('/account', require('./routes/account'));

app.use('/api', (err, req, res, next) => {
  console.error(err);
  res.status(err.status || 500).json({ error: 'internal error' });
});

app.use((err, req, res, next) => {
  const { message, stack } = err;
  res.status(err.status || 500).json({ message, stack });
});

if (require.main === module) {
  sequelize.sync().then(() => app.listen(config.port, '127.0.0.1'));
}

module.exports = app;
--- config/index.js
'use strict';

const path = require('path');

module.exports = {
  env: process.env.NODE_ENV || 'development',
  port: Number(process.env.PORT) || 3000,
  database: {
    dialect: 'sqlite',
    storage: process.env.DB_FILE || path.join(__dirname, '..', 'var', 'bookbarn.sqlite'),
    logging: false,
  },
  session: {
    secret: process.env.SESSION_SECRET,
    name: 'barn.sid',
  },
  jwtSecret: 'b4rn-0wl-T0ken-S1gning-7fQ2',
  uploadDir: path.join(__dirname, '..', 'var', 'uploads'),
  coverDir: path.join(__dirname, '..', 'var', 'covers'),
  allowedOrigins: ['https://shop.bookbarn.example', 'https://admin.bookbarn.example'],
  form: {
    passwordField: 'password',
    usernameField: 'email',
  },
};
--- config/passport.js
'use strict';

const LocalStrategy = require('passport-local').Strategy;
const config = require('./index');
const { User } = require('../models');
const { verifyPassword } = require('../utils/crypto');

module.exports = function configure(passport) {
  passport.serializeUser((user, done) => done(null, user.id));

  passport.deserializeUser(async (id, done) => {
    try {
      done(null, await User.findByPk(id));
    } catch (err) {
      done(err);
    }
  });

  passport.use(
    new LocalStrategy(config.form, async (email, password, done) => {
      try {
        const user = await User.findOne({ where: { email: String(email) } });
        if (!user || !(await verifyPassword(password, user.passwordHash))) {
          return done(null, false, { message: 'Wrong e-mail or password' });
        }
        return done(null, user);
      } catch (err) {
        return done(err);
      }
    })
  );
};
--- controllers/productController.js
'use strict';

const products = require('../services/productService');
const { Product, Review } = require('../models');
const { escapeHtml, paragraph } = require('../utils/html');

const wrap = (handler) => (req, res, next) => Promise.resolve(handler(req, res, next)).catch(next);

exports.index = wrap(async (req, res) => {
  const { sort = 'title', dir } = req.query;
  const rows = req.query.v === '2' ? await products.listSorted(sort, dir) : await products.list(sort, dir);
  res.render('products', { rows, q: '', heading: 'All books' });
});

exports.search = wrap(async (req, res) => {
  const rows = await products.search(req.query);
  const q = req.query.term;
  if (rows.length === 0) {
    return res.status(404).send(`<h1>Nothing found for ${q}</h1>`);
  }
  return res.render('products', { rows, q, heading: `Results for ${q}` });
});

exports.author = wrap(async (req, res) => {
  const rows = await products.byAuthor(req.params.author, req.query.sort);
  if (!rows.length) {
    return res.status(404).send(paragraph(`No books by ${escapeHtml(req.params.author)}`));
  }
  return res.json(rows);
});

exports.compare = wrap(async (req, res) => res.json(await products.byIds(req.query.ids || '')));

exports.shelves = wrap(async (req, res) => res.json(await products.byShelves(req.query.shelf)));

exports.suggest = wrap(async (req, res) => {
  const hits = await products.suggest(req.query.prefix);
  const callback = req.query.callback;
  if (callback && /^[A-Za-z_][A-Za-z0-9_]{0,30}$/.test(callback)) {
    return res.type('application/javascript').send(`${callback}(${JSON.stringify(hits)})`);
  }
  return res.json(hits);
});

exports.stats = wrap(async (req, res) => {
  const [{ n }] = await products.countFor(req.query.author);
  res.send(`<b>${Number(n)}</b> titles`);
});

exports.reviews = wrap(async (req, res) => {
  const list = await products.reviews(req.params.id);
  const html = list.reduce((acc, r) => acc + paragraph(r.body), '<section>');
  res.send(`${html}</section>`);
});

exports.reviewsPlain = wrap(async (req, res) => {
  const list = await products.reviews(req.params.id);
  res.send(list.map((r) => paragraph(escapeHtml(r.body))).join(''));
});

exports.addReview = wrap(async (req, res) => {
  const { body, stars } = req.body;
  await Review.create({ body, stars: Number(stars), ProductId: req.params.id, UserId: req.user.id });
  res.redirect(`/products/${encodeURIComponent(req.params.id)}`);
});

exports.show = wrap(async (req, res) => {
  const product = await Product.findByPk(req.params.id, { include: [Review] });
  if (!product) return res.status(404).render('message', { text: `No book ${req.params.id}` });
  return res.render('product', { product, reviews: product.Reviews });
});
--- middleware/auth.js
'use strict';

const jwt = require('jsonwebtoken');
const config = require('../config');

function bearer(req) {
  const [scheme, token] = (req.get('authorization') || '').split(' ');
  return scheme === 'Bearer' ? token : req.cookies && req.cookies.token;
}

function requireLogin(req, res, next) {
  if (req.isAuthenticated && req.isAuthenticated()) return next();
  return res.redirect('/auth/login');
}

function apiToken(req, res, next) {
  try {
    req.api = jwt.verify(bearer(req), config.jwtSecret, { algorithms: ['HS256'] });
    return next();
  } catch (err) {
    return res.status(401).json({ error: 'invalid token' });
  }
}

function partnerToken(req, res, next) {
  const claims = jwt.decode(bearer(req));
  if (!claims || claims.kind !== 'partner') return res.status(403).json({ error: 'partners only' });
  req.partner = claims;
  return next();
}

function requireAdmin(req, res, next) {
  if (req.user && req.user.role === 'admin') return next();
  return res.status(403).render('message', { text: 'Forbidden' });
}

module.exports = { requireLogin, requireAdmin, apiToken, partnerToken };
--- middleware/upload.js
'use strict';

const path = require('path');
const crypto = require('crypto');
const multer = require('multer');
const config = require('../config');

const IMAGE_TYPES = { 'image/png': '.png', 'image/jpeg': '.jpg', 'image/webp': '.webp' };

const attachments = multer({
  storage: multer.diskStorage({
    destination: path.join(__dirname, '..', 'public', 'attachments'),
    filename: (req, file, cb) => cb(null, file.originalname),
  }),
});

const covers = multer({
  storage: multer.diskStorage({
    destination: config.coverDir,
    filename: (req, file, cb) => cb(null, crypto.randomUUID() + IMAGE_TYPES[file.mimetype]),
  }),
  fileFilter: (req, file, cb) => cb(null, Object.hasOwn(IMAGE_TYPES, file.mimetype)),
  limits: { fileSize: 2 * 1024 * 1024, files: 1 },
});

const archives = multer({ storage: multer.memoryStorage(), limits: { fileSize: 20 * 1024 * 1024 } });

module.exports = { attachments, covers, archives };
--- models/index.js
'use strict';

const { Sequelize, DataTypes } = require('sequelize');
const config = require('../config');

const sequelize = new Sequelize(config.database);

const User = sequelize.define('User', {
  email: { type: DataTypes.STRING, unique: true },
  displayName: DataTypes.STRING,
  bio: DataTypes.TEXT,
  passwordHash: DataTypes.STRING,
  role: { type: DataTypes.STRING, defaultValue: 'customer' },
  credit: { type: DataTypes.INTEGER, defaultValue: 0 },
});

const Product = sequelize.define('Product', {
  title: DataTypes.STRING,
  author: DataTypes.STRING,
  price: DataTypes.INTEGER,
  cover: DataTypes.STRING,
});

const Review = sequelize.define('Review', {
  body: DataTypes.TEXT,
  stars: DataTypes.INTEGER,
});

const Order = sequelize.define('Order', {
  note: DataTypes.STRING,
  total: DataTypes.INTEGER,
  status: DataTypes.STRING,
});

Product.hasMany(Review);
Review.belongsTo(Product);
Review.belongsTo(User);
User.hasMany(Order);
Order.belongsTo(User);

module.exports = { sequelize, Sequelize, User, Product, Review, Order };
--- package.json
{
  "name": "bookbarn",
  "version": "1.4.2",
  "private": true,
  "main": "app.js",
  "scripts": { "start": "node app.js" },
  "dependencies": {
    "adm-zip": "^0.5.10",
    "bcrypt": "^5.1.1",
    "cookie-parser": "^1.4.6",
    "cors": "^2.8.5",
    "ejs": "^3.1.9",
    "express": "^4.18.2",
    "express-session": "^1.17.3",
    "helmet": "^7.1.0",
    "joi": "^17.11.0",
    "jsonwebtoken": "^9.0.2",
    "multer": "^1.4.5-lts.1",
    "node-serialize": "^0.0.4",
    "passport": "^0.7.0",
    "passport-local": "^1.0.0",
    "sequelize": "^6.35.0",
    "sqlite3": "^5.1.6"
  }
}
--- routes/account.js
'use strict';

const express = require('express');
const { requireLogin } = require('../middleware/auth');
const { deepMerge, mergeSettings, pick } = require('../utils/merge');
const { User } = require('../models');

const router = express.Router();
const defaults = { mail: { weekly: true }, layout: { columns: 2 } };

router.use(requireLogin);

router.get('/', (req, res) => res.render('account', { user: req.user, theme: req.session.theme }));

router.post('/preferences', (req, res) => {
  const merged = deepMerge(JSON.parse(JSON.stringify(defaults)), req.body);
  res.json(merged);
});

router.post('/layout', (req, res) => {
  const merged = mergeSettings(JSON.parse(JSON.stringify(defaults)), req.body);
  res.json(merged);
});

router.post('/profile', async (req, res) => {
  await req.user.update(pick(req.body, ['displayName', 'bio']));
  res.redirect('/account');
});

router.post('/profile/full', async (req, res) => {
  const changes = Object.assign({}, req.body);
  await User.update(changes, { where: { id: req.user.id } });
  res.redirect('/account');
});

router.post('/bio', async (req, res) => {
  await User.update(req.body, { where: { id: req.user.id }, fields: ['bio'] });
  res.redirect('/account');
});

module.exports = router;
--- routes/admin.js
'use strict';

const express = require('express');
const ejs = require('ejs');
const { requireAdmin, partnerToken, apiToken } = require('../middleware/auth');
const reports = require('../services/reportService');
const { warehouse } = require('../services/coverService');
const { voucherCode } = require('../utils/crypto');
const { User, sequelize } = require('../models');

const router = express.Router();

const PRICE_RULES = {
  half: (price) => price / 2,
  tenOff: (price) => price * 0.9,
};

router.post('/reports/convert', requireAdmin, async (req, res, next) => {
  try {
    const source = reports.writeDraft(req.body.text || '');
    const { format, title } = req.body;
    res.send({ out: await reports.convert(source, { format, title }) });
  } catch (err) {
    next(err);
  }
});

router.post('/reports/monthly', requireAdmin, (req, res, next) => {
  reports
    .convertChecked('/srv/bookbarn/monthly.md', { format: req.body.format })
    .then(() => res.sendStatus(202))
    .catch(next);
});

router.get('/disk', requireAdmin, (req, res, next) => {
  reports.diskUsage(req.query.dir || '.').then((kb) => res.json({ kb })).catch(next);
});

router.get('/orders.csv', requireAdmin, async (req, res) => {
  res.type('text/csv').send(await reports.ordersCsv());
});

router.get('/orders-excel.csv', requireAdmin, async (req, res) => {
  res.type('text/csv').send(await reports.ordersCsvForExcel());
});

router.post('/price-preview', requireAdmin, (req, res) => {
  const formula = req.body.formula || 'price';
  const compute = new Function('price', `return ${formula};`);
  res.json({ preview: [100, 250, 1000].map((p) => compute(p)) });
});

router.post('/price-rule', requireAdmin, (req, res) => {
  const rule = Object.hasOwn(PRICE_RULES, req.body.rule) ? PRICE_RULES[req.body.rule] : PRICE_RULES.tenOff;
  res.json({ preview: [100, 250, 1000].map((p) => rule(p)) });
});

router.post('/mail-preview', requireAdmin, (req, res) => {
  const html = ejs.render(req.body.template, { user: req.user.displayName });
  res.send(html);
});

router.get('/mail-sample', requireAdmin, (req, res) => {
  const html = ejs.render('<p>Dear <%= user %>, your order is on its way.</p>', { user: req.query.user });
  res.send(html);
});

router.get('/grep', requireAdmin, async (req, res) => {
  const users = await User.findAll({ attributes: ['id', 'email'], raw: true });
  const pattern = new RegExp(req.query.pattern, 'i');
  res.json(users.filter((u) => pattern.test(u.email)));
});

router.get('/find', requireAdmin, async (req, res) => {
  const users = await User.findAll({ attributes: ['id', 'email'], raw: true });
  const literal = String(req.query.q || '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(literal, 'i');
  res.json(users.filter((u) => pattern.test(u.email)));
});

router.get('/partner/orders', partnerToken, async (req, res) => {
  const [rows] = await sequelize.query('SELECT id, total FROM Orders WHERE partner = ' + sequelize.escape(req.partner.sub));
  res.json(rows);
});

router.get('/partner/status', partnerToken, async (req, res) => {
  const status = req.headers['x-order-status'] || 'open';
  const [rows] = await sequelize.query("SELECT id FROM Orders WHERE status = '" + status + "'");
  res.json(rows);
});

router.post('/voucher', apiToken, (req, res) => res.json({ code: voucherCode() }));

router.get('/warehouse', requireAdmin, async (req, res) => res.json({ status: await warehouse('/health') }));

module.exports = router;
--- routes/auth.js
'use strict';

const express = require('express');
const passport = require('passport');
const jwt = require('jsonwebtoken');
const Joi = require('joi');
const config = require('../config');
const { User } = require('../models');
const { hashPassword, legacyHash, resetCode } = require('../utils/crypto');
const { oneLine } = require('../utils/html');

const router = express.Router();

const signupSchema = Joi.object({
  email: Joi.string().email().required(),
  displayName: Joi.string().max(60).required(),
  password: Joi.string().min(10).required(),
}).options({ stripUnknown: true });

router.get('/login', (req, res) => res.render('login', { next: req.query.next || '/', error: req.query.error }));

router.post('/login', (req, res, next) => {
  passport.authenticate('local', (err, user) => {
    if (err) return next(err);
    if (!user) {
      console.warn('login failed for ' + req.body.email + ' from ' + req.ip);
      return res.redirect('/auth/login?error=1');
    }
    return req.logIn(user, (loginErr) => {
      if (loginErr) return next(loginErr);
      console.log('login of %s', oneLine(req.body.email));
      const target = req.body.next || '/';
      return res.redirect(target);
    });
  })(req, res, next);
});

router.get('/continue', (req, res) => {
  const target = new URL(req.query.to || '/', 'https://shop.bookbarn.example');
  if (target.origin !== 'https://shop.bookbarn.example') return res.redirect('/');
  return res.redirect(target.href);
});

router.post('/signup', async (req, res, next) => {
  const { value, error } = signupSchema.validate(req.body);
  if (error) return res.status(400).render('message', { text: 'Please check the form' });
  try {
    const { password, ...profile } = value;
    await User.create({ ...profile, passwordHash: await hashPassword(password) });
    return res.redirect('/auth/login');
  } catch (err) {
    return next(err);
  }
});

router.post('/import-account', async (req, res, next) => {
  try {
    const user = await User.create({ ...req.body, passwordHash: legacyHash(req.body.password) });
    res.status(201).json({ id: user.id });
  } catch (err) {
    next(err);
  }
});

router.post('/token', passport.authenticate('local', { session: false }), (req, res) => {
  const token = jwt.sign({ sub: req.user.id }, config.jwtSecret, { expiresIn: '1h' });
  res.cookie('token', token, { httpOnly: true, secure: true, sameSite: 'lax' });
  res.json({ ok: true });
});

router.post('/remember', passport.authenticate('local', { session: false }), (req, res) => {
  const token = jwt.sign({ sub: req.user.id, long: true }, config.jwtSecret, { expiresIn: '60d' });
  res.cookie('token', token, { maxAge: 60 * 24 * 3600 * 1000, httpOnly: false });
  res.json({ ok: true });
});

router.post('/reset', (req, res) => {
  req.session.reset = { code: resetCode(), at: Date.now() };
  res.render('message', { text: 'Mail sent' });
});

router.post('/switch', (req, res) => {
  req.session.role = req.body.role;
  res.redirect('/account');
});

router.post('/theme', (req, res) => {
  req.session.theme = req.body.theme === 'dark' ? 'dark' : 'light';
  res.redirect('/account');
});

module.exports = router;
--- routes/files.js
'use strict';

const fs = require('fs');
const path = require('path');
const express = require('express');
const AdmZip = require('adm-zip');
const serialize = require('node-serialize');
const config = require('../config');
const { insideDir, joinDir } = require('../utils/paths');
const { attachments, covers, archives } = require('../middleware/upload');
const { fetchCover, fetchListed, stockLevel } = require('../services/coverService');

const router = express.Router();

router.get('/download', (req, res) => {
  const { name, folder = 'public' } = req.query;
  const file = joinDir(config.uploadDir, folder, name);
  fs.createReadStream(file).on('error', () => res.sendStatus(404)).pipe(res);
});

router.get('/manual', (req, res, next) => {
  try {
    const file = insideDir(config.uploadDir, req.query.name || '');
    res.sendFile(file);
  } catch (err) {
    next(err);
  }
});

router.get('/excerpt/:file', (req, res) => {
  const file = path.join(config.uploadDir, path.basename(req.params.file));
  fs.readFile(file, 'utf8', (err, text) => {
    if (err) return res.sendStatus(404);
    return res.type('text/plain').send(text.slice(0, 500));
  });
});

router.get('/cover/:name', (req, res) => {
  res.sendFile(req.params.name, { root: config.coverDir });
});

router.delete('/attachment', (req, res) => {
  const targets = [].concat(req.body.names || []).map((n) => path.join(config.uploadDir, n));
  for (const target of targets) {
    fs.unlink(target, () => {});
  }
  res.sendStatus(204);
});

router.post('/attachment', attachments.single('file'), (req, res) => res.json({ name: req.file.originalname }));

router.post('/cover', covers.single('cover'), (req, res) => res.json({ name: req.file && req.file.filename }));

router.post('/cover-from-url', (req, res, next) => {
  fetchCover(req.body.url, (err, data) => (err ? next(err) : res.type('image/jpeg').send(data)));
});

router.post('/cover-from-list', async (req, res, next) => {
  try {
    const answer = await fetchListed(req.body.url);
    res.type('image/jpeg').send(Buffer.from(await answer.arrayBuffer()));
  } catch (err) {
    next(err);
  }
});

router.get('/stock/:isbn', async (req, res, next) => {
  try {
    res.json(await stockLevel(req.params.isbn));
  } catch (err) {
    next(err);
  }
});

router.post('/archive', archives.single('zip'), (req, res) => {
  const zip = new AdmZip(req.file.buffer);
  zip.getEntries().filter((entry) => !entry.isDirectory).forEach((entry) => {
    const target = path.join(config.uploadDir, entry.entryName);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, entry.getData());
  });
  res.sendStatus(201);
});

router.post('/archive-flat', archives.single('zip'), (req, res) => {
  const root = path.resolve(config.uploadDir);
  for (const entry of new AdmZip(req.file.buffer).getEntries()) {
    const target = path.resolve(root, entry.entryName);
    if (entry.isDirectory || !target.startsWith(root + path.sep)) continue;
    fs.writeFileSync(target, entry.getData());
  }
  res.sendStatus(201);
});

router.get('/basket', (req, res) => {
  const raw = Buffer.from(req.cookies.basket || '', 'base64').toString();
  const basket = raw ? serialize.unserialize(raw) : { items: [] };
  res.json({ count: basket.items.length });
});

router.get('/wishlist', (req, res) => {
  const raw = Buffer.from(req.cookies.wishlist || '', 'base64').toString();
  const list = raw ? JSON.parse(raw) : [];
  res.json({ count: list.length });
});

module.exports = router;
--- services/coverService.js
'use strict';

const https = require('https');
const http = require('http');

const COVER_HOSTS = new Set(['covers.openlibrary.org', 'images.bookbarn.example']);

function fetchCover(address, done) {
  const client = address.startsWith('https:') ? https : http;
  const request = client.get(address, (response) => {
    const chunks = [];
    response.on('data', (c) => chunks.push(c));
    response.on('end', () => done(null, Buffer.concat(chunks)));
  });
  request.setTimeout(5000, () => request.destroy());
  request.on('error', done);
}

function fetchListed(address) {
  const url = new URL(address);
  if (url.protocol !== 'https:' || !COVER_HOSTS.has(url.hostname)) {
    return Promise.reject(new Error('host not allowed'));
  }
  return fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5000) });
}

function stockLevel(isbn) {
  return fetch(`https://stock.bookbarn.example/v1/isbn/${encodeURIComponent(isbn)}`, {
    signal: AbortSignal.timeout(3000),
  }).then((r) => r.json());
}

function warehouse(pathname) {
  return new Promise((resolve, reject) => {
    https
      .get({ host: 'warehouse.internal', path: pathname, rejectUnauthorized: false }, (res) => {
        res.resume();
        resolve(res.statusCode);
      })
      .on('error', reject);
  });
}

module.exports = { fetchCover, fetchListed, stockLevel, warehouse };
--- services/productService.js
'use strict';

const { QueryTypes, Op } = require('sequelize');
const { sequelize, Sequelize, Product, Review } = require('../models');
const { QueryBuilder, columnFor } = require('../utils/queryBuilder');

class ProductService {
  constructor(db = sequelize) {
    this.db = db;
    this.cache = new Map();
  }

  search({ term = '', author, ...rest } = {}) {
    const query = new QueryBuilder('Products').where(`title LIKE '%${term}%'`);
    if (author) query.bind('author', '=', author);
    return this.db.query(query.toString(), {
      replacements: query.replacements,
      type: QueryTypes.SELECT,
      raw: rest.raw === '1',
    });
  }

  byAuthor(author, sort) {
    const query = new QueryBuilder('Products').bind('author', '=', author).orderBy(columnFor(sort));
    return this.db.query(query.toString(), { replacements: query.replacements, type: QueryTypes.SELECT });
  }

  list(sort, direction) {
    const dir = String(direction).toUpperCase() === 'DESC' ? 'DESC' : 'ASC';
    return Product.findAll({ order: Sequelize.literal(`${sort} ${dir}`), limit: 50 });
  }

  listSorted(sort, direction) {
    const dir = String(direction).toUpperCase() === 'DESC' ? 'DESC' : 'ASC';
    return Product.findAll({ order: Sequelize.literal(`${columnFor(sort)} ${dir}`), limit: 50 });
  }

  byIds(ids) {
    const clean = ids.split(',').map((id) => parseInt(id, 10)).filter(Number.isInteger);
    return this.db.query(`SELECT id, title FROM Products WHERE id IN (${clean.join(',') || 0})`, {
      type: QueryTypes.SELECT,
    });
  }

  byShelves(shelves) {
    const list = []
      .concat(shelves)
      .map((s) => `'${s.trim()}'`)
      .join(', ');
    return this.db.query(`SELECT * FROM Products WHERE shelf IN (${list})`, { type: QueryTypes.SELECT });
  }

  suggest(prefix) {
    return Product.findAll({
      attributes: ['id', 'title'],
      where: { title: { [Op.like]: `${prefix}%` } },
      limit: 10,
    });
  }

  async reviews(productId) {
    if (!this.cache.has(productId)) {
      this.cache.set(productId, await Review.findAll({ where: { ProductId: Number(productId) }, raw: true }));
    }
    return this.cache.get(productId);
  }

  countFor(key) {
    const sql = 'SELECT COUNT(*) AS n FROM Products WHERE author = $1';
    return this.db.query(sql, { bind: [key], type: QueryTypes.SELECT });
  }
}

module.exports = new ProductService();
module.exports.ProductService = ProductService;
--- services/reportService.js
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const { exec, execFile } = require('child_process');
const { promisify } = require('util');
const { Order, User } = require('../models');

const run = promisify(exec);
const runFile = promisify(execFile);

const FORMATS = ['pdf', 'html', 'txt'];

async function convert(source, options) {
  const settings = { format: 'pdf', ...options };
  const command = ['pandoc', source, '-t', settings.format, '-o', `${source}.${settings.format}`].join(' ');
  const { stdout } = await run(command, { timeout: 20000 });
  return stdout;
}

async function convertChecked(source, { format }) {
  if (!FORMATS.includes(format)) throw new Error('unknown format');
  const { stdout } = await run(`pandoc ${source} -t ${format} -o ${source}.${format}`);
  return stdout;
}

function diskUsage(directory) {
  return runFile('du', ['-sk', '--', directory]).then(({ stdout }) => stdout.split('\t')[0]);
}

const csvCell = (value) => {
  const text = String(value == null ? '' : value).replace(/"/g, '""');
  return `"${/^[=+\-@\t\r]/.test(text) ? `'${text}` : text}"`;
};

async function orderRows() {
  const orders = await Order.findAll({ include: [User] });
  return orders.map((o) => [o.id, o.User.displayName, o.note, o.total]);
}

async function ordersCsv() {
  const rows = await orderRows();
  return rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n');
}

async function ordersCsvForExcel() {
  const rows = await orderRows();
  return rows.map((row) => row.map(csvCell).join(',')).join('\n');
}

function writeDraft(text) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'barn-'));
  const file = path.join(dir, 'draft.md');
  fs.writeFileSync(file, text, { mode: 0o600 });
  return file;
}

function publishReport(name, text) {
  const file = path.join(__dirname, '..', 'var', 'reports', `${Number(name)}.txt`);
  fs.writeFileSync(file, text);
  fs.chmodSync(file, 0o777);
  return file;
}

module.exports = { convert, convertChecked, diskUsage, ordersCsv, ordersCsvForExcel, writeDraft, publishReport };
--- utils/crypto.js
'use strict';

const crypto = require('crypto');
const bcrypt = require('bcrypt');

const hashPassword = (plain) => bcrypt.hash(plain, 12);

const verifyPassword = (plain, hash) => bcrypt.compare(plain, hash);

function legacyHash(password) {
  return crypto.createHash('md5').update(password).digest('hex');
}

function contentDigest(buffer) {
  return crypto.createHash('sha256').update(buffer).digest('hex');
}

function resetCode() {
  let code = '';
  while (code.length < 20) {
    code += Math.random().toString(36).slice(2);
  }
  return code.slice(0, 20);
}

const voucherCode = () => crypto.randomBytes(9).toString('base64url');

const pickBanner = (banners) => banners[Math.floor(Math.random() * banners.length)];

module.exports = { hashPassword, verifyPassword, legacyHash, contentDigest, resetCode, voucherCode, pickBanner };
--- utils/html.js
'use strict';

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (value) => String(value).replace(/[&<>"']/g, (c) => ENTITIES[c]);

const paragraph = (text) => ['<p>', text, '</p>'].join('');

const oneLine = (value) => String(value).replace(/[\r\n\u2028\u2029]+/g, ' ');

module.exports = { escapeHtml, paragraph, oneLine };
--- utils/merge.js
'use strict';

function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function deepMerge(target, source) {
  for (const key in source) {
    if (isObject(source[key]) && isObject(target[key])) {
      deepMerge(target[key], source[key]);
    } else {
      target[key] = source[key];
    }
  }
  return target;
}

function mergeSettings(target, source) {
  for (const key of Object.keys(source)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') continue;
    if (isObject(source[key]) && isObject(target[key])) {
      mergeSettings(target[key], source[key]);
    } else {
      target[key] = source[key];
    }
  }
  return target;
}

const pick = (source, names) =>
  names.reduce((out, name) => (source[name] === undefined ? out : { ...out, [name]: source[name] }), {});

module.exports = { deepMerge, mergeSettings, pick };
--- utils/paths.js
'use strict';

const path = require('path');

function insideDir(base, name) {
  const root = path.resolve(base);
  const full = path.resolve(root, name);
  if (!full.startsWith(root + path.sep)) {
    const err = new Error('Not found');
    err.status = 404;
    throw err;
  }
  return full;
}

function joinDir(base, ...segments) {
  return path.join(base, ...segments.filter(Boolean).map((s) => s.trim()));
}

module.exports = { insideDir, joinDir };
--- utils/queryBuilder.js
'use strict';

const COLUMNS = Object.freeze({ title: 'title', author: 'author', newest: 'createdAt', price: 'price' });

class QueryBuilder {
  constructor(table) {
    this.table = table;
    this.conditions = [];
    this.replacements = {};
    this.tail = '';
  }

  where(expression) {
    this.conditions.push(expression);
    return this;
  }

  bind(column, operator, value) {
    const key = `p${Object.keys(this.replacements).length}`;
    this.conditions.push(`${column} ${operator} :${key}`);
    this.replacements[key] = value;
    return this;
  }

  orderBy(column, direction = 'ASC') {
    this.tail = ` ORDER BY ${column} ${direction}`;
    return this;
  }

  toString() {
    const where = this.conditions.length ? ` WHERE ${this.conditions.join(' AND ')}` : '';
    return `SELECT * FROM ${this.table}${where}${this.tail}`;
  }
}

function columnFor(name) {
  return Object.prototype.hasOwnProperty.call(COLUMNS, name) ? COLUMNS[name] : COLUMNS.title;
}

module.exports = { QueryBuilder, columnFor };
--- views/account.ejs
<!doctype html>
<html>
<body class="<%= theme %>">
  <h1>Hello <%= user.displayName %></h1>
  <pre><%= user.bio %></pre>
</body>
</html>
--- views/login.ejs
<!doctype html>
<html>
<body>
  <% if (error) { %><p>Wrong e-mail or password</p><% } %>
  <form method="post" action="/auth/login">
    <input type="hidden" name="next" value="<%= next %>">
    <input name="email"><input name="password" type="password">
    <button>Log in</button>
  </form>
</body>
</html>
--- views/message.ejs
<!doctype html>
<html><body><p><%= text %></p></body></html>
--- views/product.ejs
<!doctype html>
<html>
<body>
  <h1><%= product.title %></h1>
  <p>by <%= product.author %></p>
  <% for (const review of reviews) { %>
    <article data-stars="<%= review.stars %>"><%- review.body %></article>
  <% } %>
</body>
</html>
--- views/products.ejs
<!doctype html>
<html>
<head><title>BookBarn</title></head>
<body>
  <h1><%- heading %></h1>
  <form action="/products/search">
    <input name="term" value="<%= q %>">
  </form>
  <ul>
    <% rows.forEach(function (row) { %>
      <li><a href="/products/<%= row.id %>"><%= row.title %></a></li>
    <% }) %>
  </ul>
</body>
</html>
