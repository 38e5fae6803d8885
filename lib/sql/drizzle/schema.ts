import { Misuse } from '../../refusal/misuse.ts';
import { readColumnType } from '../table/column-type.ts';
import { oneName, type Table, tableOfColumns } from '../table/table.ts';

/** What the types of a table of Drizzle say; only the compiler knows of it. */
export interface DrizzleTable {
  readonly _: { readonly columns: Readonly<Record<string, { readonly _: object }>> };
}

type Base<D, N> = N extends `${string}${'Numeric' | 'Decimal'}${string}`
  ? 'decimal'
  : N extends 'SQLiteTimestamp'
    ? 'integer'
    : N extends 'SQLiteBigInt' | 'SQLiteBlobJson'
      ? 'bytes'
      : N extends 'PgArray'
        ? 'any[]'
        : D extends 'number'
          ? N extends `${string}${'Int' | 'Serial' | 'Year'}${string}`
            ? 'integer'
            : 'number'
          : D extends keyof Bases
            ? Bases[D]
            : 'any';

interface Bases {
  string: 'string';
  bigint: 'integer';
  boolean: 'boolean';
  date: 'date';
  json: 'json';
  buffer: 'bytes';
}

type Word<T> = T extends { readonly dataType: infer D; readonly columnType: infer N }
  ? `${Base<D, N>}${T extends { readonly notNull: true } ? '' : ' | null'}${HasDefault<T> extends true ? ' | default' : ''}`
  : never;

/** What `$defaultFn` says is done by Drizzle, and not by the database. */
type HasDefault<T> = T extends { readonly hasRuntimeDefault: true }
  ? false
  : T extends { readonly hasDefault: true }
    ? true
    : false;

/** The column types of a Drizzle table, as in `sql.table`. */
export type DrizzleColumns<T extends DrizzleTable> = {
  readonly [K in keyof T['_']['columns'] & string]: Word<T['_']['columns'][K]['_']>;
};

/**
 * Converts a Drizzle table for `bulwark/sql`. Columns and records use Drizzle's names, statements
 * use the database's. Features of Drizzle itself have no effect: `$defaultFn`, `$onUpdateFn`, codecs of custom types, and
 * the option `casing`.
 *
 * Throws a `Misuse` (`sql/wrong-columns`) if it is not a Drizzle table, and whatever `sql.table` throws.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { fromDrizzle } from 'bulwark/sql/drizzle';
 * import { pgTable, serial, text } from 'drizzle-orm/pg-core';
 *
 * const users = fromDrizzle(pgTable('users', { id: serial().primaryKey(), fullName: text('full_name').notNull() }));
 * sql`insert into ${users} ${sql.values(users, ['fullName'], [{ fullName: 'Ann' }])}`;
 * // insert into "users" ("full_name") values ($1)
 * ```
 */
export function fromDrizzle<T extends DrizzleTable>(table: T): Table<DrizzleColumns<T>> {
  const found = table as unknown as Readonly<Record<symbol, unknown>>;
  const [name, schema, columns] = [found[nameOf], found[schemaOf], found[columnsOf]];
  if (typeof name !== 'string' || typeof columns !== 'object' || columns === null) {
    throw new Misuse('sql/wrong-columns', 'The first argument is not a table of Drizzle.');
  }
  const path = [...(typeof schema === 'string' ? oneName(schema) : []), ...oneName(name)];
  const definitions = Object.entries(columns as Record<string, DrizzleColumn>).map(([key, column]) => {
    return { key, name: column.name, ...readColumnType(key, wordOf(column)) };
  });
  return tableOfColumns(path, definitions) as Table<DrizzleColumns<T>>;
}

// Drizzle registers them, so that its copies know each other's tables. An alias has its own name beside the table's.
const nameOf = Symbol.for('drizzle:OriginalName');
const schemaOf = Symbol.for('drizzle:Schema');
const columnsOf = Symbol.for('drizzle:Columns');

interface DrizzleColumn {
  readonly name: string;
  readonly notNull: boolean;
  readonly dataType: string;
  readonly columnType: string;
  readonly default: unknown;
  readonly hasDefault: boolean;
  readonly defaultFn: unknown;
  readonly onUpdateFn: unknown;
  readonly generated: unknown;
}

/** The same as `Word`, for the running program. A test compares them. */
function wordOf(column: DrizzleColumn): string {
  const { default: value, generated, hasDefault, defaultFn, onUpdateFn } = column;
  const byDatabase =
    generated !== undefined || (hasDefault && (value !== undefined || (!defaultFn && !onUpdateFn)));
  // SERIAL of MySQL is NOT NULL; of these columns Drizzle says so in its types alone.
  const required = column.notNull || column.columnType === 'MySqlSerial';
  return `${baseOf(column)}${required ? '' : ' | null'}${byDatabase ? ' | default' : ''}`;
}

function baseOf({ dataType, columnType }: DrizzleColumn): string {
  if (/Numeric|Decimal/.test(columnType)) return 'decimal';
  if (columnType === 'SQLiteTimestamp') return 'integer';
  if (columnType === 'SQLiteBigInt' || columnType === 'SQLiteBlobJson') return 'bytes';
  if (columnType === 'PgArray') return 'any[]';
  if (dataType === 'number') return /Int|Serial|Year/.test(columnType) ? 'integer' : 'number';
  return Object.hasOwn(bases, dataType) ? bases[dataType as keyof Bases] : 'any';
}

const bases: Bases = {
  ...{ string: 'string', bigint: 'integer', boolean: 'boolean', date: 'date', json: 'json', buffer: 'bytes' },
};
