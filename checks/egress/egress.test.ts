import { describe, expect, it } from 'vitest';
import { whyNotSealed } from '../machine/sealed.ts';
import { allCases, isSlow, whyNoIpv6Certificates } from './chosen-cases.ts';
import { isAttack, readAttacks, readLegitimate } from './egress-case.ts';
import { takes } from './front-ends/front-end.ts';
import { frontEnds } from './front-ends/index.ts';
import { runFrontEnd } from './run-front-end.ts';

const [cases, why] = [allCases(), whyNotSealed()];
const attackCount = cases.filter(isAttack).length;
const counts = `${attackCount} attacks and ${cases.length - attackCount} legitimate requests`;
const title = why === undefined ? '' : ` (NOT RUN, no namespaces here: ${why})`;
const left = whyNoIpv6Certificates === undefined ? '' : ` (left out: ${whyNoIpv6Certificates})`;
/** A busy machine takes a minute for what takes it four seconds otherwise. */
const patient = { timeout: 300_000 };
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

describe.skipIf(why !== undefined)(`${counts} in a sealed network${title}${left}`, patient, () => {
  it.each(ours.filter(({ long }) => !long).map((frontEnd) => [frontEnd.name, frontEnd] as const))(
    '%s',
    async (_, frontEnd) => {
      const { cases: run, verdicts } = await runFrontEnd(
        frontEnd,
        cases.filter((one) => !isSlow(one)),
      );
      const attacks = run.filter(isAttack).length;
      expect(attacks).toBeGreaterThanOrEqual(400);
      expect(run.length - attacks).toBeGreaterThanOrEqual(80);
      // One more: what came after the last case.
      expect(verdicts.length).toBe(run.length + 1);
      expect(verdicts.filter(({ faults }) => faults.length > 0)).toEqual([]);
    },
  );

  it('reaches what it should not without a guard: the canaries see', async () => {
    const unguarded = frontEnds.filter(({ name }) => name === 'nothing, node:http');
    for (const frontEnd of unguarded) {
      const { cases: run, verdicts } = await runFrontEnd(frontEnd, cases);
      const reached = verdicts.filter(({ faults }) => faults.includes('reached'));
      expect(reached.length / run.filter(isAttack).length).toBeGreaterThan(0.8);
      expect(verdicts.filter(({ faults }) => faults.some((fault) => fault !== 'reached'))).toEqual([]);
    }
    expect(unguarded.length).toBe(1);
  });
});
