import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { namesOfOthers } from './testing/known-others.ts';
import { knownWrong } from './testing/known-wrong.ts';
import { casesIn, judge, youden } from './testing/score-of.ts';

const here = fileURLToPath(new URL('./rules/', import.meta.url));
const blind = fileURLToPath(new URL('../../checks/scan/blind/', import.meta.url));

describe('the scanner', () => {
  it('is right about its own cases, but for those that are known', { timeout: 300_000 }, async () => {
    const cases = casesIn(here);
    expect(cases.length).toBeGreaterThan(4000);
    const { wrong, others } = await judge(cases);
    const names = wrong.map((one) => `${one.rule}: ${one.title}`).sort();
    expect(names).toEqual([...knownWrong].sort());
    expect(others).toEqual(namesOfOthers('own'));
  });

  it('scores at least 0.90 on the cases of somebody who had not seen it', { timeout: 300_000 }, async () => {
    const cases = casesIn(blind);
    expect(cases.length).toBeGreaterThan(500);
    const { wrong, others } = await judge(cases);
    expect(youden(cases, wrong)).toBeGreaterThanOrEqual(0.9);
    expect(others).toEqual(namesOfOthers('blind'));
  });
});
