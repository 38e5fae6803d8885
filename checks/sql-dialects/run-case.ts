import { type Database, type Sql, sql, type Table } from '../../lib/sql/index.ts';
import type { DatabaseKind } from '../machine/databases.ts';

/** How one dialect writes a case, or the code with which it refuses. */
export type Written =
  | { readonly text: string; readonly values: readonly unknown[] }
  | { readonly refused: string };

/** A statement of the helpers: what each dialect makes of it, and what the databases answer. */
export interface DialectCase {
  readonly name: string;
  query(): Sql;
  /** Reads what a statement that writes has left behind. */
  after?(): Sql;
  readonly postgres: Written;
  readonly mysql: Written;
  readonly sqlite: Written;
  /** The same in each database: rows of values in the order of the select list, as text. */
  readonly rows: readonly (readonly (string | null)[])[];
}

const columns = {
  id: 'integer | default',
  name: 'string | null',
  price: 'decimal | null',
  stock: 'integer | default',
  active: 'boolean | default',
  tags: 'json | null',
  made: 'date | null',
  raw: 'bytes | null',
} as const;
export const goods: Table<typeof columns> = sql.table('goods', columns);

/** The table, and the rows that every case finds in it. */
export async function setup(db: Database, types: DatabaseKind['types']): Promise<void> {
  await db.execute(
    sql`create table goods (id integer not null primary key, name varchar(100), price decimal(10, 2),
      stock integer not null default 0, active boolean not null default true, tags ${types.json},
      made ${types.instant}, raw ${types.bytes})`,
  );
  const tags = { color: 'red', "it's": { '"': [10, { '*': 'star' }] }, ok: true, none: null, n: 5 };
  const rows = [
    {
      id: 1,
      name: '50% off',
      price: '12.50',
      stock: 3,
      tags,
      made: new Date(0),
      raw: new Uint8Array([0, 39]),
    },
    { id: 2, name: '50_off', price: '12.50', stock: 7, tags: { color: 'blue' }, made: new Date(86_400_000) },
    { id: 3, name: 'a\\b', stock: 7, active: false, tags: [1, 'two'] },
    { id: 4, name: 'a|b', price: '3.00', stock: 0, tags: { $: 'dollar', '$.color': 'trap' } },
    { id: 5, name: "O'Neil", price: '99.99', stock: 1, active: false },
    { id: 6, name: null, stock: 1, raw: new Uint8Array([255]) },
  ];
  const columns = ['id', 'name', 'price', 'stock', 'active', 'tags', 'made', 'raw'] as const;
  // One at a time: SQLite has no DEFAULT in a list of values.
  for (const row of rows) await db.execute(sql`insert into ${goods} ${sql.values(goods, columns, [row])}`);
}

class Undone extends Error {}

/** What a case answers; nothing of it stays. */
export async function resultOf(
  db: Database,
  { query, after }: Pick<DialectCase, 'query' | 'after'>,
): Promise<(string | null)[][]> {
  let found: readonly object[] = [];
  const run = db.transaction(async (tx) => {
    if (after) {
      await tx.execute(query());
      found = await tx.all<object>(after());
    } else found = await tx.all<object>(query());
    throw new Undone();
  });
  await run.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return found.map((row) => Object.values(row).map(asText));
}

/** Clients differ in what they make of numbers, booleans and dates. */
function asText(value: unknown): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return String(value);
}
