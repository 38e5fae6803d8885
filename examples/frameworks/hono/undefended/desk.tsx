import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { fillDatabase } from '../fill-database.ts';
import { type Attachment, ListPage, LogInPage, NewTicketPage, type Ticket, TicketPage } from './pages.tsx';

const hash = (password: string): string => createHash('sha256').update(password).digest('hex');
const db = new PGlite();
await fillDatabase(db, hash);
const folder = mkdtempSync(join(tmpdir(), 'desk-undefended-'));
const types: Record<string, string> = {
  '.png': 'image/png',
  '.pdf': 'application/pdf',
  '.txt': 'text/plain',
  '.html': 'text/html',
  '.svg': 'image/svg+xml',
};
const loggedIn = new Map<string, string>();

type Env = { Variables: { user: string } };
const visitorsLogIn: MiddlewareHandler<Env> = async (c, next) => {
  const user = loggedIn.get(getCookie(c, 'sid') ?? '');
  if (!user)
    return c.req.path.startsWith('/api') ? c.json({ error: 'log in first' }, 401) : c.redirect('/login');
  c.set('user', user);
  await next();
};

type Fields = Record<string, unknown>;

// Fills in what a record lacks, at every depth.
function merge(target: Fields, source: Fields): Fields {
  for (const [key, value] of Object.entries(source)) {
    if (typeof value === 'object' && value !== null)
      target[key] = merge((target[key] ?? {}) as Fields, value as Fields);
    else target[key] = value;
  }
  return target;
}

async function findTickets(c: Context): Promise<Ticket[]> {
  const { rows } = await db.query<Ticket>(`
    select t.id, t.title, t.body, u.email from tickets t join users u on u.id = t.user_id
    where t.title ilike '%${c.req.query('q') ?? ''}%' order by ${c.req.query('sort') ?? 'id desc'}`);
  return rows;
}

async function addTicket(user: string, title: unknown, body: unknown): Promise<number | undefined> {
  const { rows } = await db.query<{ id: number }>(
    `insert into tickets (user_id, title, body) values ('${user}', $1, $2) returning id`,
    [title, body],
  );
  return rows[0]?.id;
}

export const desk = new Hono<Env>();
desk.onError((error, c) => c.text(error.stack ?? error.message, 500));
desk.use(
  '/assets/*',
  serveStatic({ root: './public', rewriteRequestPath: (path) => path.replace('/assets', '') }),
);

desk.get('/', visitorsLogIn, async (c) =>
  c.html(<ListPage q={c.req.query('q') ?? ''} tickets={await findTickets(c)} />),
);

desk.get('/login', (c) => {
  if (!getCookie(c, 'sid')) setCookie(c, 'sid', randomUUID());
  return c.html(<LogInPage />);
});
desk.post('/login', async (c) => {
  const { email, password } = await c.req.parseBody();
  const { rows } = await db.query<{ id: string }>(
    `select id from users where email = '${email}' and password_hash = '${hash(String(password))}'`,
  );
  if (!rows[0]) return c.html(<LogInPage failed />, 401);
  const sid = getCookie(c, 'sid') ?? randomUUID();
  loggedIn.set(sid, rows[0].id);
  setCookie(c, 'sid', sid);
  return c.redirect('/');
});
desk.post('/logout', (c) => {
  loggedIn.delete(getCookie(c, 'sid') ?? '');
  return c.redirect('/login');
});

desk.get('/tickets/new', visitorsLogIn, (c) => c.html(<NewTicketPage />));
desk.post('/tickets', visitorsLogIn, async (c) => {
  const { title, body } = await c.req.parseBody();
  return c.redirect(`/tickets/${await addTicket(c.var.user, title, body)}`);
});
desk.get('/tickets/:id', visitorsLogIn, async (c) => {
  const id = c.req.param('id');
  const { rows } = await db.query<Ticket>(
    `select t.id, t.title, t.body, u.email from tickets t join users u on u.id = t.user_id where t.id = ${id}`,
  );
  if (!rows[0]) return c.notFound();
  const attachments = await db.query<Attachment>(`select id, name from attachments where ticket_id = ${id}`);
  return c.html(<TicketPage ticket={rows[0]} attachments={attachments.rows} />);
});

desk.post('/tickets/:id/attachment', visitorsLogIn, async (c) => {
  const { file } = await c.req.parseBody();
  if (!(file instanceof File)) return c.text('No file', 400);
  if (!['image/png', 'application/pdf', 'text/plain'].includes(file.type)) return c.text('Wrong type', 400);
  await writeFile(join(folder, file.name), Buffer.from(await file.arrayBuffer()));
  await db.query('insert into attachments (id, ticket_id, name) values ($1, $2, $1) on conflict do nothing', [
    file.name,
    c.req.param('id'),
  ]);
  return c.redirect(`/tickets/${c.req.param('id')}`);
});
desk.get('/attachments/:name', visitorsLogIn, async (c) => {
  const name = c.req.param('name');
  return c.body(new Uint8Array(await readFile(join(folder, name))), 200, {
    'Content-Type': types[extname(name)] ?? 'application/octet-stream',
  });
});

desk.get('/api/tickets', visitorsLogIn, async (c) => c.json({ tickets: await findTickets(c) }));
desk.post('/api/tickets', visitorsLogIn, async (c) => {
  const { title = 'Untitled', body = '' } = merge({ labels: {} }, await c.req.json());
  return c.json({ id: await addTicket(c.var.user, title, body), title, body }, 201);
});
desk.post('/api/preview', async (c) => {
  const { url } = await c.req.json();
  const page = await (await fetch(url)).text();
  return c.json({ title: /<title>([^<]*)</i.exec(page)?.[1] });
});

desk.get('/go', (c) => c.redirect(c.req.query('to') ?? '/'));
desk.get('/boom', () => {
  throw new Error('could not connect to postgres://desk:boom-password-4471@db/desk');
});
