import type { Account, Comment, Product, ReportLine, User } from '../model.ts';
import { hashPassword } from './password.ts';

/** As pg's Pool: text goes out as it is. */
export interface Connection {
  query(text: string): Promise<{ rows: unknown[] }>;
}

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

// Somebody searched for "O'Brien" and the page crashed, so quotes are doubled where that was seen.
const quoted = (text: unknown): string => `'${String(text).replaceAll("'", "''")}'`;

export function createStore({ main, reports }: { main: Connection; reports: Connection }): Store {
  async function rows<T>(connection: Connection, text: string): Promise<T[]> {
    const result = await connection.query(text);
    return result.rows.map((row) => row as T);
  }

  return {
    async logIn(email, password) {
      const [user] = await rows<User>(
        main,
        `select id, email, name, bio, website from users
         where email = '${email}' and password = '${hashPassword(password)}'`,
      );
      return user;
    },

    async signUp({ email, name, bio, website, password }) {
      const [created] = await rows<{ id: number }>(
        main,
        `insert into users (email, name, bio, website, password)
         values (${quoted(email)}, ${quoted(name)}, ${quoted(bio)}, ${quoted(website)}, '${hashPassword(password)}')
         returning id`,
      );
      return created?.id ?? 0;
    },

    async account(id) {
      const [account] = await rows<Account>(
        main,
        `select id, email, name, credit, address from users where id = ${id}`,
      );
      return account;
    },

    async setAddress(id, address) {
      await rows(main, `update users set address = ${quoted(address)} where id = ${id}`);
    },

    async transfer(id, to, amount) {
      await rows(
        main,
        `update users set credit = credit + case when id = ${id} then -(${amount}) else ${amount} end
         where (id = ${id} or email = ${quoted(to)}) and ${amount} > 0
           and exists (select from users where email = ${quoted(to)})
           and exists (select from users where id = ${id} and credit >= ${amount})`,
      );
    },

    async user(id) {
      const [user] = await rows<User>(
        main,
        `select id, email, name, bio, website from users where id = ${id}`,
      );
      return user;
    },

    users() {
      return rows(main, `select id, email, name, bio, website from users order by id`);
    },

    products({ q, category, min, max, sort }) {
      let text = `select id, name, category, price from products where published`;
      if (q) text += ` and name ilike '%${quoted(q).slice(1, -1)}%'`;
      if (category) text += ` and category = '${category}'`;
      if (min) text += ` and price >= ${min}`;
      if (max) text += ` and price <= ${max}`;
      const key = String(sort || 'name');
      text += ` order by ${key.startsWith('-') ? `${key.slice(1)} desc` : key}`;
      return rows(main, text);
    },

    async suggestions(typed) {
      const found = await rows<{ name: string }>(
        main,
        `select name from products where published and name ilike '${typed}%' order by name limit 10`,
      );
      return found.map(({ name }) => name);
    },

    comments() {
      return rows(main, `select id, author, content from comments order by id`);
    },

    async addComment(author, content) {
      await rows(
        main,
        `insert into comments (author, content) values (${quoted(author)}, ${quoted(content)})`,
      );
    },

    report(month) {
      return rows(
        reports,
        `select p.category, sum(o.quantity)::integer as sold, sum(o.quantity * p.price) as total
         from orders o join products p on p.id = o.product_id
         where o.month = '${month}'
         group by p.category order by p.category`,
      );
    },
  };
}
