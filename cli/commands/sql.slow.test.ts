import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { startPostgres } from '../../checks/machine/postgres.ts';
import { type Sql, sql } from '../../lib/sql/index.ts';
import { database } from '../../lib/sql/pg/index.ts';
import { DbMistake, dbMistakeText } from '../db/mistake.ts';
import { type SqlTypesOptions, sqlTypes } from '../sql/sql-types.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
let folder = '';

beforeAll(() => {
  mkdirSync(join(root, 'cli/sql/out'), { recursive: true });
  folder = mkdtempSync(join(root, 'cli/sql/out/types-'));
});

afterAll(() => rmSync(join(root, 'cli/sql/out'), { recursive: true, force: true }));

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as a shell runs it. */
async function bulwark(...args: string[]): Promise<Ran> {
  try {
    const main = join(root, 'cli/main.ts');
    const ran = await run(process.execPath, ['--import', 'tsx', main, 'sql', 'types', ...args], {
      cwd: root,
    });
    return { code: 0, ...ran };
  } catch (error) {
    return error as unknown as Ran;
  }
}

/** The same in this process, which is quicker. */
async function types(url: string, options: Partial<SqlTypesOptions> = {}): Promise<Ran> {
  try {
    const { exitCode, ...said } = await sqlTypes({ url, schema: [], check: false, ...options });
    return { code: exitCode, ...said };
  } catch (error) {
    if (!(error instanceof DbMistake)) throw error;
    return { code: 2, stdout: '', stderr: dbMistakeText(error) };
  }
}

