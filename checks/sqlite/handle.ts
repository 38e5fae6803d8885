import { database as onBetterSqlite3 } from '../../lib/sql/better-sqlite3/index.ts';
import type { Database } from '../../lib/sql/index.ts';
import { database as onNodeSqlite } from '../../lib/sql/node-sqlite/index.ts';
import type { SqliteClient } from '../machine/sqlite.ts';

/** Another handle on a connection that has one. */
export function handleOn(client: SqliteClient, connection: object, options: object = {}): Database {
  return client === 'better-sqlite3'
    ? onBetterSqlite3(connection as never, options)
    : onNodeSqlite(connection as never, options);
}
