import { expect } from 'vitest';
import type { LoadCase } from './load-cases.ts';
import { compare, createTables, type LoadResult, runLoad } from './run-load.ts';

/** Users at work while the server crashes and comes back: what they were told holds, and nothing is left over. */
export async function expectLoad(
  start: () => Promise<LoadCase>,
  users: number,
  milliseconds: number,
): Promise<LoadResult> {
  const load = await start();
  try {
    await createTables(load.db);
    const result = await runLoad({ db: load.db, users, milliseconds, interrupt: load.crash });
    expect(await compare(load.db, result)).toEqual([]);
    expect(result.acknowledged.size).toBeGreaterThan(users);
    expect(result.undone.size).toBeGreaterThan(0);
    // The crash was felt.
    expect(result.errors['connection'] ?? 0).toBeGreaterThan(0);
    expect(await load.held()).toBe(0);
    expect(await load.open()).toBe(0);
    return result;
  } finally {
    await load.stop();
  }
}
