import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { staticFragment } from '../fragment/static-fragment.ts';
import { written } from '../fragment/written.ts';
import { fragment, type Hole, type Sql } from '../query.ts';
import { columnNames } from './column-names.ts';
import type { Columns } from './column-type.ts';
import type { Column } from './column-value.ts';
import type { Table } from './table.ts';
import { insertColumnsOf } from './table-columns.ts';
import { type RecordOptions, recordReader } from './table-record.ts';
import type { ColumnName, Complete, RowOf } from './table-row.ts';
import { shapeOf, type TableShape } from './table-shape.ts';

/**
 * Builds the columns and rows of an INSERT from records: `("email", "name") values ($1, $2), ($3, $4)`. Every value is
 * checked against its column. A column that a record lacks gets its default, or NULL if it has none; each record is read
 * on its own, whatever the first one has. `undefined` is refused.
 *
 * Throws the Refusals `sql/unknown-column`, `sql/wrong-type`, `sql/missing-value`, `sql/no-rows`, those of a placeholder
 * (`sql/unstorable-text`, ...), and when the statement runs, `sql/too-large`. Throws a `Misuse` (`sql/wrong-columns`) if the list
 * lacks a column that is neither nullable nor has a default.
 *
 * SQLite has no DEFAULT in a list of values. There, a column that no record has is left out of the statement, and one
 * that only some records have is refused.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 *
 * const users = sql.table('users', { email: 'string', name: 'string | null', born: 'date | default' });
 * sql`insert into ${users} ${sql.values(users, ['email', 'name'], [{ email: 'a@b.c', name: 'Ann' }, { email: 'd@e.f' }])}`;
 * // insert into "users" ("email", "name") values ($1, $2), ($3, $4), with 'a@b.c', 'Ann', 'd@e.f' and null
 * ```
 */
export function values<C extends Columns, const K extends ColumnName<C>>(
  table: Table<C>,
  columns: readonly K[] & Complete<C, K>,
  rows: readonly RowOf<C, K>[],
  options: RecordOptions = {},
): Sql {
  return insertRows(shapeOf(table), columns, rows, options);
}

/** The same without types, for what an upsert inserts. */
export function insertRows(
  table: TableShape,
  keys: readonly string[],
  rows: readonly unknown[],
  options: RecordOptions,
): Sql {
  const columns = insertColumnsOf(table, keys);
  const cells = readCells(table, columns, rows, options);
  const all = rowsFragment(columns, cells);
  const byDefault = defaultValue();
  if (!cells.includes(byDefault)) return all;
  return fragment({
    kind: 'choice',
    choose: (dialect) => (dialect === 'sqlite' ? withoutDefaults(columns, cells) : all),
  });
}

/** No database takes more values, and a record has one at least: a longer list is not read. */
const mostRows = 65_535;

function readCells(
  table: TableShape,
  columns: readonly Column[],
  rows: readonly unknown[],
  options: RecordOptions,
): readonly Hole[] {
  const read = recordReader(table, columns, options);
  if (!Array.isArray(rows)) {
    return refuse(deny('sql/wrong-type', { column: table.name, wants: 'list of records', got: typeof rows }));
  }
  const { length } = rows;
  if (length === 0) return refuse(deny('sql/no-rows', { table: table.name }));
  if (length > mostRows) return refuse(deny('sql/too-large', { values: length, characters: 0 }));
  const cells: Hole[] = [];
  // An index, because iteration is the list's own, and hides the gaps of a sparse one.
  for (let i = 0; i < length; i++) {
    const record = read(rows[i]);
    for (const column of columns)
      cells.push(record.has(column) ? (record.get(column) as Hole) : absent(table, column));
  }
  return cells;
}

function absent(table: TableShape, column: Column): Hole {
  if (column.default) return defaultValue();
  if (column.nullable) return null;
  return refuse(deny('sql/missing-value', { type: 'no such key', column: `${table.name}.${column.name}` }));
}

/** Read once, and recognised by identity. */
function defaultValue(): Sql {
  return staticFragment('default');
}

/** Rows of cells in order, each row as wide as the columns. */
function rowsFragment(columns: readonly Column[], cells: readonly Hole[]): Sql {
  const width = columns.length;
  const holes: Hole[] = [...columnNames(columns)];
  const texts = ['(', ...new Array<string>(width - 1).fill(', '), ') values ('];
  for (let i = 0; i < cells.length; i++) {
    holes.push(cells[i] as Hole);
    if (i === cells.length - 1) texts.push(')');
    else texts.push((i + 1) % width === 0 ? '), (' : ', ');
  }
  return written(texts, holes);
}

function withoutDefaults(columns: readonly Column[], cells: readonly Hole[]): Sql {
  const byDefault = defaultValue();
  const width = columns.length;
  const kept = columns.map(() => false);
  cells.forEach((cell, i) => {
    if (cell !== byDefault) kept[i % width] = true;
  });
  const left = columns.filter((_, i) => kept[i]);
  const given = cells.filter((_, i) => kept[i % width]);
  if (left.length > 0 && !given.includes(byDefault)) return rowsFragment(left, given);
  return refuse(deny('sql/missing-value', { type: 'default' }, sqliteHint));
}

const sqliteHint =
  'SQLite has no DEFAULT in a list of values: give a column in all records of an insert or in none, and at least one column.';
