import { expect, it } from 'vitest';
import { allAttacks } from '../attack/all-attacks.ts';
import { quickAttacks } from './quick-attacks.ts';

const attacks = allAttacks();
const placesOf = (some: typeof attacks): Set<string> =>
  new Set(some.map(({ group, endpoint }) => `${group} ${endpoint}`));

it('takes so many attacks, from every place that is not slow, in the order of the run', () => {
  const quick = quickAttacks(attacks, 60);
  expect(quick).toHaveLength(60);
  expect(placesOf(quick)).toEqual(placesOf(attacks.filter(({ slow }) => !slow)));
  const groups = (some: typeof attacks): Set<string> => new Set(some.map(({ group }) => group));
  expect([...groups(attacks)].filter((group) => !groups(quick).has(group))).toEqual(['CORS']);
  const places = quick.map((attack) => attacks.indexOf(attack));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(quick.filter(({ guide }) => guide).length).toBeGreaterThan(30);
});

it('takes none that waits, and no more than there are', () => {
  const all = quickAttacks(attacks, 1e6);
  expect(all.length).toBeGreaterThan(1_000);
  expect(all.length).toBeLessThan(attacks.length);
  expect(all.filter(({ payload }) => /pg_sleep/i.test(payload))).toEqual([]);
  expect(quickAttacks([], 60)).toEqual([]);
});
