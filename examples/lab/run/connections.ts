import { PGlite } from '@electric-sql/pglite';
import type { Database } from 'bulwark/sql';
import { database as databaseOnPg } from 'bulwark/sql/pg';
import { database as databaseOnPglite } from 'bulwark/sql/pglite';
import pg from 'pg';
import type { Connection } from '../undefended/store.ts';
import type { Side } from './open-lab.ts';
import { seed } from './seed.ts';
import { controlOf, type StoreControl } from './store-control.ts';

/** Where one application's data lives. */
export interface Connections {
  /** For code without a guard: takes text, as pg's Pool does. */
  readonly plain: { readonly main: Connection; readonly reports: Connection };
  /** For `bulwark/sql`. */
  readonly guarded: { readonly main: Database; readonly reports: Database };
  readonly control: StoreControl;
}

/** URLs of one database: its owner, and the two roles that the application logs in as. */
export interface ServerUrls {
  readonly owner: string;
  readonly app: string;
  readonly reports: string;
}

/** An embedded PostgreSQL, inside this process. It has one user, so roles cannot be shown on it. */
export async function embedded(side: Side): Promise<Connections> {
  const store = await PGlite.create();
  // As pg's simple protocol does: several statements in one text all run.
  const plain: Connection = {
    async query(text) {
      const results = await store.exec(text);
      return (results.length === 1 ? results[0] : results) as { rows: unknown[] };
    },
  };
  const guarded = databaseOnPglite(store);
  const control = controlOf(
    async (text) => ((await store.exec(text)).at(-1)?.rows ?? []) as Record<string, unknown>[],
    { statements: seed(side).statements, grants: '', release: 'rollback', close: () => store.close() },
  );
  return { plain: { main: plain, reports: plain }, guarded: { main: guarded, reports: guarded }, control };
}

/** A database on a server, where the application's roles hold what they may do. */
export async function onServer(urls: ServerUrls, side: Side): Promise<Connections> {
  // An idle client whose server goes away raises this event; without a listener it would end the process.
  const pool = (connectionString: string): pg.Pool =>
    new pg.Pool({ connectionString, max: 4 }).on('error', () => {});
  const [owner, main, reports] = [pool(urls.owner), pool(urls.app), pool(urls.reports)];
  const role = (url: string): string => `"${new URL(url).username}"`;
  const control = controlOf(async (text) => (await owner.query(text)).rows ?? [], {
    statements: seed(side).statements,
    release: `
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and usename <> current_user`,
    grants: `
      grant usage on schema public to ${role(urls.app)}, ${role(urls.reports)};
      grant select, insert, update, delete on all tables in schema public to ${role(urls.app)};
      grant usage on all sequences in schema public to ${role(urls.app)};
      grant select on products, orders to ${role(urls.reports)};`,
    async close() {
      await Promise.all([owner.end(), main.end(), reports.end()]);
    },
  });
  return {
    plain: { main, reports },
    guarded: { main: databaseOnPg(main), reports: databaseOnPg(reports) },
    control,
  };
}
