import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import type { DialectName } from '../lex/dialect-name.ts';
import { fragment, type Sql, template } from '../query.ts';
import { readSite } from '../template/sql-site.ts';
import { type SqlScalar, takeValue } from '../value/sql-value.ts';
import { join } from './logic.ts';
import { staticFragment } from './static-fragment.ts';

/** What a list can hold. NULL is excluded, because it is neither in a list nor outside of it. */
export type Listed = Exclude<SqlScalar, null>;

/**
 * `in (...)` with the values of a list. An empty list matches no row. On PostgreSQL the list is one
 * parameter, so the text is the same for every length. MySQL accepts 65,535 values in a statement and SQLite 32,766;
 * more are refused when the statement runs (`sql/too-large`).
 *
 * Throws a Refusal for anything but a list of values, and for `null` in the list (`sql/missing-value`).
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * const ids = [1, 2];
 * sql`select name from users where id ${sql.in(ids)}`;
 * // PostgreSQL: select name from users where id = any($1), with [1, 2]
 * // MySQL, SQLite: select name from users where id in (?, ?), with 1 and 2
 * ```
 */
export function inList(list: readonly Listed[]): Sql {
  return membership(list, 'in');
}

/**
 * `not in (...)` with the values of a list. An empty list matches every row. It refuses the same as `sql.in`; a `null` in
 * the list would match no row at all. Rows in which the column is NULL match neither, unless the list is empty.
 */
export function notInList(list: readonly Listed[]): Sql {
  return membership(list, 'not in');
}

function membership(list: readonly Listed[], word: 'in' | 'not in'): Sql {
  const values = takeList(list);
  return fragment({ kind: 'choice', choose: (dialect) => write(values, word, dialect) });
}

function write(values: readonly SqlScalar[], word: 'in' | 'not in', dialect: DialectName): Sql {
  if (dialect === 'postgres') {
    return template(arraySites[word], [values], 0);
  }
  // MySQL takes no empty list, and wants `from` in front of `where`; SQLite has no `dual`.
  const none = dialect === 'mysql' ? '(select null from dual where false)' : '(select null where false)';
  const items =
    values.length === 0
      ? staticFragment(none)
      : join([staticFragment('('), join(values), staticFragment(')')], staticFragment(''));
  return join([staticFragment(word), items], staticFragment(' '));
}

const arraySites = { in: readSite(['= any(', ')']), 'not in': readSite(['<> all(', ')']) } as const;

function takeList(list: unknown): readonly SqlScalar[] {
  if (!Array.isArray(list)) {
    if (list === undefined || list === null) return refuse(deny('sql/missing-value', { type: String(list) }));
    return refuse(deny('sql/object-as-value', { type: `${typeof list} as a list` }, listHint));
  }
  const taken = takeValue(list);
  if (!taken.allow) return refuse(taken);
  const values = taken.value as readonly SqlScalar[];
  if (values.includes(null)) return refuse(deny('sql/missing-value', { type: 'null in a list' }));
  return values;
}

const listHint =
  'Make a list of it where the request comes in: one value arrives as text, several as a list.';
