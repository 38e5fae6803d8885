import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { startPostgres } from '../../checks/machine/postgres.ts';
import { startRedis } from '../../checks/machine/redis.ts';
import { missingSqlite, openSqlite } from '../../checks/machine/sqlite.ts';
import { newKey } from '../../checks/session/store-under-test.ts';
import { memoryStore, type SessionStore, type StoredSession } from './index.ts';
import { pgStore } from './pg/index.ts';
import { redisStore } from './redis/index.ts';
import { type SqliteConnection, sqliteStore } from './sqlite/index.ts';

const reason = missing('redis') ?? missing('postgres') ?? missingSqlite('better-sqlite3');
const lifetime = { idleMs: 600_000, absoluteMs: 6_000_000, touchMs: 300_000 };

/** One operation, on sessions and users by number. */
type Step =
  | { readonly do: 'read' | 'remove'; readonly at: number; readonly user?: number }
  | { readonly do: 'create'; readonly user?: number; readonly data: Record<string, string> }
  | {
      readonly do: 'replace';
      readonly at: number;
      readonly user?: number;
      readonly data: Record<string, string>;
    }
  | {
      readonly do: 'patch';
      readonly at: number;
      readonly set: Record<string, string>;
      readonly delete: string[];
      readonly ifVersion?: number;
    }
  | { readonly do: 'removeAll'; readonly user: number; readonly except?: number }
  | { readonly do: 'list'; readonly user: number };

const at = fc.nat(5);
const user = fc.option(fc.nat(1), { nil: undefined });
const name = fc.constantFrom('a', 'b', 'constructor', 'x.y:z-1');
const value = fc
  .oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('x'.repeat(70)))
  .map((text) => JSON.stringify(text));
const data = fc.dictionary(name, value, { maxKeys: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('read' as const, 'remove' as const), at, user }),
  fc.record({ do: fc.constant('create' as const), user, data }),
  fc.record({ do: fc.constant('replace' as const), at, user, data }),
  fc.record({
    ...{ do: fc.constant('patch' as const), at, set: data, delete: fc.array(name, { maxLength: 2 }) },
    ifVersion: fc.option(fc.nat(3), { nil: undefined }),
  }),
  fc.record({
    do: fc.constant('removeAll' as const),
    user: fc.nat(1),
    except: fc.option(at, { nil: undefined }),
  }),
  fc.record({ do: fc.constant('list' as const), user: fc.nat(1) }),
) as fc.Arbitrary<Step>;

/** What a caller sees of all steps. Keys and tokens are the same for each store; times are left out. */
async function run(store: SessionStore, steps: readonly Step[], names: Names): Promise<unknown[]> {
  const seen: unknown[] = [];
  let made = 0;
  const key = (number: number): string => names.keys[number] ?? names.unknown;
  for (const [index, each] of steps.entries()) {
    const by = 'user' in each && each.user !== undefined ? names.users[each.user] : undefined;
    const about = { userAgent: undefined, address: undefined };
    switch (each.do) {
      case 'read':
        seen.push(timeless(await store.read(key(each.at), lifetime)));
        break;
      case 'remove':
        seen.push(await store.remove(key(each.at), by));
        break;
      case 'create':
        await store.create(key(made++), { ...about, user: by, data: each.data }, lifetime, 10);
        break;
      case 'replace': {
        const options = { begin: by !== undefined, maxBytes: 150, maxPerUser: 10 };
        const session = { ...about, user: by, data: by === undefined ? {} : each.data };
        const to = key(made++);
        seen.push(timeless(await store.replace(key(each.at), to, session, options, lifetime)));
        break;
      }
      case 'patch': {
        const token = `${names.unknown}${index}`;
        const { set, delete: remove, ifVersion } = each;
        const patch = {
          set,
          delete: remove,
          maxBytes: 150,
          token,
          ...(ifVersion !== undefined && { ifVersion }),
        };
        seen.push(await store.patch(key(each.at), patch));
        break;
      }
      case 'removeAll':
        seen.push(await store.removeAll(by ?? '', each.except === undefined ? undefined : key(each.except)));
        break;
      case 'list':
        seen.push((await store.list(by ?? '', 20)).map((device) => device.key).sort());
    }
  }
  return seen;
}

interface Names {
  readonly keys: readonly string[];
  readonly users: readonly string[];
  readonly unknown: string;
}

function timeless(found: StoredSession | string | undefined): unknown {
  if (typeof found !== 'object') return found;
  const { user, data: kept, version } = found;
  return { user, version, data: Object.entries(kept).sort() };
}

describe.skipIf(reason)(`all stores${reason ? `: ${reason}` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-session-'));
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true })];
  const stores: SessionStore[] = [];
  beforeAll(async () => {
    const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
    closing.push(
      () => redis.stop(),
      () => postgres.stop(),
    );
    const client = new Redis(redis.url);
    const pool = new pg.Pool({ connectionString: postgres.url });
    const sqlite = openSqlite('better-sqlite3', join(folder, 'sessions.db'));
    sqlite.exec('pragma synchronous = off');
    closing.push(
      () => client.disconnect(),
      () => pool.end(),
      () => sqlite.close(),
    );
    const rows = pgStore(pool);
    await rows.createTable();
    stores.push(memoryStore(), redisStore(client), rows, sqliteStore(sqlite.connection as SqliteConnection));
  });
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });

  it('behave the same for every sequence of calls', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const names = {
          keys: Array.from({ length: 30 }, newKey),
          users: [newKey(), newKey()],
          unknown: newKey(),
        };
        const [expected, ...others] = await Promise.all(stores.map((store) => run(store, steps, names)));
        for (const [index, seen] of others.entries()) {
          const [one, other] = [JSON.stringify(seen), JSON.stringify(expected)];
          if (one !== other) throw new Error(`${stores[index + 1]?.name} differs:\n${one}\n${other}`);
        }
      }),
      { numRuns: 150 },
    );
  });
});
