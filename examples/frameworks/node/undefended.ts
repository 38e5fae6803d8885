import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { compare, hash } from 'bcryptjs';
import { type Attachment, openDatabase, type Ticket, type User } from './database.ts';
import { listPage, logInPage, newTicketPage, ticketPage } from './undefended-pages.ts';

const db = await openDatabase((password) => hash(password, 8));
const folder = await mkdtemp(join(tmpdir(), 'desk-'));
const sessions = new Map<string, { userId?: number; returnTo?: string }>();
const types: Record<string, string> = {
  '.png': 'image/png',
  '.pdf': 'application/pdf',
  '.txt': 'text/plain',
  '.html': 'text/html',
  '.svg': 'image/svg+xml',
  '.js': 'text/javascript',
};

function sessionOf(req: IncomingMessage, res: ServerResponse): { userId?: number; returnTo?: string } {
  const id = /(?:^|; )sid=([^;]+)/.exec(req.headers.cookie ?? '')?.[1] ?? randomUUID();
  const session = sessions.get(id) ?? {};
  sessions.set(id, session);
  res.setHeader('Set-Cookie', `sid=${id}; Path=/; HttpOnly`);
  return session;
}

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const formOf = async (req: IncomingMessage): Promise<Record<string, string>> =>
  Object.fromEntries(new URLSearchParams((await bodyOf(req)).toString()));

const page = (res: ServerResponse, markup: string, status = 200): void => {
  res.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(markup);
};
const json = (res: ServerResponse, value: unknown, status = 200): void => {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
};
const redirect = (res: ServerResponse, location: string): void => {
  res.writeHead(302, { Location: location }).end();
};

const find = async (q: string, sort: string): Promise<Ticket[]> => {
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

async function attach(req: IncomingMessage, res: ServerResponse, ticket: string): Promise<void> {
  const headers = { 'content-type': req.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(await bodyOf(req)), { headers }).formData();
  const file = form.get('file');
  if (!(file instanceof File) || !['image/png', 'application/pdf', 'text/plain'].includes(file.type)) {
    return json(res, { error: 'PNG, PDF or text only' }, 400);
  }
  const name = `${Date.now()}-${file.name}`;
  await writeFile(join(folder, name), new Uint8Array(await file.arrayBuffer()));
  await db.query('insert into attachments values ($1, $2, $3)', [name, ticket, file.name]);
  redirect(res, `/tickets/${ticket}`);
}

async function logIn(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { email = '', password = '' } = await formOf(req);
  const { rows } = await db.query<User>(`select * from users where email = '${email}'`);
  const user = rows[0];
  if (!user || !(await compare(password, user.password_hash))) {
    return page(res, logInPage(`No user ${email} with this password.`), 401);
  }
  const session = sessionOf(req, res);
  session.userId = user.id;
  redirect(res, session.returnTo ?? '/');
}

const open = ['/login', '/go', '/boom'];

async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost');
  const [, first = '', second = '', third] = pathname.split('/').map(decodeURIComponent);
  if (first === 'assets') {
    res.setHeader('Content-Type', types[extname(second)] ?? 'application/octet-stream');
    res.end(await readFile(join(import.meta.dirname, 'assets', second)));
    return;
  }
  const session = sessionOf(req, res);
  if (!open.includes(pathname) && session.userId === undefined) {
    if (first === 'api') return json(res, { error: 'log in first' }, 401);
    session.returnTo = req.url ?? '/';
    return redirect(res, '/login');
  }
  const q = searchParams.get('q') ?? '';
  const isPost = req.method === 'POST';
  if (pathname === '/') return page(res, listPage(await find(q, searchParams.get('sort') ?? 'id desc'), q));
  if (pathname === '/login') return isPost ? await logIn(req, res) : page(res, logInPage());
  if (pathname === '/logout' && isPost) {
    delete session.userId;
    return redirect(res, '/login');
  }
  if (pathname === '/tickets/new') return page(res, newTicketPage());
  if (pathname === '/tickets' && isPost) {
    const { title, body } = await formOf(req);
    return redirect(res, `/tickets/${await add(session.userId, title, body)}`);
  }
  if (first === 'tickets' && third === 'attachment' && isPost) return await attach(req, res, second);
  if (first === 'tickets' && third === undefined) {
    const { rows } = await db.query<Ticket>(`select * from tickets where id = ${second}`);
    const ticket = rows[0];
    if (!ticket) return page(res, 'No such ticket', 404);
    const files = await db.query<Attachment>('select * from attachments where ticket_id = $1', [ticket.id]);
    return page(res, ticketPage(ticket, files.rows));
  }
  if (first === 'attachments') {
    const path = join(folder, second);
    res.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
    res.end(await readFile(path));
    return;
  }
  if (pathname === '/api/tickets' && !isPost) return json(res, { tickets: await find(q, 'id desc') });
  if (pathname === '/api/tickets') {
    const { title, body } = merge({ options: { notify: true } }, JSON.parse((await bodyOf(req)).toString()));
    if (!title || !body) return json(res, { error: 'title and body are required' }, 400);
    return json(res, { id: await add(session.userId, title, body), title }, 201);
  }
  if (pathname === '/api/preview') {
    const { url } = JSON.parse((await bodyOf(req)).toString());
    const text = await (await fetch(url)).text();
    return json(res, { title: /<title>([^<]*)/i.exec(text)?.[1] ?? null });
  }
  if (pathname === '/go') return redirect(res, searchParams.get('to') ?? '/');
  if (pathname === '/boom') throw new Error('cannot connect as desk:boom-password-4471');
  page(res, 'Not found', 404);
}

const server = createServer((req, res) => {
  handle(req, res).catch((error: unknown) => {
    if (!res.headersSent) json(res, { error: error instanceof Error ? error.message : String(error) }, 500);
  });
});
server.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
