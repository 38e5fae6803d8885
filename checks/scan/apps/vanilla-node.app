--- labels
good handlers/articles.js:19 sql/injection | column of a fixed table, direction one of two constants
good handlers/articles.js:27 xss/reflected | the tag function escapes each value
bad handlers/articles.js:32 xss/stored | comment text is not escaped
good handlers/articles.js:37 sql/injection | the branch is never taken, the constant is false
good handlers/articles.js:39 sql/injection | value is bound
good handlers/articles.js:43 sql/injection | value is bound
good handlers/articles.js:51 sql/injection | integers only
bad handlers/articles.js:56 sql/injection | the HTML escape is no help, the quote is even put back
good handlers/articles.js:62 sql/injection | the variable is overwritten by a constant
good handlers/articles.js:71 sql/injection | anchored check lets four digits through
bad handlers/articles.js:77 sql/injection | pattern has no end anchor
good handlers/articles.js:82 object/mass-assignment | named fields
good handlers/feeds.js:13 tls/unverified | certificates are checked
bad handlers/feeds.js:14 tls/unverified | certificates are not checked
bad handlers/feeds.js:25 ssrf/request | any address of the query is requested
good handlers/feeds.js:33 ssrf/request | address is a constant of the Map
good handlers/feeds.js:40 ssrf/request | host is constant, path part is encoded
bad handlers/feeds.js:46 xml/external-entity | entities of the request's document are expanded
good handlers/feeds.js:52 xml/external-entity | entities are not expanded
bad handlers/feeds.js:53 xpath/injection | query value in the text of the XPath
bad handlers/feeds.js:59 ssrf/request | addresses stored by members are requested without a check
good handlers/media.js:16 limits/unbounded-body | size and number of files are limited
bad handlers/media.js:20 upload/unchecked path/traversal | name and type of the upload are the client's
good handlers/media.js:33 path/traversal | generated name, extension of a Map
good handlers/media.js:42 command/injection | no shell, constant arguments and a number
bad handlers/media.js:52 command/injection | caption between quotes of a shell command
bad handlers/media.js:61 command/injection | header and file name are joined to a shell line
good handlers/media.js:68 command/injection | argument list without a shell, file stays in the folder
good handlers/media.js:73 file/temp | random private folder
bad handlers/media.js:75 file/permissions | everyone may write to the inbox
good handlers/members.js:14 crypto/password-storage | PBKDF2 with many rounds and a salt
good handlers/members.js:22 xss/reflected | fill escapes
bad handlers/members.js:32 redirect/open | query value is the target
good handlers/members.js:38 redirect/open | member of a set of constants
bad handlers/members.js:44 object/mass-assignment | all fields of the body go to the update, is_admin too
good handlers/members.js:50 object/mass-assignment | two named fields
bad handlers/members.js:56 ldap/injection | query value in the text of the filter
good handlers/members.js:66 ldap/injection | filter object encodes the value
good lib/auth.js:7 secret/hard-coded | read from the environment
good lib/auth.js:13 crypto/weak-random | session id of the system's random source
good lib/auth.js:15 cookie/flags | all flags are set
bad lib/auth.js:19 crypto/weak-hash crypto/weak-random | login token is the MD5 of a guessable text
bad lib/auth.js:21 cookie/flags | login cookie without HttpOnly and Secure
bad lib/auth.js:35 deserialize/untrusted | cookie goes to node-serialize, which runs functions
good lib/auth.js:40 deserialize/untrusted | JSON.parse builds only data
bad lib/db.js:8 secret/hard-coded | password of the database in the source
bad lib/db.js:24 sql/injection | callers build the conditions of request values
good lib/db.js:28 sql/injection | identifiers and value are placeholders
good lib/db.js:32 sql/injection | table name is a constant of the program, record is bound
good lib/http.js:19 limits/unbounded-body | stops at a maximum
bad lib/http.js:36 limits/unbounded-body | grows without a limit
bad lib/http.js:54 xss/reflected | the tag page gives a route parameter that is not escaped
bad lib/http.js:63 redirect/open | the login gives a form field as the target
good lib/router.js:14 regex/injection | route patterns are constants of the program
good lib/static.js:23 path/traversal | folder prefix is checked after the path is normalised
bad lib/static.js:37 path/traversal | only a leading slash is refused, ../ is not
good lib/static.js:46 path/traversal | both parts are integers
bad lib/template.js:20 code/injection template/injection | newsletter source from a form is compiled as code
good lib/template.js:24 path/traversal | all callers give constant view names
good public/js/comments.js:10 xss/dom | each value is escaped for an element's text
good public/js/comments.js:20 xss/dom | value of a field is not read as HTML
bad public/js/comments.js:25 xss/dom | address parameter in document.write
good public/js/comments.js:30 xss/dom | a number
bad public/js/comments.js:40 code/injection xss/dom | text of a message of any origin is run
bad public/js/main.js:7 xss/dom | address parameter goes to html()
good public/js/main.js:11 xss/dom | text() does not read HTML
bad public/js/main.js:16 xss/dom | fragment is put into the HTML given to $()
good public/js/main.js:23 xss/dom | one of two constants
bad public/js/main.js:33 redirect/open xss/dom | address parameter, javascript: too, becomes the location
good server.js:57 error/leak | constant text
good server.js:62 config/bind-all | loopback only
bad ws.js:14 sql/injection | room of the websocket message is put between quotes
good ws.js:18 sql/injection | named placeholder
bad ws.js:22 regex/injection | pattern of the message is compiled
good ws.js:34 code/reflection | own property of a fixed object
--- handlers/articles.js
'use strict';

