import { createReadStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { bodyParser } from '@koa/bodyparser';
import ejs from '@koa/ejs';
import multer from '@koa/multer';
import Router from '@koa/router';
import { compare, hash } from 'bcryptjs';
import Koa from 'koa';
import mount from 'koa-mount';
import session from 'koa-session';
import serve from 'koa-static';
import { type Attachment, openDatabase, type Ticket, type User } from './database.ts';

const db = await openDatabase((password) => hash(password, 8));
const folder = await mkdtemp(join(tmpdir(), 'desk-'));
const stored = new Map<string, object>();
const upload = multer({
  storage: multer.diskStorage({
    destination: folder,
    filename: (_req, file, done) => done(null, `${Date.now()}-${file.originalname}`),
  }),
  fileFilter: (_req, file, done) =>
    done(null, ['image/png', 'application/pdf', 'text/plain'].includes(file.mimetype)),
});

const app = new Koa();
app.keys = ['a secret of this application'];
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    ctx.status = (error as { status?: number }).status ?? 500;
    ctx.body = { error: (error as Error).message };
  }
});
app.use(mount('/assets', serve(join(import.meta.dirname, 'assets'))));
app.use(
  session(
    {
      store: {
        get: async (key) => stored.get(key),
        set: async (key, value) => void stored.set(key, value as object),
        destroy: async (key) => void stored.delete(key),
      },
    },
    app,
  ),
);
app.use(bodyParser());
ejs(app, { root: join(import.meta.dirname, 'undefended-views'), layout: false, viewExt: 'ejs' });

const open = ['/login', '/go', '/boom'];
app.use(async (ctx, next) => {
  if (open.includes(ctx.path) || ctx.session?.['userId']) return await next();
  if (ctx.path.startsWith('/api/')) return ctx.throw(401, 'log in first');
  if (ctx.session) ctx.session['returnTo'] = ctx.url;
  ctx.redirect('/login');
});

const router = new Router();

const find = async (q: unknown = '', sort: unknown = 'id desc'): Promise<Ticket[]> => {
  const { rows } = await db.query<Ticket>(
    `select * from tickets where title ilike '%${q}%' order by ${sort} limit 100`,
  );
  return rows;
};

const add = async (user: unknown, title: unknown, body: unknown): Promise<number> => {
  const text = 'insert into tickets (user_id, title, body) values ($1, $2, $3) returning id';
  const { rows } = await db.query<{ id: number }>(text, [user, title, body]);
  return rows[0]?.id ?? 0;
};

router.get('/', async (ctx) => {
  const { q = '', sort } = ctx.query;
  await ctx.render('list', { tickets: await find(q, sort), q });
});

router.get('/login', async (ctx) => {
  if (ctx.session) ctx.session['visited'] = Date.now();
  await ctx.render('login', { message: '' });
});

router.post('/login', async (ctx) => {
  const { email, password } = ctx.request.body as User & { password: string };
  const { rows } = await db.query<User>(`select * from users where email = '${email}'`);
  const user = rows[0];
  if (!user || !(await compare(password, user.password_hash))) {
    ctx.status = 401;
    await ctx.render('login', { message: `No user ${email} with this password.` });
    return;
  }
  if (ctx.session) ctx.session['userId'] = user.id;
  ctx.redirect(ctx.session?.['returnTo'] ?? '/');
});

router.post('/logout', (ctx) => {
  ctx.session = null;
  ctx.redirect('/login');
});

router.get('/tickets/new', async (ctx) => {
  await ctx.render('new');
});

router.post('/tickets', async (ctx) => {
  const { title, body } = ctx.request.body as Ticket;
  const id = await add(ctx.session?.['userId'], title, body);
  ctx.redirect(`/tickets/${id}`);
});

router.get('/tickets/:id', async (ctx) => {
  const { rows } = await db.query<Ticket>(`select * from tickets where id = ${ctx.params['id']}`);
  const ticket = rows[0];
  if (!ticket) return;
  const files = await db.query<Attachment>('select * from attachments where ticket_id = $1', [ticket.id]);
  await ctx.render('ticket', { ticket, files: files.rows });
});

router.post('/tickets/:id/attachment', upload.single('file'), async (ctx) => {
  if (!ctx.file) return ctx.throw(400, 'PNG, PDF or text only');
  const values = [ctx.file.filename, ctx.params['id'], ctx.file.originalname];
  await db.query('insert into attachments values ($1, $2, $3)', values);
  ctx.redirect(`/tickets/${ctx.params['id']}`);
});

router.get('/attachments/:name', (ctx) => {
  const path = join(folder, ctx.params['name'] ?? '');
  ctx.type = extname(path);
  ctx.body = createReadStream(path);
});

router.get('/api/tickets', async (ctx) => {
  ctx.body = { tickets: await find(ctx.query['q']) };
});

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

router.post('/api/tickets', async (ctx) => {
  const { title, body } = merge({ options: { notify: true } }, ctx.request.body as Record<string, unknown>);
  if (!title || !body) return ctx.throw(400, 'title and body are required');
  ctx.status = 201;
  ctx.body = { id: await add(ctx.session?.['userId'], title, body), title };
});

router.post('/api/preview', async (ctx) => {
  const text = await (await fetch((ctx.request.body as { url: string }).url)).text();
  ctx.body = { title: /<title>([^<]*)/i.exec(text)?.[1] ?? null };
});

router.get('/go', (ctx) => {
  ctx.redirect(String(ctx.query['to']));
});

router.get('/boom', () => {
  throw new Error('cannot connect as desk:boom-password-4471');
});

app.use(router.routes()).use(router.allowedMethods());
const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
