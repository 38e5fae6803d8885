import { describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { usePgTable } from '../../../checks/sql-drivers/use-pg-table.ts';
import { sql } from '../index.ts';

const noServer = missing('postgres');

describe.skipIf(noServer)(`savepoints on pg${noServer ? `: ${noServer}` : ''}`, () => {
  const server = usePgTable();
  const { insert, ids } = server;

  const failed = { name: 'DatabaseError', kind: 'transaction-failed' };

  it('are undone by themselves', async () => {
    await server.db.transaction(async (tx) => {
      await insert(1, tx);
      const inner = tx.transaction(async (point) => {
        await insert(2, point);
        await insert(1, point);
      });
      await expect(inner).rejects.toMatchObject({ kind: 'unique' });
      await tx.transaction(async (point) => {
        await insert(3, point);
        await point.transaction((deeper) => insert(4, deeper));
        await expect(point.transaction(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
      });
      const caught = tx.transaction(async (point) => {
        await insert(5, point);
        await insert(5, point).catch(() => 0);
      });
      await expect(caught).rejects.toMatchObject(failed);
    });
    expect(await ids()).toEqual([1, 3, 4]);
  });

  it('let neither the outer handle run, nor a second one beside them', async () => {
    const open = { code: 'sql/savepoint-open' };
    await server.db.transaction(async (tx) => {
      await tx.transaction(async (point) => {
        await expect(insert(1, tx)).rejects.toMatchObject(open);
        await expect(tx.stream(sql`select 1`).next()).rejects.toMatchObject(open);
        await insert(2, point);
      });
    });
    expect(await ids()).toEqual([2]);
    const beside = server.db.transaction((tx) =>
      Promise.all([tx.transaction((point) => insert(3, point)), tx.transaction((point) => insert(4, point))]),
    );
    await expect(beside).rejects.toMatchObject(open);
    expect(await ids()).toEqual([2]);
  });

  it('run nothing after the end of the transaction', async () => {
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    let inner: Promise<unknown> = Promise.resolve();
    const work = server.db.transaction(async (tx) => {
      inner = tx
        .transaction(async (point) => {
          await insert(1, point);
          await gate;
          await insert(2, point);
        })
        .catch((error: unknown) => error);
      await insert(3, tx).catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: 'sql/savepoint-open' });
    go();
    expect(await inner).toMatchObject({ code: 'sql/transaction-over' });
    await insert(4);
    expect(await ids()).toEqual([4]);
  });

  it('can be read-only, and have no other isolation', async () => {
    await server.db.transaction(async (tx) => {
      const reading = tx.transaction((point) => insert(1, point), { readOnly: true });
      await expect(reading).rejects.toMatchObject({ kind: 'read-only' });
      expect(await tx.transaction((point) => point.all(sql`select id from t`), { readOnly: true })).toEqual(
        [],
      );
      await insert(2, tx);
      const other = tx.transaction(async () => 1, { isolation: 'serializable' });
      await expect(other).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
    });
    expect(await ids()).toEqual([2]);
  });
});
