import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { join } from '../fragment/logic.ts';
import { written } from '../fragment/written.ts';
import { fragment, type Sql } from '../query.ts';
import { columnNames } from './column-names.ts';
import type { Columns } from './column-type.ts';
import type { Column } from './column-value.ts';
import { insertRows } from './insert-values.ts';
import type { Table } from './table.ts';
import { columnsOf } from './table-columns.ts';
import type { RecordOptions } from './table-record.ts';
import type { ColumnName, Complete, RowOf } from './table-row.ts';
import { shapeOf } from './table-shape.ts';

export interface UpsertOptions<C extends Columns, K extends ColumnName<C>> extends RecordOptions {
  /** The columns to insert. */
  readonly columns: readonly K[] & Complete<C, K>;
  readonly rows: readonly RowOf<C, K>[];
  /** The columns of the unique index or primary key that decides whether the row already exists. */
  readonly conflict: readonly [NoInfer<K>, ...NoInfer<K>[]];
  /** The columns to update in an existing row; if empty, the row stays unchanged. */
  readonly update: readonly NoInfer<K>[];
}

/**
 * Builds a complete statement that inserts records, and updates rows that already exist. Records are read like those of `sql.values`,
 * with the same errors. `conflict` and `update` must name columns in `columns`; otherwise it throws a `Misuse`
 * (`sql/wrong-columns`).
 *
 * PostgreSQL and SQLite check only `conflict`. MySQL and MariaDB can't be told which unique index to use, and check all
 * of them. If a record lacks a column in `update`, the column's default or NULL is written to the row.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * const stock = sql.table('stock', { sku: 'string', amount: 'integer' });
 * const rows = [{ sku: 'A-1', amount: 3 }];
 * sql.upsert(stock, { columns: ['sku', 'amount'], rows, conflict: ['sku'], update: ['amount'] });
 * // insert into "stock" ("sku", "amount") values ($1, $2)
 * //   on conflict ("sku") do update set "amount" = excluded."amount"
 * // MySQL: ... on duplicate key update `amount` = values(`amount`)
 * ```
 */
export function upsert<C extends Columns, const K extends ColumnName<C>>(
  table: Table<C>,
  options: UpsertOptions<C, K>,
): Sql {
  const shape = shapeOf(table);
  const given = knownOptions(options, ['columns', 'rows', 'conflict', 'update', 'extra']);
  const { columns, rows, conflict, update, ...rest } = given as UpsertOptions<C, K>;
  const unique = columnsOf(shape, conflict);
  const updated = isEmptyList(update) ? [] : columnsOf(shape, update);
  for (const { key } of [...unique, ...updated]) {
    if ((columns as readonly string[]).includes(key)) continue;
    throw new Misuse('sql/wrong-columns', `${JSON.stringify(key)} is not among the columns to insert.`);
  }
  const name = fragment({ kind: 'name', path: shape.path });
  const inserted = insertRows(shape, columns, rows, rest);
  const clause = fragment({
    kind: 'choice',
    choose: (dialect) =>
      dialect === 'mysql' ? onDuplicateKey(unique, updated) : onConflict(unique, updated),
  });
  return written(['insert into ', ' ', ' ', ''], [name, inserted, clause], `insert into ${shape.name}`);
}

function isEmptyList(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}

function onConflict(unique: readonly Column[], updated: readonly Column[]): Sql {
  const target = join(columnNames(unique));
  if (updated.length === 0) return written(['on conflict (', ') do nothing'], [target]);
  const changes = updated.map((column) => assignment(column, ['', ' = ', ''], ['excluded', column.name]));
  return written(['on conflict (', ') do update set ', ''], [target, join(changes)]);
}

/**
 * By VALUES(), which MySQL deprecates since 8.0.20: what it has instead, an alias for the new row, MariaDB does not
 * know, and both still take this. A column is set to itself where nothing is to change: INSERT IGNORE would hide other
 * errors, too.
 */
function onDuplicateKey(unique: readonly Column[], updated: readonly Column[]): Sql {
  const changes =
    updated.length > 0
      ? updated.map((column) => assignment(column, ['', ' = values(', ')'], [column.name]))
      : unique.slice(0, 1).map((column) => assignment(column, ['', ' = ', ''], [column.name]));
  return written(['on duplicate key update ', ''], [join(changes)]);
}

function assignment(column: Column, texts: readonly string[], source: readonly string[]): Sql {
  const name = fragment({ kind: 'name', path: Object.freeze(source) });
  return written(texts, [...columnNames([column]), name]);
}
