import { knownOptions } from '../../internal/known-options.ts';
import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { type Hole, isSql } from '../query.ts';
import { type Column, columnValue } from './column-value.ts';
import type { TableShape } from './table-shape.ts';

export interface RecordOptions {
  /**
   * What to do with keys that are not in the list of columns. `refuse`, the default, throws the Refusal
   * `sql/unknown-column`; `ignore` leaves them out.
   */
  readonly extra?: 'refuse' | 'ignore';
}

/** The value of each column that a record has, read once. */
export type ReadRecord = (record: unknown) => ReadonlyMap<Column, Hole>;

/**
 * Reads records for some columns. Only what a record has itself counts: a client's `__proto__` is a key like any other,
 * and what a polluted prototype has is in no record.
 */
export function recordReader(
  table: TableShape,
  columns: readonly Column[],
  options: RecordOptions = {},
): ReadRecord {
  const extra = knownOptions(options, ['extra']).extra ?? 'refuse';
  if (extra !== 'refuse' && extra !== 'ignore') {
    throw new Misuse('bulwark/invalid-option', "`extra` is 'refuse' or 'ignore'.");
  }
  const byKey = new Map(columns.map((column) => [column.key, column]));
  return (record) => {
    if (typeof record !== 'object' || record === null || Array.isArray(record) || isSql(record)) {
      return refuse(deny('sql/wrong-type', { column: table.name, wants: 'record', got: kindOf(record) }));
    }
    const values = new Map<Column, Hole>();
    for (const key of Object.keys(record)) {
      const column = byKey.get(key);
      if (column)
        values.set(column, columnValue(table.name, column, (record as Record<string, unknown>)[key]));
      else if (extra === 'refuse') {
        return refuse(deny('sql/unknown-column', { table: table.name, key: key.slice(0, 256) }));
      }
    }
    return values;
  };
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
