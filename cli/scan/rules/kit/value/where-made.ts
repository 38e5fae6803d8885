import type { Linked } from '../../../callgraph/linked.ts';
import type { ValueId } from '../../../ir/ir.ts';

const known = new WeakMap<Linked, Int32Array>();

/** The value in the enclosing function that creates this function, or -1. */
export function whereMade(linked: Linked, func: number): ValueId {
  let places = known.get(linked);
  if (!places) {
    places = find(linked);
    known.set(linked, places);
  }
  return places[func] ?? -1;
}

function find({ program }: Linked): Int32Array {
  const places = new Int32Array(program.functions.length).fill(-1);
  program.instructions.each('func', (inst, { id, module }, value) => {
    const first = program.firstFunc[module] ?? 0;
    const made = first + inst.func;
    const outer = program.functions[made]?.func.outer ?? -1;
    if (places[made] === -1 && outer >= 0 && first + outer === id) places[made] = value;
  });
  return places;
}
