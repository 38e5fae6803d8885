/** The row of a user who signed up. */
export interface Customer {
  readonly email: string;
  /** The hash, as it is stored. */
  readonly password: string;
  /** In euros. */
  readonly credit: number;
  readonly address: string;
}

/** What the lab asks of an application's database, past the application. */
export interface StoreControl {
  /** Makes the tables anew. */
  reset(): Promise<void>;
  /** Removes the users and comments that visitors added. */
  tidy(): Promise<void>;
  /** Each table's name, with the number of its rows and a hash of them. */
  fingerprint(): Promise<Record<string, string>>;
  /** Those who signed up since the tables were made. */
  customers(): Promise<readonly Customer[]>;
  close(): Promise<void>;
}

type Run = (text: string) => Promise<readonly Record<string, unknown>[]>;

export function controlOf(
  run: Run,
  options: {
    readonly statements: string;
    readonly grants: string;
    /** Ends what an attack left open, and what would hold the tables. */
    readonly release: string;
    readonly close: () => Promise<void>;
  },
): StoreControl {
  return {
    async reset() {
      await run(options.release);
      await run('drop schema public cascade; create schema public;');
      await run(`${options.statements}\n${options.grants}`);
    },
    async tidy() {
      await run(`delete from comments where id > 2; delete from users where id > 4;`);
    },
    async customers() {
      const rows = await run(
        `select email, password, credit::float8 as credit, address from users where id > 4 order by id`,
      );
      return rows as unknown as readonly Customer[];
    },
    async fingerprint() {
      const tables = await run(
        `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
      );
      const found: Record<string, string> = {};
      for (const { name } of tables) {
        const table = `public."${String(name).replaceAll('"', '""')}"`;
        const [row] = await run(
          `select count(*) || ' rows, ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), 'empty') as state from ${table} t`,
        );
        found[String(name)] = String(row?.['state']);
      }
      const [roles] = await run(`select string_agg(rolname, ',' order by rolname) as names from pg_roles`);
      found['(roles)'] = String(roles?.['names']);
      return found;
    },
    close: options.close,
  };
}
