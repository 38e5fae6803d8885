import { createServer, type Server } from 'node:http';
import { isRefusal } from 'bulwark';
import { bulwark, bulwarkErrors, csrfField, defendServer, routeCors, routeRateLimit } from 'bulwark/express';
import { html, render, type SafeHtml } from 'bulwark/html';
import { passwords } from 'bulwark/password';
import { loginLimit, rateLimit } from 'bulwark/rate-limit';
import { postgresStore } from 'bulwark/rate-limit/pg';
import { safeRedirect } from 'bulwark/redirect';
import { currentRequest } from 'bulwark/request';
import { secrets } from 'bulwark/secrets';
import { sessions } from 'bulwark/session';
import { pgStore } from 'bulwark/session/pg';
import { sql } from 'bulwark/sql';
import { database } from 'bulwark/sql/pg';
import express, { type NextFunction, type Request, type Response } from 'express';
import pg from 'pg';

interface User {
  id: string;
  name: string;
  password_hash: string;
  shown_name: string;
  about: string;
}

const { APP_KEY: keys, DATABASE_URL } = await secrets({ APP_KEY: 'key', DATABASE_URL: 'secret' });
const timeouts = { query_timeout: 5_000, connectionTimeoutMillis: 2_000 };
export const pool: pg.Pool = new pg.Pool({ connectionString: DATABASE_URL.reveal(), ...timeouts });
export const guardPool: pg.Pool = new pg.Pool({ connectionString: DATABASE_URL.reveal(), ...timeouts });
for (const each of [pool, guardPool]) each.on('error', (error) => console.error(error.message));
const db = database(pool);
const sessionStore = pgStore(guardPool);
await sessionStore.createTable();
const session = sessions({ store: sessionStore });
const store = postgresStore(guardPool);
const perClient = rateLimit({ store, fail: 'memory', limit: 300, windowSeconds: 60, key: 'address' });
const signUps = rateLimit({ store, fail: 'closed', limit: 20, windowSeconds: 3_600, key: 'address' });
const guesses = loginLimit({ store, keys, fail: 'closed' });
const guard = passwords({ site: 'Members' });

const app = express();
app.use(
  bulwark({
    origin: process.env['ORIGIN'] ?? 'http://localhost:3000',
    trustedProxies: 1,
    session,
    rateLimit: perClient,
    csrf: { keys, logIn: ['/log-in', '/sign-up'] },
  }),
);
app.use(express.urlencoded({ extended: false }));

/** Undefined if the password is wrong, or if there is no such user. */
async function checked(
  req: Request,
  res: Response,
  name: string,
  password: unknown,
): Promise<User | undefined> {
  const user = await db.maybe<User>(sql`select * from users where name = lower(${name})`);
  const account = user ? `id:${user.id}` : `name:${name}`;
  const facts = { account, address: currentRequest()?.client };
  const attempt = await guesses.reserve({ ...facts, cookie: guesses.cookie(req) });
  const { ok, newHash } = await guard.verify(password, user?.password_hash).catch(async (error: unknown) => {
    await attempt.giveBack(); // the server is busy: no fault of the user's
    throw error;
  });
  if (!ok || !user) {
    attempt.failed();
    return undefined;
  }
  if (newHash !== undefined)
    await db.execute(sql`update users set password_hash = ${newHash} where id = ${user.id}`);
  res.append('Set-Cookie', await attempt.succeeded());
  return user;
}

async function currentUser(req: Request): Promise<User | undefined> {
  const { user } = session.of(req);
  return user === undefined ? undefined : db.maybe<User>(sql`select * from users where id = ${user}`);
}

function forUsers(page: (user: User, req: Request, res: Response) => unknown) {
  return async (req: Request, res: Response): Promise<void> => {
    const user = await currentUser(req);
    if (user) await page(user, req, res);
    else res.redirect(303, `/log-in?next=${encodeURIComponent(req.originalUrl)}`);
  };
}

function send(res: Response, title: string, body: SafeHtml): void {
  res.send(
    render(html`<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>${body}</html>`),
  );
}

function accountForm(req: Request, res: Response, title: string, message = ''): void {
  const next = req.body?.next ?? req.query['next'] ?? '';
  const form = html`<p>${message}</p><form method="post">
    ${csrfField(html, req)}<input type="hidden" name="next" value="${next}">
    <label>Name <input name="name" autocomplete="username"></label>
    <label>Password <input name="password" type="password"></label>
    <button>${title}</button></form>`;
  send(res, title, form);
}

function passwordForm(req: Request, res: Response, message = ''): void {
  const form = html`<p>${message}</p><form method="post">${csrfField(html, req)}
    <label>Current password <input name="current" type="password"></label>
    <label>New password <input name="password" type="password"></label>
    <button>Change</button></form>`;
  send(res, 'Change your password', form);
}

