import type { Sql } from '../query.ts';
import type { LimitOptions } from './limits.ts';
import type { RowSchema } from './standard-schema.ts';

/** For one statement. */
export type StatementOptions = LimitOptions;

/** With a schema (zod, valibot, arktype, ...) each row is checked, and typed by it. */
export interface CheckedOptions<Row> extends StatementOptions {
  readonly row: RowSchema<Row>;
}

export interface StreamOptions extends StatementOptions {
  /** Rows that are fetched at a time: 100 unless told, 10,000 at the most. */
  readonly batch?: number;
}

export type Isolation = 'read committed' | 'repeatable read' | 'serializable';

export interface TransactionOptions extends LimitOptions {
  /** The database's own default where it is left out. SQLite has `serializable` alone. */
  readonly isolation?: Isolation;
  readonly readOnly?: boolean;
  /**
   * How often `work` is run anew after a serialisation failure or a deadlock; 10 at the most. 3 where an isolation of
   * `repeatable read` or `serializable` was asked for, which cannot do without; otherwise 0.
   */
  readonly retries?: number;
}

type Loose = Record<string, unknown>;

/** What a role that only reads may do. Its transactions are read-only ones. */
export interface ReadOnlyDatabase {
  /** Every row. */
  all<Row>(query: Sql, options: CheckedOptions<Row>): Promise<Row[]>;
  all<Row extends object = Loose>(query: Sql, options?: StatementOptions): Promise<Row[]>;
  /** Every row, of which there is at least one. A `Misuse` where there is none. */
  many<Row>(query: Sql, options: CheckedOptions<Row>): Promise<[Row, ...Row[]]>;
  many<Row extends object = Loose>(query: Sql, options?: StatementOptions): Promise<[Row, ...Row[]]>;
  /** The only row. A `Misuse` where there is none, or more than one. */
  one<Row>(query: Sql, options: CheckedOptions<Row>): Promise<Row>;
  one<Row extends object = Loose>(query: Sql, options?: StatementOptions): Promise<Row>;
  /** The only row, or undefined. A `Misuse` where there are more. */
  maybe<Row>(query: Sql, options: CheckedOptions<Row>): Promise<Row | undefined>;
  maybe<Row extends object = Loose>(query: Sql, options?: StatementOptions): Promise<Row | undefined>;
  /**
   * The rows one by one, from a cursor, in memory that does not grow with their number. A connection is held from the
   * first row to the last, or to the end of the loop.
   */
  stream<Row>(query: Sql, options: CheckedOptions<Row> & StreamOptions): AsyncGenerator<Row, void, undefined>;
  stream<Row extends object = Loose>(
    query: Sql,
    options?: StreamOptions,
  ): AsyncGenerator<Row, void, undefined>;
  /** As `Database.transaction`, read-only. */
  transaction<T>(
    work: (tx: ReadOnlyDatabase) => Promise<T>,
    options?: Omit<TransactionOptions, 'readOnly'>,
  ): Promise<T>;
}

/**
 * Runs statements of the `sql` tag, one a call, with their values as parameters of the server. Anything else, a string
 * first of all, does not compile, and is a `Misuse` at run time. An error of the database is a `DatabaseError`.
 */
export interface Database extends Omit<ReadOnlyDatabase, 'transaction'> {
  /** Runs it, and says how many rows it changed or returned. */
  execute(query: Sql, options?: StatementOptions): Promise<number>;
  /**
   * Runs `work` in a transaction, which is committed when it resolves and rolled back when it throws. What `work` is
   * given runs inside of it; its own `transaction` is a savepoint. After the end it is a `Misuse` to use it.
   */
  transaction<T>(work: (tx: Database) => Promise<T>, options?: TransactionOptions): Promise<T>;
}
