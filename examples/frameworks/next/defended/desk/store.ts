import { PGlite } from '@electric-sql/pglite';
import { passwords } from 'bulwark/password';
import { contains, sql } from 'bulwark/sql';
import { database } from 'bulwark/sql/pglite';
import { fillDatabase } from '../../fill-database.ts';
import { once } from './once';

export interface User {
  id: string;
  password_hash: string;
}
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

const db = await once('db', async () => {
  const client = new PGlite();
  await fillDatabase(client, (password) => passwords().hash(password));
  return database(client);
});

export function findUser(email: string): Promise<User | undefined> {
  return db.maybe<User>(sql`select id, password_hash from users where email = ${email}`);
}

export function findTickets(q: string, sort: unknown): Promise<Ticket[]> {
  return db.all<Ticket>(sql`
    select t.id, t.title, t.body, u.email from tickets t join users u on u.id = t.user_id
    where ${sql.and(q && sql`t.title ilike ${contains(q)}`)}
    ${sql.orderBy(sort, { title: 't.title', id: 't.id' }, { default: '-id' })}`);
}

export async function findTicket(id: string): Promise<(Ticket & { attachments: Attachment[] }) | undefined> {
  const ticket = await db.maybe<Ticket>(sql`
    select t.id, t.title, t.body, u.email from tickets t join users u on u.id = t.user_id where t.id = ${id}`);
  if (!ticket) return undefined;
  return {
    ...ticket,
    attachments: await db.all<Attachment>(sql`select id, name from attachments where ticket_id = ${id}`),
  };
}

export async function addTicket(
  user: string,
  { title, body }: { title: string; body: string },
): Promise<number> {
  const { id } = await db.one<{ id: number }>(
    sql`insert into tickets (user_id, title, body) values (${user}, ${title}, ${body}) returning id`,
  );
  return id;
}

export async function addAttachment(id: string, ticket: string, name: string): Promise<void> {
  await db.execute(sql`insert into attachments (id, ticket_id, name) values (${id}, ${ticket}, ${name})`);
}
