import type { Inst } from '../../ir/ir.ts';
import type { Abstract } from '../domain/abstract.ts';
import { allKinds } from '../domain/kinds.ts';

/**
 * Whether a value that is no constant may be one of the names that a model's condition lists, such as `Location` for a
 * header. False for a value of a known type, such as a list or a string that the program builds. Also false for a value
 * that was chosen from a list in the program's own code.
 */
export function mayBeNamed({ op }: Inst, it: Abstract): boolean {
  return it.shape === 'unknown' && !isListed(it) && op !== 'list' && op !== 'object' && op !== 'func';
}

/**
 * Whether an attacker could only choose from a list of the program: `if (names.has(name)) response.setHeader(name, value)`. Such
 * a value is assumed to be none of the models' names, since a program that lists `Location` does so on purpose.
 */
function isListed({ taints }: Abstract): boolean {
  return taints.length > 0 && taints.every(({ clean }) => clean === allKinds);
}