const db = require('../lib/db');
const { form, htmlHead, sendHtml, sendJson } = require('../lib/http');
const { escapeHtml, html, view } = require('../lib/template');

const RAW_TITLES = false;
const COLUMNS = { date: 'published_at', title: 'title', views: 'view_count' };

exports.search = async ({ res, query: { q = '', section } }) => {
  const conditions = [`title LIKE '%${q}%'`];
  if (section) conditions.push('section_id = ' + Number(section));
  sendJson(res, await db.articles.where(conditions.join(' AND ')));
};

exports.list = async ({ res, query }) => {
  const column = Object.hasOwn(COLUMNS, query.sort) ? COLUMNS[query.sort] : COLUMNS.date;
  const direction = query.dir === 'up' ? 'ASC' : 'DESC';
  const [rows] = await db.pool.query(`SELECT id, title FROM articles ORDER BY ${column} ${direction} LIMIT 50`);
  sendJson(res, rows);
};

exports.show = async ({ res, params }) => {
  const [article] = await db.articles.by('slug', params.slug);
  if (!article) {
    htmlHead(res, 404);
    return res.end(html`<p>There is no article ${params.slug}</p>`);
  }
  const comments = await db.comments.by('article_id', article.id);
  const items = comments.map(({ author, text }) => `<li>${escapeHtml(author)}: ${text}</li>`);
  htmlHead(res);
  res.end(view('article', { title: article.title }) + `<ol>${items.join('\n')}</ol>`);
};

exports.titles = async ({ res, query: { like = '' } }) => {
  if (RAW_TITLES) {
    return sendJson(res, (await db.pool.query(`SELECT title FROM articles WHERE title LIKE '${like}%'`))[0]);
  }
  sendJson(res, (await db.pool.query('SELECT title FROM articles WHERE title LIKE ?', [`${like}%`]))[0]);
};

exports.tag = async ({ res, params: { tag: label } }) => {
  const [rows] = await db.pool.query('SELECT id, title FROM articles WHERE tag = ?', [label]);
  const list = rows.map((r) => html`<li>${r.title}</li>`).join('');
  sendHtml(res, `<h1>Tag: ${label}</h1><ul>${list}</ul>`);
};

exports.related = async ({ res, query }) => {
  const ids = (query.ids ?? '').split(',').map((s) => parseInt(s, 10)).filter((n) => n > 0);
  if (!ids.length) return sendJson(res, []);
  sendJson(res, (await db.pool.query(`SELECT id, title FROM articles WHERE id IN (${ids.join(', ')})`))[0]);
};

