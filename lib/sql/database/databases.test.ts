import pg from 'pg';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { missingSqlite, openSqlite } from '../../../checks/machine/sqlite.ts';
import { configureEvents } from '../../event/index.ts';
import { connectionSettings, pgOptions, postgresOptions } from '../connection/index.ts';
import { type Database, DatabaseError, databases, type ReadOnlyDatabase, readOnly, sql } from '../index.ts';
import { database as onPg } from '../pg/index.ts';
import { database as onPostgres } from '../postgres/index.ts';

const noServer = missing('postgres');
const sqliteClient = missingSqlite('better-sqlite3') ? 'node:sqlite' : 'better-sqlite3';
const noSqlite = missingSqlite(sqliteClient);

describe.skipIf(noServer)(`databases by role${noServer ? `: ${noServer}` : ''}`, () => {
  const closing: (() => Promise<unknown>)[] = [];
  let url: string;
  let writer: Database;
  let pool: pg.Pool;
  const readers: Record<string, ReadOnlyDatabase> = {};

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const server = await startPostgres();
    url = `${server.url}?sslmode=disable`;
    pool = new pg.Pool({ ...pgOptions(connectionSettings({ url })), max: 2 });
    const client = postgres({ ...postgresOptions(connectionSettings({ url })), max: 2 });
    closing.push(
      () => pool.end(),
      () => client.end(),
      () => server.stop(),
    );
    writer = onPg(pool);
    await writer.execute(sql`create table fruit (id integer primary key, name text)`);
    await writer.execute(sql`insert into fruit values (1, 'apple'), (2, 'pear')`);
    const { readOnly: reader } = databases({ readOnly: writer, readWrite: writer });
    readers['pg'] = reader;
    readers['postgres.js'] = readOnly(onPostgres(client));
    if (noSqlite) return;
    const { db, exec } = openSqlite(sqliteClient, ':memory:');
    exec(
      "create table fruit (id integer primary key, name text); insert into fruit values (1, 'apple'), (2, 'pear')",
    );
    readers['SQLite'] = readOnly(db);
  });

  afterAll(async () => {
    for (const close of closing) await close();
  });

  it('gives each role its handle', async () => {
    const db = databases({ readOnly: writer, readWrite: writer, reports: readOnly(writer) });
    expect(Object.keys(db)).toEqual(['readOnly', 'readWrite', 'reports']);
    expect(db.readWrite).toBe(writer);
    expect(await db.readWrite.execute(sql`update fruit set name = name`)).toBe(2);
    expect(await db.reports.one(sql`select count(*)::int as n from fruit`)).toEqual({ n: 2 });
    expect(databases({ readOnly: db.reports }).readOnly).toBe(db.reports);
    const code = 'bulwark/invalid-option';
    expect(() => databases({ readWrite: pool as never })).toThrow(expect.objectContaining({ code }));
    expect(() => readOnly(pool as never)).toThrow(expect.objectContaining({ code }));
    expect(() => readOnly(writer, { statements: 'never' as never })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it.each(['pg', 'postgres.js', ...(noSqlite ? [] : ['SQLite'])])(
    'reads on %s, and does nothing else',
    async (name) => {
      const db = readers[name] as ReadOnlyDatabase;
      expect('execute' in db).toBe(false);
      expect(Object.keys(db).sort()).toEqual(['all', 'many', 'maybe', 'one', 'stream', 'transaction']);
      expect(await db.all(sql`select id from fruit order by id`)).toEqual([{ id: 1 }, { id: 2 }]);
      expect(await db.one(sql`select name from fruit where id = ${1}`)).toEqual({ name: 'apple' });
      expect(await db.maybe(sql`select name from fruit where id = ${9}`)).toBeUndefined();
      const kind = 'read-only';
      await expect(db.all(sql`delete from fruit returning id`)).rejects.toMatchObject({ kind });
      await expect(
        db.transaction(async (tx) => {
          expect('execute' in tx).toBe(false);
          expect(await tx.all(sql`select id from fruit where id = ${1}`)).toEqual([{ id: 1 }]);
          await tx.transaction((inner) => inner.all(sql`delete from fruit returning id`));
        }),
      ).rejects.toMatchObject({ kind });
      await expect(
        db.transaction(async (tx) => tx.one(sql`select 1 as one`), { readOnly: false } as never),
      ).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
      expect(await db.all(sql`select id from fruit`)).toHaveLength(2);
    },
  );

  it.each(['pg', 'postgres.js', ...(noSqlite ? [] : ['SQLite'])])(
    'streams on %s in a read-only transaction',
    async (name) => {
      const db = readers[name] as ReadOnlyDatabase;
      const rows: unknown[] = [];
      for await (const row of db.stream(sql`select id from fruit order by id`, { batch: 1 })) rows.push(row);
      expect(rows).toEqual([{ id: 1 }, { id: 2 }]);
      for await (const row of db.stream(sql`select id from fruit order by id`)) {
        expect(row).toEqual({ id: 1 });
        break;
      }
      await expect(async () => {
        for await (const row of db.stream(sql`select nope from fruit`)) expect(row).toBeUndefined();
      }).rejects.toMatchObject({ kind: name === 'SQLite' ? expect.any(String) : 'schema' });
      expect(await db.all(sql`select id from fruit`)).toHaveLength(2);
    },
  );

  it('streams nothing that a function would write', async () => {
    await writer.execute(sql`
      create function plant() returns integer language sql as 'insert into fruit values (3, ''weed'') returning id'`);
    await expect(async () => {
      for await (const row of readers['pg']?.stream(sql`select plant()`) ?? []) expect(row).toBeUndefined();
    }).rejects.toMatchObject({ kind: 'read-only' });
    await expect(readers['pg']?.all(sql`select plant()`)).rejects.toMatchObject({ kind: 'read-only' });
    expect(await writer.all(sql`select plant()`)).toEqual([{ plant: 3 }]);
    await writer.execute(sql`delete from fruit where id = 3`);
  });

  it('holds when an earlier statement of the connection switched the default off', async () => {
    const settings = connectionSettings({ url, readOnly: true });
    const own = new pg.Pool({ ...pgOptions(settings), max: 1 });
    closing.unshift(() => own.end());
    const plain = readOnly(onPg(own), { statements: 'plain' });
    const wrapped = readOnly(onPg(own));
    const write = sql`update fruit set name = name returning id`;
    await expect(plain.all(write)).rejects.toMatchObject({ kind: 'read-only' });
    // What an injected statement can do to its connection.
    await plain.all(sql`select set_config('default_transaction_read_only', 'off', false)`);
    await expect(wrapped.all(write)).rejects.toMatchObject({ kind: 'read-only' });
    await expect(plain.transaction((tx) => tx.all(write))).rejects.toMatchObject({ kind: 'read-only' });
    // The limit of `plain`: the role must not be allowed to write.
    expect(await plain.all(write)).toHaveLength(2);
  });

  it('ends what takes too long', async () => {
    const db = readers['pg'] as ReadOnlyDatabase;
    await expect(db.all(sql`select pg_sleep(60)`, { timeoutMs: 200 })).rejects.toMatchObject({
      kind: 'timeout',
    });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(db.all(sql`select 1`, { signal })).rejects.toThrow('enough');
    expect(await db.all(sql`select 1 as one`, { timeoutMs: 5_000 })).toEqual([{ one: 1 }]);
  });
});

describe.skipIf(noSqlite)(`a read-only handle of SQLite${noSqlite ? `: ${noSqlite}` : ''}`, () => {
  it('streams without keeping its one connection, and streams nothing that writes', async () => {
    const { db, close } = openSqlite(sqliteClient, ':memory:');
    await db.execute(sql`create table t (a integer)`);
    await db.execute(sql`insert into t values (1), (2)`);
    const reader = readOnly(db);
    for await (const row of reader.stream(sql`select a from t order by a`)) {
      expect(await reader.one(sql`select a from t where a = ${row['a'] as number}`)).toEqual(row);
    }
    const writing = async () => {
      for await (const _ of reader.stream(sql`delete from t returning a`));
    };
    await expect(writing()).rejects.toBeInstanceOf(DatabaseError);
    expect(await db.all(sql`select a from t`)).toHaveLength(2);
    close();
  });
});
