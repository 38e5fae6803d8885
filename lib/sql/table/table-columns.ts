import { Misuse } from '../../refusal/misuse.ts';
import type { Column } from './column-value.ts';
import type { TableShape } from './table-shape.ts';

/** The columns of a list that a developer wrote. A `Misuse` for what is no column, for one twice, and for none. */
export function columnsOf({ name, columns }: TableShape, keys: readonly string[]): readonly Column[] {
  if (!Array.isArray(keys) || keys.length === 0) {
    throw new Misuse('sql/wrong-columns', `No columns of ${name} are named.`);
  }
  const found = new Map<string, Column>();
  for (const key of keys) {
    const column = columns.get(key);
    if (!column) throw new Misuse('sql/wrong-columns', `${name} has no column ${JSON.stringify(key)}.`);
    if (found.has(key)) throw new Misuse('sql/wrong-columns', `${JSON.stringify(key)} is named twice.`);
    found.set(key, column);
  }
  return [...found.values()];
}

/** The columns of an insert. The database would refuse a row without one that is NOT NULL and has no default. */
export function insertColumnsOf(table: TableShape, keys: readonly string[]): readonly Column[] {
  const listed = columnsOf(table, keys);
  for (const column of table.columns.values()) {
    if (column.default || column.nullable || listed.includes(column)) continue;
    const what = `An insert into ${table.name} needs ${JSON.stringify(column.key)}, which is not named.`;
    throw new Misuse('sql/wrong-columns', what);
  }
  return listed;
}
