import type { Dialect } from '../dialect/dialect.ts';
import type { Statement } from '../render/render.ts';
import type { Failure } from './failure.ts';
import type { Limits } from './limits.ts';

/** What a driver gives back for one statement. */
export interface Answer {
  readonly rows: readonly unknown[];
  /** Rows that were returned or changed. */
  readonly count: number;
}

/** One connection of the database, for as long as it is held. */
export interface Session {
  /** Runs one statement, its values apart from its text. */
  run(statement: Statement, limits: Limits): Promise<Answer>;
  /**
   * Runs a text of this library's own, such as `commit`. A `DatabaseError` that it throws itself says that nothing was
   * sent, or that there was no commit; an error of the client is explained afterwards.
   */
  command(text: string): Promise<void>;
  /** The rows in batches of at most `batch`, asked for one after the other. Ending the iteration ends the statement. */
  stream(statement: Statement, batch: number, limits: Limits): AsyncIterable<readonly unknown[]>;
  /** True where a transaction is open already, which ours then joins by a savepoint. */
  inTransaction(): Promise<boolean>;
  /** Gives the connection back. A broken one (its transaction may still be open) is closed, where it is the pool's. */
  release(broken: boolean): void;
}

/**
 * What differs between databases and their clients. The rest, from `one` to retried transactions, is the same for all:
 * `createDatabase` makes it of this.
 */
export interface Driver {
  readonly dialect: Dialect;
  /** True where there is one connection for everybody: what runs beside a transaction would wait for its end. */
  readonly single?: boolean;
  /** Runs one statement on any connection. */
  run(statement: Statement, limits: Limits): Promise<Answer>;
  /** Holds a connection: for a transaction, or for one stream. */
  hold(limits: Limits, purpose?: 'stream'): Promise<Session>;
  /** What an error of the client or the server means, or undefined for one that is neither's. Never holds a value. */
  explain(error: unknown): Failure | undefined;
}
