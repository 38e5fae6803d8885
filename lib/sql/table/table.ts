import { Misuse } from '../../refusal/misuse.ts';
import { join } from '../fragment/logic.ts';
import { parseName } from '../fragment/name.ts';
import { staticFragment } from '../fragment/static-fragment.ts';
import { contentOf, fragment, type Sql } from '../query.ts';
import { type Columns, readColumnType } from './column-type.ts';
import type { Column } from './column-value.ts';
import { makeTable, shapeOf } from './table-shape.ts';

declare const columnsOf: unique symbol;

/** Any table. */
export interface AnyTable extends Sql {
  readonly [columnsOf]: Columns;
}

/** A table. In a template it inserts its name. Each column is a property, which inserts the qualified column name. */
export type Table<C extends Columns> = Sql & { readonly [columnsOf]: C } & {
  readonly [K in keyof C & string]: Sql;
};

/**
 * Defines a table and the types of its columns. From then on, the compiler and the running program know
 * what `sql.values`, `sql.set` and `sql.upsert` may write. `bulwark sql types` generates definitions from a database.
 *
 * A type is `string`, `integer` (a safe integer or a bigint), `number`, `decimal` (also as text), `boolean`, `date` (a
 * Date, or ISO 8601 text), `bytes`, `json` (bound like `sql.json`) or `any`. On PostgreSQL, `string[]` and so on are lists.
 * Add ` | null` if the column accepts NULL, and then ` | default` if an insert may leave it out.
 *
 * Throws a `Misuse` for invalid names and types (`sql/invalid-name`, `sql/invalid-column`). Using a column that the table doesn't
 * have does not compile, and is a `Misuse` at run time (`sql/wrong-columns`).
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * const users = sql.table('shop.users', { id: 'integer | default', email: 'string', name: 'string | null' });
 * sql`select ${users.id} from ${users} where ${users.email} = ${'ann@example.com'}`;
 * // select "shop"."users"."id" from "shop"."users" where "shop"."users"."email" = $1
 * ```
 */
export function table<const C extends Columns>(name: string, columns: C): Table<C> {
  const path = parseName(name);
  const definitions = Object.keys(columns).map((key) => {
    return { key, name: key, ...readColumnType(key, columns[key]) };
  });
  return tableOfColumns(path, definitions) as Table<C>;
}

/** A table of columns that may have other names in records than in the database. */
export function tableOfColumns(path: readonly string[], columns: readonly Column[]): Sql {
  const name = path.join('.');
  if (columns.length === 0) throw new Misuse('sql/invalid-column', `${name} has none.`);
  for (const column of columns) oneName(column.name);
  const byKey = new Map(columns.map((column) => [column.key, Object.freeze(column)]));
  return makeTable({ path, name, columns: byKey }, { kind: 'name', path }, path);
}

/**
 * The same table under an alias, for self-joins and shorter statements.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * const u = sql.as(sql.table('users', { id: 'integer', name: 'string' }), 'u');
 * sql`select ${u.name} from ${u} where ${u.id} = ${7}`;
 * // select "u"."name" from "users" as "u" where "u"."id" = $1
 * ```
 */
export function as<C extends Columns>(table: Table<C>, alias: string): Table<C> {
  const shape = shapeOf(table);
  const path = oneName(alias);
  const names = [fragment({ kind: 'name', path: shape.path }), fragment({ kind: 'name', path })];
  return makeTable(shape, contentOf(join(names, staticFragment(' as '))), path) as Table<C>;
}

/** A column's name or an alias is one part: a dot would make a path of it. */
export function oneName(name: string): readonly string[] {
  const path = parseName(name);
  if (path.length === 1) return path;
  throw new Misuse('sql/invalid-name', `${JSON.stringify(name)} holds a dot.`);
}
