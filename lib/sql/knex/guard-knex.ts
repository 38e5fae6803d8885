import { refuse } from '../../internal/refuse.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { createInspector } from '../guard/create-inspector.ts';
import type { MysqlGuardOptions } from '../guard/guard-options.ts';
import { markGuarded } from '../guard/guarded.ts';
import type { DialectName } from '../lex/dialect-name.ts';

/** Knex' names for its dialects. */
const dialects: Readonly<Record<string, DialectName>> = {
  postgresql: 'postgres',
  cockroachdb: 'postgres',
  redshift: 'postgres',
  mysql: 'mysql',
  sqlite3: 'sqlite',
};

/**
 * Inspects each statement of a Knex instance and its transactions before it is sent. Knex emits its event `query`
 * first, and if the listener throws, the query rejects, here with the `Refusal`.
 *
 * @returns the same instance
 * @throws Misuse `bulwark/invalid-option`, also for a dialect other than those of PostgreSQL, MySQL and SQLite;
 * `bulwark/report-without-end`
 *
 * @example
 * ```ts
 * import { guardKnex } from 'bulwark/sql/knex';
 * import { knex } from 'knex';
 *
 * const db = guardKnex(knex({ client: 'pg' }));
 * await db('users').whereRaw('name = ?', ['Ann']);
 * ```
 */
export function guardKnex<T extends object>(knex: T, options: MysqlGuardOptions = {}): T {
  const { client } = knex as { client?: { dialect?: unknown; on?: unknown } };
  const name = client?.dialect;
  const dialect = typeof name === 'string' && Object.hasOwn(dialects, name) ? dialects[name] : undefined;
  if (!client || dialect === undefined || typeof client.on !== 'function') {
    throw new Misuse(
      'bulwark/invalid-option',
      'The first argument is an instance of Knex for PostgreSQL, MySQL or SQLite.',
    );
  }
  const inspector = createInspector(dialect, options);
  if (!markGuarded(client)) return knex;
  client.on('query', ({ sql, bindings }: { sql?: unknown; bindings?: unknown }) => {
    const denied = inspector.inspect(sql, Array.isArray(bindings) ? bindings : []);
    if (denied) refuse(denied);
  });
  return knex;
}