exports.author = async ({ res, query }) => {
  const name = escapeHtml(query.name).replace(/&#39;/g, "'");
  sendJson(res, (await db.pool.query("SELECT id, title FROM articles WHERE author = '" + name + "'"))[0]);
};

exports.section = async ({ res, params }) => {
  let section = params.section;
  section = 'local';
  sendJson(res, (await db.pool.query(`SELECT id, title FROM articles WHERE section = '${section}'`))[0]);
};

exports.archive = async ({ res, query }) => {
  const builder = [];
  builder.push('SELECT id, title FROM articles');
  for (const [key, value] of Object.entries(query)) {
    if (key === 'year' && /^\d{4}$/.test(value)) builder.push(`WHERE YEAR(published_at) = ${value}`);
  }
  sendJson(res, (await db.pool.query(builder.join(' ')))[0]);
};

exports.month = async ({ res, query }) => {
  const month = query.month ?? '2024-01';
  if (!/^\d{4}-\d{2}/.test(month)) return sendJson(res, [], 400);
  sendJson(res, (await db.pool.query(`SELECT id, title FROM articles WHERE DATE_FORMAT(published_at, '%Y-%m') = '${month}'`))[0]);
};

exports.comment = async ({ req, res, params, session }) => {
  const { text = '', author = 'guest' } = await form(req);
  await db.comments.insert({ article_id: Number(params.id), author, text, member_id: session.memberId });
  sendJson(res, { ok: true }, 201);
};
--- handlers/feeds.js
'use strict';

const http = require('node:http');
const https = require('node:https');
const libxml = require('libxmljs2');
const db = require('../lib/db');
const { readBody, readFeed, sendJson } = require('../lib/http');

const SOURCES = new Map([
  ['weather', 'https://feeds.weather.example/today.xml'],
  ['traffic', 'https://traffic.example/now.xml'],
]);
const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: true });
const oldAgent = new https.Agent({ rejectUnauthorized: false });

const collect = (stream) =>
  new Promise((resolve, reject) => {
    const parts = [];
    stream.on('data', (c) => parts.push(c)).on('end', () => resolve(Buffer.concat(parts).toString())).on('error', reject);
  });

exports.preview = ({ res, query: { feed } }) => {
  const client = feed.startsWith('https:') ? https : http;
  client
    .get(feed, { timeout: 4000 }, async (upstream) => sendJson(res, { text: (await collect(upstream)).slice(0, 500) }))
    .on('error', () => sendJson(res, { error: 'unreachable' }, 502));
};

exports.known = ({ res, params }) => {
  const address = SOURCES.get(params.name);
  if (!address) return sendJson(res, { error: 'unknown feed' }, 404);
  https
    .get(address, { agent, timeout: 4000 }, async (upstream) => sendJson(res, { text: await collect(upstream) }))
    .on('error', () => sendJson(res, { error: 'unreachable' }, 502));
};

exports.agency = ({ res, query }) => {
  const options = { hostname: 'wire.agency.example', path: `/items/${encodeURIComponent(query.item ?? '')}`, agent: oldAgent, timeout: 4000 };
  https
    .get(options, async (upstream) => sendJson(res, { text: await collect(upstream) }))
    .on('error', () => sendJson(res, { error: 'unreachable' }, 502));
};

exports.importFeed = async ({ req, res }) => {
  const xml = await readFeed(req);
  const doc = libxml.parseXml(xml, { noent: true, nonet: false });
  const titles = doc.find('//item/title').map((node) => node.text());
  sendJson(res, { titles });
};

exports.checkFeed = async ({ req, res, query }) => {
  const doc = libxml.parseXml(await readBody(req), { noent: false, nonet: true });
  const hits = doc.find(`//item[category='${query.category}']`);
  sendJson(res, { count: hits.length });
};

exports.refresh = async ({ res }) => {
  const [feeds] = await db.pool.query('SELECT id, address FROM feeds WHERE active = 1');
  const results = await Promise.allSettled(feeds.map(({ address }) => fetch(address, { signal: AbortSignal.timeout(4000) })));
  sendJson(res, results.map((r) => r.status));
};
--- handlers/media.js
'use strict';

const busboy = require('busboy');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFile, exec, spawn } = require('node:child_process');
const { randomUUID } = require('node:crypto');
const { sendJson } = require('../lib/http');

const MEDIA = path.resolve(__dirname, '..', 'media');
const KINDS = new Map([['image/jpeg', '.jpg'], ['image/png', '.png']]);
const EFFECTS = { sepia: ['-sepia-tone', '80%'], blur: ['-blur', '0x4'], mono: ['-monochrome'] };

