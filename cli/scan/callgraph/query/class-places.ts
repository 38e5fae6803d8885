import { memoized } from '../../ir/memoized.ts';
import type { Linked } from '../linked.ts';
import type { Place } from './made-by.ts';

/** Where each class of the program is declared, by the class's global number. */
export const classPlaces: (linked: Linked) => ReadonlyMap<number, Place> = memoized(({ program }) => {
  const found = new Map<number, Place>();
  program.instructions.each('class', (inst, { id, module }, value) => {
    found.set((program.firstClass[module] ?? 0) + inst.class, { func: id, value });
  });
  return found;
});
