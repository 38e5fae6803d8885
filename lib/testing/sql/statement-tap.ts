import { Misuse } from '../../refusal/misuse.ts';
import type { DialectName } from '../../sql/lex/dialect-name.ts';
import type { Undo } from '../replace-method.ts';
import { tapMysql2 } from './tap-mysql2.ts';
import { tapPg } from './tap-pg.ts';
import { tapPglite } from './tap-pglite.ts';
import { tapPostgres } from './tap-postgres.ts';
import { tapSqlite } from './tap-sqlite.ts';

/** Told of each statement before it is sent; with an error, the statement fails by it and is not sent. */
export type Gate = (text: string) => Error | undefined;

export interface Tap {
  readonly client: string;
  readonly dialect: DialectName;
  open(gate: Gate): Undo;
}

/** @throws Misuse `bulwark/invalid-option` for what is no client of these */
export function tapFor(db: unknown): Tap {
  if (typeof db === 'function' || (typeof db === 'object' && db !== null)) {
    const has = (...names: string[]): boolean =>
      names.every((name) => typeof Reflect.get(db as object, name) === 'function');
    if (has('unsafe', 'begin')) return tap('postgres.js', 'postgres', tapPostgres, db);
    if (has('execProtocolRaw')) return tap('PGlite', 'postgres', tapPglite, db);
    if (has('query', 'execute') || has('getConnection')) return tap('mysql2', 'mysql', tapMysql2, db);
    if (has('query', 'connect')) return tap('pg', 'postgres', tapPg, db);
    if (has('prepare', 'exec')) return tap('SQLite', 'sqlite', tapSqlite, db);
  }
  const kinds =
    'a pool or a client of pg or mysql2, a client of postgres.js, a PGlite, or a database of SQLite';
  const hint = 'Give the driver itself, and not what wraps it: of `database(pool)`, the pool.';
  throw new Misuse('bulwark/invalid-option', `expectNoInjection takes ${kinds}.`, { hint });
}

function tap(client: string, dialect: DialectName, open: (db: object, gate: Gate) => Undo, db: object): Tap {
  return { client, dialect, open: (gate) => open(db, gate) };
}
