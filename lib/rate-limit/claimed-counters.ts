import { Misuse } from '../refusal/misuse.ts';
import type { CounterStore } from './counter-store.ts';

/** The counters of a store's limiters, and whether their name was chosen by the developer. */
const claimed = new WeakMap<CounterStore, Map<string, boolean>>();

/**
 * Notes which counters a limiter uses. Two limiters of one store that have the same ones share their budget, and requests of one
 * use up what the other allows. That is right only if both say so, by their name.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function claimCounters(
  store: CounterStore,
  counters: string,
  isNamed: boolean,
  problem: string,
): void {
  const known = claimed.get(store) ?? new Map<string, boolean>();
  claimed.set(store, known);
  const earlier = known.get(counters);
  if (earlier !== undefined && !(earlier && isNamed)) throw new Misuse('bulwark/invalid-option', problem);
  known.set(counters, isNamed);
}
