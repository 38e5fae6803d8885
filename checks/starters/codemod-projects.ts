/** A project that uses a library. Its own tests pass before and after the codemod. */
export interface CodemodProject {
  readonly library: string;
  /** The rest of its dependencies. */
  readonly packages: readonly string[];
  readonly app: string;
  readonly test: string;
}

/** Starts the application for its tests. */
const ask = `const assert = require('node:assert/strict');
const { createServer } = require('node:http');
const { after, before, test } = require('node:test');
const app = require('../app');

let server;
let url;
before(async () => {
  server = createServer(app);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = 'http://127.0.0.1:' + server.address().port;
});
after(() => server.close());
`;

export const codemodProjects: readonly CodemodProject[] = [
  {
    library: 'helmet',
    packages: ['express'],
    app: `const express = require('express');
const helmet = require('helmet');

const app = express();
app.use(helmet({
  contentSecurityPolicy: { directives: { imgSrc: ["'self'", 'https://images.example.com'] } },
  hsts: { maxAge: 60 * 60 },
}));
app.get('/', (req, res) => res.send('<script src="/app.js"></script>'));

module.exports = app;
`,
    test: `${ask}
test('the policy allows scripts of the site, and images of one host', async () => {
  const policy = (await fetch(url)).headers.get('content-security-policy');
  const of = (name) => policy.split(';').map((one) => one.trim()).find((one) => one.startsWith(name + ' '));
  assert.equal(of('script-src'), "script-src 'self'");
  assert.equal(of('img-src'), "img-src 'self' https://images.example.com");
  assert.equal(of('default-src'), "default-src 'self'");
  assert.equal(of('object-src'), "object-src 'none'");
  assert.equal(of('form-action'), "form-action 'self'");
  assert.equal(of('frame-ancestors'), "frame-ancestors 'self'");
});

test('the other headers', async () => {
  const { headers } = await fetch(url);
  assert.equal(headers.get('strict-transport-security'), 'max-age=3600; includeSubDomains');
  assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('x-xss-protection'), '0');
  assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
  assert.equal(headers.get('x-powered-by'), null);
});
`,
  },
  {
    library: 'cors',
    packages: ['express'],
    app: `const express = require('express');
const cors = require('cors');

const app = express();
app.use('/api', cors({ origin: ['https://app.example.com'], methods: 'GET,PUT', allowedHeaders: ['X-Token'], credentials: true, maxAge: 300 }));
app.get('/api', (req, res) => res.json({ ok: true }));

module.exports = app;
`,
    test: `${ask}
const from = (origin, more) => fetch(url + '/api', { ...more, headers: { origin, ...more?.headers } });

test('a listed origin may read', async () => {
  const { headers } = await from('https://app.example.com');
  assert.equal(headers.get('access-control-allow-origin'), 'https://app.example.com');
  assert.equal(headers.get('access-control-allow-credentials'), 'true');
  assert.match(headers.get('vary'), /Origin/);
});

test('another one may not', async () => {
  assert.equal((await from('https://evil.example')).headers.get('access-control-allow-origin'), null);
});

test('a preflight', async () => {
  const asked = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-token' };
  const { status, headers } = await from('https://app.example.com', { method: 'OPTIONS', headers: asked });
  assert.equal(status, 204);
  assert.match(headers.get('access-control-allow-methods'), /PUT/);
  assert.match(headers.get('access-control-allow-headers'), /x-token/i);
  assert.equal(headers.get('access-control-max-age'), '300');
});
`,
  },
  {
    library: 'csurf',
    packages: ['express', 'cookie-parser'],
    app: `const express = require('express');
const cookieParser = require('cookie-parser');
const csurf = require('csurf');
const { bulwark, bulwarkErrors } = require('bulwark/express');

const app = express();
app.use(bulwark());
app.use(cookieParser());
app.use(express.urlencoded({ extended: false }));
app.use(csurf({ cookie: true }));
app.get('/', (req, res) => res.send(req.csrfToken()));
app.post('/', (req, res) => res.send('done'));
app.use(bulwarkErrors({ onError: () => {} }));

module.exports = app;
`,
    test: `${ask}
async function page() {
  const response = await fetch(url);
  const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  return { cookie, token: await response.text() };
}
const post = (cookie, body) =>
  fetch(url, { method: 'POST', headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' }, body });

test('a form with its token is accepted', async () => {
  const { cookie, token } = await page();
  const response = await post(cookie, '_csrf=' + encodeURIComponent(token));
  assert.equal(response.status, 200);
  assert.equal(await response.text(), 'done');
});

test('without the token, or with a forged one, it is refused', async () => {
  const { cookie } = await page();
  assert.equal((await post(cookie, '')).status, 403);
  assert.equal((await post(cookie, '_csrf=forged')).status, 403);
});
`,
  },
  {
    library: 'express-rate-limit',
    packages: ['express'],
    app: `const express = require('express');
const { rateLimit } = require('express-rate-limit');
const { bulwark, bulwarkErrors } = require('bulwark/express');

const app = express();
app.use(bulwark());
const limiter = rateLimit({ windowMs: 15 * 60 * 1000, limit: 3, standardHeaders: 'draft-8', legacyHeaders: false });
app.get('/free', (req, res) => res.send('x'));
app.use('/login', limiter);
app.post('/login', (req, res) => res.send('x'));
app.use(bulwarkErrors({ onError: () => {} }));

module.exports = app;
`,
    test: `${ask}
test('the fourth attempt is refused, and says when to come back', async () => {
  const post = () => fetch(url + '/login', { method: 'POST' });
  for (let i = 0; i < 3; i += 1) assert.equal((await post()).status, 200);
  const refused = await post();
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get('retry-after')) > 800);
});

test('other routes have no limit', async () => {
  for (let i = 0; i < 5; i += 1) assert.equal((await fetch(url + '/free')).status, 200);
});
`,
  },
  {
    library: 'sanitize-html',
    packages: ['express'],
    app: `const express = require('express');
const sanitizeHtml = require('sanitize-html');

const options = { allowedTags: ['p', 'b', 'a', 'img'], allowedAttributes: { a: ['href'], img: ['src', 'alt'] } };
const app = express();
app.use(express.text());
app.post('/', (req, res) => res.send(sanitizeHtml(req.body, options)));
app.post('/text', (req, res) => res.send(sanitizeHtml(req.body, { allowedTags: [], allowedAttributes: {} })));

module.exports = app;
`,
    test: `${ask}
async function clean(body, path = '/') {
  const response = await fetch(url + path, { method: 'POST', headers: { 'content-type': 'text/plain' }, body });
  return response.text();
}

test('keeps what is allowed', async () => {
  assert.equal(await clean('<p>a <b>b</b> <a href="https://example.com/">c</a></p>'), '<p>a <b>b</b> <a href="https://example.com/">c</a></p>');
});

test('drops scripts, handlers and javascript: links', async () => {
  assert.equal(await clean('<p onclick="x()">a<script>x()</script></p>'), '<p>a</p>');
  assert.doesNotMatch(await clean('<a href="javascript:x()">a</a><img src=x onerror=x()>'), /javascript|onerror/);
});

test('keeps text alone', async () => {
  assert.equal(await clean('a <b>b</b> &lt;i&gt;', '/text'), 'a b &lt;i&gt;');
});
`,
  },
];
