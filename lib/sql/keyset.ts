import { knownOptions } from '../internal/known-options.ts';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { type Cursors, cursorsFor } from './cursor.ts';
import { type KeysetColumn, type KeysetTerm, keysetOrder } from './keyset-order.ts';
import { keyText, textOf } from './keyset-type.ts';
import { rowsAfter } from './keyset-where.ts';
import { join } from './logic.ts';
import { orderTerm } from './order-term.ts';
import { fragment, type Sql } from './query.ts';
import type { SortKey } from './sort-terms.ts';
import { staticFragment } from './static-fragment.ts';
import { written } from './written.ts';

export type { KeysetColumn } from './keyset-order.ts';

export interface KeysetOptions<K extends string> {
  /** The key that no two rows share. It is the last one of each order. */
  readonly unique: SortKey<K>;
  /** How many rows a page has at the most: 1 to 1000. */
  readonly size: number;
  /** What the client asks for, as `sql.orderBy` reads it. */
  readonly sort?: unknown;
  /** The order when the client names none that is known. Without it, the unique key's. */
  readonly default?: SortKey<K> | readonly SortKey<K>[] | undefined;
  /** The cursor that the client sends: `next` of the page before. The first page without one. */
  readonly after?: unknown;
  /** How many keys of the client count. 3 by default. */
  readonly max?: number | undefined;
  /**
   * Seals the cursors, so that clients can neither read the values in them nor send values of their own. 32 random
   * characters at least; of a list, the first seals and each opens.
   */
  readonly secret?: string | readonly string[] | undefined;
}

/** The parts of a statement that reads a page, and what to do with its rows. */
export interface Keyset {
  /** For the select list: the row's place in the order, as `page_key`. */
  readonly key: Sql;
  /** The rows behind the cursor; `true` without one. */
  readonly where: Sql;
  readonly orderBy: Sql;
  /** One row more than the page has, which tells whether there is another one. */
  readonly limit: Sql;
  /** The page's rows without `page_key`, and the cursor for the next one, undefined on the last. */
  take<R extends object>(
    rows: readonly R[],
  ): { readonly rows: Omit<R, 'page_key'>[]; readonly next: string | undefined };
}

/**
 * Pages by the place in an order instead of by OFFSET: each row comes once, though others are added and deleted in
 * between, and the last page costs what the first does.
 *
 * The cursor is base64url text of the values by which the last row was sorted, in clear unless there is a `secret`.
 * What a client sends is checked against the types of the keys, and bound. Anything else, and a cursor of another order,
 * is the Refusal `sql/bad-cursor`.
 *
 * A type is `string`, `integer`, `decimal`, `number` (a float), `boolean`, `date` (with or without a time) or `uuid`
 * (on PostgreSQL of that type). A column that can be NULL says where those rows stand: `nulls: 'first' | 'last'`; without
 * that, later pages lack them. An enum is sorted by an expression, such as its text, on MySQL: there it is compared in
 * another order than it is sorted in.
 *
 * @example
 * ```ts
 * import { type Database, sql } from 'bulwark/sql';
 *
 * declare const db: Database;
 * declare const req: { query: { sort?: string; after?: string } };
 * const p = sql.table('products', { id: 'integer', name: 'string', price: 'decimal | null' });
 * const page = sql.keyset(
 *   { price: { column: p.price, type: 'decimal', nulls: 'last' }, id: { column: p.id, type: 'integer' } },
 *   { sort: req.query.sort, default: '-price', unique: 'id', after: req.query.after, size: 20 },
 * );
 * const found = await db.all<{ name: string; page_key: string }>(
 *   sql`select ${p.name} as name, ${page.key} from ${p} where ${page.where} ${page.orderBy} ${page.limit}`,
 * );
 * const { rows, next } = page.take(found); // [{ name: 'Lamp' }, ...] and 'WyItcHJpY2UsaWQiLCIxMi41MCIsIjciXQ'
 * ```
 */