exports.upload = ({ req, res }) => {
  const parser = busboy({ headers: req.headers, limits: { fileSize: 8e6, files: 4 } });
  const saved = [];
  parser.on('file', (field, stream, { filename, mimeType }) => {
    const target = path.join(MEDIA, 'inbox', filename);
    stream.pipe(fs.createWriteStream(target));
    saved.push({ field, filename, mimeType });
  });
  parser.on('close', () => sendJson(res, saved));
  req.pipe(parser);
};

exports.photo = ({ req, res }) => {
  const parser = busboy({ headers: req.headers, limits: { fileSize: 8e6, files: 1 } });
  const id = randomUUID();
  parser.on('file', (field, stream, info) => {
    const ext = KINDS.get(info.mimeType);
    if (!ext) return stream.resume();
    stream.pipe(fs.createWriteStream(path.join(MEDIA, 'photos', id + ext)));
  });
  parser.on('close', () => sendJson(res, { id }));
  req.pipe(parser);
};

exports.effect = ({ res, params, query }) => {
  const effect = Object.hasOwn(EFFECTS, query.name) ? EFFECTS[query.name] : EFFECTS.mono;
  const source = path.join(MEDIA, 'photos', `${Number(params.id)}.jpg`);
  execFile('convert', [source, ...effect, '-'], { encoding: 'buffer', maxBuffer: 3e7 }, (err, out) => {
    if (err) res.writeHead(500).end();
    else res.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(out);
  });
};

exports.caption = ({ res, params, query }) => {
  const { text: caption = '', size = '24' } = query;
  const words = caption.split(' ').filter(Boolean).join(' ');
  const command = `convert ${MEDIA}/photos/${Number(params.id)}.jpg -pointsize ${Number(size)} -annotate +10+10 '${words}' jpg:-`;
  exec(command, { encoding: 'buffer', maxBuffer: 3e7 }, (err, out) => {
    if (err) res.writeHead(500).end();
    else res.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(out);
  });
};

exports.clip = ({ req, res, query }) => {
  const codec = req.headers['x-codec'] ?? 'libx264';
  const args = ['-i', path.join(MEDIA, 'clips', path.basename(query.file ?? 'intro.mp4')), '-c:v', codec, '-f', 'mp4', '-'];
  const child = spawn('sh', ['-c', ['ffmpeg', ...args].join(' ')]);
  res.writeHead(200, { 'Content-Type': 'video/mp4' });
  child.stdout.pipe(res);
};

exports.duration = ({ res, query }) => {
  const file = path.join(MEDIA, 'clips', path.basename(query.file ?? 'intro.mp4'));
  const child = spawn('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-i', file]);
  child.stdout.pipe(res);
};

exports.workspace = async ({ res }) => {
  const dir = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'paper-'));
  await fs.promises.writeFile(path.join(dir, 'notes.txt'), '', { mode: 0o600 });
  fs.chmodSync(path.join(MEDIA, 'inbox'), 0o777);
  sendJson(res, { ready: true });
};
--- handlers/members.js
'use strict';

const crypto = require('node:crypto');
const ldap = require('ldapjs');
const auth = require('../lib/auth');
const db = require('../lib/db');
const { compile, escapeHtml, fill } = require('../lib/template');
const { form, json, htmlHead, redirect, sendJson } = require('../lib/http');

const directory = ldap.createClient({ url: process.env.LDAP_URL ?? 'ldaps://ldap.townpaper.example' });
const HOME = '/members/home';
const TARGETS = new Set(['/members/home', '/members/comments', '/members/billing']);

const digest = (password, salt) => crypto.pbkdf2Sync(password, salt, 310_000, 32, 'sha256').toString('hex');

exports.login = async (context) => {
  const { req, res } = context;
  const { name, password, goto: next = HOME, remember } = await form(req);
  const [row] = await db.members.by('name', name);
  if (!row || digest(password ?? '', row.salt) !== row.hash) {
    htmlHead(res, 401);
    return res.end(fill('<p>Login of {{name}} failed</p>', { name }));
  }
  if (remember) auth.rememberMe(res, row.id);
  else auth.open(res, row.id);
  redirect(res, next);
};

