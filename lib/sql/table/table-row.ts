import type { Sql } from '../query.ts';
import type { Columns, ColumnType, ValueOf } from './column-type.ts';
import type { AnyTable, Table } from './table.ts';

export type ColumnName<C extends Columns> = keyof C & string;

/** The columns that an insert may leave out. */
type Optional<C extends Columns> = {
  [K in ColumnName<C>]: C[K] extends `${string} | ${'null' | 'default'}` ? K : never;
}[ColumnName<C>];

type Needed<C extends Columns> = Exclude<ColumnName<C>, Optional<C>>;

/** Makes a list of columns a compile error that names the column which it lacks. */
export type Complete<C extends Columns, K extends ColumnName<C>> = [Exclude<Needed<C>, K>] extends [never]
  ? unknown
  : { readonly 'these columns have no default and are not in the list': Exclude<Needed<C>, K> };

type Given<T> = T extends ColumnType ? ValueOf<T> | Sql : never;

export type RowOf<C extends Columns, K extends ColumnName<C>> = {
  readonly [P in Exclude<K, Optional<C>>]: Given<C[P]>;
} & { readonly [P in K & Optional<C>]?: Given<C[P]> };

export type SetOf<C extends Columns, K extends ColumnName<C>> = { readonly [P in K]?: Given<C[P]> };

type ColumnsOf<T> = T extends Table<infer C> ? C : never;
type NamesOf<T> = ColumnName<ColumnsOf<T>>;

/** A record for an insert into a table, or into some of its columns. */
export type InsertRow<T extends AnyTable, K extends NamesOf<T> = NamesOf<T>> = RowOf<ColumnsOf<T>, K>;

/** A record for an update of a table, or of some of its columns. */
export type UpdateRow<T extends AnyTable, K extends NamesOf<T> = NamesOf<T>> = SetOf<ColumnsOf<T>, K>;
