import { describe, expect, it } from 'vitest';
import { whyNotSealed } from '../machine/sealed.ts';
import { allCases, isSlow } from './chosen-cases.ts';
import { guardedFetch } from './front-ends/guarded-fetch.ts';
import { frontEnds } from './front-ends/index.ts';
import { runFrontEnd } from './run-front-end.ts';

const why = whyNotSealed();
const title = why === undefined ? '' : ` (NOT RUN, no namespaces here: ${why})`;
const slow = allCases().filter(isSlow);

describe.skipIf(why !== undefined)(`${slow.length} cases that wait for a time limit, sealed${title}`, () => {
  it('createFetch', async () => {
    const { verdicts } = await runFrontEnd(guardedFetch, slow);
    expect(verdicts.length).toBe(slow.length + 1);
    expect(verdicts.filter(({ faults }) => faults.length > 0)).toEqual([]);
  });
});

const rest = frontEnds.filter(({ long }) => long);

describe.skipIf(why !== undefined)(`${allCases().length} cases, sealed${title}`, () => {
  it.each(rest.map((frontEnd) => [frontEnd.name, frontEnd] as const))('%s', async (_, frontEnd) => {
    const { cases, verdicts } = await runFrontEnd(frontEnd, allCases());
    expect(verdicts.length).toBe(cases.length + 1);
    expect(verdicts.filter(({ faults }) => faults.length > 0)).toEqual([]);
  });
});