exports.leave = ({ res, query }) => {
  const { to } = query;
  res.statusCode = 303;
  res.setHeader('Location', to || HOME);
  res.end();
};

exports.go = ({ res, query: { page } }) => {
  const target = TARGETS.has(page) ? page : HOME;
  res.writeHead(302, { Location: target });
  res.end();
};

exports.update = async ({ req, res, session }) => {
  const patch = await json(req);
  await db.pool.query('UPDATE members SET ? WHERE id = ?', [{ ...patch }, session.memberId]);
  sendJson(res, { ok: true });
};

exports.rename = async ({ req, res, session }) => {
  const { displayName, bio = '' } = await json(req);
  await db.pool.query('UPDATE members SET ? WHERE id = ?', [{ displayName: String(displayName), bio: String(bio) }, session.memberId]);
  sendJson(res, { ok: true });
};

exports.staff = ({ res, query }) => {
  const filter = `(&(objectClass=person)(uid=${query.uid ?? '*'}))`;
  directory.search('ou=staff,dc=townpaper,dc=example', { filter, scope: 'sub' }, (err, found) => {
    if (err) return sendJson(res, [], 502);
    const people = [];
    found.on('searchEntry', (entry) => people.push(entry.pojo));
    found.on('end', () => sendJson(res, people));
  });
};

exports.desk = ({ res, query }) => {
  const filter = new ldap.EqualityFilter({ attribute: 'ou', value: String(query.desk) });
  directory.search('ou=staff,dc=townpaper,dc=example', { filter, scope: 'sub' }, (err, found) => {
    if (err) return sendJson(res, [], 502);
    const people = [];
    found.on('searchEntry', (entry) => people.push(entry.pojo));
    found.on('end', () => sendJson(res, people));
  });
};

exports.newsletter = async ({ req, res }) => {
  const { source, name } = await form(req);
  const render = compile(source);
  sendJson(res, { preview: render({ name }, escapeHtml) });
};

exports.prefs = (context) => sendJson(context.res, { ...auth.preferences(context), layout: auth.layout(context) });
--- lib/auth.js
'use strict';

const crypto = require('node:crypto');
const { unserialize } = require('node-serialize');
const { parseCookies } = require('./http');

const KEY = process.env.COOKIE_KEY;
const sessions = new Map();

const mac = (text) => crypto.createHmac('sha256', KEY).update(text).digest('base64url');

function open(res, memberId) {
  const id = crypto.randomBytes(18).toString('base64url');
  sessions.set(id, { memberId, since: Date.now() });
  res.setHeader('Set-Cookie', `sid=${id}.${mac(id)}; HttpOnly; Secure; SameSite=Lax; Path=/`);
}

function rememberMe(res, memberId) {
  const token = crypto.createHash('md5').update(`${memberId}:${Date.now()}`).digest('hex');
  sessions.set(token, { memberId, since: Date.now() });
  res.setHeader('Set-Cookie', `remember=${token}; Path=/; Max-Age=31536000`);
}

function current({ req }) {
  const jar = parseCookies(req.headers.cookie);
  const [id = '', sum = ''] = (jar.get('sid') ?? '').split('.');
  const a = Buffer.from(mac(id));
  const b = Buffer.from(sum);
  if (a.length === b.length && crypto.timingSafeEqual(a, b)) return sessions.get(id);
  return sessions.get(jar.get('remember'));
}

function preferences({ req }) {
  const raw = parseCookies(req.headers.cookie).get('prefs');
  return raw ? unserialize(Buffer.from(raw, 'base64').toString()) : {};
}

function layout({ req }) {
  const raw = parseCookies(req.headers.cookie).get('layout');
  const value = raw ? JSON.parse(raw) : {};
  return value.columns === 3 ? 'wide' : 'narrow';
}

function member(context) {
  context.session = current(context);
  if (context.session) return true;
  context.res.writeHead(401).end();
  return false;
}

module.exports = { open, rememberMe, current, preferences, layout, member };
--- lib/db.js
'use strict';

const mysql = require('mysql2/promise');

const pool = mysql.createPool({
  host: process.env.DB_HOST || 'localhost',
  user: 'townpaper',
  password: 'Gazette!2019',
  database: 'townpaper',
  namedPlaceholders: true,
  ssl: { minVersion: 'TLSv1.2' },
});