/** What the compiler says of files in the folder, with declarations as libraries write them. */
async function compiled(): Promise<string> {
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { paths: { 'bulwark/*': [join(root, 'lib/*/index.ts')] }, noUnusedLocals: true },
    include: ['*.ts'],
    exclude: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  try {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    return (await run(process.execPath, [tsc, '-p', folder], { cwd: root })).stdout;
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

const noPostgres = missing('postgres');
describe.skipIf(noPostgres)(`bulwark sql types on PostgreSQL${noPostgres ? `: ${noPostgres}` : ''}`, () => {
  let url = '';
  let client: pg.Client;
  let stop: () => Promise<unknown> = async () => undefined;

  beforeAll(async () => {
    const server = await startPostgres();
    url = `${server.url}?sslmode=disable`;
    client = new pg.Client({ connectionString: server.url });
    await client.connect();
    stop = () => client.end().then(server.stop);
    for (const statement of [
      'create schema shop',
      "create type mood as enum ('sad', 'glad')",
      'create type pair as (a int, b int)',
      "create domain email as text not null check (value like '%@%')",
      `create table order_items (id bigint generated always as identity primary key, email email, name varchar(20),
        price numeric(10, 2) not null default 0, tags text[] not null default '{}', counts int[], data jsonb, list jsonb[],
        raw bytea, ok boolean not null, made timestamptz not null default now(), day date, at time, mood mood, pair pair,
        ratio real, span interval, who uuid, total numeric generated always as (price * 2) stored)`,
      'create table shop.orders (id integer primary key, "two words" text, "it\'s" text, "a\\b" text, "__proto__" text, "\u00fcber" text)',
      'create table "class" (id serial primary key)',
      'create table "Class" (id integer)',
      'create table "1st; drop table x" (id integer not null)',
      `create table "x'); throw 7; ('" (id integer)`,
      'create table "a.b" (id integer)',
      'create table "line\nexport const evil = 1;" (id integer)',
      'create table odd (id integer, "a.b" text, "say ""hi""" text, "new\n  evil: 1," text, " space" text)',
      'create table nothing ()',
      'create table parts (id integer, at date not null) partition by range (at)',
      "create table parts_1 partition of parts for values from ('2024-01-01') to ('2025-01-01')",
      'create view recent as select id, name from order_items',
    ]) {
      await client.query(statement);
    }
  });

  afterAll(() => stop());

  it('writes what compiles and works against the same database', async () => {
    const file = join(folder, 'tables.ts');
    const first = await bulwark(url, '--schema', 'public', '--schema', 'shop', '--out', file);
    expect(first).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^[\n\x20-\x7e]+$/);
    expect(text).toContain(`const orderItemsColumns = {
  id: 'integer | default',
  email: 'string',
  name: 'string | null',
  price: 'decimal | default',
  tags: 'string[] | default',
  counts: 'integer[] | null',
  data: 'json | null',
  list: 'any[] | null',
  raw: 'bytes | null',
  ok: 'boolean',
  made: 'date | default',
  day: 'date | null',
  at: 'string | null',
  mood: 'any | null',
  pair: 'any | null',
  ratio: 'number | null',
  span: 'string | null',
  who: 'string | null',
  total: 'decimal | null | default',
} as const;
export const orderItems: Table<typeof orderItemsColumns> = sql.table('order_items', orderItemsColumns);
`);
    expect(text).toContain(`const shopOrdersColumns = {
  id: 'integer',
  'two words': 'string | null',
  'it\\'s': 'string | null',
  'a\\\\b': 'string | null',
  ['__proto__']: 'string | null',
  '\\u00fcber': 'string | null',
} as const;
export const shopOrders: Table<typeof shopOrdersColumns> = sql.table('shop.orders', shopOrdersColumns);
`);
    expect(text.match(/^\/\/ Left out.*$/gm)).toEqual([
      '// Left out: the table a.b, because sql.table does not accept its name.',
      '// Left out: the table line\\u000aexport const evil = 1;, because sql.table does not accept its name.',
    ]);
    expect(text.match(/^ {2}\/\/ Left out.*$/gm)?.length).toBe(4);
    expect([...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => name)).toEqual([
      ...[
        'table1stDropTableX',
        'classTable',
        'classTable2',
        'odd',
        'orderItems',
        'parts',
        'recent',
        'xThrow7',
      ],
      'shopOrders',
    ]);

    writeFileSync(
      join(folder, 'use.ts'),
      `import { sql } from 'bulwark/sql';
import { orderItems, shopOrders } from './tables.ts';
const row = { email: 'a@b.c', ok: true };
sql.values(orderItems, ['email', 'ok', 'tags'], [row, { ...row, tags: ['x'] }]);
sql.set(shopOrders, ['two words', '__proto__'], { 'two words': 'x', ['__proto__']: 'y' });
// @ts-expect-error no such column
void orderItems.mail;
// @ts-expect-error ok is needed
sql.values(orderItems, ['email'], []);
// @ts-expect-error not a string
sql.set(orderItems, ['ok'], { ok: 'yes' });
`,
    );
    expect(await compiled()).toBe('');

    // As a program without types calls it.
    const values = sql.values as (...args: readonly unknown[]) => Sql;
    const { orderItems, shopOrders } = await import(/* @vite-ignore */ file);
    const db = database(client);
    const rows = [
      { email: 'a@b.c', ok: true, data: { a: 1 } },
      { email: 'd@e.f', ok: false, tags: ["it's", '{}'] },
    ];
    await db.execute(
      sql`insert into ${orderItems} ${values(orderItems, ['email', 'ok', 'data', 'tags'], rows)}`,
    );
    expect(
      await db.all(sql`select email, ${orderItems.tags} as tags, data from ${orderItems} order by id`),
    ).toEqual([
      { email: 'a@b.c', tags: [], data: { a: 1 } },
      { email: 'd@e.f', tags: ["it's", '{}'], data: null },
    ]);
    const odd = { id: 1, "it's": 'a', 'a\\b': 'b', ['__proto__']: 'c', '\u00fcber': 'd' };
    await db.execute(sql`insert into ${shopOrders} ${values(shopOrders, Object.keys(odd), [odd])}`);
    expect(
      await db.one(
        sql`select ${sql.join([Object.values(shopOrders)[4] as Sql])} as p, ${shopOrders['a\\b']} as b from ${shopOrders}`,
      ),
    ).toEqual({
      p: 'c',
      b: 'b',
    });
  });

  it('checks a file, and writes over its own only', async () => {
    const file = join(folder, 'checked.ts');
    expect(await types(url, { out: file, check: true })).toMatchObject({ code: 1, stdout: '' });
    expect(await types(url, { out: file })).toMatchObject({ code: 0 });
    expect(await types(url, { out: file, check: true })).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect((await types(url)).stdout).toBe(readFileSync(file, 'utf8'));
    await client.query('alter table parts alter column id set not null');
    const differs = await types(url, { out: file, check: true });
    expect(differs).toMatchObject({ code: 1, stdout: '' });
    expect(differs.stderr).toContain('differs from the database');
    expect(await types(url, { out: file })).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toContain("const partsColumns = {\n  id: 'integer',\n");

    const own = join(folder, 'own.ts');
    writeFileSync(own, 'export const a = 1;\n');
    const refused = await types(url, { out: own });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('was not generated by this command');
    expect(readFileSync(own, 'utf8')).toBe('export const a = 1;\n');
  });

  it('says what is wrong', async () => {
    expect(await bulwark(url, '--check')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('needs --out'),
    });
    expect(await types('oracle://a@b/c')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('db/url'),
    });
    const nowhere = await types(url, { out: join(folder, 'none/tables.ts') });
    expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be used') });
    const wrong = url.replace(/:[^:@/]+@/, ':geheim@');
    const refused = await types(wrong);
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('db/connect') });
    expect(refused.stderr).not.toContain('geheim');
    expect(await types('mysql://a@b/c', { schema: ['x'] })).toMatchObject({ code: 2 });
    expect(await types(url, { schema: ['none'] })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('export {};'),
    });
  });
});
