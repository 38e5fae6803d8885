import { refusalOf } from '../../internal/refuse.ts';
import type { Denied } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { createInspector, type Inspector } from '../guard/create-inspector.ts';
import type { GuardOptions } from '../guard/guard-options.ts';
import { createPassage, markGuarded, type Passage, patch } from '../guard/guarded.ts';
import { failPgCall } from './fail-pg-call.ts';
import { pgQuery } from './for-pg.ts';
import { Submitted } from './submitted.ts';

/**
 * Inspects every query of a pg pool, its clients, or a single client before it is sent. It refuses a text in which
 * data from the current request is more than a value, a text with several statements, and an object as a
 * value. The query rejects with the `Refusal`, or passes it to the callback; for a cursor or a stream, it is thrown. Statements
 * of the `sql` tag pass unchanged.
 *
 * @returns the same object
 * @throws Misuse `bulwark/invalid-option`, `bulwark/report-without-end`
 *
 * @example
 * ```ts
 * import { guardPg } from 'bulwark/sql/pg';
 * import pg from 'pg';
 *
 * const pool = guardPg(new pg.Pool(), { mode: 'report', until: '2027-01-31' });
 * await pool.query('select id from users where name = $1', ['Ann']);
 * ```
 */
export function guardPg<T extends object>(client: T, options: GuardOptions = {}): T {
  const { query, connect, totalCount } = client as Record<string, unknown>;
  if (typeof query !== 'function' || typeof connect !== 'function') {
    throw new Misuse('bulwark/invalid-option', 'The first argument is a pool or a client of pg.');
  }
  const inspector = createInspector('postgres', options);
  if (typeof totalCount === 'number') guardPool(client, inspector);
  else guardClient(client, inspector);
  return client;
}

function guardPool(pool: object, inspector: Inspector): void {
  if (!markGuarded(pool)) return;
  const passage = createPassage();
  patch(pool, 'query', (original) => (...args) => {
    const denied = inspectCall(inspector, args);
    return denied ? failPgCall(refusalOf(denied), args) : passage.through(() => original(...args));
  });
  patch(pool, 'connect', (original) => (...args) => {
    const [done] = args;
    if (typeof done !== 'function') {
      return (original(...args) as Promise<object>).then((client) => guardClient(client, inspector, passage));
    }
    const carried = passage.carry(done as (...args: unknown[]) => unknown);
    return original((error: unknown, client: object | undefined, ...rest: unknown[]) => {
      if (client) guardClient(client, inspector, passage);
      carried(error, client, ...rest);
    });
  });
}

function guardClient<T extends object>(client: T, inspector: Inspector, passage?: Passage): T {
  if (!markGuarded(client)) return client;
  patch(client, 'query', (original) => (...args) => {
    const denied = passage?.take() ? undefined : inspectCall(inspector, args);
    return denied ? failPgCall(refusalOf(denied), args) : original(...args);
  });
  return client;
}

/** `query(text, values?)`, `query({ text, values }, values?)`, or something that submits itself, such as a cursor. */
function inspectCall(inspector: Inspector, [query, second]: readonly unknown[]): Denied | undefined {
  const beside = Array.isArray(second) ? second : undefined;
  if (typeof query === 'string') return inspector.inspect(query, beside);
  if (typeof query !== 'object' || query === null) return undefined;
  // Its text is the developer's, and it was made of values alone.
  if (madeByTag.has(Object.getPrototypeOf(query))) return undefined;
  const { text, values, cursor } = query as { text?: unknown; values?: unknown; cursor?: unknown };
  // A stream of pg-query-stream holds a cursor.
  const inner = (typeof cursor === 'object' && cursor !== null ? cursor : {}) as {
    text?: unknown;
    values?: unknown;
  };
  const own = values ?? inner.values ?? beside;
  return inspector.inspect(text ?? inner.text, Array.isArray(own) ? own : undefined);
}

const madeByTag: ReadonlySet<unknown> = new Set([
  Object.getPrototypeOf(pgQuery('', [], undefined)),
  Submitted.prototype,
]);