const rowsOf = ([rows]) => rows;

class Table {
  constructor(name) {
    this.name = name;
  }

  /** conditions: text, put into the statement as it is */
  where(conditions) {
    const sql = `SELECT * FROM ${this.name} WHERE ${conditions}`;
    return pool.query(sql).then(rowsOf);
  }

  by(column, value) {
    return pool.query('SELECT * FROM ?? WHERE ?? = ?', [this.name, column, value]).then(rowsOf);
  }

  insert(record) {
    return pool.query(`INSERT INTO ${this.name} SET ?`, [record]);
  }
}

module.exports = { pool, articles: new Table('articles'), members: new Table('members'), comments: new Table('comments') };
--- lib/http.js
'use strict';

const MAX = 512 * 1024;

function parseCookies(header = '') {
  return header.split(/;\s*/).reduce((jar, pair) => {
    const at = pair.indexOf('=');
    if (at > 0) jar.set(pair.slice(0, at), decodeURIComponent(pair.slice(at + 1)));
    return jar;
  }, new Map());
}

async function readBody(req) {
  const chunks = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > MAX) throw Object.assign(new Error('too large'), { status: 413 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function form(req) {
  return Object.fromEntries(new URLSearchParams(await readBody(req)));
}

async function json(req) {
  return JSON.parse((await readBody(req)) || '{}');
}

function readFeed(req) {
  return new Promise((resolve, reject) => {
    let text = '';
    req.on('data', (part) => {
      text += part;
    });
    req.on('end', () => resolve(text));
    req.on('error', reject);
  });
}

function htmlHead(res, status = 200) {
  res.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'self'",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'SAMEORIGIN',
  });
}

function sendHtml(res, body) {
  htmlHead(res);
  res.end(body);
}

function sendJson(res, value, status = 200) {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(value));
}

function redirect(res, location) {
  res.writeHead(302, { Location: location });
  res.end();
}

module.exports = { parseCookies, readBody, form, json, readFeed, htmlHead, sendHtml, sendJson, redirect };
--- lib/router.js
'use strict';

const escapeForPattern = (s) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

class Router {
  #routes = [];

  on(method, pattern, ...chain) {
    const names = [];
    const source = pattern
      .split('/')
      .map((part) => (part.startsWith(':') ? (names.push(part.slice(1)), '([^/]+)') : escapeForPattern(part)))
      .join('/');
    this.#routes.push({ method, regex: new RegExp(`^${source}$`), names, chain });
    return this;
  }

  get(pattern, ...chain) {
    return this.on('GET', pattern, ...chain);
  }

  post(pattern, ...chain) {
    return this.on('POST', pattern, ...chain);
  }

  async dispatch(req, res) {
    const url = new URL(req.url, 'http://internal');
    for (const { method, regex, names, chain } of this.#routes) {
      const match = req.method === method && regex.exec(url.pathname);
      if (!match) continue;
      const params = Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(match[i + 1])]));
      const context = { req, res, params, query: Object.fromEntries(url.searchParams) };
      for (const step of chain) {
        if ((await step(context)) === false) return true;
      }
      return true;
    }
    return false;
  }
}

module.exports = { Router };
--- lib/static.js
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { pipeline } = require('node:stream');

const PUBLIC = path.resolve(__dirname, '..', 'public');
const ARCHIVE = '/srv/townpaper/archive';
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png', '.html': 'text/html' };

function publicFile(req, res) {
  const { pathname } = new URL(req.url, 'http://internal');
  const full = path.normalize(path.join(PUBLIC, decodeURIComponent(pathname)));
  if (full !== PUBLIC && !full.startsWith(PUBLIC + path.sep)) {
    res.writeHead(403).end();
    return;
  }
  const type = TYPES[path.extname(full)];
  if (!type) {
    res.writeHead(404).end();
    return;
  }
  const stream = fs.createReadStream(full);
  stream.once('error', () => res.writeHead(404).end());
  stream.once('open', () => {
    res.writeHead(200, { 'Content-Type': type });
    pipeline(stream, res, () => {});
  });
}

function archiveFile({ res, query }) {
  const { issue: file = 'latest.pdf' } = query;
  if (file.startsWith('/')) {
    res.writeHead(400).end();
    return;
  }
  fs.readFile(`${ARCHIVE}/${file}`, (err, data) => {
    if (err) res.writeHead(404).end();
    else res.writeHead(200, { 'Content-Type': 'application/pdf' }).end(data);
  });
}

