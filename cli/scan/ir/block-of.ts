import type { BlockId, Func, ValueId } from './ir.ts';
import { memoized } from './memoized.ts';

/** The block that contains a value of a function; -1 if none does. */
export function blockOf(func: Func, value: ValueId): BlockId {
  return blocksOf(func)[value] ?? -1;
}

const blocksOf = memoized(({ blocks, code }: Func): Int32Array => {
  const all = new Int32Array(code.length).fill(-1);
  for (let block = 0; block < blocks.length; block++)
    for (const value of blocks[block]?.code ?? []) all[value] = block;
  return all;
});