export function keyset<const C extends Readonly<Record<string, KeysetColumn>>>(
  columns: C,
  options: KeysetOptions<keyof C & string>,
): Keyset {
  const given = knownOptions(options, ['unique', 'size', 'sort', 'default', 'after', 'max', 'secret']);
  const { size, sort, unique, max, default: fallback } = given;
  if (!(size !== undefined && Number.isSafeInteger(size) && size >= 1 && size <= 1000)) {
    throw new Misuse('bulwark/invalid-option', '`size` takes a whole number from 1 to 1000.');
  }
  const terms = keysetOrder(columns, { sort, unique, max, default: fallback });
  const cursors = cursorsFor(terms.map(nameOf).join(','), given.secret);
  const after = readAfter(given.after, terms, cursors);
  const order = join(terms.map((term) => orderTerm(term, term.descending)));
  return Object.freeze({
    key: pageKey(terms),
    where: after ? rowsAfter(terms, after) : staticFragment('true'),
    orderBy: written(['order by ', ''], [order]),
    limit: written(['limit ', ''], [size + 1]),
    take: (rows) => take(rows, size, terms, cursors),
  } satisfies Keyset);
}

function nameOf({ key, descending }: KeysetTerm): string {
  return descending ? `-${key}` : key;
}

function readAfter(
  after: unknown,
  terms: readonly KeysetTerm[],
  cursors: Cursors,
): readonly (string | null)[] | undefined {
  if (after === undefined || after === null || after === '') return undefined;
  if (typeof after !== 'string') return refuse(deny('sql/bad-cursor', { reason: `a ${typeof after}` }));
  const content = cursors.read(after);
  if (!content) return refuse(deny('sql/bad-cursor', { reason: 'no cursor of this order' }));
  return (
    readValues(content, terms) ??
    refuse(deny('sql/bad-cursor', { reason: 'other values than its keys have' }))
  );
}

function readValues(
  content: readonly unknown[],
  terms: readonly KeysetTerm[],
): readonly (string | null)[] | undefined {
  if (content.length !== terms.length) return undefined;
  const values: (string | null)[] = [];
  for (const [i, { type, nulls }] of terms.entries()) {
    const value = content[i] === null && nulls !== undefined ? null : keyText(type, content[i]);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function pageKey(terms: readonly KeysetTerm[]): Sql {
  const list = join(terms.map(({ expression, type }) => textOf(expression, type)));
  const others = written(['json_array(', ') as page_key'], [list]);
  const postgres = written(['cast(json_build_array(', ') as text) as page_key'], [list]);
  return fragment({ kind: 'choice', choose: (dialect) => (dialect === 'postgres' ? postgres : others) });
}

function take<R extends object>(
  rows: readonly R[],
  size: number,
  terms: readonly KeysetTerm[],
  cursors: Cursors,
): { readonly rows: Omit<R, 'page_key'>[]; readonly next: string | undefined } {
  if (rows.length > size + 1)
    throw new Misuse('sql/invalid-keyset', 'There are more rows than `limit` allows.');
  const kept = rows.slice(0, size);
  const last = rows.length > size ? kept.at(-1) : undefined;
  const next = last && cursors.write(valuesOf(last, terms));
  return { rows: kept.map(({ page_key, ...rest }: R & { page_key?: unknown }) => rest as never), next };
}

function valuesOf(row: object, terms: readonly KeysetTerm[]): readonly (string | null)[] {
  const key: unknown = (row as { readonly page_key?: unknown }).page_key;
  // mysql2 reads JSON of MySQL itself.
  const content: unknown = typeof key === 'string' ? JSON.parse(key) : key;
  if (!Array.isArray(content))
    throw new Misuse('sql/invalid-keyset', 'The rows have no `page_key`: select `key`.');
  const values = readValues(content, terms);
  if (values) return values;
  throw new Misuse(
    'sql/invalid-keyset',
    'A key of the last row does not have its type, or is NULL without `nulls`.',
  );
}
