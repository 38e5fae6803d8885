import type { Inst } from '../../ir/ir.ts';
import type { Abstract } from '../domain/abstract.ts';
import { allKinds } from '../domain/kinds.ts';

/** Whether a value of which no constant is known may be one that a condition names: no list, no object and no function is. */
export function mayBeNamed({ op }: Inst, it: Abstract): boolean {
  return it.shape === 'unknown' && !isListed(it) && op !== 'list' && op !== 'object' && op !== 'func';
}

/**
 * Whether others chose a value of a list that the program has: `if (names.has(name)) response.setHeader(name, value)`. It is none
 * of a library's names then, as far as nothing else tells: who lists `Location` means it.
 */
function isListed({ taints }: Abstract): boolean {
  return taints.length > 0 && taints.every(({ clean }) => clean === allKinds);
}
