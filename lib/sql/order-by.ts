import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { join } from './logic.ts';
import { type Nulls, type Ordered, orderTerm, readExpression, readNulls } from './order-term.ts';
import { isSql, type Sql } from './query.ts';
import {
  checkSortKey,
  endOrder,
  readDefault,
  readMax,
  readSort,
  readUnique,
  type SortKey,
} from './sort-terms.ts';
import { staticFragment } from './static-fragment.ts';

export type { SortKey } from './sort-terms.ts';

/** What clients may sort by: the column's name or an expression, and where rows without a value stand. */
export type SortColumn = string | Sql | { readonly column: string | Sql; readonly nulls: Nulls };

/** What clients may sort by, under the keys that they write. */
export type SortColumns = Readonly<Record<string, SortColumn>>;

export interface OrderByOptions<K extends string> {
  /** The order when the client names none that is known. */
  readonly default: SortKey<K> | readonly SortKey<K>[];
  /**
   * A key that no two rows share, such as the primary key's. It ends every order, so that rows with equal values keep
   * their places from one page to the next. `sql.keyset` needs one, too.
   */
  readonly unique?: SortKey<K> | undefined;
  /** How many keys of the client count. The rest is not read. 3 by default, 16 at most. */
  readonly max?: number | undefined;
}

/**
 * An ORDER BY clause from the order that a client asks for: keys separated by commas, with a minus in front of a key for
 * descending order, as in JSON:API (`?sort=-price,name`). A list of such strings is read as one.
 *
 * `nulls` puts rows without a value first or last, in both directions and on each database. Without it, PostgreSQL sorts
 * NULL as the greatest value, MySQL and SQLite as the least. To let clients choose, offer two keys for one column.
 *
 * `unique` names a key that no two rows share, and ends every order. Without such a key, rows with equal values have no
 * fixed order, and pages by LIMIT and OFFSET can repeat or miss them.
 *
 * A request is never refused for its order. Keys that are not in `columns` are left out, with a notice
 * `sql/unknown-sort-key`; if none is left, the default is used. So it is for anything but a string or a list of strings.
 *
 * Throws a `Misuse` (`sql/invalid-sort`, `bulwark/invalid-option`) for columns and options that make no sense.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * const columns = { price: { column: 'p.price', nulls: 'last' }, name: sql`lower(p.name)`, id: 'p.id' } as const;
 * sql`select name from products p ${sql.orderBy('-price', columns, { default: 'name', unique: 'id' })}`;
 * // select name from products p order by "p"."price" desc nulls last, "p"."id"
 * ```
 */
export function orderBy<const C extends SortColumns>(
  input: unknown,
  columns: C,
  options: OrderByOptions<keyof C & string>,
): Sql {
  const given = knownOptions(options, ['default', 'unique', 'max']);
  const max = readMax(given.max);
  const known = readColumns(columns);
  const fallback = readDefault(given.default, known);
  const unique = given.unique === undefined ? undefined : readUnique(given.unique, known, 'sql/invalid-sort');
  const asked = readSort(input, known, max);
  const terms = endOrder(asked.length > 0 ? asked : fallback, unique).map(({ key, descending }) =>
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
  const own = knownOptions(column, ['column', 'nulls']);
  return { expression: readExpression(own.column), nulls: readNulls(own.nulls) };
}
