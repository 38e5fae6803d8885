import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bulwark,
  bulwarkErrors,
  csrfField,
  defendServer,
  form,
  json,
  staticFiles,
  upload,
} from 'bulwark/express';
import { html, render, type SafeHtml } from 'bulwark/html';
import { parseQuery } from 'bulwark/parse';
import { passwords } from 'bulwark/password';
import { memoryStore as counters, loginLimit } from 'bulwark/rate-limit';
import { redirectTo, safeRedirect } from 'bulwark/redirect';
import { currentRequest } from 'bulwark/request';
import { keyring } from 'bulwark/secrets';
import { memoryStore, sessions } from 'bulwark/session';
import { contains, sql } from 'bulwark/sql';
import { database } from 'bulwark/sql/pglite';
import { sendUpload, uploads } from 'bulwark/upload';
import { diskStore } from 'bulwark/upload/disk';
import express, { type Request, type Response } from 'express';
import { z } from 'zod';
import { type Attachment, openDatabase, type Ticket, type User } from './database.ts';
import { listPage, logInPage, newTicketPage, ticketPage } from './pages.ts';
import { titleOf } from './preview.ts';

const keys = keyring(process.env['APP_KEY'] ?? randomBytes(32).toString('base64'));
const session = sessions({ store: memoryStore() });
const guard = passwords({ site: 'Desk' });
const login = loginLimit({ store: counters(), keys });
const db = database(await openDatabase((password) => guard.hash(password)));
const store = diskStore({ folder: await mkdtemp(join(tmpdir(), 'desk-')) });
const attachments = uploads({
  store,
  files: {
    file: { types: ['image/png', 'application/pdf', 'text/plain'], maxBytes: 2_000_000, required: true },
  },
  allowOriginalImages: true,
});
const credentials = z.object({ email: z.string().max(200), password: z.string() });
const newTicket = z.object({ title: z.string().min(1).max(200), body: z.string().max(20_000) });
const search = z.object({ q: z.string().max(200).default(''), sort: z.string().optional() });
const link = z.object({ url: z.string().max(2_000) });

const find = (q: string, sort?: string): Promise<Ticket[]> =>
  db.all<Ticket>(sql`
    select id, user_id, title, body, created_at from tickets
    where ${sql.and(q && sql`title ilike ${contains(q)}`)}
    ${sql.orderBy(sort, { title: 'title', created: 'created_at', id: 'id' }, { default: '-id' })} limit ${100}`);

const add = (user: string | undefined, { title, body }: z.infer<typeof newTicket>): Promise<{ id: number }> =>
  db.one<{ id: number }>(
    sql`insert into tickets (user_id, title, body) values (${Number(user)}, ${title}, ${body}) returning id`,
  );

const ticketOf = async (id: string): Promise<Ticket | undefined> => {
  if (!/^[1-9]\d{0,8}$/.test(id)) return undefined;
  return await db.maybe<Ticket>(sql`select * from tickets where id = ${Number(id)}`);
};

const searchOf = (req: Request): z.infer<typeof search> =>
  parseQuery(req.url.split('?')[1] ?? '', { schema: search });
const field = (req: Request): SafeHtml => csrfField(html, req);
const nonceOf = (res: Response): string => res.locals['nonce'];

const app = express();
app.use(bulwark({ session, csrf: { keys, logIn: ['/login'] }, maxBodyBytes: 3_000_000 }));
app.use('/assets', staticFiles(join(import.meta.dirname, 'assets')));

const open = ['/login', '/go', '/boom'];
app.use((req, res, next) => {
  if (open.includes(req.path) || session.of(req).user !== undefined) next();
  else if (req.path.startsWith('/api/')) res.status(401).json({ error: 'log in first' });
  else res.redirect(303, '/login');
});

app.get('/', async (req, res) => {
  const { q, sort } = searchOf(req);
  res.send(render(listPage({ tickets: await find(q, sort), q, nonce: nonceOf(res), csrf: field(req) })));
});

app.get('/login', (req, res) => {
  res.send(render(logInPage(nonceOf(res), field(req))));
});

app.post('/login', form({ schema: credentials }), async (req, res) => {
  const { email, password } = req.body;
  const user = await db.maybe<User>(sql`select * from users where email = ${email}`);
  const account = user ? `id:${user.id}` : `name:${email}`;
  const attempt = await login.reserve({
    account,
    address: currentRequest()?.client,
    cookie: login.cookie(req),
  });
  const { ok } = await guard.verify(password, user?.password_hash);
  if (!ok || !user) {
    attempt.failed();
    res.status(401).send(render(logInPage(nonceOf(res), field(req), 'That is not right.')));
    return;
  }
  res.append('Set-Cookie', await attempt.succeeded());
  await session.of(req).logIn(String(user.id));
  res.redirect(303, '/');
});

app.post('/logout', async (req, res) => {
  await session.of(req).logOut();
  res.redirect(303, '/login');
});

app.get('/tickets/new', (req, res) => {
  res.send(render(newTicketPage(nonceOf(res), field(req))));
});

app.post('/tickets', form({ schema: newTicket }), async (req, res) => {
  const { id } = await add(session.of(req).user, req.body);
  res.redirect(303, redirectTo`/tickets/${id}`);
});

app.get('/tickets/:id', async (req, res, next) => {
  const ticket = await ticketOf(req.params.id);
  if (ticket === undefined) return next();
  const files = await db.all<Attachment>(sql`select * from attachments where ticket_id = ${ticket.id}`);
  res.send(render(ticketPage(ticket, files, nonceOf(res))));
});

app.post('/tickets/:id/attachment', upload(attachments), async (req, res, next) => {
  const { id, name } = req.body.files.file;
  const ticket = await ticketOf(req.params.id);
  if (ticket === undefined) {
    await store.remove(id);
    return next();
  }
  await db.execute(sql`insert into attachments values (${id}, ${ticket.id}, ${name})`);
  res.redirect(303, redirectTo`/tickets/${ticket.id}`);
});

app.get('/attachments/:name', async (req, res) => {
  await sendUpload(req, res, store, req.params.name);
});

app.get('/api/tickets', async (req, res) => {
  res.json({ tickets: await find(searchOf(req).q) });
});

app.post('/api/tickets', json({ schema: newTicket }), async (req, res) => {
  const { id } = await add(session.of(req).user, req.body);
  res.status(201).json({ id, title: req.body.title });
});

app.post('/api/preview', json({ schema: link }), async (req, res) => {
  res.json({ title: (await titleOf(req.body.url)) ?? null });
});

app.get('/go', (req, res) => {
  res.redirect(303, safeRedirect(req.query['to'], { fallback: '/' }));
});

app.get('/boom', () => {
  throw new Error('cannot connect as desk:boom-password-4471');
});

app.use(bulwarkErrors());
const server = defendServer(createServer(app));
server.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
