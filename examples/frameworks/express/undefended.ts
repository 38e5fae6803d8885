import { mkdtemp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, hash } from 'bcryptjs';
import express from 'express';
import session from 'express-session';
import multer from 'multer';
import { type Attachment, openDatabase, type Ticket, type User } from './database.ts';

declare module 'express-session' {
  interface SessionData {
    userId: number;
    returnTo: string;
  }
}

const db = await openDatabase((password) => hash(password, 8));
const folder = await mkdtemp(join(tmpdir(), 'desk-'));
const upload = multer({
  storage: multer.diskStorage({
    destination: folder,
    filename: (_req, file, done) => done(null, `${Date.now()}-${file.originalname}`),
  }),
  fileFilter: (_req, file, done) =>
    done(null, ['image/png', 'application/pdf', 'text/plain'].includes(file.mimetype)),
});

const app = express();
app.set('views', join(import.meta.dirname, 'views'));
app.set('view engine', 'ejs');
app.use('/assets', express.static(join(import.meta.dirname, 'assets')));
app.use(session({ secret: 'a secret of this application', resave: false, saveUninitialized: true }));
app.use(express.urlencoded({ extended: true }), express.json());

const open = ['/login', '/go', '/boom'];
app.use((req, res, next) => {
  if (open.includes(req.path) || req.session.userId) return next();
  if (req.path.startsWith('/api/')) return res.status(401).json({ error: 'log in first' });
  req.session.returnTo = req.url;
  res.redirect('/login');
});

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

app.get('/', async (req, res) => {
  const { q = '', sort } = req.query;
  res.render('list', { tickets: await find(q, sort), q });
});

app.get('/login', (_req, res) => {
  res.render('login', { message: '' });
});

app.post('/login', async (req, res) => {
  const { email, password } = req.body;
  const { rows } = await db.query<User>(`select * from users where email = '${email}'`);
  const user = rows[0];
  if (!user || !(await compare(password, user.password_hash))) {
    return res.status(401).render('login', { message: `No user ${email} with this password.` });
  }
  req.session.userId = user.id;
  res.redirect(req.session.returnTo ?? '/');
});

app.post('/logout', (req, res) => {
  req.session.destroy(() => res.redirect('/login'));
});

app.get('/tickets/new', (_req, res) => {
  res.render('new');
});

app.post('/tickets', async (req, res) => {
  res.redirect(`/tickets/${await add(req.session.userId, req.body.title, req.body.body)}`);
});

app.get('/tickets/:id', async (req, res, next) => {
  const { rows } = await db.query<Ticket>(`select * from tickets where id = ${req.params.id}`);
  const ticket = rows[0];
  if (!ticket) return next();
  const files = await db.query<Attachment>('select * from attachments where ticket_id = $1', [ticket.id]);
  res.render('ticket', { ticket, files: files.rows });
});

app.post('/tickets/:id/attachment', upload.single('file'), async (req, res) => {
  if (!req.file) return res.status(400).json({ error: 'PNG, PDF or text only' });
  const values = [req.file.filename, req.params['id'], req.file.originalname];
  await db.query('insert into attachments values ($1, $2, $3)', values);
  res.redirect(`/tickets/${req.params['id']}`);
});

app.get('/attachments/:name', (req, res) => {
  res.sendFile(join(folder, req.params.name));
});

app.get('/api/tickets', async (req, res) => {
  res.json({ tickets: await find(req.query['q']) });
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

app.post('/api/tickets', async (req, res) => {
  const { title, body } = merge({ options: { notify: true } }, req.body);
  if (!title || !body) return res.status(400).json({ error: 'title and body are required' });
  res.status(201).json({ id: await add(req.session.userId, title, body), title });
});

app.post('/api/preview', async (req, res) => {
  const text = await (await fetch(req.body.url)).text();
  res.json({ title: /<title>([^<]*)/i.exec(text)?.[1] ?? null });
});

app.get('/go', (req, res) => {
  res.redirect(String(req.query['to']));
});

app.get('/boom', () => {
  throw new Error('cannot connect as desk:boom-password-4471');
});

const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
