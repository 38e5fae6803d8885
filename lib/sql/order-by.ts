import { record } from '../event/record.ts';
import { Misuse } from '../refusal/misuse.ts';
import { join } from './logic.ts';
import { parseName } from './name.ts';
import { fragment, isSql, type Sql } from './query.ts';
import { staticFragment } from './static-fragment.ts';

/** What clients may sort by: the key they write, and the column's name or an expression. */
export type SortColumns = Readonly<Record<string, string | Sql>>;

/** A key, or with a minus in front of it, descending. */
export type SortKey<K extends string> = K | `-${K}`;

export interface OrderByOptions<K extends string> {
  /** The order when the client names none that is known. */
  readonly default: SortKey<K> | readonly SortKey<K>[];
  /** How many keys count; what a client lists beyond them is not read. 3 by default, 16 at the most. */
  readonly max?: number;
}

interface Term {
  readonly key: string;
  readonly descending: boolean;
}

/**
 * An ORDER BY clause from what a client asked for: keys separated by commas, a minus in front of a key for descending
 * order, as in JSON:API (`?sort=-price,name`). A list of such strings is read as one.
 *
 * Sorting is no reason to refuse a request. Keys that are not in `columns` are left out, with a notice
 * `sql/unknown-sort-key`; if none is left, the default is used. Anything but a string or a list of strings is the
 * default, too.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * const columns = { price: 'p.price', name: sql`lower(p.name)` };
 * sql`select name from products p ${sql.orderBy('-price,name', columns, { default: 'name' })}`;
 * // select name from products p order by "p"."price" desc, lower(p.name)
 * ```
 */
export function orderBy<const C extends SortColumns>(
  input: unknown,
  columns: C,
  options: OrderByOptions<keyof C & string>,
): Sql {
  const max = options.max ?? 3;
  if (!(Number.isSafeInteger(max) && max >= 1 && max <= 16)) {
    throw new Misuse('bulwark/invalid-option', 'max takes a whole number from 1 to 16.');
  }
  const expressions = readColumns(columns);
  const fallback = readDefault(options.default, expressions);
  const asked = readInput(input, max).filter(({ key }) => {
    if (expressions.has(key)) return true;
    record('sql/unknown-sort-key', 'blocked', { key: key.slice(0, 256) });
    return false;
  });
  const terms = (asked.length > 0 ? asked : fallback).map(({ key, descending }) => {
    const expression = expressions.get(key) as Sql;
    return descending ? join([expression, staticFragment('desc')], staticFragment(' ')) : expression;
  });
  return join([staticFragment('order by'), join(terms)], staticFragment(' '));
}

/** A Map, so that no key is found that the record does not have itself. */
function readColumns(columns: SortColumns): ReadonlyMap<string, Sql> {
  return new Map(
    Object.entries(columns).map(([key, column]) => {
      if (key === '' || key.trim() !== key || key.startsWith('-') || key.includes(',')) {
        throw new Misuse('sql/invalid-sort', `No client could write the key ${JSON.stringify(key)}.`);
      }
      return [key, isSql(column) ? column : fragment({ kind: 'name', path: parseName(column) })];
    }),
  );
}

function readDefault(
  keys: string | readonly string[],
  expressions: ReadonlyMap<string, Sql>,
): readonly Term[] {
  const terms = (typeof keys === 'string' ? [keys] : keys).map(readTerm);
  if (terms.length === 0 || !terms.every(({ key }) => expressions.has(key))) {
    throw new Misuse('sql/invalid-sort', 'The default names a key that is not among the columns.');
  }
  return terms;
}

/** At most `max` entries are read, so that a long list costs nothing. Empty ones count. */
function readInput(input: unknown, max: number): readonly Term[] {
  const terms: Term[] = [];
  const seen = new Set<string>();
  let entries = 0;
  for (const list of Array.isArray(input) ? input.slice(0, max) : [input]) {
    if (typeof list !== 'string') {
      if (list !== undefined) record('sql/unknown-sort-key', 'blocked', { key: `(${typeof list})` });
      continue;
    }
    for (let start = 0; start <= list.length && entries < max; entries++) {
      const comma = list.indexOf(',', start);
      const end = comma === -1 ? list.length : comma;
      const term = readTerm(list.slice(start, end).trim());
      if (term.key !== '' && !seen.has(term.key)) terms.push(term);
      seen.add(term.key);
      start = end + 1;
    }
  }
  return terms;
}

function readTerm(entry: string): Term {
  const descending = entry.startsWith('-');
  return { key: descending ? entry.slice(1) : entry, descending };
}
