import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { missingSqlite, openSqlite } from '../../../checks/machine/sqlite.ts';
import { storeTests } from '../../../checks/session/store-tests.ts';
import { newKey } from '../../../checks/session/store-under-test.ts';
import { withLaterDate } from '../../../checks/session/with-later-date.ts';
import { type SqliteConnection, type SqliteStore, sqliteStore } from './index.ts';

const lifetime = { idleMs: 60_000, absoluteMs: 600_000, touchMs: 30_000 };
const visitor = { user: undefined, data: {}, userAgent: undefined, address: undefined };

for (const client of ['better-sqlite3', 'node:sqlite'] as const) {
  const reason = missingSqlite(client);

  describe.skipIf(reason)(`sqliteStore on ${client}${reason ? `: ${reason}` : ''}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'bulwark-session-'));
    let opened: ReturnType<typeof openSqlite>;
    let store: SqliteStore;
    beforeAll(() => {
      opened = openSqlite(client, join(folder, 'sessions.db'));
      opened.exec('pragma synchronous = off');
      store = sqliteStore(opened.connection as SqliteConnection);
    });
    afterAll(() => {
      opened.close();
      rmSync(folder, { recursive: true });
    });
    storeTests(() => store, withLaterDate);

    it('refuses to write into a transaction of the application, which may be rolled back', async () => {
      const key = newKey();
      await store.create(key, visitor, lifetime, 10);
      opened.exec('begin');
      await expect(store.remove(key)).rejects.toThrow('A transaction of the application is open');
      opened.exec('rollback');
      expect(await store.remove(key)).toBe(true);
    });

    it('shares a file with another process, and waits no longer than its busy timeout', async () => {
      const other = openSqlite(client, join(folder, 'sessions.db'));
      const key = newKey();
      await store.create(key, visitor, lifetime, 10);
      const theirs = sqliteStore(other.connection as SqliteConnection);
      expect(await theirs.read(key, lifetime)).toBeDefined();
      other.exec('begin exclusive');
      await expect(store.remove(key)).rejects.toThrow('locked');
      other.exec('rollback');
      expect(await store.remove(key)).toBe(true);
      expect(await theirs.read(key, lifetime)).toBeUndefined();
      other.close();
    });

    it('keeps up with more expired rows than one batch a minute', async () => {
      vi.useFakeTimers({ toFake: ['Date'] });
      onTestFinished(() => void vi.useRealTimers());
      const flooded = sqliteStore(opened.connection as SqliteConnection, { table: 'flooded' });
      for (let at = 0; at < 2_500; at++)
        await flooded.create(newKey(), visitor, { ...lifetime, idleMs: -1 }, 10);
      for (const later of [60_000, 1_000]) {
        vi.setSystemTime(Date.now() + later);
        await flooded.create(newKey(), visitor, lifetime, 10);
      }
      expect(await flooded.removeExpired(2_500)).toBe(500);
    });

    it('removes expired rows in bounded batches', async () => {
      await store.removeExpired();
      for (let at = 0; at < 3; at++) await store.create(newKey(), visitor, { ...lifetime, idleMs: -1 }, 10);
      expect([await store.removeExpired(2), await store.removeExpired(2)]).toEqual([2, 1]);
    });
  });
}