app.get('/', async (_req, res) => {
  const users = await db.all<User>(sql`select * from users order by shown_name`);
  send(
    res,
    'Members',
    html`<ul>${users.map((user) => html`<li>${user.shown_name}: ${user.about}</li>`)}</ul>`,
  );
});

app.get('/sign-up', (req, res) => accountForm(req, res, 'Sign up'));
app.post('/sign-up', routeRateLimit(signUps), async (req, res) => {
  const { name, password } = req.body ?? {};
  const verdict = guard.check(password, { context: [name] });
  if (!verdict.allow)
    return accountForm(req, res.status(400), 'Sign up', verdict.hint ?? 'Choose another password.');
  const user = await db.maybe<User>(
    sql`insert into users (name, shown_name, password_hash) values (lower(${name}), ${name}, ${await guard.hash(password)})
     on conflict (name) do nothing returning *`,
  );
  if (!user) return accountForm(req, res.status(409), 'Sign up', 'This name is taken.');
  await session.of(req).logIn(user.id);
  res.append('Set-Cookie', guesses.trustDevice({ account: `id:${user.id}` }));
  res.redirect(303, safeRedirect(req.body.next, { fallback: '/profile' }));
});

app.get('/log-in', (req, res) => accountForm(req, res, 'Log in'));
app.post('/log-in', async (req, res) => {
  const { name, password, next } = req.body ?? {};
  const user = await checked(req, res, name, password);
  if (!user) return accountForm(req, res.status(401), 'Log in', 'The name or the password is wrong.');
  await session.of(req).logIn(user.id);
  res.redirect(303, safeRedirect(next, { fallback: '/profile' }));
});

app.post('/log-out', async (req, res) => {
  await session.of(req).logOut();
  res.redirect(303, '/');
});

const profile = forUsers((user, req, res) => {
  const form = html`<p>${user.about}</p><form method="post">${csrfField(html, req)}
    <label>Name <input name="shown_name" value="${user.shown_name}"></label>
    <label>About you <textarea name="about">${user.about}</textarea></label>
    <button>Save</button></form>
    <form method="post" action="/log-out">${csrfField(html, req)}<button>Log out</button></form>`;
  send(res, user.shown_name, form);
});
app.get('/profile', profile);
app.post(
  '/profile',
  forUsers(async (user, req, res) => {
    const { shown_name, about } = req.body ?? {};
    await db.execute(
      sql`update users set shown_name = ${shown_name}, about = ${about} where id = ${user.id}`,
    );
    res.redirect(303, '/profile');
  }),
);

app.get(
  '/password',
  forUsers((_user, req, res) => passwordForm(req, res)),
);
app.post(
  '/password',
  forUsers(async (user, req, res) => {
    const { current, password } = req.body ?? {};
    if (!(await checked(req, res, user.name, current)))
      return passwordForm(req, res.status(401), 'Wrong password.');
    const verdict = guard.check(password, { context: [user.name] });
    if (!verdict.allow) return passwordForm(req, res.status(400), verdict.hint ?? 'Choose another password.');
    await db.execute(
      sql`update users set password_hash = ${await guard.hash(password)} where id = ${user.id}`,
    );
    await session.revokeOthers(session.of(req));
    await session.of(req).rotate();
    res.redirect(303, '/profile');
  }),
);

app.get(
  '/devices',
  forUsers(async (user, req, res) => {
    const devices = (await session.list(user.id, session.of(req))).map((device) => {
      const mark = device.current ? ' (this one)' : '';
      return html`<li>${device.userAgent}, ${device.lastSeenAt.toISOString()}${mark}</li>`;
    });
    const form = html`<form method="post">${csrfField(html, req)}<button>Log out all others</button></form>`;
    send(res, 'My devices', html`<ul>${devices}</ul>${form}`);
  }),
);
app.post(
  '/devices',
  forUsers(async (_user, req, res) => {
    await session.revokeOthers(session.of(req));
    res.redirect(303, '/devices');
  }),
);

app.use('/api/me', routeCors({ origins: ['https://app.example.com'], allowCredentials: true }));
app.get('/api/me', async (req, res) => {
  const user = await currentUser(req);
  if (user) res.json({ name: user.name, shownName: user.shown_name });
  else res.status(401).json({ error: 'Log in first.' });
});

app.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
  const isLimit = isRefusal(error, 'rate-limit/*') && req.accepts('json', 'html') === 'html';
  if (!isLimit || res.headersSent) return next(error);
  const wait = error.detail['retryAfterSeconds'];
  res.status(error.status).set('Retry-After', String(wait));
  send(res, 'Too many tries', html`<p>Please try again in ${wait} seconds.</p>`);
});
app.use(bulwarkErrors());
export const server: Server = defendServer(createServer(app)).listen(Number(process.env['PORT'] ?? 3000));
