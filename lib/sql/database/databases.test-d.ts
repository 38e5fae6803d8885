import { describe, expectTypeOf, it } from 'vitest';
import { type Database, databases, type ReadOnlyDatabase, readOnly, sql } from '../index.ts';

declare const db: Database;

describe('databases by role', () => {
  it('have the type of their role', () => {
    const all = databases({ readOnly: db, readWrite: db, reports: readOnly(db) });
    expectTypeOf(all.readOnly).toEqualTypeOf<ReadOnlyDatabase>();
    expectTypeOf(all.readWrite).toEqualTypeOf<Database>();
    expectTypeOf(all.reports).toEqualTypeOf<ReadOnlyDatabase>();
    expectTypeOf(all.readWrite.execute(sql`delete from users`)).resolves.toEqualTypeOf<number>();
  });

  it('only read where they are read-only', () => {
    const { readOnly: reader } = databases({ readOnly: db });
    // @ts-expect-error no execute
    void reader.execute(sql`delete from users`);
    // @ts-expect-error nor in a transaction
    void reader.transaction((tx) => tx.execute(sql`delete from users`));
    // @ts-expect-error nor another kind of transaction
    void reader.transaction((tx) => tx.all(sql`select 1`), { readOnly: false });
    expectTypeOf(reader.transaction((tx) => tx.all<{ id: number }>(sql`select id`))).resolves.toEqualTypeOf<
      { id: number }[]
    >();
  });

  it('take no clients, and no unknown role', () => {
    // @ts-expect-error a string
    databases({ readWrite: 'postgres://' });
    // @ts-expect-error not there
    void databases({ readOnly: db }).readWrite;
  });
});
