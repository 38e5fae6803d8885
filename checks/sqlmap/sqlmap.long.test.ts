import { describe, expect, it } from 'vitest';
import { examine, faultsOf } from './examine.ts';
import { injectable, numeric } from './injectable.ts';
import { targets } from './target.ts';
import { whyNotSqlmap } from './why-not-sqlmap.ts';

const all = targets();
const why = whyNotSqlmap();
const title = why === undefined ? '' : ` (NOT RUN: ${why})`;
const patienceMs = 2_400_000;

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
    // Level 1 makes some 120 requests and 15 tests of a parameter.
    expect(Math.min(...defended.map(({ tests }) => tests))).toBeGreaterThan(150);
    expect(Math.min(...defended.map(({ requests }) => requests))).toBeGreaterThan(1_000);
  });
});
