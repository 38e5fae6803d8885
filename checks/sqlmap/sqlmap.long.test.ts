import { describe, expect, it } from 'vitest';
import { examine, faultsOf } from './examine.ts';
import { injectable, numeric } from './injectable.ts';
import { targets } from './target.ts';
import { whyNotSqlmap } from './why-not-sqlmap.ts';

const all = targets();
const why = whyNotSqlmap();
const title = why === undefined ? '' : ` (NOT RUN: ${why})`;
const patienceMs = 2_400_000;

/** One of each kind, for the quick run. */
const chosen: readonly string[] = [
  'POST login email',
  'GET products category',
  'GET products max',
  'GET profile id',
  'GET api/users/:id',
  'GET report month',
];
/** Holes that sqlmap sees at this level by how long an answer takes, or none; a busy machine would hide them. */
const besides: readonly string[] = ['GET products sort', 'GET products q', 'POST comments content'];

describe.skipIf(why !== undefined)(`sqlmap at level 1${title}`, { timeout: 300_000 }, () => {
  it('finds the holes of the undefended application, and none in the defended one', async () => {
    const { undefended, defended, failures } = await examine(
      {
        depth: { level: 1, risk: 1 },
        atOnce: 3,
        undefended: all.filter(({ name }) => chosen.includes(name)),
        defended: all.filter(({ name }) => chosen.includes(name) || besides.includes(name)),
      },
      280_000,
    );
    expect(failures).toEqual([]);
    const found = undefended.filter((one) => one.injectable.length > 0);
    expect(found.map(({ name }) => name).sort()).toEqual([...chosen].sort());
    expect(defended).toHaveLength(chosen.length + besides.length);
    expect(defended.flatMap((one) => faultsOf(one, numeric.has(one.name)))).toEqual([]);
  });
});

/** Every technique, and the payloads for every database: sqlmap is not told which one it is. */
describe.skipIf(why !== undefined)(`sqlmap at level 5, risk 3${title}`, { timeout: patienceMs }, () => {
  it('finds the holes of the undefended application, and none in the defended one', async () => {
    const { undefended, defended, failures } = await examine(
      {
        depth: { level: 5, risk: 3 },
        atOnce: 3,
        undefended: all.filter(({ name }) => injectable.includes(name)),
        defended: all,
      },
      patienceMs - 20_000,
    );
    expect(failures).toEqual([]);
    const found = undefended.filter((one) => one.injectable.length > 0);
    expect(found.map(({ name }) => name).sort()).toEqual([...injectable].sort());
    expect(defended.map(({ name }) => name).sort()).toEqual(all.map(({ name }) => name).sort());
    expect(defended.flatMap((one) => faultsOf(one, numeric.has(one.name)))).toEqual([]);
    // Level 1 makes some 15 tests and 120 requests. Of a parameter whose answers never differ, sqlmap stops early at any level.
    expect(median(defended.map(({ tests }) => tests))).toBeGreaterThan(150);
    expect(median(defended.map(({ requests }) => requests))).toBeGreaterThan(1_000);
  });
});

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
