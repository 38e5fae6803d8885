import { knownOptions } from '../../internal/known-options.ts';
import { type PgClient, quotedTable } from '../client/pg-client.ts';
import type { OldStore } from './old-store.ts';
import { parseContent } from './parse-content.ts';

export interface ConnectPgSimpleOptions {
  /** `session` by default, as in connect-pg-simple. */
  readonly table?: string;
  readonly schema?: string;
}

/**
 * The records of connect-pg-simple: a table with the columns `sid`, `sess` and `expire`.
 *
 * @param client a pool of pg
 *
 * @example
 * ```ts
 * import { connectPgSimple } from 'bulwark/session/legacy';
 * import pg from 'pg';
 *
 * connectPgSimple(new pg.Pool(), { table: 'user_sessions' }).name; // 'connect-pg-simple'
 * ```
 */
export function connectPgSimple(client: PgClient, options: ConnectPgSimpleOptions = {}): OldStore {
  const { table = 'session', schema } = knownOptions(options, ['table', 'schema']);
  const from = quotedTable(table, schema);
  return {
    name: 'connect-pg-simple',
    async read(id) {
      // It is written by `to_timestamp`, in the time zone of the connection, as here.
      const { rows } = await client.query(
        `select sess from ${from} where sid = $1 and expire >= to_timestamp($2)`,
        [id, Date.now() / 1_000],
      );
      const { sess } = (rows[0] ?? {}) as { readonly sess?: unknown };
      return typeof sess === 'string' ? parseContent(sess) : sess;
    },
    remove: async (id) => (await client.query(`delete from ${from} where sid = $1`, [id])).rowCount === 1,
  };
}
