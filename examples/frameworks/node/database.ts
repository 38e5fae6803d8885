import { PGlite } from '@electric-sql/pglite';

export interface User {
  id: number;
  email: string;
  password_hash: string;
  role: string;
}

export interface Ticket {
  id: number;
  user_id: number;
  title: string;
  body: string;
  created_at: Date;
}

export interface Attachment {
  name: string;
  ticket_id: number;
  file_name: string;
}

const tables = `
  create table users (
    id serial primary key, email text not null unique, password_hash text not null, role text not null, secret_note text not null);
  create table tickets (
    id serial primary key, user_id integer not null references users, title text not null, body text not null,
    created_at timestamptz not null default now());
  create table attachments (
    name text primary key, ticket_id integer not null references tickets, file_name text not null);
  create table secrets (name text primary key, value text not null);
  insert into secrets values ('signing key', 'vault-4471-do-not-show');`;

/** A database in this process, with two users and three tickets. */
export async function openDatabase(hash: (password: string) => Promise<string>): Promise<PGlite> {
  const client = new PGlite();
  await client.exec(tables);
  const users = [
    ['ann@example.com', 'correct-horse-1', 'agent', 'ann keeps the spare keys'],
    ['bob@example.com', 'battery-staple-2', 'customer', 'bob is on probation'],
  ] as const;
  for (const [email, password, role, note] of users) {
    await client.query(
      'insert into users (email, password_hash, role, secret_note) values ($1, $2, $3, $4)',
      [email, await hash(password), role, note],
    );
  }
  const tickets = [
    [1, 'Printer on fire', 'It is <b>really</b> on fire.'],
    [2, 'Cannot log in', 'My keyboard has no <i>Q</i>.'],
    [1, 'Lamp flickers', 'Only on Mondays.'],
  ] as const;
  for (const ticket of tickets) {
    await client.query('insert into tickets (user_id, title, body) values ($1, $2, $3)', [...ticket]);
  }
  return client;
}
