import { createInPostgres } from '../../internal/create-in-postgres.ts';
import { hearErrors } from '../../internal/hear-errors.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { addUpkeep } from '../../internal/upkeep-statements.ts';
import { type PgClient, quotedTable } from '../client/pg-client.ts';
import type { EpochStore } from './epoch-store.ts';

export interface PgEpochsOptions {
  /** `bulwark_session_epochs` by default. */
  readonly table?: string;
  readonly schema?: string;
}

/** How many log-ins pass between two removals of what has expired, and how many rows one removes at most. */
const sweepEvery = 50;
const sweepRows = 500;

/**
 * Epochs in PostgreSQL, in a table that `createTable` makes.
 *
 * @param client a pool of pg
 *
 * @example
 * ```ts
 * import { pgEpochs } from 'bulwark/session/sealed';
 * import pg from 'pg';
 *
 * const epochs = pgEpochs(new pg.Pool());
 * await epochs.createTable(); // at startup: every process may call it
 * ```
 */
export function pgEpochs(
  client: PgClient,
  options: PgEpochsOptions = {},
): EpochStore & { createTable(): Promise<void> } {
  const { table = 'bulwark_session_epochs', schema } = knownOptions(options, ['table', 'schema']);
  const name = quotedTable(table, schema);
  const sweep = `delete from ${name} where "user" in (select "user" from ${name} where until < now() limit ${sweepRows})`;
  addUpkeep(sweep);
  hearErrors(client);
  let begun = 0;
  return {
    name: 'postgres',
    async createTable() {
      await createInPostgres(client, [
        `create table if not exists ${name} ("user" text primary key, epoch text not null, until timestamptz not null)`,
      ]);
    },
    async read(user) {
      const text = `select epoch from ${name} where "user" = $1 and until > now()`;
      const { rows } = await client.query(text, [user]);
      return (rows[0] as { epoch: string } | undefined)?.epoch;
    },
    async begin(user, fresh, seconds) {
      begun = (begun + 1) % sweepEvery;
      if (begun === 0) {
        // Nobody waits for it.
        client.query(sweep, []).catch(() => undefined);
      }
      const { rows } = await client.query(
        `insert into ${name} as known ("user", epoch, until) values ($1, $2, now() + make_interval(secs => $3))
         on conflict ("user") do update set
           epoch = case when known.until > now() then known.epoch else excluded.epoch end,
           until = greatest(known.until, excluded.until)
         returning epoch`,
        [user, fresh, seconds],
      );
      return (rows[0] as { epoch: string }).epoch;
    },
    async remove(user) {
      await client.query(`delete from ${name} where "user" = $1`, [user]);
    },
  };
}
