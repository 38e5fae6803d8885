import type BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { missingSqlite } from '../../../checks/machine/sqlite.ts';
import { temporary } from '../../../checks/sqlite/temporary.ts';
import { sql } from '../index.ts';

const reason = missingSqlite('better-sqlite3');
const title = 'better-sqlite3 beside a loop of the application itself';

describe.skipIf(reason)(`${title}${reason ? `: ${reason}` : ''}`, () => {
  const open = temporary('better-sqlite3');

  it('reads, says why it writes nothing, and leaves no transaction open', async () => {
    const { db, exec, connection } = open();
    exec('create table t (n integer); insert into t values (1), (2)');
    const loop = (connection as BetterSqlite3.Database).prepare('select n from t').iterate();
    loop.next();
    expect(await db.all(sql`select n from t`)).toHaveLength(2);
    const busy = { kind: 'other', hint: expect.stringContaining('iterating over a statement') };
    await expect(db.execute(sql`delete from t`)).rejects.toMatchObject(busy);
    await expect(db.transaction((tx) => tx.execute(sql`delete from t`))).rejects.toMatchObject(busy);
    loop.return?.();
    expect(await db.transaction((tx) => tx.execute(sql`update t set n = n + 1`))).toBe(2);
  });

  it('rolls back later what could not be rolled back before', async () => {
    const { db, exec, connection } = open();
    exec('create table t (n integer); insert into t values (1), (2)');
    const select = (connection as BetterSqlite3.Database).prepare('select n from t');
    let loop: IterableIterator<unknown> | undefined;
    const work = db.transaction(async (tx) => {
      await tx.execute(sql`delete from t`);
      await tx.execute(sql`insert into t (n) values (3), (4)`);
      loop = select.iterate();
      loop.next();
    });
    await expect(work).rejects.toMatchObject({ kind: 'other' });
    await expect(db.all(sql`select n from t`)).rejects.toMatchObject({ kind: 'other' });
    loop?.return?.();
    // Joined to the one that was left, it would never be committed.
    await db.transaction((tx) => tx.execute(sql`insert into t (n) values (5)`));
    expect((connection as BetterSqlite3.Database).inTransaction).toBe(false);
    expect(await db.all(sql`select n from t`)).toEqual([{ n: 1 }, { n: 2 }, { n: 5 }]);
  });
});
