import { refusalOf } from '../../internal/refuse.ts';
import type { Denied } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { createInspector, type Inspector } from '../guard/create-inspector.ts';
import type { MysqlGuardOptions } from '../guard/guard-options.ts';
import { createPassage, markGuarded, type Passage, patch } from '../guard/guarded.ts';
import { failMysql2Call } from './fail-mysql2-call.ts';
import { mysql2Query } from './for-mysql2.ts';
import { coreOf } from './mysql2-client.ts';

/**
 * Inspects every `query`, `execute` and `prepare` of a mysql2 pool or connection, with promises or callbacks, before it is sent. It
 * refuses a text in which data from the current request is more than a value, a
 * text with several statements, and an object as a value, except after SET. The call rejects with the `Refusal`, or passes it to the
 * callback; without a callback, it is thrown. Statements of the `sql` tag pass unchanged.
 *
 * @returns the same object
 * @throws Misuse `bulwark/invalid-option`, also for a `PoolCluster` (guard each of its pools); `bulwark/report-without-end`
 *
 * @example
 * ```ts
 * import { guardMysql2 } from 'bulwark/sql/mysql2';
 * import mysql from 'mysql2/promise';
 *
 * const pool = guardMysql2(mysql.createPool('mysql://app@localhost/shop'), { mode: 'report', until: '2027-01-31' });
 * await pool.execute('select id from users where name = ?', ['Ann']);
 * ```
 */
export function guardMysql2<T extends object>(client: T, options: MysqlGuardOptions = {}): T {
  const inspector = createInspector('mysql', options);
  if (typeof (client as { of?: unknown }).of === 'function') {
    throw new Misuse(
      'bulwark/invalid-option',
      'The first argument is a pool or a connection of mysql2, not a cluster.',
    );
  }
  const core = coreOf(client as never);
  if ('pool' in core) guardPool(core.pool, inspector);
  else guardConnection(core.connection, inspector);
  return client;
}

type Call = (...args: unknown[]) => unknown;

function guardPool(pool: object, inspector: Inspector): void {
  if (!markGuarded(pool)) return;
  const passage = createPassage();
  const named = configOf((pool as { config?: { connectionConfig?: unknown } }).config?.connectionConfig);
  for (const method of ['query', 'execute']) {
    patch(pool, method, (original) => (...args) => {
      const denied = inspectCall(inspector, args, named);
      return denied ? failMysql2Call(refusalOf(denied), args) : passage.through(() => original(...args));
    });
  }
  patch(pool, 'getConnection', (original) => (...args) => {
    const carried = passage.carry(args[0] as Call);
    return original((error: unknown, connection: object | undefined) => {
      if (connection) guardConnection(connection, inspector, passage);
      carried(error, connection);
    });
  });
}

function guardConnection(connection: object, inspector: Inspector, passage?: Passage): void {
  if (!markGuarded(connection)) return;
  const named = configOf((connection as { config?: unknown }).config);
  for (const method of ['query', 'execute', 'prepare']) {
    patch(connection, method, (original) => (...args) => {
      const denied = passage?.take() ? undefined : inspectCall(inspector, args, named);
      return denied ? failMysql2Call(refusalOf(denied), args) : original(...args);
    });
  }
}

function configOf(config: unknown): boolean {
  return (config as { namedPlaceholders?: unknown } | undefined)?.namedPlaceholders === true;
}

/** `query(text, values?)`, or `query({ sql, values }, values?)`; values are a list, one value, or a record of them. */
function inspectCall(
  inspector: Inspector,
  [query, second]: readonly unknown[],
  byName: boolean,
): Denied | undefined {
  const beside = typeof second === 'function' ? undefined : second;
  if (typeof query === 'string') return inspector.inspect(query, listOf(beside, byName));
  if (typeof query !== 'object' || query === null) return undefined;
  // Its text is the developer's, and it was made of values alone.
  if (Object.getPrototypeOf(query) === madeByTag) return undefined;
  const { sql, values, namedPlaceholders } = query as {
    sql?: unknown;
    values?: unknown;
    namedPlaceholders?: unknown;
  };
  const named = typeof namedPlaceholders === 'boolean' ? namedPlaceholders : byName;
  return inspector.inspect(sql, listOf(values ?? beside, named));
}

const madeByTag: unknown = Object.getPrototypeOf(mysql2Query('', []));

function listOf(values: unknown, byName: boolean): readonly unknown[] {
  if (values === undefined || Array.isArray(values)) return values ?? [];
  return byName && typeof values === 'object' && values !== null ? Object.values(values) : [values];
}
