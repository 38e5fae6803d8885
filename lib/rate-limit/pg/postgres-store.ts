import { createInPostgres } from '../../internal/create-in-postgres.ts';
import { hearErrors } from '../../internal/hear-errors.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { addUpkeep } from '../../internal/upkeep-statements.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { Count, Counter, CounterStore } from '../counter-store.ts';
import { statements } from './statements.ts';

/** A pool of `pg`, or anything with its `query(text, values)`. */
export interface PostgresPool {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
}

export interface PostgresStoreOptions {
  /** The table, `bulwark_rate_limits` by default: lower-case letters, digits and underscores, with a schema if wanted: `app.limits`. */
  readonly table?: string;
}

/** Expired rows are deleted after this many counts, in batches. */
const sweepEvery = 1_000;

/**
 * Counts in PostgreSQL, one statement for each step. The server times the windows, and all processes share the counters. The table is created
 * at its first use, unlogged: it costs less, and is emptied if the server crashes. Create it as a logged one to keep counters
 * through a crash; see docs/guards/rate-limit.md.
 *
 * @param pool of `pg`. It gets a listener for errors, because one whose idle connection breaks would end the process
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { rateLimit } from 'bulwark/rate-limit';
 * import { postgresStore } from 'bulwark/rate-limit/pg';
 * import { Pool } from 'pg';
 *
 * const store = postgresStore(new Pool());
 * const limiter = rateLimit({ store, fail: 'closed', limit: 300, windowSeconds: 60, key: 'address' });
 * ```
 */
export function postgresStore(pool: PostgresPool, options: PostgresStoreOptions = {}): CounterStore {
  const own = knownOptions(options, ['table']);
  if (typeof pool?.query !== 'function') {
    throw new Misuse('bulwark/invalid-option', 'postgresStore takes a Pool of pg.');
  }
  const table = own.table ?? 'bulwark_rate_limits';
  if (typeof table !== 'string' || !/^(?:[a-z_][a-z\d_]{0,62}\.)?[a-z_][a-z\d_]{0,62}$/.test(table)) {
    throw new Misuse(
      'bulwark/invalid-option',
      'table takes lower-case letters, digits and underscores, such as bulwark_rate_limits or app.limits.',
    );
  }
  const text = statements(table);
  addUpkeep(text.sweep);
  hearErrors(pool);
  let counted = 0;

  async function query(statement: string, values: unknown[]): Promise<unknown[]> {
    try {
      return (await pool.query(statement, values)).rows;
    } catch (error) {
      if ((error as { code?: unknown }).code !== undefinedTable) throw error;
      await createInPostgres(pool, text.create);
      return (await pool.query(statement, values)).rows;
    }
  }

  async function count(
    { key, limit, windowSeconds }: Counter,
    points: number,
    bounded: boolean,
  ): Promise<Count> {
    const most = bounded ? limit : Number.MAX_SAFE_INTEGER;
    const rows = await query(text.count, [key, points, windowSeconds * 1000, most]);
    counted += 1;
    if (counted % sweepEvery === 0) void query(text.sweep, []).catch(() => undefined);
    const { taken, used, left } = rows[0] as { taken: boolean; used: string; left: string };
    return { taken, used: Number(used), resetMs: Math.min(Math.max(1, Number(left)), windowSeconds * 1000) };
  }

  return Object.freeze({
    kind: 'postgres' as const,
    take: (counter: Counter, points: number) => count(counter, points, true),
    add: (counter: Counter, points: number) => count(counter, points, false),
    async giveBack({ key }: Counter, points: number, resetMs: number) {
      return pointsOf(await query(text.giveBack, [key, points, Math.ceil(resetMs) + slackMs]));
    },
    async clear(key: string) {
      return pointsOf(await query(text.clear, [key]));
    },
  });
}

const undefinedTable = '42P01';
/** Between the clocks' readings of the server and of this process. */
const slackMs = 100;

/** A bigint comes as text. */
function pointsOf([row]: readonly unknown[]): number {
  return Number((row as { points: string } | undefined)?.points ?? 0);
}
