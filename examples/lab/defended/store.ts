import { contains, type Database, sql, startsWith } from 'bulwark/sql';
import type { Comment, Product, ReportLine, User } from '../model.ts';
import { hashPassword } from '../password.ts';

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
    logIn(email, password) {
      return main.maybe<User>(
        sql`select id, email, name, bio, website from users
            where email = ${email} and password = ${hashPassword(email, password)}`,
      );
    },

    async signUp({ email, name, bio, website, password }) {
      const { id } = await main.one<{ id: number }>(
        sql`insert into users (email, name, bio, website, password)
            values (${email}, ${name}, ${bio}, ${website}, ${hashPassword(email, password)})
            returning id`,
      );
      return id;
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
