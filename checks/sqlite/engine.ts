import { betterSqlite3Engine } from '../../lib/sql/better-sqlite3/better-sqlite3-engine.ts';
import { nodeSqliteEngine } from '../../lib/sql/node-sqlite/node-sqlite-engine.ts';
import type { SqliteEngine } from '../../lib/sql/sqlite/sqlite-engine.ts';
import type { SqliteClient } from '../machine/sqlite.ts';

/** What compiles texts, without the tag in front of it. */
export function engineOf(client: SqliteClient, connection: object): SqliteEngine {
  return client === 'better-sqlite3'
    ? betterSqlite3Engine(connection as never)
    : nodeSqliteEngine(connection as never);
}
