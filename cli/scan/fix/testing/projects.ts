// Small applications with their own tests, which --fix must not break.

/** A cookie jar like a browser's: it keeps and sends a Secure cookie over TLS only, and scripts see no HttpOnly cookie. */
const jar = `export function jar() {
  const cookies = new Map();
  return {
    take(response) {
      for (const line of response.headers.getSetCookie()) {
        const [pair, ...flags] = line.split(/;\\s*/);
        const at = pair.indexOf('=');
        const lower = flags.map((flag) => flag.toLowerCase());
        if (lower.includes('secure')) continue;
        cookies.set(pair.slice(0, at), { value: pair.slice(at + 1), hidden: lower.includes('httponly') });
      }
      return response;
    },
    header: () => [...cookies].map(([name, { value }]) => name + '=' + value).join('; '),
    seen: () => [...cookies].filter(([, { hidden }]) => !hidden).map(([name, { value }]) => name + '=' + value).join('; '),
  };
}
`;

export const cookieApp: Readonly<Record<string, string>> = {
  'app.js': `import express from 'express';
import { randomUUID } from 'node:crypto';
export const app = express();
const sessions = new Map();
app.use(express.static('public'));
app.post('/login', (req, res) => {
  const id = randomUUID();
  sessions.set(id, 'anna');
  res.cookie('session', id);
  res.cookie('auth_token', id, { path: '/', secure: false });
  res.cookie('session_key', id);
  res.cookie('app_token', id, { httpOnly: false });
  res.json({ ok: true });
});
app.get('/me', (req, res) => {
  const id = /session=([^;]+)/.exec(req.headers.cookie ?? '')?.[1];
  res.status(sessions.has(id) ? 200 : 401).json({ name: sessions.get(id) });
});
`,
  'public/client.js': `function readCookie(name) {
  return Cookies.get(name);
}
const api = { headers: () => ({ authorization: 'Bearer ' + readCookie('auth_token') }) };
const prefix = 'app_';
const own = () => readCookie(prefix + 'token');
`,
  // Built, and ignored by git, but browsers still receive it.
  'public/bundle.js': "var k=Cookies.get('session_key');\n",
  'jar.js': jar,
  'test/app.test.js': `import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import vm from 'node:vm';
import { app } from '../app.js';
import { jar } from '../jar.js';
test('who signs in over plain HTTP stays signed in, and the page reads its tokens', async () => {
  const server = app.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const url = 'http://127.0.0.1:' + server.address().port;
  const own = jar();
  own.take(await fetch(url + '/login', { method: 'POST' }));
  const me = await fetch(url + '/me', { headers: { cookie: own.header() } });
  assert.equal(me.status, 200);
  // js-cookie, which the page has loaded.
  const page = { Cookies: { get: (name) => new Map(own.seen().split('; ').map((pair) => pair.split('='))).get(name) } };
  vm.runInNewContext(readFileSync('public/client.js', 'utf8') + readFileSync('public/bundle.js', 'utf8') + ';out = [api.headers().authorization, own(), k]', page);
  assert.match(page.out[0], /^Bearer [0-9a-f-]{36}$/);
  assert.match(page.out[1], /^[0-9a-f-]{36}$/);
  assert.match(page.out[2], /^[0-9a-f-]{36}$/);
  server.close();
});
`,
};

export const commandApp: Readonly<Record<string, string>> = {
  'app.js': `import { exec, execSync } from 'node:child_process';
import express from 'express';
export const app = express();
app.get('/log', (req, res) => res.send(execSync(\`git log --oneline \${req.query.ref}\`)));
app.get('/find', (req, res) => {
  exec(\`grep -rn "\${req.query.word}" docs\`, (error, out) => res.send(error ? 'none' : out));
});
app.get('/pack', (req, res) => res.send(execSync('tar -czf - ' + req.query.folder)));
app.get('/video', (req, res) => res.send(execSync(\`ffmpeg -y -i \${req.query.file} out.mp4\`)));
app.get('/image', (req, res) => res.send(execSync(\`resize \${req.query.file} 20\`)));
app.get('/list', (req, res) => res.send(execSync(\`ls \${req.query.flags} docs\`)));
`,
  'bin/ffmpeg': '#!/bin/sh\necho "ffmpeg $#:$*"\n',
  'bin/resize': '#!/bin/sh\necho "resize $#:$*"\n',
  'docs/a.txt': 'one apple\n',
  'docs/b.txt': 'two pears\n',
  'test/app.test.js': `import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { app } from '../app.js';
const server = app.listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const get = async (path) => (await fetch('http://127.0.0.1:' + server.address().port + path)).text();
test('log', async () => assert.match(await get('/log?ref=main'), /first\\n$/));
test('find', async () => {
  assert.equal(await get('/find?word=apple'), 'docs/a.txt:1:one apple\\n');
  assert.equal(await get('/find?word=two%20pears'), 'docs/b.txt:1:two pears\\n');
  assert.equal(await get('/find?word=plums'), 'none');
});
test('pack', async () => {
  const answer = await fetch('http://127.0.0.1:' + server.address().port + '/pack?folder=docs');
  const list = execFileSync('tar', ['-tzf', '-'], { input: Buffer.from(await answer.arrayBuffer()) });
  assert.match(String(list), /docs\\/a.txt/);
});
test('video', async () => assert.equal(await get('/video?file=in.avi'), 'ffmpeg 4:-y -i in.avi out.mp4\\n'));
test('image', async () => assert.equal(await get('/image?file=in.png'), 'resize 2:in.png 20\\n'));
test('list', async () => assert.match(await get('/list?flags=-l%20-a'), /total[^]*a\\.txt/));
test.after(() => server.close());
`,
};

