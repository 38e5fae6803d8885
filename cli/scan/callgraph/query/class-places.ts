import type { Linked } from '../linked.ts';
import type { Place } from './made-by.ts';

const known = new WeakMap<Linked, ReadonlyMap<number, Place>>();

/** Where each class of the program is written. */
export function classPlaces(linked: Linked): ReadonlyMap<number, Place> {
  let all = known.get(linked);
  if (!all) {
    const found = new Map<number, Place>();
    linked.program.instructions.each('class', (inst, { id, module }, value) => {
      found.set((linked.program.firstClass[module] ?? 0) + inst.class, { func: id, value });
    });
    all = found;
    known.set(linked, all);
  }
  return all;
}
