import { Misuse } from '../../refusal/misuse.ts';
import type { SessionRecord } from '../record-of.ts';
import { mostSteps, type StoredDevice } from '../session-store.ts';

/** What this needs of a `Database` of better-sqlite3 or a `DatabaseSync` of node:sqlite. */
export interface SqliteConnection {
  /** better-sqlite3 */
  readonly inTransaction?: boolean;
  /** node:sqlite */
  readonly isTransaction?: boolean;
  exec(text: string): unknown;
  prepare(text: string): SqliteStatement;
}

export interface SqliteStatement {
  all(...values: (string | number | null)[]): unknown[];
  run(...values: (string | number | null)[]): { readonly changes: number | bigint };
}

/** The rows of the table. All calls block, so what runs in `atOnce` is one transaction. */
export interface SqliteRecords {
  atOnce<T>(work: () => T): T;
  get(key: string): SessionRecord | undefined;
  put(key: string, record: SessionRecord): void;
  mark(key: string, replacedBy: string, until: number): void;
  successor(key: string, now: number): string | undefined;
  remove(key: string): boolean;
  removeAll(user: string, except: string | undefined, now: number): number;
  removeOldest(user: string, except: string, kept: number, now: number): void;
  removeExpired(most: number, now: number): number;
  list(user: string, most: number, now: number): StoredDevice[];
}

interface Row {
  readonly user_id: string | null;
  readonly data: string;
  readonly version: number;
  readonly token: string | null;
  readonly user_agent: string | null;
  readonly address: string | null;
  readonly created_at: number;
  readonly seen_at: number;
  readonly expires_at: number;
}

/** @param table checked: it stands in the statements as it is */
export function sqliteRecords(connection: SqliteConnection, table: string): SqliteRecords {
  const inTransaction = (): unknown => connection?.inTransaction ?? connection?.isTransaction;
  if (typeof connection?.prepare !== 'function' || typeof inTransaction() !== 'boolean') {
    throw new Misuse(
      'bulwark/invalid-option',
      'The connection is an open Database of better-sqlite3, or a DatabaseSync of node:sqlite of Node 22.16 or later.',
    );
  }
  connection.exec(`create table if not exists ${table} (
    key text primary key, user_id text, data text not null, version integer not null, token text, user_agent text,
    address text, created_at integer not null, seen_at integer not null, expires_at integer not null, replaced_by text
  ) without rowid;
  create index if not exists ${table}_user on ${table} (user_id) where user_id is not null;
  create index if not exists ${table}_expiry on ${table} (expires_at);`);
  const live = 'replaced_by is null and expires_at >';
  const get = connection.prepare(`select * from ${table} where key = ? and replaced_by is null`);
  const put =
    connection.prepare(`insert or replace into ${table} (key, user_id, data, version, token, user_agent, address,
    created_at, seen_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const mark = connection.prepare(
    `insert into ${table} (key, data, version, created_at, seen_at, expires_at, replaced_by) values (?, '{}', 0, 0, 0, ?, ?)`,
  );
  const successor = connection.prepare(
    `select replaced_by from ${table} where key = ? and replaced_by is not null and expires_at > ?`,
  );
  const remove = connection.prepare(`delete from ${table} where key = ? and replaced_by is null`);
  const removeAll = connection.prepare(`delete from ${table} where user_id = ? and ${live} ? and key not in (
    with recursive own (key, step) as (
      select ?, 1
      union all
      select next.replaced_by, own.step + 1 from own join ${table} next on next.key = own.key
      where next.replaced_by is not null and next.expires_at > ? and own.step < ${mostSteps}
    ) select key from own
  )`);
  const removeOldest = connection.prepare(`delete from ${table} where key in (select key from ${table}
    where user_id = ? and key <> ? and ${live} ? order by seen_at desc limit -1 offset ?)`);
  const removeExpired = connection.prepare(
    `delete from ${table} where key in (select key from ${table} where expires_at <= ? order by expires_at limit ?)`,
  );
  const list = connection.prepare(`select key, created_at, seen_at, user_agent, address from ${table}
    where user_id = ? and ${live} ? order by seen_at desc limit ?`);

  return {
    atOnce(work) {
      if (inTransaction())
        throw new Error('A transaction of the application is open on the connection of the sessions.');
      connection.exec('begin immediate');
      try {
        const result = work();
        connection.exec('commit');
        return result;
      } catch (error) {
        if (inTransaction()) connection.exec('rollback');
        throw error;
      }
    },
    get(key) {
      const [row] = get.all(key) as Row[];
      return row && recordOfRow(row);
    },
    put(key, { user, data, version, token, userAgent, address, createdAt, seenAt, expiresAt }) {
      const about = [version, token ?? null, userAgent ?? null, address ?? null];
      put.run(key, user ?? null, JSON.stringify(data), ...about, createdAt, seenAt, expiresAt);
    },
    mark(key, replacedBy, until) {
      mark.run(key, until, replacedBy);
    },
    successor(key, now) {
      const [row] = successor.all(key, now) as { readonly replaced_by: string }[];
      return row?.replaced_by;
    },
    remove: (key) => Number(remove.run(key).changes) === 1,
    removeAll: (user, except, now) => Number(removeAll.run(user, now, except ?? '', now).changes),
    removeOldest(user, except, kept, now) {
      removeOldest.run(user, except, now, kept);
    },
    removeExpired: (most, now) => Number(removeExpired.run(now, most).changes),
    list(user, most, now) {
      return (list.all(user, now, most) as (Row & { readonly key: string })[]).map((row) => ({
        key: row.key,
        createdAt: Number(row.created_at),
        seenAt: Number(row.seen_at),
        userAgent: row.user_agent ?? undefined,
        address: row.address ?? undefined,
      }));
    },
  };
}

function recordOfRow(row: Row): SessionRecord {
  return {
    user: row.user_id ?? undefined,
    data: Object.assign(Object.create(null), JSON.parse(row.data)),
    version: Number(row.version),
    token: row.token ?? undefined,
    userAgent: row.user_agent ?? undefined,
    address: row.address ?? undefined,
    createdAt: Number(row.created_at),
    seenAt: Number(row.seen_at),
    expiresAt: Number(row.expires_at),
  };
}
