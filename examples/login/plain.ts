import { randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import type { Server } from 'node:http';
import { promisify } from 'node:util';
import express, { type Request, type Response } from 'express';
import pg from 'pg';

interface User {
  id: string;
  name: string;
  password_hash: string;
  shown_name: string;
  about: string;
}

export const pool: pg.Pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
pool.on('error', (error) => console.error(error.message));
const app = express();
app.use(express.urlencoded({ extended: false }));

await pool.query(`create table if not exists plain_sessions (
  id uuid primary key,
  user_id uuid not null references users,
  user_agent text not null,
  seen_at timestamptz not null default now()
)`);

const derive = promisify<string, string, number, Buffer>(scrypt);

async function hash(password: string): Promise<string> {
  const salt = randomBytes(16).toString('hex');
  return `${salt}:${(await derive(password, salt, 32)).toString('hex')}`;
}

async function verify(password: string, stored: string): Promise<boolean> {
  const [salt = '', digest = ''] = stored.split(':');
  return timingSafeEqual(await derive(password, salt, 32), Buffer.from(digest, 'hex'));
}

function sessionId(req: Request): string | undefined {
  return /(?:^|; )sid=([\w-]{36})/.exec(req.headers.cookie ?? '')?.[1];
}

async function logIn(req: Request, res: Response, user: User): Promise<void> {
  const id = randomUUID();
  const agent = req.headers['user-agent'] ?? 'unknown';
  await pool.query('insert into plain_sessions (id, user_id, user_agent) values ($1, $2, $3)', [
    id,
    user.id,
    agent,
  ]);
  res.cookie('sid', id, { httpOnly: true });
}

async function currentUser(req: Request): Promise<User | undefined> {
  const { rows } = await pool.query<User>(
    `with session as (update plain_sessions set seen_at = now() where id = $1 returning user_id)
     select users.* from users join session on session.user_id = users.id`,
    [sessionId(req)],
  );
  return rows[0];
}

function forUsers(page: (user: User, req: Request, res: Response) => unknown) {
  return async (req: Request, res: Response): Promise<void> => {
    const user = await currentUser(req);
    if (user) await page(user, req, res);
    else res.redirect(303, `/log-in?next=${encodeURIComponent(req.originalUrl)}`);
  };
}

function send(res: Response, title: string, body: string): void {
  res.send(`<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>${body}</html>`);
}

function accountForm(req: Request, res: Response, title: string, message = ''): void {
  const next = req.body?.next ?? req.query['next'] ?? '';
  const form = `<p>${message}</p><form method="post">
    <input type="hidden" name="next" value="${next}">
    <label>Name <input name="name" autocomplete="username"></label>
    <label>Password <input name="password" type="password"></label>
    <button>${title}</button></form>`;
  send(res, title, form);
}

function passwordForm(res: Response, message = ''): void {
  const form = `<p>${message}</p><form method="post">
    <label>Current password <input name="current" type="password"></label>
    <label>New password <input name="password" type="password"></label>
    <button>Change</button></form>`;
  send(res, 'Change your password', form);
}

app.get('/', async (_req, res) => {
  const { rows } = await pool.query<User>('select * from users order by shown_name');
  send(
    res,
    'Members',
    `<ul>${rows.map((user) => `<li>${user.shown_name}: ${user.about}</li>`).join('')}</ul>`,
  );
});

app.get('/sign-up', (req, res) => accountForm(req, res, 'Sign up'));
app.post('/sign-up', async (req, res) => {
  const { name, password } = req.body ?? {};
  if (password.length < 8) return accountForm(req, res.status(400), 'Sign up', 'Use 8 characters or more.');
  const { rows } = await pool.query<User>(
    `insert into users (name, shown_name, password_hash) values (lower($1), $1, $2)
     on conflict (name) do nothing returning *`,
    [name, await hash(password)],
  );
  if (!rows[0]) return accountForm(req, res.status(409), 'Sign up', 'This name is taken.');
  await logIn(req, res, rows[0]);
  res.redirect(303, req.body.next || '/profile');
});

app.get('/log-in', (req, res) => accountForm(req, res, 'Log in'));
app.post('/log-in', async (req, res) => {
  const { name, password, next } = req.body ?? {};
  const { rows } = await pool.query<User>('select * from users where name = lower($1)', [name]);
  if (!rows[0] || !(await verify(password, rows[0].password_hash))) {
    return accountForm(req, res.status(401), 'Log in', 'The name or the password is wrong.');
  }
  await logIn(req, res, rows[0]);
  res.redirect(303, next || '/profile');
});

app.post('/log-out', async (req, res) => {
  await pool.query('delete from plain_sessions where id = $1', [sessionId(req)]);
  res.clearCookie('sid').redirect(303, '/');
});

const profile = forUsers((user, _req, res) => {
  const form = `<p>${user.about}</p><form method="post">
    <label>Name <input name="shown_name" value="${user.shown_name}"></label>
    <label>About you <textarea name="about">${user.about}</textarea></label>
    <button>Save</button></form>
    <form method="post" action="/log-out"><button>Log out</button></form>`;
  send(res, user.shown_name, form);
});
app.get('/profile', profile);
app.post(
  '/profile',
  forUsers(async (user, req, res) => {
    const { shown_name, about } = req.body ?? {};
    await pool.query('update users set shown_name = $1, about = $2 where id = $3', [
      shown_name,
      about,
      user.id,
    ]);
    res.redirect(303, '/profile');
  }),
);

app.get(
  '/password',
  forUsers((_user, _req, res) => passwordForm(res)),
);
app.post(
  '/password',
  forUsers(async (user, req, res) => {
    const { current, password } = req.body ?? {};
    if (!(await verify(current, user.password_hash))) return passwordForm(res.status(401), 'Wrong password.');
    if (password.length < 8) return passwordForm(res.status(400), 'Use 8 characters or more.');
    await pool.query('update users set password_hash = $1 where id = $2', [await hash(password), user.id]);
    await endOtherSessions(user, req);
    res.redirect(303, '/profile');
  }),
);

async function endOtherSessions(user: User, req: Request): Promise<void> {
  await pool.query('delete from plain_sessions where user_id = $1 and id <> $2', [user.id, sessionId(req)]);
}

app.get(
  '/devices',
  forUsers(async (user, req, res) => {
    const { rows } = await pool.query('select * from plain_sessions where user_id = $1', [user.id]);
    const devices = rows.map((device) => {
      const mark = device.id === sessionId(req) ? ' (this one)' : '';
      return `<li>${device.user_agent}, ${device.seen_at.toISOString()}${mark}</li>`;
    });
    const form = `<form method="post"><button>Log out all others</button></form>`;
    send(res, 'My devices', `<ul>${devices.join('')}</ul>${form}`);
  }),
);
app.post(
  '/devices',
  forUsers(async (user, req, res) => {
    await endOtherSessions(user, req);
    res.redirect(303, '/devices');
  }),
);

app.get('/api/me', async (req, res) => {
  res.set('Access-Control-Allow-Origin', req.headers.origin ?? '*');
  res.set('Access-Control-Allow-Credentials', 'true');
  const user = await currentUser(req);
  if (user) res.json({ name: user.name, shownName: user.shown_name });
  else res.status(401).json({ error: 'Log in first.' });
});

export const server: Server = app.listen(Number(process.env['PORT'] ?? 3000));
