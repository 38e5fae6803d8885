import type { BlockId } from '../ir/ir.ts';
import { type Check, none } from './check.ts';
import type { Facts } from './facts.ts';
import type { Frame } from './frame.ts';
import { type Kinds, noKinds } from './kinds.ts';

/** What a loop goes through is looked for among this many checks. */
const maxChecks = 60;

/**
 * What a loop over a list has proven of all that is in it, where it came to its end: `for (const name of names)
 * if (!allowed.has(name)) throw ...`.
 *
 * @param body the block that takes the next item
 * @param ways what holds on each way back from the end of the loop to its start
 * @param before what held at its start
 */
export function checkedItems(
  frame: Frame,
  body: BlockId,
  ways: readonly (Facts | undefined)[],
  before: Facts | undefined,
): readonly Check[] {
  if (ways.length === 0) return none;
  return (frame.func.blocks[body]?.code ?? []).flatMap((item) => {
    const inst = frame.inst(item);
    if (inst.op !== 'element') return none;
    const clean = ways.map((facts) => provenSince(before, facts, item)).reduce((all, one) => all & one);
    return clean === noKinds ? none : [{ value: inst.value, clean }];
  });
}

function provenSince(before: Facts | undefined, facts: Facts | undefined, item: number): Kinds {
  let clean = noKinds;
  let left = maxChecks;
  for (let at = facts; at && at !== before && left-- > 0; at = at.before)
    if (at.value === item) clean |= at.clean;
  return clean;
}
