import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { readExpression } from '../fragment/expression.ts';
import { join } from '../fragment/logic.ts';
import { staticFragment } from '../fragment/static-fragment.ts';
import { isSql, type Sql } from '../query.ts';
import { type Nulls, type Ordered, orderTerm, readNulls } from './order-term.ts';
import {
  checkSortKey,
  endOrder,
  readDefault,
  readMax,
  readSort,
  readUnique,
  type SortKey,
} from './sort-terms.ts';

export type { SortKey } from './sort-terms.ts';

/** A column that clients may sort by: its name or an expression, and where rows without a value go. */
export type SortColumn = string | Sql | { readonly column: string | Sql; readonly nulls: Nulls };

/** The columns that clients may sort by, under the keys that they send. */
export type SortColumns = Readonly<Record<string, SortColumn>>;

export interface OrderByOptions<K extends string> {
  /** The order if the client names no known key. */
  readonly default: SortKey<K> | readonly SortKey<K>[];
  /**
   * A key that is unique for each row, such as the primary key. It ends every order, so that rows with equal values keep
   * their positions from one page to the next. `sql.keyset` needs one too.
   */
  readonly unique?: SortKey<K> | undefined;
  /** The maximum number of the client's keys that are used; the rest are ignored. 3 by default, at most 16. */
  readonly max?: number | undefined;
}

/**
 * Builds an ORDER BY clause from the order that a client asks for: keys separated by commas, with a minus before a key for
 * descending order, as in JSON:API (`?sort=-price,name`). A list of such strings is joined.
 *
 * `nulls` puts rows without a value first or last, in both directions and on every database. Without it, PostgreSQL sorts
 * NULL as the greatest value, MySQL and SQLite as the least. To let clients choose, offer two keys for the column.
 *
 * `unique` names a key that is unique for each row. It ends every order. Without it, rows with equal values have no
 * fixed order, and pages by LIMIT and OFFSET can repeat or miss them.
 *
 * A request is never refused because of its order. Unknown keys are ignored, with a notice `sql/unknown-sort-key`. If no
 * key is left, or the input is not a string or a list of strings, the default is used.
 *
 * Throws a `Misuse` (`sql/invalid-sort`, `bulwark/invalid-option`) for invalid columns and options.
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

/** A Map, so that only the record's own keys are found. */
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
