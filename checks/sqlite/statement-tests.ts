import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Database, type Sql, sql } from '../../lib/sql/index.ts';
import { trustedSql } from '../../lib/unsafe/sql/index.ts';
import { openSqlite, type SqliteClient } from '../machine/sqlite.ts';
import { engineOf } from './engine.ts';
import { temporary } from './temporary.ts';

/** What holds for single statements, on both clients. */
export function statementTests(client: SqliteClient): void {
  const open = temporary(client);

  function fruit(): Database {
    const { db, exec } = open();
    exec('create table fruit (id integer primary key, name text, price real, bytes blob, born text)');
    exec("insert into fruit (id, name) values (1, 'apple'), (2, 'pear')");
    return db;
  }

  describe('a statement', () => {
    it('gives all rows, one, or perhaps one', async () => {
      const db = fruit();
      expect(await db.all(sql`select id from fruit order by id`)).toEqual([{ id: 1 }, { id: 2 }]);
      expect(await db.one(sql`select name from fruit where id = ${1}`)).toEqual({ name: 'apple' });
      expect(await db.maybe(sql`select name from fruit where id = ${9}`)).toBeUndefined();
      await expect(db.one(sql`select * from fruit`)).rejects.toMatchObject({ code: 'sql/not-one-row' });
    });

    it('counts the rows that it changed or returned', async () => {
      const db = fruit();
      expect(await db.execute(sql`update fruit set price = ${1.5}`)).toBe(2);
      expect(await db.execute(sql`create table other (id)`)).toBe(0);
      expect(await db.execute(sql`update fruit set price = ${2} where false`)).toBe(0);
      expect(await db.execute(sql`update fruit set price = ${2} where id = ${1} returning id`)).toBe(1);
      expect(await db.execute(sql`select * from fruit`)).toBe(2);
      expect(await db.execute(sql`pragma foreign_keys = on`)).toBe(0);
      expect(await db.all(sql`delete from fruit`)).toEqual([]);
    });

    it('copies the database to a file that a value names', async () => {
      const { db } = open('one.db');
      await db.execute(sql`create table t (a)`);
      const { file } = await db.one<{ file: string }>(sql`select file from pragma_database_list`);
      const copy = `${file}.copy`;
      expect(await db.execute(sql`vacuum into ${copy}`)).toBe(0);
      await db.execute(sql`attach ${copy} as c`);
      expect(await db.all(sql`select * from c.t`)).toEqual([]);
    });

    it('knows the columns of a table that was altered since it was compiled', async () => {
      const db = fruit();
      const ask = () => db.one(sql`select * from fruit where id = ${1}`);
      const before = await ask();
      await db.execute(sql`alter table fruit add column colour text default 'red'`);
      expect(await ask()).toEqual({ ...before, colour: 'red' });
      await db.execute(sql`drop table fruit`);
      await expect(ask()).rejects.toMatchObject({ kind: 'schema' });
    });

    it('is one of more than are kept', async () => {
      const db = fruit();
      for (let i = 0; i < 600; i++) {
        const text = trustedSql(`select ${i} as i` as 'select 0 as i', { because: 'made of a number' });
        expect(await db.one(text)).toEqual({ i });
      }
      for (let length = 1; length < 40; length++) {
        const ids = sql.join(Array.from({ length }, (_, i) => i));
        expect(await db.all(sql`select id from fruit where id in (${ids})`)).toHaveLength(
          Math.min(length - 1, 2),
        );
      }
    });

    it('is alone in its text, whatever vouches for it', async () => {
      const { db, exec, connection } = open();
      exec('create table kept (id)');
      const code = 'sql/several-statements';
      const two = 'select 1; drop table kept';
      expect(() => trustedSql(two, { because: 'a test of stacked statements' })).toThrow(
        expect.objectContaining({ code }),
      );
      // Past the tag's own reading, as a mistake in it would be.
      const { prepare } = engineOf(client, connection);
      for (const text of [two, 'select 1;select 2', 'select 1;\n/* */ drop table kept', 'select 1;;']) {
        if (client === 'better-sqlite3' && text.endsWith(';;')) continue;
        expect(() => prepare(text)).toThrow(expect.objectContaining({ code }));
      }
      expect(prepare('select 1 as one -- ; drop table kept').all([])).toEqual([{ one: 1n }]);
      const name = sql.identifier('kept', { kept: 'kept' });
      expect(await db.all(sql`select * from ${name} /* ; */ where '; --' <> ${'; drop table kept'}`)).toEqual(
        [],
      );
    });

    it('was made by the tag', async () => {
      const db = fruit();
      for (const query of ['select 1', { text: 'select 1' }, undefined, ['select 1']]) {
        const error = { code: 'sql/string-built-query' };
        await expect(db.all(query as unknown as Sql)).rejects.toMatchObject(error);
      }
    });

    it('takes as many values as SQLite does', async () => {
      const db = fruit();
      const list = Array.from({ length: 32_766 }, (_, i) => i);
      expect(await db.all(sql`select id from fruit where id in (${sql.join(list)})`)).toHaveLength(2);
      const more = db.all(sql`select id from fruit where id in (${sql.join([...list, 1])})`);
      await expect(more).rejects.toMatchObject({ code: 'sql/too-large' });
    });

    it('checks rows by a schema', async () => {
      const row = z.object({ id: z.number(), name: z.string() });
      expect(await fruit().one(sql`select id, name from fruit where id = ${2}`, { row })).toEqual({
        ...{ id: 2, name: 'pear' },
      });
      const wrong = fruit().one(sql`select id, price as name from fruit where id = ${2}`, { row });
      await expect(wrong).rejects.toMatchObject({ code: 'sql/unexpected-row' });
    });

    it('is not run once its limits are over', async () => {
      const db = fruit();
      const signal = AbortSignal.abort(new Error('gone'));
      await expect(db.execute(sql`delete from fruit`, { signal })).rejects.toThrow('gone');
      expect(await db.execute(sql`delete from fruit`, { signal: new AbortController().signal })).toBe(2);
    });

    it('tells of a database that was closed', async () => {
      const { db, close } = openSqlite(client, ':memory:');
      const ask = () => db.one(sql`select 1 as one`);
      expect(await ask()).toEqual({ one: 1 });
      close();
      await expect(ask()).rejects.toMatchObject({ kind: 'connection' });
      await expect(db.transaction(async () => 1)).rejects.toMatchObject({ kind: 'connection' });
      await expect(ask()).rejects.toMatchObject({ kind: 'connection' });
    });
  });
}
