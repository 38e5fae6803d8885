import { createDatabase } from '../database/create-database.ts';
import type { Database } from '../database/database.ts';
import type { Driver } from '../database/driver.ts';
import { singleConnection } from '../database/single-connection.ts';
import { postgres } from '../dialect/postgres.ts';
import { explainPg } from '../pg/explain-pg.ts';
import type { PgliteQueryable } from './pglite-client.ts';
import { pgliteSession } from './pglite-session.ts';

/**
 * Runs statements of the `sql` tag on PGlite. There is one connection, so statements wait for an open transaction. A
 * running statement can't be stopped; time limits apply only to the waiting.
 *
 * @example
 * ```ts
 * import { PGlite } from '@electric-sql/pglite';
 * import { sql } from 'bulwark/sql';
 * import { database } from 'bulwark/sql/pglite';
 *
 * const db = database(await PGlite.create());
 * await db.one(sql`select ${'a'}::text as letter`); // { letter: 'a' }
 * ```
 */
export function database(connection: PgliteQueryable): Database {
  return createDatabase(pgliteDriver(connection));
}

const drivers = new WeakMap<PgliteQueryable, Driver>();

/** One for all databases of a connection: with two queues, one's statements would run in the other's transaction. */
function pgliteDriver(connection: PgliteQueryable): Driver {
  const known = drivers.get(connection);
  if (known) return known;
  const driver = singleConnection({
    dialect: postgres,
    explain: explainPg,
    session: () => pgliteSession(connection),
  });
  drivers.set(connection, driver);
  return driver;
}
