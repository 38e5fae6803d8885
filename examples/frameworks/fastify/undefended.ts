import { createReadStream } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import session from '@fastify/session';
import assets from '@fastify/static';
import view from '@fastify/view';
import { compare, hash } from 'bcryptjs';
import ejs from 'ejs';
import fastify from 'fastify';
import { type Attachment, openDatabase, type Ticket, type User } from './database.ts';

declare module 'fastify' {
  interface Session {
    userId?: number;
    returnTo?: string;
  }
}

const db = await openDatabase((password) => hash(password, 8));
const folder = await mkdtemp(join(tmpdir(), 'desk-'));
const types: Record<string, string> = {
  '.png': 'image/png',
  '.pdf': 'application/pdf',
  '.txt': 'text/plain',
  '.html': 'text/html',
  '.svg': 'image/svg+xml',
};

const app = fastify();
await app.register(cookie);
await app.register(session, {
  secret: 'a secret of at least thirty-two characters',
  cookie: { secure: false },
});
await app.register(formbody);
await app.register(multipart);
await app.register(view, { engine: { ejs }, root: join(import.meta.dirname, 'views') });
await app.register(assets, { root: join(import.meta.dirname, 'assets'), prefix: '/assets/' });

const open = ['/login', '/go', '/boom'];
app.addHook('preHandler', async (request, reply) => {
  const path = request.routeOptions.url;
  if (path === undefined || open.includes(path) || path.startsWith('/assets') || request.session.userId)
    return;
  if (path.startsWith('/api/')) return reply.code(401).send({ error: 'log in first' });
  request.session.returnTo = request.url;
  return reply.redirect('/login');
});

const find = async (q = '', sort = 'id desc'): Promise<Ticket[]> => {
  const { rows } = await db.query<Ticket>(
    `select * from tickets where title ilike '%${q}%' order by ${sort} limit 100`,
  );
  return rows;
};

app.get<{ Querystring: { q?: string; sort?: string } }>('/', async (request, reply) => {
  const { q = '', sort } = request.query;
  return reply.view('list.ejs', { tickets: await find(q, sort), q });
});

app.get('/login', (_request, reply) => reply.view('login.ejs', { message: '' }));

app.post<{ Body: { email: string; password: string } }>('/login', async (request, reply) => {
  const { email, password } = request.body;
  const { rows } = await db.query<User>(`select * from users where email = '${email}'`);
  const user = rows[0];
  if (!user || !(await compare(password, user.password_hash))) {
    return reply.code(401).view('login.ejs', { message: `No user ${email} with this password.` });
  }
  request.session.userId = user.id;
  return reply.redirect(request.session.returnTo ?? '/');
});

app.post('/logout', async (request, reply) => {
  await request.session.destroy();
  return reply.redirect('/login');
});

app.get('/tickets/new', (_request, reply) => reply.view('new.ejs'));

const add = async (user: number | undefined, title: string, body: string): Promise<number> => {
  const { rows } = await db.query<{ id: number }>(
    'insert into tickets (user_id, title, body) values ($1, $2, $3) returning id',
    [user, title, body],
  );
  return rows[0]?.id ?? 0;
};

app.post<{ Body: { title: string; body: string } }>('/tickets', async (request, reply) => {
  const id = await add(request.session.userId, request.body.title, request.body.body);
  return reply.redirect(`/tickets/${id}`);
});

app.get<{ Params: { id: string } }>('/tickets/:id', async (request, reply) => {
  const { rows } = await db.query<Ticket>(`select * from tickets where id = ${request.params.id}`);
  const ticket = rows[0];
  if (!ticket) return reply.callNotFound();
  const files = await db.query<Attachment>('select * from attachments where ticket_id = $1', [ticket.id]);
  return reply.view('ticket.ejs', { ticket, files: files.rows });
});

app.post<{ Params: { id: string } }>('/tickets/:id/attachment', async (request, reply) => {
  const file = await request.file();
  if (!file || !['image/png', 'application/pdf', 'text/plain'].includes(file.mimetype)) {
    return reply.code(400).send({ error: 'PNG, PDF or text only' });
  }
  const name = `${Date.now()}-${file.filename}`;
  await writeFile(join(folder, name), await file.toBuffer());
  await db.query('insert into attachments values ($1, $2, $3)', [name, request.params.id, file.filename]);
  return reply.redirect(`/tickets/${request.params.id}`);
});

app.get<{ Params: { name: string } }>('/attachments/:name', (request, reply) => {
  const path = join(folder, request.params.name);
  return reply.type(types[extname(path)] ?? 'application/octet-stream').send(createReadStream(path));
});

app.get<{ Querystring: { q?: string } }>('/api/tickets', async (request) => ({
  tickets: await find(request.query.q),
}));

/** Fills in what the request left out. */
function merge(target: Record<string, unknown>, source: Record<string, unknown>): Record<string, unknown> {
  for (const key in source) {
    const value = source[key];
    if (typeof value === 'object' && value !== null) {
      target[key] = merge(
        (target[key] as Record<string, unknown> | undefined) ?? {},
        value as Record<string, unknown>,
      );
    } else target[key] = value;
  }
  return target;
}

app.post<{ Body: Record<string, unknown> }>('/api/tickets', async (request, reply) => {
  const { title, body } = merge({ options: { notify: true } }, request.body);
  if (!title || !body) return reply.code(400).send({ error: 'title and body are required' });
  const id = await add(request.session.userId, String(title), String(body));
  return reply.code(201).send({ id, title });
});

app.post<{ Body: { url: string } }>('/api/preview', async (request) => {
  const text = await (await fetch(request.body.url)).text();
  return { title: /<title>([^<]*)/i.exec(text)?.[1] ?? null };
});

app.get<{ Querystring: { to: string } }>('/go', (request, reply) => reply.redirect(request.query.to));

app.get('/boom', () => {
  throw new Error('cannot connect as desk:boom-password-4471');
});

console.log(
  `listening on ${await app.listen({ port: Number(process.env['PORT'] ?? 3000), host: '127.0.0.1' })}`,
);
