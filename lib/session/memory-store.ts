import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { patched, recordOf, replacement, type SessionRecord, seen } from './record-of.ts';
import { mostSteps, racingMs, replacedMs, type SessionStore } from './session-store.ts';

export interface MemoryStoreOptions {
  /** Beyond it, the session that was not seen for longest ends. 10,000 by default. */
  readonly maxSessions?: number;
}

/**
 * Sessions in this process, for development and tests: a restart ends all of them, and a second process knows none.
 * `sessions` refuses it with NODE_ENV=production, unless `allowMemoryInProduction` is set.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function memoryStore(options: MemoryStoreOptions = {}): SessionStore {
  const { maxSessions = 10_000 } = knownOptions(options, ['maxSessions']);
  if (!Number.isInteger(maxSessions) || maxSessions < 1 || maxSessions > 1_000_000) {
    throw new Misuse('bulwark/invalid-option', 'maxSessions is a whole number from 1 to 1,000,000.');
  }
  /** The last seen stands at the end. */
  const records = new Map<string, SessionRecord>();
  const replaced = new Map<string, { readonly by: string; readonly until: number }>();

  function put(key: string, record: SessionRecord): void {
    records.delete(key);
    records.set(key, record);
    for (const oldest of records.keys()) {
      if (records.size <= maxSessions) break;
      records.delete(oldest);
    }
  }

  function live(key: string): SessionRecord | undefined {
    const record = records.get(key);
    if (record && Date.now() < record.expiresAt) return record;
    records.delete(key);
    return undefined;
  }

  function ofUser(user: string): [string, SessionRecord][] {
    return [...records].filter(([key, record]) => record.user === user && live(key)).reverse();
  }

  function makeRoom(user: string | undefined, maxPerUser: number): void {
    if (user === undefined) return;
    for (const [key] of ofUser(user).slice(maxPerUser)) records.delete(key);
  }

  /** @param now or later, to ask what it will be then */
  function successorOf(key: string, now = Date.now()): string | undefined {
    const { by, until } = replaced.get(key) ?? { until: 0 };
    return now < until ? by : undefined;
  }

  return {
    name: 'memory',
    developmentOnly: true,
    async read(key, lifetime) {
      const record = live(key);
      if (!record)
        return successorOf(key, Date.now() + replacedMs - racingMs) === undefined ? undefined : 'replaced';
      const after = seen(record, lifetime, Date.now());
      if (!after) records.delete(key);
      else if (after !== record) put(key, after);
      return after;
    },
    async create(key, session, lifetime, maxPerUser) {
      if (records.has(key)) throw new Error('There is such a session.');
      const record = recordOf(session, lifetime, Date.now());
      put(key, record);
      makeRoom(session.user, maxPerUser);
      return record.createdAt;
    },
    async replace(from, to, session, settings, lifetime) {
      const record = live(from);
      if (!record) return 'gone';
      const after = replacement(record, session, settings, lifetime, Date.now());
      if (after === 'too-large') return after;
      records.delete(from);
      put(to, after);
      for (const [key, { until }] of replaced) {
        if (Date.now() < until && replaced.size < maxSessions) break;
        replaced.delete(key);
      }
      replaced.set(from, { by: to, until: Date.now() + replacedMs });
      makeRoom(after.user, settings.maxPerUser);
      return after;
    },
    async patch(key, patch) {
      const record = live(key);
      if (!record) return 'gone';
      const after = patched(record, patch);
      if (typeof after === 'string') return after;
      records.set(key, after);
      return 'changed';
    },
    async remove(key, user) {
      let at: string | undefined = key;
      for (let step = 0; step < mostSteps && at !== undefined; step++) {
        const record = live(at);
        if (record) return (user === undefined || record.user === user) && records.delete(at);
        at = successorOf(at);
      }
      return false;
    },
    async removeAll(user, except) {
      const kept = new Set<string>();
      for (let at = except; at !== undefined && kept.size < mostSteps; at = successorOf(at)) kept.add(at);
      const keys = ofUser(user).filter(([key]) => !kept.has(key));
      for (const [key] of keys) records.delete(key);
      return keys.length;
    },
    async list(user, most) {
      return ofUser(user)
        .slice(0, most)
        .map(([key, { createdAt, seenAt, userAgent, address }]) => ({
          key,
          createdAt,
          seenAt,
          userAgent,
          address,
        }));
    },
    async inspect() {
      return [
        {
          finding: 'sessions are kept in memory',
          consequence: 'A restart of this process ends all of them.',
        },
      ];
    },
  };
}
