import type { Sql } from '../query.ts';
import type { LimitOptions } from './limits.ts';
import type { RowSchema } from './standard-schema.ts';

/** For one statement. */
export type StatementOptions = LimitOptions;

/** With a schema (zod, valibot, arktype, ...), each row is validated and typed by it. */
export interface CheckedOptions<Row> extends StatementOptions {
  readonly row: RowSchema<Row>;
}

export interface StreamOptions extends StatementOptions {
  /** The number of rows fetched at a time. 100 by default, at most 10,000. */
  readonly batch?: number;
}

export type Isolation = 'read committed' | 'repeatable read' | 'serializable';

export interface TransactionOptions extends LimitOptions {
  /** The database's default if not given. SQLite has only `serializable`. */
  readonly isolation?: Isolation;
  readonly readOnly?: boolean;
  /**
   * How often `work` is run again after a serialisation failure or a deadlock; at most 10. 3 by default if `isolation` is
   * `repeatable read` or `serializable`, which need retries; otherwise 0.
   */
  readonly retries?: number;
}

type Loose = Record<string, unknown>;

/** What a read-only role may do. Its transactions are read-only. */
export interface ReadOnlyDatabase {
  /** Returns every row. */
  all<Row>(query: Sql, options: CheckedOptions<Row>): Promise<Row[]>;
  all<Row extends object = Loose>(query: Sql, options?: StatementOptions): Promise<Row[]>;
  /** Returns every row, and throws a `Misuse` if there is none. */
  many<Row>(query: Sql, options: CheckedOptions<Row>): Promise<[Row, ...Row[]]>;
  many<Row extends object = Loose>(query: Sql, options?: StatementOptions): Promise<[Row, ...Row[]]>;
  /** Returns the only row, and throws a `Misuse` if there is none or more than one. */
  one<Row>(query: Sql, options: CheckedOptions<Row>): Promise<Row>;
  one<Row extends object = Loose>(query: Sql, options?: StatementOptions): Promise<Row>;
  /** Returns the only row or undefined, and throws a `Misuse` if there are more. */
  maybe<Row>(query: Sql, options: CheckedOptions<Row>): Promise<Row | undefined>;
  maybe<Row extends object = Loose>(query: Sql, options?: StatementOptions): Promise<Row | undefined>;
  /**
   * Yields the rows one by one from a cursor, with memory use that doesn't grow with their number. It holds a connection from the
   * first row to the last, or to the end of the loop.
   */
  stream<Row>(query: Sql, options: CheckedOptions<Row> & StreamOptions): AsyncGenerator<Row, void, undefined>;
  stream<Row extends object = Loose>(
    query: Sql,
    options?: StreamOptions,
  ): AsyncGenerator<Row, void, undefined>;
  /** Like `Database.transaction`, but read-only. */
  transaction<T>(
    work: (tx: ReadOnlyDatabase) => Promise<T>,
    options?: Omit<TransactionOptions, 'readOnly'>,
  ): Promise<T>;
}

/**
 * Runs statements of the `sql` tag, one per call, with their values as server-side parameters. Anything else, such as a string,
 * does not compile, and is a `Misuse` at run time. Errors of the database are `DatabaseError`s.
 */
export interface Database extends Omit<ReadOnlyDatabase, 'transaction'> {
  /** Runs the statement, and returns the number of rows that it changed or returned. */
  execute(query: Sql, options?: StatementOptions): Promise<number>;
  /**
   * Runs `work` in a transaction, which is committed when `work` resolves and rolled back when it throws. Run its statements on the
   * handle `tx`, whose own `transaction` is a savepoint. Using `tx` after the end is a `Misuse`.
   */
  transaction<T>(work: (tx: Database) => Promise<T>, options?: TransactionOptions): Promise<T>;
}
