import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bulwark, csrfField, defendServer, form, json, staticFiles, upload } from 'bulwark/fastify';
import { html, render } from 'bulwark/html';
import { passwords } from 'bulwark/password';
import { memoryStore as counters, loginLimit } from 'bulwark/rate-limit';
import { safeRedirect } from 'bulwark/redirect';
import { currentRequest } from 'bulwark/request';
import { keyring } from 'bulwark/secrets';
import { memoryStore, sessions } from 'bulwark/session';
import { contains, sql } from 'bulwark/sql';
import { database } from 'bulwark/sql/pglite';
import { sendUpload, uploads } from 'bulwark/upload';
import { diskStore } from 'bulwark/upload/disk';
import fastify from 'fastify';
import { z } from 'zod';
import { type Attachment, openDatabase, type Ticket, type User } from './database.ts';
import { listPage, logInPage, newTicketPage, ticketPage } from './pages.ts';
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
const ticketId = z.object({ id: z.number() });
const idSchema = {
  params: { type: 'object', properties: { id: { type: 'integer', minimum: 1, maximum: 2_147_483_647 } } },
};
const searchSchema = {
  querystring: {
    type: 'object',
    properties: { q: { type: 'string', maxLength: 200 }, sort: { type: 'string' } },
  },
};

const find = (q = '', sort?: string): Promise<Ticket[]> =>
  db.all<Ticket>(sql`
    select id, user_id, title, body, created_at from tickets
    where ${sql.and(q && sql`title ilike ${contains(q)}`)}
    ${sql.orderBy(sort, { title: 'title', created: 'created_at', id: 'id' }, { default: '-id' })} limit ${100}`);

const add = (user: string | undefined, { title, body }: z.infer<typeof newTicket>): Promise<{ id: number }> =>
  db.one<{ id: number }>(
    sql`insert into tickets (user_id, title, body) values (${Number(user)}, ${title}, ${body}) returning id`,
  );

const app = fastify({ bodyLimit: 3_000_000 });
await app.register(bulwark, { session, csrf: { keys, logIn: ['/login'] }, maxBodyBytes: 3_000_000 });
await app.register(staticFiles(join(import.meta.dirname, 'assets')), { prefix: '/assets' });

const open = ['/login', '/go', '/boom'];
app.addHook('onRequest', async (request, reply) => {
  const path = request.routeOptions.url;
  if (
    path === undefined ||
    open.includes(path) ||
    path.startsWith('/assets') ||
    request.session.user !== undefined
  )
    return;
  if (path.startsWith('/api/')) return reply.code(401).send({ error: 'log in first' });
  return reply.redirect(`/login`, 303);
});

const page = 'text/html; charset=utf-8';

app.get<{ Querystring: { q?: string; sort?: string } }>(
  '/',
  { schema: searchSchema },
  async (request, reply) => {
    const { q = '', sort } = request.query;
    const tickets = await find(q, sort);
    return reply
      .type(page)
      .send(render(listPage({ tickets, q, nonce: reply.nonce, csrf: csrfField(html, request) })));
  },
);

app.get('/login', (request, reply) =>
  reply.type(page).send(render(logInPage(reply.nonce, csrfField(html, request)))),
);

app.post('/login', { preParsing: form({ schema: credentials }) }, async (request, reply) => {
  const { email, password } = request.body;
  const user = await db.maybe<User>(sql`select * from users where email = ${email}`);
  const account = user ? `id:${user.id}` : `name:${email}`;
  const attempt = await login.reserve({
    account,
    address: currentRequest()?.client,
    cookie: login.cookie(request.raw),
  });
  const { ok } = await guard.verify(password, user?.password_hash);
  if (!ok || !user) {
    attempt.failed();
    return reply
      .code(401)
      .type(page)
      .send(render(logInPage(reply.nonce, csrfField(html, request), 'That is not right.')));
  }
  reply.header('Set-Cookie', await attempt.succeeded());
  await request.session.logIn(String(user.id));
  return reply.redirect('/', 303);
});

app.post('/logout', async (request, reply) => {
  await request.session.logOut();
  return reply.redirect('/login', 303);
});

app.get('/tickets/new', (request, reply) =>
  reply.type(page).send(render(newTicketPage(reply.nonce, csrfField(html, request)))),
);

app.post('/tickets', { preParsing: form({ schema: newTicket }) }, async (request, reply) => {
  const { id } = await add(request.session.user, request.body);
  return reply.redirect(`/tickets/${id}`, 303);
});

app.get<{ Params: { id: number } }>('/tickets/:id', { schema: idSchema }, async (request, reply) => {
  const ticket = await db.maybe<Ticket>(sql`select * from tickets where id = ${request.params.id}`);
  if (ticket === undefined) return reply.callNotFound();
  const files = await db.all<Attachment>(sql`select * from attachments where ticket_id = ${ticket.id}`);
  return reply.type(page).send(render(ticketPage(ticket, files, reply.nonce)));
});

app.post(
  '/tickets/:id/attachment',
  { schema: idSchema, preHandler: upload(attachments) },
  async (request, reply) => {
    const ticket = ticketId.parse(request.params).id;
    const { id, name } = request.body.files.file;
    await db.execute(sql`insert into attachments values (${id}, ${ticket}, ${name})`);
    return reply.redirect(`/tickets/${ticket}`, 303);
  },
);

app.get<{ Params: { name: string } }>('/attachments/:name', async (request, reply) => {
  await sendUpload(request.raw, reply.raw, store, request.params.name);
  return reply;
});

app.get<{ Querystring: { q?: string } }>('/api/tickets', { schema: searchSchema }, async (request) => {
  return { tickets: await find(request.query.q) };
});

app.post('/api/tickets', { preParsing: json({ schema: newTicket }) }, async (request, reply) => {
  const { id } = await add(request.session.user, request.body);
  return reply.code(201).send({ id, title: request.body.title });
});

app.post(
  '/api/preview',
  { preParsing: json({ schema: z.object({ url: z.string().max(2_000) }) }) },
  async (request) => {
    return { title: (await titleOf(request.body.url)) ?? null };
  },
);

app.get<{ Querystring: { to?: string } }>('/go', (request, reply) => {
  return reply.redirect(safeRedirect(request.query.to, { fallback: '/' }), 303);
});

app.get('/boom', () => {
  throw new Error('cannot connect as desk:boom-password-4471');
});

defendServer(app.server);
console.log(
  `listening on ${await app.listen({ port: Number(process.env['PORT'] ?? 3000), host: '127.0.0.1' })}`,
);
