import type { Linked } from '../../../callgraph/linked.ts';
import type { ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';

/** Returns the instruction in the enclosing function that creates this function. -1 if no function encloses it. */
export function whereMade(linked: Linked, func: number): ValueId {
  return placesOf(linked)[func] ?? -1;
}

const placesOf = memoized(({ program }: Linked): Int32Array => {
  const places = new Int32Array(program.functions.length).fill(-1);
  program.instructions.each('func', (inst, { id, module }, value) => {
    const first = program.firstFunc[module] ?? 0;
    const made = first + inst.func;
    const outer = program.functions[made]?.func.outer ?? -1;
    if (places[made] === -1 && outer >= 0 && first + outer === id) places[made] = value;
  });
  return places;
});
