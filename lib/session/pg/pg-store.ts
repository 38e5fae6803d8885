import { createInPostgres } from '../../internal/create-in-postgres.ts';
import { hearErrors } from '../../internal/hear-errors.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { addUpkeep } from '../../internal/upkeep-statements.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { mostSteps, type SessionStore, type StoredSession } from '../session-store.ts';
import { again } from './again.ts';
import { durabilityOf } from './durability-of.ts';
import { sessionTable } from './session-table.ts';
import { statementsOf } from './statements.ts';

/** What this needs of a `Pool` of pg, or of a client with the same `query`. */
export interface PgClient {
  query(text: string, values?: unknown[]): Promise<PgResult>;
  on?(event: 'error', listener: (error: Error) => void): unknown;
}

export interface PgResult {
  // biome-ignore lint/suspicious/noExplicitAny: the driver says any too.
  readonly rows: any[];
  readonly rowCount?: number | null | undefined;
  readonly affectedRows?: number | undefined;
}

export interface PgStoreOptions {
  /** `bulwark_session` by default; also `schema.table`. */
  readonly table?: string;
}

export interface PgStore extends SessionStore {
  /**
   * Makes the table if there is none. Every process may call it at its start, all of them at once. If the application's role may not
   * create tables, put `sessionTable()` into a migration instead.
   */
  createTable(): Promise<void>;
  /**
   * Deletes expired rows, at most `most` (1,000 by default), and returns how many. `create` does so about once a minute, and once a second
   * while there are more.
   */
  removeExpired(most?: number): Promise<number>;
}

const cleanMs = 60_000;
/** After a full batch, because more sessions expire than one batch a minute removes. */
const soonMs = 1000;
const cleanedAtOnce = 1000;
const undefinedTable = '42P01';

/**
 * Sessions in a table of PostgreSQL 12 or later. Give it the pool, not a client in a transaction: a change counts once its promise
 * has resolved, and a transaction could still roll it back. All values are parameters. Times are of the database's clock.
 *
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { sessions } from 'bulwark/session';
 * import { pgStore } from 'bulwark/session/pg';
 * import { Pool } from 'pg';
 *
 * const store = pgStore(new Pool());
 * await store.createTable();
 * const own = sessions({ store });
 * ```
 */
export function pgStore(client: PgClient, options: PgStoreOptions = {}): PgStore {
  const { table = 'bulwark_session' } = knownOptions(options, ['table']);
  if (typeof client?.query !== 'function') {
    throw new Misuse('bulwark/invalid-option', 'client is a Pool of pg.');
  }
  const statements = statementsOf(table);
  addUpkeep(statements.removeExpired);
  hearErrors(client);
  let cleanedAt = Date.now();

  async function query(text: string, values: unknown[]): Promise<PgResult> {
    try {
      return await again(() => client.query(text, values));
    } catch (cause) {
      if ((cause as { code?: unknown } | null)?.code !== undefinedTable) throw cause;
      const hint = 'await createTable() at startup, or put sessionTable() into a migration.';
      throw new Error(`There is no table ${table}: ${hint}`, { cause });
    }
  }

  async function rows(text: string, ...values: unknown[]): Promise<PgResult['rows']> {
    return (await query(text, values)).rows;
  }

  async function count(text: string, ...values: unknown[]): Promise<number> {
    const { rowCount, affectedRows } = await query(text, values);
    return rowCount ?? affectedRows ?? 0;
  }

  async function removeExpired(most = cleanedAtOnce): Promise<number> {
    return await count(statements.removeExpired, most);
  }

  function clean(): void {
    if (Date.now() - cleanedAt < cleanMs) return;
    cleanedAt = Date.now();
    // Nobody waits for it, and the next time it finds what is left.
    removeExpired().then(
      (removed) => {
        if (removed === cleanedAtOnce) cleanedAt -= cleanMs - soonMs;
      },
      () => undefined,
    );
  }

  return {
    name: 'postgres',
    async read(key, { idleMs, absoluteMs, touchMs }) {
      const [row] = await rows(statements.read, key, absoluteMs, touchMs);
      if (!row) return undefined;
      if (row.replaced) return 'replaced';
      if (!row.stale || (await count(statements.touch, key, idleMs, absoluteMs)) === 1) return storedOf(row);
      // It has ended since, or got another key.
      const [left] = await rows(statements.read, key, absoluteMs, touchMs);
      return left?.replaced ? 'replaced' : undefined;
    },
    async create(key, { user, data, userAgent, address }, { idleMs, absoluteMs }, maxPerUser) {
      const values = [key, user ?? null, JSON.stringify(data), userAgent ?? null, address ?? null];
      const [row] = await rows(statements.create, ...values, Math.min(idleMs, absoluteMs));
      if (user !== undefined) await count(statements.makeRoom, user, key, maxPerUser - 1);
      clean();
      return Number(row.created_at);
    },
    async replace(from, to, { user, data, userAgent, address }, { begin, maxBytes, maxPerUser }, lifetime) {
      const values = [
        from,
        to,
        user ?? null,
        JSON.stringify(data),
        begin,
        maxBytes,
        userAgent ?? null,
        address ?? null,
      ];
      const idleMs = Math.min(lifetime.idleMs, lifetime.absoluteMs);
      const [row] = await rows(statements.replace, ...values, idleMs);
      if (!row) {
        const [left] = await rows(statements.successor, from);
        return left && left.replaced_by === null ? 'too-large' : 'gone';
      }
      if (begin && user !== undefined) await count(statements.makeRoom, user, to, maxPerUser - 1);
      return storedOf(row);
    },
    async patch(key, { set, delete: remove, ifVersion, maxBytes, token }) {
      const values = [key, JSON.stringify(set), remove, ifVersion ?? null, maxBytes, token];
      if ((await count(statements.patch, ...values)) === 1) return 'changed';
      const [row] = await rows(statements.successor, key);
      if (!row || row.replaced_by !== null) return 'gone';
      if (row.token === token) return 'changed';
      return ifVersion !== undefined && Number(row.version) !== ifVersion ? 'conflict' : 'too-large';
    },
    async remove(key, user) {
      let at: string | null | undefined = key;
      for (let step = 0; step < mostSteps && typeof at === 'string'; step++) {
        if ((await count(statements.remove, at, user ?? null)) === 1) return true;
        const [row]: { replaced_by: string | null }[] = await rows(statements.successor, at);
        at = row?.replaced_by;
      }
      return false;
    },
    async removeAll(user, except) {
      return await count(statements.removeAll, user, except ?? null);
    },
    async list(user, most) {
      const found = await rows(statements.list, user, most);
      return found.map((row) => ({
        key: row.key,
        createdAt: Number(row.created_at),
        seenAt: Number(row.seen_at),
        userAgent: row.user_agent ?? undefined,
        address: row.address ?? undefined,
      }));
    },
    async inspect() {
      return await durabilityOf(async (text, ...values) => (await rows(text, ...values))[0] ?? {}, table);
    },
    async createTable() {
      await createInPostgres(client, sessionTable(table).split(/;\n/).filter(Boolean));
    },
    removeExpired,
  };
}

function storedOf(row: PgResult['rows'][number]): StoredSession {
  return {
    user: row.user_id ?? undefined,
    data: Object.assign(Object.create(null), row.data),
    version: Number(row.version),
    createdAt: Number(row.created_at),
  };
}
