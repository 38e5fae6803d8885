import { contains, type Database, sql, startsWith } from 'bulwark/sql';
import type { Account, Comment, Product, ReportLine, User } from '../model.ts';
import { guard } from './password.ts';

export interface ProductFilter {
  q?: unknown;
  category?: unknown;
  min?: unknown;
  max?: unknown;
  sort?: unknown;
}

export interface Store {
  logIn(email: string, password: string): Promise<User | undefined>;
  signUp(user: Omit<User, 'id'> & { password: string }): Promise<number>;
  account(id: string): Promise<Account | undefined>;
  setAddress(id: string, address: string): Promise<void>;
  /** Gives a part of a customer's credit to another customer. */
  transfer(id: string, to: string, amount: number): Promise<void>;
  user(id: string): Promise<User | undefined>;
  users(): Promise<User[]>;
  products(filter: ProductFilter): Promise<Product[]>;
  /** Names that begin with what was typed so far. */
  suggestions(typed: string): Promise<string[]>;
  comments(): Promise<Comment[]>;
  addComment(author: string, content: string): Promise<void>;
  report(month: string): Promise<ReportLine[]>;
}

const sortable = { id: 'id', name: 'name', category: 'category', price: 'price' };

/** @param reports connects as a role that may only read */
export function createStore({ main, reports }: { main: Database; reports: Database }): Store {
  return {
    async logIn(email, password) {
      const found = await main.maybe<User & { password: string }>(
        sql`select id, email, name, bio, website, password from users where email = ${email}`,
      );
      const { ok, newHash } = await guard.verify(password, found?.password);
      if (!ok || !found) return undefined;
      const { password: _, ...user } = found;
      if (newHash) await main.execute(sql`update users set password = ${newHash} where id = ${user.id}`);
      return user;
    },

    async signUp({ email, name, bio, website, password }) {
      const { id } = await main.one<{ id: number }>(
        sql`insert into users (email, name, bio, website, password)
            values (${email}, ${name}, ${bio}, ${website}, ${await guard.hash(password)})
            returning id`,
      );
      return id;
    },

    account(id) {
      return main.maybe<Account>(
        sql`select id, email, name, credit, address from users where id = ${Number(id)}`,
      );
    },

    async setAddress(id, address) {
      await main.execute(sql`update users set address = ${address} where id = ${Number(id)}`);
    },

    async transfer(id, to, amount) {
      await main.execute(
        sql`update users set credit = credit + case when id = ${Number(id)} then -(${amount}::numeric) else ${amount}::numeric end
            where (id = ${Number(id)} or email = ${to}) and ${amount}::numeric > 0
              and exists (select from users where email = ${to})
              and exists (select from users where id = ${Number(id)} and credit >= ${amount}::numeric)`,
      );
    },

    async user(id) {
      return main.maybe<User>(sql`select id, email, name, bio, website from users where id = ${Number(id)}`);
    },

    users() {
      return main.all<User>(sql`select id, email, name, bio, website from users order by id`);
    },

    products({ q, category, min, max, sort }) {
      const where = sql.and(
        sql`published`,
        q ? sql`name ilike ${contains(String(q))}` : undefined,
        category ? sql`category = ${String(category)}` : undefined,
        min ? sql`price >= ${Number(min)}` : undefined,
        max ? sql`price <= ${Number(max)}` : undefined,
      );
      const order = sql.orderBy(sort, sortable, { default: 'name' });
      return main.all<Product>(sql`select id, name, category, price from products where ${where} ${order}`);
    },

    async suggestions(typed) {
      const found = await main.all<{ name: string }>(
        sql`select name from products where published and name ilike ${startsWith(typed)} order by name limit 10`,
      );
      return found.map(({ name }) => name);
    },

    comments() {
      return main.all<Comment>(sql`select id, author, content from comments order by id`);
    },

    async addComment(author, content) {
      await main.execute(sql`insert into comments (author, content) values (${author}, ${content})`);
    },

    report(month) {
      return reports.all<ReportLine>(
        sql`select p.category, sum(o.quantity)::integer as sold, sum(o.quantity * p.price) as total
            from orders o join products p on p.id = o.product_id
            where o.month = ${month}
            group by p.category order by p.category`,
      );
    },
  };
}
