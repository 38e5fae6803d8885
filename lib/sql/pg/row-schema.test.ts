import { PGlite } from '@electric-sql/pglite';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Database, type RowSchema, sql } from '../index.ts';
import { database } from '../pglite/index.ts';

describe('row schemas', () => {
  let store: PGlite;
  let db: Database;

  beforeAll(async () => {
    store = await PGlite.create();
    db = database(store);
  });

  afterAll(() => store.close());

  const rows = sql`select * from (values (1, 'Ann', '{"tags":["a"]}'::jsonb), (2, 'Bob', '{"tags":[]}')) t (id, name, data)`;
  const wait = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

  const fitting: Record<string, RowSchema<{ id: number }>> = {
    zod: z.object({ id: z.number() }),
    'zod, async': z.object({ id: z.number() }).refine(async () => wait().then(() => true)),
    valibot: v.object({ id: v.number() }),
    'valibot, async': v.pipeAsync(
      v.object({ id: v.number() }),
      v.checkAsync(async () => wait().then(() => true)),
    ),
  };

  it.each(Object.entries(fitting))('%s: give what the schema makes of each row', async (_, row) => {
    expect(await db.all(rows, { row })).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await db.many(rows, { row })).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await db.one(sql`${rows} limit 1`, { row })).toEqual({ id: 1 });
    expect(await db.maybe(sql`${rows} limit 0`, { row })).toBeUndefined();
    const found: { id: number }[] = [];
    for await (const one of db.stream(rows, { row })) found.push(one);
    expect(found).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('type what they make', async () => {
    const row = z.object({ id: z.number(), name: z.string() }).transform(({ id, name }) => `${id}${name}`);
    const found: string[] = await db.all(rows, { row });
    expect(found).toEqual(['1Ann', '2Bob']);
  });

  const failing: Record<string, [RowSchema, string]> = {
    zod: [z.object({ name: z.number() }), 'name is not number'],
    'zod, inside': [z.object({ data: z.object({ tags: z.array(z.number()) }) }), 'data.tags.0 is not number'],
    'zod, async': [
      z.object({ name: z.string().refine(async () => wait().then(() => false)) }),
      'name fails custom',
    ],
    valibot: [v.object({ name: v.number() }), 'name is not number'],
    'valibot, inside': [
      v.object({ data: v.object({ tags: v.array(v.number()) }) }),
      'data.tags.0 is not number',
    ],
    'valibot, literal': [v.object({ name: v.literal('Eve') }), 'name is not "Eve"'],
    'valibot, async': [
      v.objectAsync({
        name: v.pipeAsync(
          v.string(),
          v.checkAsync(async () => false),
        ),
      }),
      'name',
    ],
    'the row': [z.number(), 'the row is not number'],
  };

  it.each(Object.entries(failing))(
    '%s: refuse a row, naming the path and no value',
    async (_, [row, told]) => {
      const error: unknown = await db.all(rows, { row }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'Misuse', code: 'sql/unexpected-row' });
      expect((error as Error).message).toContain(told);
      expect((error as Error).message).not.toMatch(/Ann|Bob/);
    },
  );

  it('do not name keys that may be data', async () => {
    const row = z.object({ data: z.record(z.string(), z.number()) });
    const query = sql`select ${sql.json({ 'ann@example.com': 'x', tok3n: 'x' })}::jsonb as data`;
    const error: unknown = await db.all(query, { row }).catch((reason: unknown) => reason);
    expect((error as Error).message).toContain('data.? is not number; data.? is not number');
  });

  it('may throw, one after others that are still at work', async () => {
    let calls = 0;
    const row: RowSchema = {
      '~standard': {
        ...{ version: 1, vendor: 'test' },
        validate() {
          calls += 1;
          if (calls === 1) return wait().then(() => Promise.reject(new Error('the first')));
          throw new Error('the second');
        },
      },
    };
    await expect(db.all(rows, { row })).rejects.toThrow('the second');
    await wait();
    await wait();
  });
});
