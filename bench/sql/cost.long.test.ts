import { beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { startPostgres } from '../../checks/machine/postgres.ts';
import { named, unprepared } from './contenders/pg.ts';
import { operationNames } from './operations.ts';
import { type Comparison, run } from './run.ts';
import { scoreOf, tables } from './table.ts';

const noServer = missing('postgres');

describe.skipIf(noServer)(`the bench of queries${noServer ? `: ${noServer}` : ''}`, () => {
  let comparisons: readonly Comparison[] = [];

  // Throws where a contender does not answer what the reference answers.
  beforeAll(async () => {
    const server = await startPostgres();
    try {
      comparisons = await run({
        url: server.url,
        rounds: 1,
        calls: 8,
        warmUp: 8,
        operations: operationNames,
        contenders: [unprepared, 'bulwark', 'bulwark, rows checked by zod 4', 'slonik', 'slonik, zod 3'],
      });
    } finally {
      await server.stop();
    }
  });

  it('compares those that were asked for with named statements of pg, in every operation', () => {
    const beside = comparisons.filter(({ reference }) => reference === named);
    const contenders = new Set(beside.map(({ contender }) => contender));
    for (const name of [unprepared, 'slonik', 'slonik, zod 3', 'bulwark']) expect(contenders).toContain(name);
    expect(contenders).not.toContain('postgres.js');
    expect(beside).toHaveLength(contenders.size * operationNames.length * 2);
  });

  it('has one sample of each for each round, and a line for each contender', () => {
    for (const comparison of comparisons) {
      expect(comparison.own).toHaveLength(1);
      expect(comparison.theirs).toHaveLength(1);
      expect(scoreOf(comparison).cpu.median).toBeGreaterThan(0);
    }
    const text = tables(comparisons);
    for (const { contender } of comparisons) expect(text).toContain(`\n${contender}  `);
  });
});

describe('the score', () => {
  it('is above 1 for less CPU time and for more calls a second', () => {
    const samples = (us: number) => [1, 2, 3].map((n) => ({ us: us + n / 100, perSecond: 1e6 / us }));
    const score = scoreOf({
      ...{ contender: 'a', reference: 'b', operation: 'byId', lanes: 1 },
      ...{ own: samples(50), theirs: samples(100) },
    });
    expect(score.cpu.median).toBeCloseTo(2, 1);
    expect(score.cpu.low).toBeLessThanOrEqual(score.cpu.median);
    expect(score.speed.median).toBeCloseTo(2, 1);
  });
});
