import { knownOptions } from '../../internal/known-options.ts';
import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { Keyring } from '../../secrets/keyring.ts';
import { join } from '../fragment/logic.ts';
import { staticFragment } from '../fragment/static-fragment.ts';
import { written } from '../fragment/written.ts';
import { fragment, type Sql } from '../query.ts';
import { type Cursors, cursorKeys, cursorsFor } from './cursor.ts';
import { type KeysetColumn, type KeysetTerm, keysetOrder } from './keyset-order.ts';
import { keyText, textOf } from './keyset-type.ts';
import { rowsAfter } from './keyset-where.ts';
import { orderTerm } from './order-term.ts';
import type { SortKey } from './sort-terms.ts';

export type { KeysetColumn } from './keyset-order.ts';

export interface KeysetOptions<K extends string> {
  /** A key that is unique for each row. It ends every order. */
  readonly unique: SortKey<K>;
  /** The maximum number of rows on a page: 1 to 1000. */
  readonly size: number;
  /** The order that the client asks for, in the format of `sql.orderBy`. */
  readonly sort?: unknown;
  /** The order if the client names no known key. By default, the order of the unique key. */
  readonly default?: SortKey<K> | readonly SortKey<K>[] | undefined;
  /** The client's cursor: `next` of the previous page. Without it, the first page. */
  readonly after?: unknown;
  /** The maximum number of the client's keys that are used. 3 by default. */
  readonly max?: number | undefined;
  /**
   * Encrypts the cursors with keys of this keyring (`keyring` of `bulwark/secrets`), so that clients can neither read the values in them
   * nor send their own.
   */
  readonly keys?: Keyring | undefined;
  /** The same with a secret of its own: at least 32 random characters. In a list, the first encrypts, and all of them can decrypt. */
  readonly secret?: string | readonly string[] | undefined;
}

const keysetOptions = ['unique', 'size', 'sort', 'default', 'after', 'max', 'keys', 'secret'] as const;

/** The fragments for a statement that reads a page, and a function for its rows. */
export interface Keyset {
  /** For the select list: the row's position in the order, as `page_key`. */
  readonly key: Sql;
  /** The condition for rows after the cursor; `true` without one. */
  readonly where: Sql;
  readonly orderBy: Sql;
  /** One row more than the page size, to find out whether there is another page. */
  readonly limit: Sql;
  /** Returns the page's rows without `page_key`, and the cursor of the next page, undefined on the last one. */
  take<R extends object>(
    rows: readonly R[],
  ): { readonly rows: Omit<R, 'page_key'>[]; readonly next: string | undefined };
}

/**
 * Paginates by position in an order instead of by OFFSET. Each row appears once, even if others are added or deleted in
 * between, and the last page costs as much as the first.
 *
 * The cursor is base64url text with the values by which the last row was sorted. They are readable unless you give `keys` or a `secret`.
 * The client's values are checked against the types of the keys, and bound as parameters. An invalid cursor, or one of another order,
 * is the Refusal `sql/bad-cursor`.
 *
 * A type is `string`, `integer`, `decimal`, `number` (a float), `boolean`, `date` (with or without a time) or `uuid`
 * (on PostgreSQL, for a column of that type). For a column that can be NULL, `nulls: 'first' | 'last'` says where those rows go; without
 * it, later pages lack them. On MySQL, sort an enum by an expression such as its text, because MySQL compares enums in
 * a different order than it sorts them.
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
  const given = knownOptions(options, keysetOptions);
  const { size, sort, unique, max, default: fallback } = given;
  if (!(size !== undefined && Number.isSafeInteger(size) && size >= 1 && size <= 1000)) {
    throw new Misuse('bulwark/invalid-option', '`size` takes a whole number from 1 to 1000.');
  }
  const terms = keysetOrder(columns, { sort, unique, max, default: fallback });
  const cursors = cursorsFor(terms.map(nameOf).join(','), cursorKeys(given));
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
