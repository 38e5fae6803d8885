import type { BareType, Columns, ValueOf } from '../table/column-type.ts';
import { type Table, table } from '../table/table.ts';

/** What an insert may write to a column, according to Kysely's `ColumnType` and `Generated`. */
type Inserted<X> = X extends { readonly __insert__: infer I } ? I : X;
type Selected<X> = X extends { readonly __select__: infer S } ? S : X;

/** No insert gives a value to what is always generated: such a column is known by what is read from it. */
type Given<X> = [Inserted<X>] extends [never] ? Selected<X> : Inserted<X>;
type HasDefault<X> = [Inserted<X>] extends [never] ? true : undefined extends Inserted<X> ? true : false;
type Ending<X> = `${null extends Given<X> ? ' | null' : ''}${HasDefault<X> extends true ? ' | default' : ''}`;

/** The types whose values the column takes, or some of them. */
type Fitting<X, B = BareType> = B extends BareType
  ? [Extract<Exclude<Given<X>, null | undefined>, ValueOf<B>>] extends [never]
    ? never
    : `${B}${Ending<X>}`
  : never;

type Described<T, C> = { readonly [K in keyof T & string]?: Fitting<T[K]> } & {
  readonly [K in Exclude<keyof C, keyof T>]: never;
};

/**
 * Defines tables for `bulwark/sql` from a `Database` interface of Kysely. Kysely's types don't exist at run time, so
 * you state the column types again, and the compiler compares the two. Columns that you leave out are unknown.
 *
 * Throws whatever `sql.table` throws.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { tableOf } from 'bulwark/sql/kysely';
 * import type { Generated } from 'kysely';
 *
 * interface Database {
 *   person: { id: Generated<number>; name: string; born: Date | null };
 * }
 * const person = tableOf<Database>()('person', { id: 'integer | default', name: 'string', born: 'date | null' });
 * sql`insert into ${person} ${sql.values(person, ['name'], [{ name: 'Ann' }])}`;
 * ```
 */
export function tableOf<DB>(): <N extends keyof DB & string, const C extends Columns>(
  name: N,
  columns: C & Described<DB[N], C>,
) => Table<C> {
  return (name, columns) => table(name, columns) as never;
}
