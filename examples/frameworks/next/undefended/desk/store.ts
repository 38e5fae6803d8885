import { createHash } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { fillDatabase } from '../../fill-database';

export interface Ticket {
  id: number;
  title: string;
  body: string;
  email: string;
}
export interface Attachment {
  id: string;
  name: string;
}

const hash = (password: string): string => createHash('sha256').update(password).digest('hex');

// Next.js loads this module more than once in a process.
const shared = globalThis as typeof globalThis & {
  desk?: { db: PGlite; filled: Promise<void>; users: Map<string, string> };
};
async function desk() {
  if (!shared.desk) {
    const db = new PGlite();
    shared.desk = { db, filled: fillDatabase(db, hash), users: new Map() };
  }
  await shared.desk.filled;
  return shared.desk;
}

export async function usersOfSessions(): Promise<Map<string, string>> {
  return (await desk()).users;
}

export async function findUser(email: string, password: string): Promise<string | undefined> {
  const { rows } = await (await desk()).db.query<{ id: string }>(
    `select id from users where email = '${email}' and password_hash = '${hash(password)}'`,
  );
  return rows[0]?.id;
}

export async function findTickets(q = '', sort = 'id desc'): Promise<Ticket[]> {
  const { rows } = await (await desk()).db.query<Ticket>(`
    select t.id, t.title, t.body, u.email from tickets t join users u on u.id = t.user_id
    where t.title ilike '%${q}%' order by ${sort}`);
  return rows;
}

export async function findTicket(id: string): Promise<(Ticket & { attachments: Attachment[] }) | undefined> {
  const { db } = await desk();
  const { rows } = await db.query<Ticket>(
    `select t.id, t.title, t.body, u.email from tickets t join users u on u.id = t.user_id where t.id = ${id}`,
  );
  if (!rows[0]) return undefined;
  const attachments = await db.query<Attachment>(`select id, name from attachments where ticket_id = ${id}`);
  return { ...rows[0], attachments: attachments.rows };
}

export async function addTicket(user: string, title: unknown, body: unknown): Promise<number | undefined> {
  const { rows } = await (await desk()).db.query<{ id: number }>(
    `insert into tickets (user_id, title, body) values ('${user}', $1, $2) returning id`,
    [title, body],
  );
  return rows[0]?.id;
}

export async function addAttachment(name: string, ticket: string): Promise<void> {
  const insert = 'insert into attachments (id, ticket_id, name) values ($1, $2, $1) on conflict do nothing';
  await (await desk()).db.query(insert, [name, ticket]);
}

await desk(); // a page that uses it is served once the tables are there
