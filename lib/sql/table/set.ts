import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { written } from '../fragment/written.ts';
import type { Hole, Sql } from '../query.ts';
import { columnNames } from './column-names.ts';
import type { Columns } from './column-type.ts';
import type { Column } from './column-value.ts';
import type { Table } from './table.ts';
import { columnsOf } from './table-columns.ts';
import { type RecordOptions, recordReader } from './table-record.ts';
import type { ColumnName, SetOf } from './table-row.ts';
import { shapeOf } from './table-shape.ts';

/**
 * Builds the assignments after SET in an UPDATE from a record and the columns that may be written: `"name" = $1, "born" = $2`.
 * Columns that the record lacks stay unchanged. Every value is checked against its column.
 *
 * Throws the Refusals `sql/unknown-column` (mass assignment, CWE-915), `sql/wrong-type`, `sql/nothing-to-set`,
 * `sql/missing-value` for `undefined`, and those of a placeholder. Throws a `Misuse` (`sql/wrong-columns`) if the list names an
 * unknown column.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * declare const req: { body: any };
 * const users = sql.table('users', { id: 'integer | default', name: 'string', born: 'date | null' });
 * sql`update ${users} set ${sql.set(users, ['name', 'born'], req.body)} where ${users.id} = ${7}`;
 * // {"name": "Ann"}: update "users" set "name" = $1 where "users"."id" = $2
 * // {"admin": true}: Refusal sql/unknown-column
 * ```
 */
export function set<C extends Columns, const K extends ColumnName<C>>(
  table: Table<C>,
  columns: readonly K[],
  record: SetOf<C, K>,
  options: RecordOptions = {},
): Sql {
  const shape = shapeOf(table);
  const allowed = columnsOf(shape, columns);
  const given = recordReader(shape, allowed, options)(record);
  if (given.size === 0) return refuse(deny('sql/nothing-to-set', { table: shape.name }));
  // In the order of the list, so that clients that send other orders do not make other statements.
  const changed = allowed.filter((column) => given.has(column));
  // Bare names: PostgreSQL takes no other ones here.
  const holes = columnNames(changed).flatMap((name, i) => [name, given.get(changed[i] as Column) as Hole]);
  const texts = changed.flatMap((_, i) => [i === 0 ? '' : ', ', ' = ']);
  return written([...texts, ''], holes);
}
