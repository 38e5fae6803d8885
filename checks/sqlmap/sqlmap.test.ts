import { describe, expect, it } from 'vitest';
import { examine, faultsOf } from './examine.ts';
import { injectable, numeric } from './injectable.ts';
import { targets } from './target.ts';
import { whyNotSqlmap } from './why-not-sqlmap.ts';

const all = targets();

describe('the targets', () => {
  it('are the parameters of the lab that go into statements', () => {
    expect(all.map(({ name }) => name).sort()).toEqual(
      [
        ...injectable,
        'POST login password',
        'POST login password in JSON',
        'GET products q',
        'GET api/products q',
        ...['email', 'name', 'bio', 'website', 'password'].map((field) => `POST users ${field}`),
        'POST comments author',
        'POST comments content',
      ].sort(),
    );
    expect([...numeric].filter((name) => !injectable.includes(name))).toEqual([]);
  });
});

/** One of each kind; `sqlmap.long.test.ts` takes all. */
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

const why = whyNotSqlmap();
const title = why === undefined ? '' : ` (NOT RUN: ${why})`;

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
