import type { Attack } from '../attack/attack.ts';

/** Payloads that make the database wait, or the victim: they cost seconds each. */
const slow = /time|sleep|benchmark|delay|dos/i;

/** So many attacks, from all places in turn, with those of the guide first. */
export function quickAttacks(attacks: readonly Attack[], count: number): readonly Attack[] {
  const byPlace = new Map<string, Attack[]>();
  for (const attack of attacks) {
    if (attack.slow || slow.test(attack.kind) || slow.test(attack.payload)) continue;
    const key = `${attack.group}\0${attack.endpoint}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), attack]);
  }
  const queues = [...byPlace.values()].map((list) => list.sort((a, b) => Number(b.guide) - Number(a.guide)));
  const chosen = new Set<Attack>();
  for (let turn = 0; chosen.size < count && queues.some((list) => list.length > turn); turn++) {
    for (const list of queues) {
      const attack = list[turn];
      if (attack && chosen.size < count) chosen.add(attack);
    }
  }
  return attacks.filter((attack) => chosen.has(attack));
}
