import { Misuse } from '../refusal/misuse.ts';
import type { Sql } from './query.ts';

/** What a driver gives back for one statement. */
export interface Answer {
  readonly rows: readonly unknown[];
  /** Rows that were returned or changed. */
  readonly count: number;
}

/**
 * Runs statements of the `sql` tag, one a call, with their values as parameters of the server. Anything else, a string
 * first of all, does not compile, and is a `Misuse` at run time. The database's own errors are thrown as they are.
 */
export interface Database {
  /** Every row. */
  all<Row extends object = Record<string, unknown>>(query: Sql): Promise<Row[]>;
  /** The only row. A `Misuse` where there is none, or more than one. */
  one<Row extends object = Record<string, unknown>>(query: Sql): Promise<Row>;
  /** The only row, or undefined. A `Misuse` where there are more. */
  maybe<Row extends object = Record<string, unknown>>(query: Sql): Promise<Row | undefined>;
  /** Runs it, and says how many rows it changed or returned. */
  execute(query: Sql): Promise<number>;
}

/** The same for every driver: what differs is how a statement is sent. */
export function createDatabase(run: (query: Sql) => Promise<Answer>): Database {
  // `run` is called inside async functions, so that a refusal is always a rejection and never thrown at once.
  return Object.freeze({
    async all<Row extends object>(query: Sql): Promise<Row[]> {
      return (await run(query)).rows as Row[];
    },
    async one<Row extends object>(query: Sql): Promise<Row> {
      const { rows } = await run(query);
      if (rows.length !== 1) throw notOneRow(rows.length);
      return rows[0] as Row;
    },
    async maybe<Row extends object>(query: Sql): Promise<Row | undefined> {
      const { rows } = await run(query);
      if (rows.length > 1) throw notOneRow(rows.length);
      return rows[0] as Row | undefined;
    },
    async execute(query: Sql): Promise<number> {
      return (await run(query)).count;
    },
  });
}

function notOneRow(found: number): Misuse {
  return new Misuse('sql/not-one-row', `It gave ${found}.`);
}
