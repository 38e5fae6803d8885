import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { html, type SafeHtml, sendHtml } from 'bulwark/html';
import { bulwark, csrfField, defendServer, readForm, readJson, staticFiles } from 'bulwark/node';
import { parseQuery } from 'bulwark/parse';
import { passwords } from 'bulwark/password';
import { memoryStore as counters, loginLimit } from 'bulwark/rate-limit';
import { redirectTo, type SafeRedirect, safeRedirect } from 'bulwark/redirect';
import { currentRequest, setRoute } from 'bulwark/request';
import { keyring } from 'bulwark/secrets';
import { memoryStore, sessions } from 'bulwark/session';
import { contains, sql } from 'bulwark/sql';
import { database } from 'bulwark/sql/pglite';
import { sendUpload, uploads } from 'bulwark/upload';
import { diskStore } from 'bulwark/upload/disk';
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
const assets = staticFiles(join(import.meta.dirname, 'assets'));
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

const ticketOf = async (id: string): Promise<Ticket> => {
  const ticket = /^[1-9]\d{0,8}$/.test(id)
    ? await db.maybe<Ticket>(sql`select * from tickets where id = ${Number(id)}`)
    : undefined;
  return ticket ?? notFound();
};

const missing = (): Error => Object.assign(new Error('no such page'), { status: 404, expose: true });

function notFound(): never {
  throw missing();
}

/** `next` is called later, so what it is told must become the rejection of a promise. */
const serveAsset = (req: IncomingMessage, res: ServerResponse): Promise<void> =>
  new Promise((resolve, reject) => {
    res.once('close', resolve);
    assets(req, res, (error) => reject(error ?? missing()));
  });

interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  /** What the placeholder of the route stood for. */
  value: string;
  query: string;
}

type Handler = (exchange: Exchange) => Promise<void> | void;

const nonce = (): string => currentRequest()?.nonce ?? '';
const field = (req: IncomingMessage): SafeHtml => csrfField(html, req);
const redirect = (res: ServerResponse, location: SafeRedirect): void => {
  res.writeHead(303, { Location: location }).end();
};
const answer = (res: ServerResponse, status: number, value: unknown): void => {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
};

const routes: Record<string, Handler> = {
  'GET /': async ({ req, res, query }) => {
    const { q, sort } = parseQuery(query, { schema: search });
    await sendHtml(res, listPage({ tickets: await find(q, sort), q, nonce: nonce(), csrf: field(req) }));
  },
  'GET /login': ({ req, res }) => sendHtml(res, logInPage(nonce(), field(req))),
  'POST /login': async ({ req, res }) => {
    const { email, password } = await readForm(req, { schema: credentials });
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
      res.statusCode = 401;
      return await sendHtml(res, logInPage(nonce(), field(req), 'That is not right.'));
    }
    res.appendHeader('Set-Cookie', await attempt.succeeded());
    await session.of(req).logIn(String(user.id));
    redirect(res, redirectTo`/`);
  },
  'POST /logout': async ({ req, res }) => {
    await session.of(req).logOut();
    redirect(res, redirectTo`/login`);
  },
  'GET /tickets/new': ({ req, res }) => sendHtml(res, newTicketPage(nonce(), field(req))),
  'POST /tickets': async ({ req, res }) => {
    const { id } = await add(session.of(req).user, await readForm(req, { schema: newTicket }));
    redirect(res, redirectTo`/tickets/${id}`);
  },
  'GET /tickets/:value': async ({ res, value }) => {
    const ticket = await ticketOf(value);
    const files = await db.all<Attachment>(sql`select * from attachments where ticket_id = ${ticket.id}`);
    await sendHtml(res, ticketPage(ticket, files, nonce()));
  },
  'POST /tickets/:value/attachment': async ({ req, res, value }) => {
    const ticket = await ticketOf(value);
    const { files } = await attachments.receive(req);
    await db.execute(
      sql`insert into attachments values (${files.file.id}, ${ticket.id}, ${files.file.name})`,
    );
    redirect(res, redirectTo`/tickets/${ticket.id}`);
  },
  'GET /attachments/:value': async ({ req, res, value }) => {
    await sendUpload(req, res, store, value);
  },
  'GET /api/tickets': async ({ res, query }) => {
    answer(res, 200, { tickets: await find(parseQuery(query, { schema: search }).q) });
  },
  'POST /api/tickets': async ({ req, res }) => {
    const ticket = await readJson(req, { schema: newTicket });
    answer(res, 201, { ...(await add(session.of(req).user, ticket)), title: ticket.title });
  },
  'POST /api/preview': async ({ req, res }) => {
    const { url } = await readJson(req, { schema: link });
    answer(res, 200, { title: (await titleOf(url)) ?? null });
  },
  'GET /go': ({ res, query }) => {
    redirect(res, safeRedirect(new URLSearchParams(query).get('to'), { fallback: '/' }));
  },
  'GET /boom': () => {
    throw new Error('cannot connect as desk:boom-password-4471');
  },
};

const open = ['/login', '/go', '/boom'];

const app = bulwark(
  { session, csrf: { keys, logIn: ['/login'] }, maxBodyBytes: 3_000_000 },
  async (req, res) => {
    const [path = '/', query = ''] = (req.url ?? '/').split('?', 2);
    if (path.startsWith('/assets/')) {
      req.url = path.slice('/assets'.length);
      return await serveAsset(req, res);
    }
    if (!open.includes(path) && session.of(req).user === undefined) {
      if (path.startsWith('/api/')) return answer(res, 401, { error: 'log in first' });
      return redirect(res, redirectTo`/login`);
    }
    for (const [route, handler] of Object.entries(routes)) {
      const [method, pattern = ''] = route.split(' ');
      const match = new RegExp(`^${pattern.replace(':value', '([^/]+)')}$`).exec(path);
      if (req.method !== method || match === null) continue;
      setRoute(pattern);
      return await handler({ req, res, value: match[1] ?? '', query });
    }
    notFound();
  },
);

const server = defendServer(createServer(app));
server.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
