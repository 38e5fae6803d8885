import { createInPostgres } from '../../internal/create-in-postgres.ts';
import { hearErrors } from '../../internal/hear-errors.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { addUpkeep } from '../../internal/upkeep-statements.ts';
import { type PgClient, quotedTable } from '../client/pg-client.ts';
import type { SpentSeals } from './spent-seals.ts';

export interface PgSpentSealsOptions {
  /** `bulwark_spent_seals` by default. */
  readonly table?: string;
  readonly schema?: string;
}

/** How many claims pass between two removals of what has expired, and how many rows one removes at most. */
const sweepEvery = 50;
const sweepRows = 500;

/**
 * Used cookies, remembered in PostgreSQL, in a table that `createTable` makes.
 *
 * @param client a pool of pg
 *
 * @example
 * ```ts
 * import { pgSpentSeals } from 'bulwark/session/legacy';
 * import pg from 'pg';
 *
 * const spent = pgSpentSeals(new pg.Pool());
 * await spent.createTable(); // at start, in every process: create table if not exists "bulwark_spent_seals" ...
 * ```
 */
export function pgSpentSeals(
  client: PgClient,
  options: PgSpentSealsOptions = {},
): SpentSeals & { createTable(): Promise<void> } {
  const { table = 'bulwark_spent_seals', schema } = knownOptions(options, ['table', 'schema']);
  const name = quotedTable(table, schema);
  const sweep = `delete from ${name} where hash in (select hash from ${name} where until < now() limit ${sweepRows})`;
  addUpkeep(sweep);
  hearErrors(client);
  let claims = 0;
  return {
    name: 'postgres',
    async createTable() {
      await createInPostgres(client, [
        `create table if not exists ${name} (hash text primary key, until timestamptz not null)`,
      ]);
    },
    async claim(hash, until) {
      const { rowCount } = await client.query(
        `insert into ${name} (hash, until) values ($1, to_timestamp($2)) on conflict do nothing`,
        [hash, until / 1_000],
      );
      claims = (claims + 1) % sweepEvery;
      if (claims === 0) {
        // Nobody waits for it: a claim that counts must not be told as failed.
        client.query(sweep, []).catch(() => undefined);
      }
      return rowCount === 1;
    },
    async has(hash) {
      return (await client.query(`select 1 from ${name} where hash = $1`, [hash])).rows.length > 0;
    },
  };
}
