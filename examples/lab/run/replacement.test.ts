import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allAttacks } from '../attack/all-attacks.ts';
import { guards } from '../web/guards.ts';
import { ablations, replacementsFor } from './replacement.ts';

describe('replacementsFor', () => {
  it.each(guards)('takes $guard out by modules that are there', ({ guard }) => {
    const found = replacementsFor([guard]);
    expect(found.length).toBeGreaterThan(0);
    for (const { to } of found) expect(existsSync(new URL(to.split('?')[0] ?? ''))).toBe(true);
  });

  it('takes what bulwark/express brings in out of one module, whatever else is out', () => {
    const found = replacementsFor(['policy', 'session', 'csrf', 'sql']);
    expect(found.map(({ from }) => from.replace(/^.*\/lab\//, ''))).toEqual([
      'bulwark/session',
      'defended/store.ts',
      'bulwark/express',
    ]);
    expect(found.at(-1)?.to).toMatch(/\/ablation\/express\.ts\?without=policy,session,csrf$/);
  });

  it('replaces nothing where nothing is taken out', () => {
    expect(replacementsFor([])).toEqual([]);
  });
});

describe('ablations', () => {
  it('are there for every part that an attack meets, and for no other', () => {
    const met = new Set(allAttacks().map(({ part }) => part));
    expect(new Set(ablations.map(({ part }) => part))).toEqual(met);
  });

  it('take out every guard', () => {
    expect(new Set(ablations.flatMap(({ out }) => out))).toEqual(new Set(guards.map(({ guard }) => guard)));
  });
});