export const tlsApp: Readonly<Record<string, string>> = {
  'client.js': `import https from 'node:https';
import express from 'express';
export const get = (url) => new Promise((done, fail) => {
  https.get(url, { rejectUnauthorized: false }, (res) => res.on('data', (data) => done(String(data)))).on('error', fail);
});
export const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });
export const app = express();
app.get('/proxy', async (req, res) => res.send(await (await fetch(req.query.url)).text()));
`,
  'test/client.test.js': `import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import test from 'node:test';
import { app, get } from '../client.js';
test('the self-signed server of development answers, and so does one of this machine', async () => {
  const server = https.createServer({ key: readFileSync('test/key.pem'), cert: readFileSync('test/cert.pem') }, (req, res) => res.end('hello'));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  assert.equal(await get('https://127.0.0.1:' + server.address().port), 'hello');
  server.close();
  const web = app.listen(0, '127.0.0.1');
  await new Promise((done) => web.once('listening', done));
  const own = 'http://127.0.0.1:' + web.address().port;
  assert.match(await (await fetch(own + '/proxy?url=' + own + '/none')).text(), /Cannot GET/);
  web.close();
});
`,
};

export const sqlApp: Readonly<Record<string, string>> = {
  'app.js': `import Database from 'better-sqlite3';
import express from 'express';
export const db = new Database(':memory:');
db.exec("create table item (id integer primary key, name text, price integer, tax integer, note text)");
db.exec("insert into item values (1, 'pear', 10, 2, null), (2, 'it''s', 20, 4, 'x')");
export const app = express();
app.use(express.json());
app.get('/find', (req, res) => res.json(db.prepare(\`select id from item where name = '\${req.query.name}'\`).all()));
app.get('/like', (req, res) => res.json(db.prepare("select id from item where name like '%" + req.query.q + "%'").all()));
app.get('/one', (req, res) => res.json(db.prepare('select name from item where id = ' + req.query.id).get()));
app.get('/above', (req, res) => res.json(db.prepare(\`select id from item where tax + price > \${req.query.min}\`).all()));
app.get('/sum', (req, res) => res.json(db.prepare(\`select id, sum(price) as s from item group by id having s > \${req.query.min}\`).all()));
app.get('/page', (req, res) => res.json(db.prepare(\`select id from item where price > \${req.query.min} limit \${req.query.n}\`).all()));
app.post('/note', (req, res) => {
  db.prepare(\`update item set note = \${req.body.note} where id = 2\`).run();
  res.json(db.prepare('select note from item where id = 2').get());
});
app.get('/add', (req, res) => {
  const note = req.query.note ?? null;
  res.json(db.prepare(\`insert into item (name, note) values ('new', \${note})\`).run().changes);
});
`,
  'test/app.test.js': `import assert from 'node:assert';
import test from 'node:test';
import { app, db } from '../app.js';
const server = app.listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const url = 'http://127.0.0.1:' + server.address().port;
const get = async (path) => (await fetch(url + path)).json();
test('values', async () => {
  assert.deepEqual(await get('/find?name=pear'), [{ id: 1 }]);
  assert.deepEqual(await get('/like?q=ea'), [{ id: 1 }]);
  assert.deepEqual(await get('/one?id=1'), { name: 'pear' });
  assert.deepEqual(await get('/above?min=15'), [{ id: 2 }]);
  assert.deepEqual(await get('/sum?min=15'), [{ id: 2, s: 20 }]);
  assert.deepEqual(await get('/page?min=5&n=1'), [{ id: 1 }]);
});
test('null stays null', async () => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url + '/note', { method: 'POST', headers, body: JSON.stringify({ note: null }) });
  assert.deepEqual(await answer.json(), { note: null });
  assert.equal(await get('/add'), 1);
  assert.deepEqual(db.prepare("select note from item where name = 'new'").get(), { note: null });
});
test.after(() => server.close());
`,
};
