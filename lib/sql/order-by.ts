import { Misuse } from '../refusal/misuse.ts';
import { join } from './logic.ts';
import { type Nulls, type Ordered, orderTerm, readExpression, readNulls } from './order-term.ts';
import { isSql, type Sql } from './query.ts';
import { checkSortKey, readDefault, readMax, readSort, type SortKey } from './sort-terms.ts';
import { staticFragment } from './static-fragment.ts';

export type { SortKey } from './sort-terms.ts';

/** What clients may sort by: the column's name or an expression, and where rows without a value stand. */
export type SortColumn = string | Sql | { readonly column: string | Sql; readonly nulls: Nulls };

/** What clients may sort by, under the keys that they write. */
export type SortColumns = Readonly<Record<string, SortColumn>>;

export interface OrderByOptions<K extends string> {
  /** The order when the client names none that is known. */
  readonly default: SortKey<K> | readonly SortKey<K>[];
  /** How many keys count; what a client lists beyond them is not read. 3 by default, 16 at the most. */
  readonly max?: number;
}

/**
 * An ORDER BY clause from what a client asked for: keys separated by commas, a minus in front of a key for descending
 * order, as in JSON:API (`?sort=-price,name`). A list of such strings is read as one.
 *
 * `nulls` puts the rows without a value first or last, in both directions and on each database; without it PostgreSQL
 * takes NULL for the greatest value, MySQL and SQLite for the least. Let clients choose by two keys for one column.
 *
 * Sorting is no reason to refuse a request. Keys that are not in `columns` are left out, with a notice
 * `sql/unknown-sort-key`; if none is left, the default is used. Anything but a string or a list of strings is the
 * default, too.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * const columns = { price: { column: 'p.price', nulls: 'last' }, name: sql`lower(p.name)` } as const;
 * sql`select name from products p ${sql.orderBy('-price,name', columns, { default: 'name' })}`;
 * // select name from products p order by "p"."price" desc nulls last, lower(p.name)
 * ```
 */
export function orderBy<const C extends SortColumns>(
  input: unknown,
  columns: C,
  options: OrderByOptions<keyof C & string>,
): Sql {
  const max = readMax(Object.hasOwn(options, 'max') ? options.max : undefined);
  const known = readColumns(columns);
  const fallback = readDefault(options.default, known);
  const asked = readSort(input, known, max);
  const terms = (asked.length > 0 ? asked : fallback).map(({ key, descending }) =>
    orderTerm(known.get(key) as Ordered, descending),
  );
  return join([staticFragment('order by'), join(terms)], staticFragment(' '));
}

/** A Map, so that no key is found that the record does not have itself. */
function readColumns(columns: SortColumns): ReadonlyMap<string, Ordered> {
  return new Map(
    Object.entries(columns).map(([key, column]) => {
      checkSortKey(key);
      return [key, readColumn(column)];
    }),
  );
}

function readColumn(column: SortColumn): Ordered {
  if (typeof column === 'string' || isSql(column)) {
    return { expression: readExpression(column), nulls: undefined };
  }
  if (column === null || typeof column !== 'object' || !Object.hasOwn(column, 'column')) {
    throw new Misuse('sql/invalid-sort', 'A column is a name, an expression, or `{ column, nulls }`.');
  }
  const nulls = readNulls(Object.hasOwn(column, 'nulls') ? column.nulls : undefined);
  return { expression: readExpression(column.column), nulls };
}
