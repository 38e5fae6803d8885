import { PGlite } from '@electric-sql/pglite';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { passwords } from 'bulwark/password';
import { contains, sql } from 'bulwark/sql';
import { database } from 'bulwark/sql/pglite';
import { fillDatabase } from '../fill-database.ts';

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

@Injectable()
export class TicketsService implements OnModuleInit {
  private readonly client = new PGlite();
  private readonly db = database(this.client);

  async onModuleInit(): Promise<void> {
    await fillDatabase(this.client, (password) => passwords().hash(password));
  }

  findUser(email: string): Promise<User | undefined> {
    return this.db.maybe<User>(sql`select id, password_hash from users where email = ${email}`);
  }

  find(q: string, sort: unknown): Promise<Ticket[]> {
    return this.db.all<Ticket>(sql`
      select t.id, t.title, t.body, u.email from tickets t join users u on u.id = t.user_id
      where ${sql.and(q && sql`t.title ilike ${contains(q)}`)}
      ${sql.orderBy(sort, { title: 't.title', id: 't.id' }, { default: '-id' })}`);
  }

  async findOne(id: string): Promise<(Ticket & { attachments: Attachment[] }) | undefined> {
    const ticket = await this.db.maybe<Ticket>(sql`
      select t.id, t.title, t.body, u.email from tickets t join users u on u.id = t.user_id where t.id = ${id}`);
    if (!ticket) return undefined;
    const attachments = await this.db.all<Attachment>(
      sql`select id, name from attachments where ticket_id = ${id}`,
    );
    return { ...ticket, attachments };
  }

  async add(user: string, { title, body }: { title: string; body: string }): Promise<number> {
    const { id } = await this.db.one<{ id: number }>(
      sql`insert into tickets (user_id, title, body) values (${user}, ${title}, ${body}) returning id`,
    );
    return id;
  }

  async attach(id: string, ticket: string, name: string): Promise<void> {
    await this.db.execute(
      sql`insert into attachments (id, ticket_id, name) values (${id}, ${ticket}, ${name})`,
    );
  }
}