function archivePage({ res, params }) {
  const year = parseInt(params.year, 10);
  const page = parseInt(params.page, 10);
  fs.readFile(path.join(ARCHIVE, `${year}`, `${page}.pdf`), (err, data) => {
    if (err) res.writeHead(404).end();
    else res.writeHead(200, { 'Content-Type': 'application/pdf' }).end(data);
  });
}

module.exports = { publicFile, archiveFile, archivePage };
--- lib/template.js
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const FOLDER = path.join(__dirname, '..', 'views');
const cache = new Map();

const MAP = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (v) => String(v ?? '').replace(/[&<>"']/g, (c) => MAP[c]);

/** {{name}} is escaped. */
function fill(text, data) {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name) => escapeHtml(data[name]));
}

/** The source may hold ${...} expressions. */
function compile(source) {
  const names = ['data', 'escapeHtml'];
  return new Function(...names, 'return `' + source.replace(/`/g, '\\`') + '`;');
}

function view(name, data = {}) {
  if (!cache.has(name)) cache.set(name, fs.readFileSync(path.join(FOLDER, name + '.html'), 'utf8'));
  return fill(cache.get(name), data);
}

/** Tag for literals, escapes each value. */
function html(strings, ...values) {
  return strings.reduce((out, s, i) => out + s + (i < values.length ? escapeHtml(values[i]) : ''), '');
}

module.exports = { escapeHtml, fill, compile, view, html };
--- package.json
{
  "name": "townpaper",
  "version": "1.4.1",
  "private": true,
  "main": "server.js",
  "scripts": { "start": "node server.js" },
  "dependencies": {
    "busboy": "^1.6.0",
    "ldapjs": "^3.0.7",
    "libxmljs2": "^0.33.0",
    "mysql2": "^3.9.1",
    "node-serialize": "^0.0.4",
    "ws": "^8.16.0"
  }
}
--- public/js/comments.js
'use strict';

const escapeText = (s) => {
  const p = document.createElement('p');
  p.textContent = s;
  return p.innerHTML;
};

function renderComments(list, box) {
  box.innerHTML = list.map(({ author, text }) => `<li><b>${escapeText(author)}</b> ${escapeText(text)}</li>`).join('');
}

async function load(articleId) {
  const res = await fetch(`/articles/${Number(articleId)}/comments`);
  renderComments(await res.json(), document.querySelector('#comments'));
}

function showDraft() {
  const draft = localStorage.getItem('draft') ?? '';
  document.querySelector('#draft').value = draft;
}

function replyLink() {
  const author = new URL(document.URL).searchParams.get('reply');
  document.write('<p>Reply to ' + author + '</p>');
}

function pageNumber() {
  const page = Number(new URLSearchParams(location.search).get('page')) || 1;
  document.querySelector('#page').innerHTML = '<b>Page ' + page + '</b>';
}

window.addEventListener('message', ({ origin, data }) => {
  if (origin !== 'https://embed.townpaper.example') return;
  document.querySelector('#embed').textContent = data.caption;
});

window.addEventListener('message', (event) => {
  if (event.data?.kind === 'calc') {
    const value = eval(event.data.expression);
    document.querySelector('#calc').textContent = value;
  }
});

document.addEventListener('DOMContentLoaded', () => {
  load(document.body.dataset.article);
  showDraft();
  pageNumber();
  if (location.search.includes('reply=')) replyLink();
});
--- public/js/main.js
(function ($) {
  'use strict';

  var params = new URLSearchParams(window.location.search);

  function banner(message) {
    $('#banner').html('<span class="note">' + message + '</span>');
  }

  function title(text) {
    $('#page-title').text(text);
  }

  function openTab() {
    var name = decodeURIComponent(location.hash.substr(1));
    $('<a class="tab" name="' + name + '">' + name + '</a>').appendTo('#tabs');
  }

  function chooseTheme() {
    var theme = params.get('theme');
    var known = { light: 'theme-light', dark: 'theme-dark' };
    $('body').addClass(known[theme] || known.light);
    $('#theme').html('<i class="' + (theme === 'dark' ? 'moon' : 'sun') + '"></i>');
  }

  $(function () {
    banner(params.get('msg') || 'Welcome back');
    title(params.get('title') || document.title);
    chooseTheme();
    $(window).on('hashchange', openTab);
    $('#back').on('click', function () {
      var target = params.get('return');
      if (target) window.location.href = target;
    });
  });
})(window.jQuery);
--- server.js
'use strict';

const http = require('node:http');
const articles = require('./handlers/articles');
const feeds = require('./handlers/feeds');
const media = require('./handlers/media');
const members = require('./handlers/members');
const { member } = require('./lib/auth');
const { sendJson } = require('./lib/http');
const { Router } = require('./lib/router');
const files = require('./lib/static');
const { attach } = require('./ws');

const router = new Router()
  .get('/search', articles.search)
  .get('/articles', articles.list)
  .get('/articles/:slug', articles.show)
  .get('/titles', articles.titles)
  .get('/tags/:tag', articles.tag)
  .get('/related', articles.related)
  .get('/authors', articles.author)
  .get('/sections/:section', articles.section)
  .get('/by-year', articles.archive)
  .get('/by-month', articles.month)
  .post('/articles/:id/comments', member, articles.comment)
  .post('/login', members.login)
  .get('/leave', members.leave)
  .get('/go', members.go)
  .post('/members/me', member, members.update)
  .post('/members/name', member, members.rename)
  .get('/staff', member, members.staff)
  .get('/desk', member, members.desk)
  .get('/prefs', members.prefs)
  .post('/newsletter', member, members.newsletter)
  .post('/media', member, media.upload)
  .post('/photos', member, media.photo)
  .get('/photos/:id/effect', media.effect)
  .get('/photos/:id/caption', media.caption)
  .get('/clips', media.clip)
  .get('/clips/duration', media.duration)
  .post('/workspace', member, media.workspace)
  .get('/feeds/preview', feeds.preview)
  .get('/feeds/known/:name', feeds.known)
  .get('/feeds/agency', feeds.agency)
  .post('/feeds/import', member, feeds.importFeed)
  .post('/feeds/check', member, feeds.checkFeed)
  .post('/feeds/refresh', member, feeds.refresh)
  .get('/archive', files.archiveFile)
  .get('/archive/:year/:page', files.archivePage);

const server = http.createServer(async (req, res) => {
  try {
    if (await router.dispatch(req, res)) return;
    files.publicFile(req, res);
  } catch (err) {
    console.error('request failed', err);
    sendJson(res, { error: 'internal error' }, err.status ?? 500);
  }
});

attach(server);
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1');
--- ws.js
'use strict';

const { WebSocketServer, WebSocket } = require('ws');
const db = require('./lib/db');

const rooms = new Map();

const actions = {
  async join(socket, { room }) {
    const members = rooms.get(room) ?? new Set();
    rooms.set(room, members.add(socket));
  },
  async history(socket, { room, since = 0 }) {
    const [rows] = await db.pool.query(`SELECT author, text FROM chat WHERE room = '${room}' AND id > ${Number(since)}`);
    socket.send(JSON.stringify(rows));
  },
  async count(socket, { room }) {
    const [[row]] = await db.pool.query('SELECT COUNT(*) AS n FROM chat WHERE room = :room', { room: String(room) });
    socket.send(JSON.stringify(row));
  },
  async find(socket, { room, pattern }) {
    const wanted = new RegExp(pattern, 'u');
    const [rows] = await db.pool.query('SELECT text FROM chat WHERE room = ?', [room]);
    socket.send(JSON.stringify(rows.filter(({ text }) => wanted.test(text))));
  },
};

function attach(server) {
  const wss = new WebSocketServer({ server, path: '/chat', maxPayload: 16 * 1024 });
  wss.on('connection', (socket) => {
    socket.on('message', (raw) => {
      const { action, ...payload } = JSON.parse(raw.toString());
      if (!Object.hasOwn(actions, action)) return;
      actions[action](socket, payload).catch(() => socket.close());
    });
    socket.on('close', () => rooms.forEach((set) => set.delete(socket)));
  });
  return (room, text) => rooms.get(room)?.forEach((s) => s.readyState === WebSocket.OPEN && s.send(text));
}

module.exports = { attach };
