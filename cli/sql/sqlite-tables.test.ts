import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { missingSqlite } from '../../checks/machine/sqlite.ts';
import { DbMistake } from '../db/mistake.ts';
import { sqliteTables } from './sqlite-tables.ts';
import { typesFile } from './types-file.ts';

const noSqlite = missingSqlite('better-sqlite3');

describe.skipIf(noSqlite)(`the tables of SQLite${noSqlite ? `: ${noSqlite}` : ''}`, () => {
  it('are those of a file, in its words', () => {
    const folder = mkdtempSync(join(tmpdir(), 'types-'));
    const file = join(folder, 'shop.db');
    const Sqlite = createRequire(import.meta.url)('better-sqlite3') as new (
      path: string,
    ) => { exec(sql: string): void; close(): void };
    const database = new Sqlite(file);
    database.exec(`create table users (id integer primary key, email text not null, name varchar(20), born date,
        ok boolean not null default 0, data json, raw blob, ratio real, price decimal(10, 2), thing,
        upper text generated always as (upper(email)) virtual);
      create table pairs (a integer, b integer, primary key (a, b)) without rowid;
      create view names as select name from users;`);
    database.close();
    expect(
      typesFile(sqliteTables(file)),
    ).toBe(`// Written by \`bulwark sql types\` from a database. Changes are overwritten.
import { sql, type Table } from 'bulwark/sql';

const namesColumns = {
  name: 'string | null',
} as const;
export const names: Table<typeof namesColumns> = sql.table('names', namesColumns);

const pairsColumns = {
  a: 'integer',
  b: 'integer',
} as const;
export const pairs: Table<typeof pairsColumns> = sql.table('pairs', pairsColumns);

const usersColumns = {
  id: 'integer | default',
  email: 'string',
  name: 'string | null',
  born: 'date | null',
  ok: 'boolean | default',
  data: 'json | null',
  raw: 'bytes | null',
  ratio: 'number | null',
  price: 'decimal | null',
  thing: 'any | null',
  upper: 'string | null | default',
} as const;
export const users: Table<typeof usersColumns> = sql.table('users', usersColumns);
`);
    for (const none of [`${file}.none`, fileURLToPath(import.meta.url)]) {
      expect(() => sqliteTables(none)).toThrow(expect.objectContaining({ constructor: DbMistake }));
    }
    rmSync(folder, { recursive: true });
  });
});
