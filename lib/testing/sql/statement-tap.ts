import { Misuse } from '../../refusal/misuse.ts';
import type { DialectName } from '../../sql/lex/dialect-name.ts';
import { coreOf } from '../../sql/mysql2/mysql2-client.ts';
import type { Undo } from '../replace-method.ts';
import type { Bound, Gate } from './gate.ts';
import { tapMysql2 } from './tap-mysql2.ts';
import { tapPg } from './tap-pg.ts';
import { tapPglite } from './tap-pglite.ts';
import { tapPostgres } from './tap-postgres.ts';
import { sqliteStatements, tapSqlite } from './tap-sqlite.ts';

export interface Tap {
  readonly client: string;
  readonly dialect: DialectName;
  /** What one tap alone may be at: the pool beneath its promises, the statements that databases of SQLite share. */
  readonly at: object;
  open(gate: Gate, bound: Bound): Undo;
}

/** @throws Misuse `bulwark/invalid-option` for what is no client of these */
export function tapFor(db: unknown): Tap {
  if (typeof db === 'function' || (typeof db === 'object' && db !== null)) {
    const has = (...names: string[]): boolean =>
      names.every((name) => typeof Reflect.get(db as object, name) === 'function');
    if (has('unsafe', 'begin')) return tap('postgres.js', 'postgres', tapPostgres, db);
    if (has('execProtocolRaw')) return tap('PGlite', 'postgres', tapPglite, db);
    const isMysql2 = (has('query', 'execute') || has('getConnection')) && !has('of');
    if (isMysql2) return tap('mysql2', 'mysql', tapMysql2, db, Object.values(coreOf(db as never))[0]);
    if (has('query', 'connect')) return tap('pg', 'postgres', tapPg, db);
    if (has('prepare', 'exec')) return tap('SQLite', 'sqlite', tapSqlite, db, sqliteStatements(db));
  }
  const kinds =
    'a pool or a client of pg or mysql2, a client of postgres.js, a PGlite, or a database of SQLite';
  const hint = 'Pass the driver itself, not a wrapper: for `database(pool)`, pass the pool.';
  throw new Misuse('bulwark/invalid-option', `expectNoInjection takes ${kinds}.`, { hint });
}

function tap(
  client: string,
  dialect: DialectName,
  open: (db: object, gate: Gate, bound: Bound) => Undo,
  db: object,
  at: object = db,
): Tap {
  return { client, dialect, at, open: (gate, bound) => open(db, gate, bound) };
}
