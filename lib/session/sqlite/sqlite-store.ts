import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { patched, recordOf, replacement, type SessionRecord, seen } from '../record-of.ts';
import { mostSteps, racingMs, replacedMs, type SessionStore } from '../session-store.ts';
import { durabilityOf } from './durability-of.ts';
import { type SqliteConnection, sqliteRecords } from './sqlite-records.ts';

export interface SqliteStoreOptions {
  /** `bulwark_session` by default. */
  readonly table?: string;
}

export interface SqliteStore extends SessionStore {
  /**
   * Deletes expired rows, at most `most` (1,000 by default), and returns how many. `create` does so about once a minute, and once a second
   * while there are more.
   */
  removeExpired(most?: number): Promise<number>;
}

const shape = /^[a-z_][a-z0-9_]{0,39}$/;
const cleanMs = 60_000;
const cleanedAtOnce = 1000;
/** After a full batch, because more sessions expire than one batch a minute removes. */
const soonMs = 1000;

/**
 * Sessions in a file of SQLite 3.24 or later, by a `Database` of better-sqlite3 or a `DatabaseSync` of node:sqlite. It makes its table if there is
 * none. Several processes of one machine can share the file.
 *
 * Give it a connection of its own. While a transaction of the application is open on it, operations are refused, because a rollback would
 * bring back what was revoked. The calls of both libraries block the process for as long as another one holds the lock, so keep its
 * busy timeout short.
 *
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import Database from 'better-sqlite3';
 * import { sessions } from 'bulwark/session';
 * import { sqliteStore } from 'bulwark/session/sqlite';
 *
 * const own = sessions({ store: sqliteStore(new Database('sessions.db', { timeout: 200 })) });
 * ```
 */
export function sqliteStore(connection: SqliteConnection, options: SqliteStoreOptions = {}): SqliteStore {
  const { table = 'bulwark_session' } = knownOptions(options, ['table']);
  if (typeof table !== 'string' || !shape.test(table)) {
    throw new Misuse(
      'bulwark/invalid-option',
      'table is a name of 1 to 40 lower-case letters, digits and underscores.',
    );
  }
  const records = sqliteRecords(connection, table);
  let cleanedAt = Date.now();

  function live(key: string): SessionRecord | undefined {
    const record = records.get(key);
    return record && Date.now() < record.expiresAt ? record : undefined;
  }

  function makeRoom(user: string | undefined, maxPerUser: number, except: string): void {
    if (user !== undefined) records.removeOldest(user, except, maxPerUser - 1, Date.now());
  }

  return {
    name: 'sqlite',
    async read(key, lifetime) {
      // Most requests write nothing, so they take no lock.
      const before = live(key);
      if (before && seen(before, lifetime, Date.now()) === before) return before;
      return records.atOnce(() => {
        const record = live(key);
        if (!record) {
          const racing = records.successor(key, Date.now() + replacedMs - racingMs) !== undefined;
          return racing ? 'replaced' : undefined;
        }
        const after = seen(record, lifetime, Date.now());
        if (!after) records.remove(key);
        else if (after !== record) records.put(key, after);
        return after;
      });
    },
    async create(key, session, lifetime, maxPerUser) {
      return records.atOnce(() => {
        if (records.get(key)) throw new Error('There is such a session.');
        const now = Date.now();
        if (now - cleanedAt >= cleanMs) {
          const isFull = records.removeExpired(cleanedAtOnce, now) === cleanedAtOnce;
          cleanedAt = isFull ? now - cleanMs + soonMs : now;
        }
        records.put(key, recordOf(session, lifetime, now));
        makeRoom(session.user, maxPerUser, key);
        return now;
      });
    },
    async replace(from, to, session, settings, lifetime) {
      return records.atOnce(() => {
        const record = live(from);
        if (!record) return 'gone';
        const now = Date.now();
        const after = replacement(record, session, settings, lifetime, now);
        if (after === 'too-large') return after;
        records.remove(from);
        records.put(to, after);
        records.mark(from, to, now + replacedMs);
        if (settings.begin) makeRoom(after.user, settings.maxPerUser, to);
        return after;
      });
    },
    async patch(key, patch) {
      return records.atOnce(() => {
        const record = live(key);
        if (!record) return 'gone';
        const after = patched(record, patch);
        if (typeof after === 'string') return after;
        records.put(key, after);
        return 'changed';
      });
    },
    async remove(key, user) {
      return records.atOnce(() => {
        let at: string | undefined = key;
        for (let step = 0; step < mostSteps && at !== undefined; step++) {
          const record = live(at);
          if (record) return (user === undefined || record.user === user) && records.remove(at);
          at = records.successor(at, Date.now());
        }
        return false;
      });
    },
    async removeAll(user, except) {
      return records.atOnce(() => records.removeAll(user, except, Date.now()));
    },
    async list(user, most) {
      return records.atOnce(() => records.list(user, most, Date.now()));
    },
    async removeExpired(most = cleanedAtOnce) {
      return records.atOnce(() => records.removeExpired(most, Date.now()));
    },
    async inspect() {
      return durabilityOf(connection);
    },
  };
}
