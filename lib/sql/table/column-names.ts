import { fragment, type Sql } from '../query.ts';
import type { Column } from './column-value.ts';

/** The names of columns without their table's, as lists of columns and assignments have them. */
export function columnNames(columns: readonly Column[]): readonly Sql[] {
  return columns.map(({ name }) => fragment({ kind: 'name', path: Object.freeze([name]) }));
}
