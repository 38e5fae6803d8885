import type { PGlite } from '@electric-sql/pglite';

/** Makes the tables of Desk, and fills them with two users and what each of them wrote. */
export async function fillDatabase(
  db: PGlite,
  hash: (password: string) => string | Promise<string>,
): Promise<void> {
  await db.exec(`
    create table users (id text primary key, email text unique not null, password_hash text not null, role text not null, note text not null);
    create table tickets (
      id integer primary key generated always as identity, user_id text not null references users,
      title text not null, body text not null, created_at timestamptz not null default now());
    create table attachments (id text primary key, ticket_id integer not null references tickets, name text not null);
    create table secrets (name text primary key, value text not null);
    insert into secrets values ('payment-key', 'pk-9f27c1e4');`);
  const users = [
    ['u1', 'ann@example.com', await hash('correct-horse-1'), 'agent', 'Ann keeps the spare key in drawer 4.'],
    ['u2', 'bob@example.com', await hash('battery-staple-2'), 'customer', 'Bob pays late.'],
  ];
  for (const user of users) await db.query('insert into users values ($1, $2, $3, $4, $5)', user);
  const tickets = [
    ['u1', 'Printer is out of paper', 'The one on the <b>second floor</b>.'],
    ['u2', 'Cannot open my invoice', '<p>It says <em>not found</em>.</p>'],
  ];
  for (const ticket of tickets)
    await db.query('insert into tickets (user_id, title, body) values ($1, $2, $3)', ticket);
}
