import { corpusCases } from './corpus-cases.ts';
import { type EgressCase, readAttacks, readLegitimate } from './egress-case.ts';
import { hopsOf } from './hops.ts';

/** Those written without sight of the code, and the toolkit's own. */
export function allCases(): readonly EgressCase[] {
  return [...readAttacks(), ...readLegitimate(), ...corpusCases()];
}

/** Those that wait for a time limit of seconds: they are run by `npm run test:long`. */
export function isSlow(one: EgressCase): boolean {
  const waits = hopsOf(one).some(({ pathname }) => /^\/(?:never|slow-)/.test(pathname));
  return waits && (one.policy?.timeoutMs ?? 10_000) > 1_000;
}
