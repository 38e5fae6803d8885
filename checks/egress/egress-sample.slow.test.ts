import { beforeAll, describe, expect, it } from 'vitest';
import { whyNotSealed } from '../machine/sealed.ts';
import { allCases, isSlow, needsIpv6Certificate, whyNoIpv6Certificates } from './chosen-cases.ts';
import { isAttack, readAttacks, readLegitimate } from './egress-case.ts';
import { type FrontEnd, takes } from './front-ends/front-end.ts';
import { frontEnds } from './front-ends/index.ts';
import { type FrontEndResult, runFrontEnds } from './run-front-end.ts';

const [cases, why] = [allCases(), whyNotSealed()];
const attackCount = cases.filter(isAttack).length;
const others = cases.filter((one) => !isAttack(one) && !needsIpv6Certificate(one));
const counts = `${attackCount} attacks and ${others.length} legitimate requests`;
const title = why === undefined ? '' : ` (NOT RUN, no namespaces here: ${why})`;
const noIpv6 = whyNoIpv6Certificates === undefined ? '' : `: ${whyNoIpv6Certificates}`;
/** A busy machine takes a minute for what takes it four seconds otherwise. */
const patience = 300_000;
const ours = frontEnds.filter(({ control }) => !control);

describe('the cases', () => {
  it('are enough, have names of their own and say why', () => {
    expect(readAttacks().length).toBeGreaterThanOrEqual(400);
    expect(readLegitimate().length).toBeGreaterThanOrEqual(80);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.filter(({ why }) => why === '')).toEqual([]);
  });

  it('are left out of a front end only for a reason', () => {
    for (const frontEnd of ours) {
      const left = cases
        .filter((one) => one.level === 'connect' && !takes(frontEnd, one))
        .map(({ name }) => name);
      expect(left).toEqual(Object.keys(frontEnd.ownFaults ?? {}));
    }
  });
});

describe.skipIf(why !== undefined)(`${counts} in a sealed network${title}`, () => {
  const short = ours.filter(({ long }) => !long);
  const unguarded = frontEnds.filter(({ name }) => name === 'nothing, node:http');
  let results: readonly FrontEndResult[] = [];
  const resultOf = (name: string): FrontEndResult => {
    const result = results.find(({ frontEnd }) => frontEnd.name === name);
    if (!result) throw new Error(`${name} has no result.`);
    return result;
  };

  beforeAll(async () => {
    // Two networks beside each other: what waits, for time limits or other processes, and what has work all the time.
    const waits = ({ exchange, prepare }: FrontEnd): boolean => exchange || prepare !== undefined;
    const quick = cases.filter((one) => !isSlow(one));
    const networks = [short.filter(waits), [...short.filter((one) => !waits(one)), ...unguarded]];
    results = (await Promise.all(networks.map((some) => runFrontEnds(some, quick)))).flat();
  }, patience);

  it.each(short.map(({ name }) => name))('%s', (name) => {
    const { cases: run, verdicts } = resultOf(name);
    const attacks = run.filter(isAttack).length;
    expect(attacks).toBeGreaterThanOrEqual(400);
    expect(run.length - attacks).toBeGreaterThanOrEqual(80);
    // One more: what came after the last case.
    expect(verdicts.length).toBe(run.length + 1);
    expect(verdicts.filter(({ faults }) => faults.length > 0)).toEqual([]);
  });

  it.skipIf(whyNoIpv6Certificates)(`and legitimate requests to https://[...]${noIpv6}`, () => {
    const secure = cases.filter(needsIpv6Certificate);
    expect(secure.length).toBeGreaterThan(0);
    expect(secure.filter((one) => !results.some(({ cases: run }) => run.includes(one)))).toEqual([]);
  });

  it('reaches what it should not without a guard: the canaries see', () => {
    for (const { name } of unguarded) {
      const { cases: run, verdicts } = resultOf(name);
      const reached = verdicts.filter(({ faults }) => faults.includes('reached'));
      expect(reached.length / run.filter(isAttack).length).toBeGreaterThan(0.8);
      expect(verdicts.filter(({ faults }) => faults.some((fault) => fault !== 'reached'))).toEqual([]);
    }
    expect(unguarded.length).toBe(1);
  });
});
