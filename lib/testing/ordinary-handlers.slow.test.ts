/** Handlers as people write them, with a test each as the guide has it: what has to be green without an option, and what red. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import express from 'express';
import { marked } from 'marked';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { html, render, sanitize } from '../html/index.ts';
import { contains, sql } from '../sql/index.ts';
import { database } from '../sql/pglite/index.ts';
import { expectInert } from './markup/expect-inert.ts';
import { expectNoInjection } from './sql/expect-no-injection.ts';

const escaped = (value: unknown): string =>
  String(value).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
const products = [
  { id: 1, name: 'Kettle', price: 30 },
  { id: 2, name: 'Teapot', price: 20 },
];

let db: PGlite;
let guarded: ReturnType<typeof database>;
let server: Server;
let base: string;

function shop(): express.Express {
  const app = express();
  app.use(express.json(), express.urlencoded({ extended: true }));
  const layout = (body: string): string =>
    `<!doctype html><html><head><meta name="description" content="A shop, products in order"><title>Shop</title>
     <script src="/app.js" defer></script></head><body><nav><a href="/">Home</a></nav><main>${body}</main></body></html>`;
  app.get('/search', (req, res) => {
    const q = String(req.query['q'] ?? '');
    const found = products.filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()));
    const list = found.map(({ name }) => `<li>${name}</li>`).join('');
    res.send(
      layout(found.length > 0 ? `<p>${escaped(q)}</p><ul>${list}</ul>` : `<p>Nothing for ${escaped(q)}</p>`),
    );
  });
  app.get('/product/:id', (req, res) => {
    const id = Number(req.params.id);
    if (!Number.isInteger(id)) res.status(400).send(layout('<h1>Bad request</h1><p>No such id.</p>'));
    else res.send(layout(`<h1>Product ${id}</h1>`));
  });
  app.get('/unsafe/:id', (req, res) => {
    if (Number.isNaN(Number.parseInt(req.params.id, 10)))
      res.status(400).send(layout('<h1>Bad request</h1>'));
    else res.send(layout(`<h1>Product ${req.params.id}</h1>`));
  });
  app.post('/comment', (req, res) => {
    const { text } = req.body as { text?: unknown };
    if (typeof text !== 'string' || text.length > 500) res.status(400).json({ error: 'text' });
    else res.send(layout(`<article>${escaped(text).replaceAll('\n', '<br>')}</article>`));
  });
  app.get('/hello', (req, res) => {
    res.send(
      layout(
        `<p>Hello ${escaped(req.query['name'])}, it is ${new Date().toISOString()} (${Math.random()})</p>`,
      ),
    );
  });
  app.get('/state', (req, res) => {
    const state = JSON.stringify({ q: req.query['q'] }).replaceAll('<', '\\u003c');
    res.send(layout(`<script>window.state = ${state}</script>`));
  });
  app.get('/unsafe-state', (req, res) => {
    res.send(layout(`<script>window.state = ${JSON.stringify({ q: req.query['q'] })}</script>`));
  });
  return app;
}

beforeAll(async () => {
  db = await PGlite.create();
  guarded = database(db);
  await db.exec(
    'create table products (id int, name text, price int); create table visits (at timestamptz, path text)',
  );
  server = shop().listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server?.close();
  server?.closeAllConnections();
  await db?.close();
});

const get = async (path: string): Promise<string> => (await fetch(base + path)).text();
const part = (value: string): string => encodeURIComponent(value.toWellFormed());
const post = async (path: string, body: unknown): Promise<string> =>
  (
    await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  ).text();

// Some 500 requests each, beside other work.
describe('expectInert on ordinary handlers', { timeout: 120_000 }, () => {
  it('is green for a search', () => expectInert((q) => get(`/search?q=${part(q)}`)));
  it('is green for a page by its id', () => expectInert((id) => get(`/product/${part(id)}`)));
  it('is red for a page by parseInt of its id', async () => {
    await expect(expectInert((id) => get(`/unsafe/${part(id)}`))).rejects.toThrow(/^XSS/);
  });
  it('is green for a comment', () => expectInert((text) => post('/comment', { text })));
  it('is green for a page with a time', () => expectInert((name) => get(`/hello?name=${part(name)}`)));
  it('is green for state in a script', () => expectInert((q) => get(`/state?q=${part(q)}`)));
  it('is red for state that may end the script', async () => {
    await expect(expectInert((q) => get(`/unsafe-state?q=${part(q)}`))).rejects.toThrow(/^XSS/);
  });
  it('is red for a comment whose field is misspelt', async () => {
    await expect(expectInert((comment) => post('/comment', { comment }))).rejects.toThrow(
      /^This test proves nothing/,
    );
  });
  it('is green for a profile', () =>
    expectInert((website) =>
      render(html`<a href="${website}">${website}</a><img src="${website}" alt="${website}">`),
    ));
  it('is green for a preview of Markdown', () =>
    expectInert(
      (text) => render(html`<div>${sanitize(marked.parse(text, { async: false }), 'article')}</div>`),
      { markup: true },
    ));
  it('is red for a preview of Markdown that is not sanitised', async () => {
    await expect(
      expectInert((text) => marked.parse(text, { async: false }), { markup: true }),
    ).rejects.toThrow(/^XSS/);
  });
  it('is green for a form that shows what was wrong', () =>
    expectInert((email) =>
      /^[^@\s]+@[^@\s]+$/.test(email)
        ? `<p>Mail to ${escaped(email)}</p>`
        : `<form><p class="error">Not an address</p><input name="email" value="${escaped(email)}"></form>`,
    ));
  it('is green for an answer that names the value in an error', () =>
    expectInert((sort) =>
      ['price', 'name'].includes(sort) ? '<ol><li>a</li></ol>' : `<p>Unknown order ${escaped(sort)}</p>`,
    ));
  it('is green for a theme from a list', () =>
    expectInert((theme) => `<body class="${['dark', 'light'].includes(theme) ? theme : 'light'}">`, {
      harmless: ['dark'],
    }));
});

describe('expectNoInjection on ordinary handlers', () => {
  it('is green for a search', () =>
    expectNoInjection(db, (q) =>
      guarded.all(sql`select name from products where name ilike ${contains(q)}`),
    ));
  it('is green for an id by Number', () =>
    expectNoInjection(db, (id) => db.query('select name from products where id = $1', [Number(id)])));
  it('is green for an id that is checked', () =>
    expectNoInjection(db, async (id) => {
      if (!/^\d+$/.test(id)) return { status: 400 };
      return db.query('select name from products where id = $1', [id]);
    }));
  it('is green for a page', () =>
    expectNoInjection(db, (page) =>
      db.query(
        `select name from products limit 20 offset ${20 * (Math.max(1, Number.parseInt(page, 10) || 1) - 1)}`,
      ),
    ));
  it('is green for an order from a list', () =>
    expectNoInjection(
      db,
      (sort) =>
        guarded.all(
          sql`select name from products ${sql.orderBy(sort, { name: 'name', price: 'price' }, { default: 'name' })}`,
        ),
      {
        harmless: ['price'],
      },
    ));
  it('is green for filters that may be missing', () =>
    expectNoInjection(db, (min) => {
      const price = Number(min);
      const where = Number.isFinite(price) ? 'where price >= $1' : '';
      return db.query(`select name from products ${where}`, where ? [price] : []);
    }));
  it('is green for several words', () =>
    expectNoInjection(db, (q) => {
      const words = q.split(/\s+/).filter(Boolean).slice(0, 5);
      const where = words.map((_word, at) => `name ilike $${at + 1}`).join(' and ');
      return db.query(
        `select name from products ${where && `where ${where}`}`,
        words.map((word) => `%${word}%`),
      );
    }));
  it('is green for a visit that is noted', () =>
    expectNoInjection(db, async (path) => {
      await db.query('insert into visits values (now(), $1)', [path.replaceAll('\0', '')]);
    }));
  it('is red for a search by a template', async () => {
    await expect(
      expectNoInjection(db, (q) => db.query(`select name from products where name ilike '%${q}%'`)),
    ).rejects.toThrow(/^SQL injection/);
  });
  it('is red for an order that is looked for in a text', async () => {
    const run = (sort: string): unknown => {
      if (!sort.includes('price')) return db.query('select name from products');
      return db.query(`select name from products order by ${sort}`);
    };
    await expect(expectNoInjection(db, run, { harmless: ['price'] })).rejects.toThrow(/^SQL injection/);
  });
});
