import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ejs from '@koa/ejs';
import Router from '@koa/router';
import { html, render, sanitize } from 'bulwark/html';
import { bulwark, csrfField, defendServer, form, json, staticFiles, upload } from 'bulwark/koa';
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
import Koa from 'koa';
import { z } from 'zod';
import { type Attachment, openDatabase, type Ticket, type User } from './database.ts';
import { titleOf } from './preview.ts';

const keys = keyring(process.env['APP_KEY'] ?? randomBytes(32).toString('base64'));
const session = sessions({ store: memoryStore() });

declare module 'bulwark/session' {
  interface Register {
    session: typeof session;
  }
}

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

const app = new Koa();
app.use(bulwark({ session, csrf: { keys, logIn: ['/login'] }, maxBodyBytes: 3_000_000 }));
app.use(staticFiles(join(import.meta.dirname, 'assets'), { prefix: '/assets' }));
ejs(app, { root: join(import.meta.dirname, 'views'), layout: false, viewExt: 'ejs' });

const open = ['/login', '/go', '/boom'];
app.use(async (ctx, next) => {
  if (open.includes(ctx.path) || ctx.state.session.user !== undefined) return await next();
  if (ctx.path.startsWith('/api/')) {
    ctx.status = 401;
    ctx.body = { error: 'log in first' };
    return;
  }
  ctx.status = 303;
  ctx.redirect('/login');
});

const router = new Router();

router.get('/', async (ctx) => {
  const { q, sort } = parseQuery(ctx.querystring, { schema: search });
  await ctx.render('list', { tickets: await find(q, sort), q, csrf: render(csrfField(html, ctx)) });
});

router.get('/login', async (ctx) => {
  await ctx.render('login', { message: '', csrf: render(csrfField(html, ctx)) });
});

router.post('/login', form({ schema: credentials }), async (ctx) => {
  const { email, password } = ctx.request.body;
  const user = await db.maybe<User>(sql`select * from users where email = ${email}`);
  const account = user ? `id:${user.id}` : `name:${email}`;
  const attempt = await login.reserve({
    account,
    address: currentRequest()?.client,
    cookie: login.cookie(ctx.req),
  });
  const { ok } = await guard.verify(password, user?.password_hash);
  if (!ok || !user) {
    attempt.failed();
    ctx.status = 401;
    await ctx.render('login', { message: 'That is not right.', csrf: render(csrfField(html, ctx)) });
    return;
  }
  ctx.append('Set-Cookie', await attempt.succeeded());
  await ctx.state.session.logIn(String(user.id));
  ctx.status = 303;
  ctx.redirect('/');
});

router.post('/logout', async (ctx) => {
  await ctx.state.session.logOut();
  ctx.status = 303;
  ctx.redirect('/login');
});

router.get('/tickets/new', async (ctx) => {
  await ctx.render('new', { csrf: render(csrfField(html, ctx)) });
});

router.post('/tickets', form({ schema: newTicket }), async (ctx) => {
  const { id } = await add(ctx.state.session.user, ctx.request.body);
  ctx.status = 303;
  ctx.redirect(redirectTo`/tickets/${id}`);
});

const ticketOf = async (id: string | undefined): Promise<Ticket | undefined> => {
  if (id === undefined || !/^[1-9]\d{0,8}$/.test(id)) return undefined;
  return await db.maybe<Ticket>(sql`select * from tickets where id = ${Number(id)}`);
};

router.get('/tickets/:id', async (ctx) => {
  const ticket = await ticketOf(ctx.params['id']);
  if (ticket === undefined) return;
  const files = await db.all<Attachment>(sql`select * from attachments where ticket_id = ${ticket.id}`);
  await ctx.render('ticket', { ticket, files, body: render(sanitize(ticket.body, 'comment')) });
});

router.post('/tickets/:id/attachment', upload(attachments), async (ctx) => {
  const ticket = await ticketOf(ctx.params['id']);
  const { id, name } = ctx.request.body.files.file;
  if (ticket === undefined) {
    await store.remove(id);
    return;
  }
  await db.execute(sql`insert into attachments values (${id}, ${ticket.id}, ${name})`);
  ctx.status = 303;
  ctx.redirect(redirectTo`/tickets/${ticket.id}`);
});

router.get('/attachments/:name', async (ctx) => {
  ctx.respond = false;
  await sendUpload(ctx.req, ctx.res, store, ctx.params['name'] ?? '');
});

router.get('/api/tickets', async (ctx) => {
  ctx.body = { tickets: await find(parseQuery(ctx.querystring, { schema: search }).q) };
});

router.post('/api/tickets', json({ schema: newTicket }), async (ctx) => {
  const { id } = await add(ctx.state.session.user, ctx.request.body);
  ctx.status = 201;
  ctx.body = { id, title: ctx.request.body.title };
});

router.post('/api/preview', json({ schema: link }), async (ctx) => {
  ctx.body = { title: (await titleOf(ctx.request.body.url)) ?? null };
});

router.get('/go', (ctx) => {
  ctx.status = 303;
  ctx.redirect(safeRedirect(ctx.query['to'], { fallback: '/' }));
});

router.get('/boom', () => {
  throw new Error('cannot connect as desk:boom-password-4471');
});

app.use(router.routes()).use(router.allowedMethods());
const server = defendServer(createServer(app.callback()));
server.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
