import { describe, expect, it } from 'vitest';
import { databaseKinds } from '../../checks/machine/databases.ts';
import { sql } from './index.ts';

describe.each(databaseKinds)('a semicolon at the end, on $title', ({ why, open }) => {
  it.skipIf(why)('is not sent, in a statement or in a stream', async () => {
    const { db, stop } = await open();
    try {
      expect(await db.all(sql`select ${'a'} as one; -- the end`)).toEqual([{ one: 'a' }]);
      expect(await db.all(sql`select one from (${sql`select 'a' as one;`}) x;`)).toEqual([{ one: 'a' }]);
      const rows: unknown[] = [];
      for await (const row of db.stream(sql`select ${'a'} as one;`)) rows.push(row);
      expect(rows).toEqual([{ one: 'a' }]);
    } finally {
      await stop();
    }
  });
});
