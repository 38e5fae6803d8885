import type { BlockId, Func, ValueId } from './ir.ts';

const blocks = new WeakMap<Func, Int32Array>();

/** The block that a value of a function is made in; -1 where it is in none. */
export function blockOf(func: Func, value: ValueId): BlockId {
  let all = blocks.get(func);
  if (!all) {
    all = new Int32Array(func.code.length).fill(-1);
    for (let block = 0; block < func.blocks.length; block++)
      for (const one of func.blocks[block]?.code ?? []) all[one] = block;
    blocks.set(func, all);
  }
  return all[value] ?? -1;
}
