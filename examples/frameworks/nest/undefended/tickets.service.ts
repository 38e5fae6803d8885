import { createHash } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { fillDatabase } from '../fill-database.ts';

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

@Injectable()
export class TicketsService implements OnModuleInit {
  private readonly db = new PGlite();

  async onModuleInit(): Promise<void> {
    await fillDatabase(this.db, hash);
  }

  async findUser(email: string, password: string): Promise<string | undefined> {
    const { rows } = await this.db.query<{ id: string }>(
      `select id from users where email = '${email}' and password_hash = '${hash(String(password))}'`,
    );
    return rows[0]?.id;
  }

  async find(q = '', sort = 'id desc'): Promise<Ticket[]> {
    const { rows } = await this.db.query<Ticket>(`
      select t.id, t.title, t.body, u.email from tickets t join users u on u.id = t.user_id
      where t.title ilike '%${q}%' order by ${sort}`);
    return rows;
  }

  async findOne(id: string): Promise<(Ticket & { attachments: Attachment[] }) | undefined> {
    const { rows } = await this.db.query<Ticket>(
      `select t.id, t.title, t.body, u.email from tickets t join users u on u.id = t.user_id where t.id = ${id}`,
    );
    if (!rows[0]) return undefined;
    const attachments = await this.db.query<Attachment>(
      `select id, name from attachments where ticket_id = ${id}`,
    );
    return { ...rows[0], attachments: attachments.rows };
  }

  async add(user: string, title: unknown, body: unknown): Promise<number | undefined> {
    const { rows } = await this.db.query<{ id: number }>(
      `insert into tickets (user_id, title, body) values ('${user}', $1, $2) returning id`,
      [title, body],
    );
    return rows[0]?.id;
  }

  async attach(name: string, ticket: string): Promise<void> {
    await this.db.query(
      'insert into attachments (id, ticket_id, name) values ($1, $2, $1) on conflict do nothing',
      [name, ticket],
    );
  }
}
