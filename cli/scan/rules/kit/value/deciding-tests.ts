import { nameOfCallee } from '../../../callgraph/query/refusal.ts';
import type { BlockId, Func, ValueId } from '../../../ir/ir.ts';
import { memoized, memoizedPair } from '../../../ir/memoized.ts';
import { controlFlow } from '../../../ir/query/control-flow.ts';

/** A condition that decides whether a block is reached. */
export interface Deciding {
  readonly test: ValueId;
  /** The result of the test that leads to the block. */
  readonly goesOn: boolean;
}

/** Maximum number of conditions. The nearest ones suffice, since each of them is traced back to its parts. */
const maxTests = 40;

/**
 * The conditions that decide whether a block is reached, the nearest first. One branch leads to the block. The other one
 * returns, throws, responds (`abort(401)`, `ctx.throw(401)`), or continues with the next round of a loop.
 */
export const decidingTests: (func: Func, target: BlockId) => readonly Deciding[] = memoizedPair(
  (func, target) => {
    if (target < 0) return [];
    const anyWay = leading(func, target, true);
    const forwards = leading(func, target, false);
    const tests: Deciding[] = [];
    for (const block of anyWay.order) {
      const end = func.blocks[block]?.end;
      if (end?.kind !== 'branch') continue;
      const set = [anyWay.leads, forwards.leads].find((leads) => leads[end.then] !== leads[end.else]);
      if (set) tests.push({ test: end.test, goesOn: set[end.then] === 1 });
      if (tests.length >= maxTests) break;
    }
    return tests;
  },
);

/**
 * The blocks from which a path leads to `target`, the nearest first. With `around`, the path may also go through the next round
 * of a loop.
 */
function leading(
  func: Func,
  target: BlockId,
  around: boolean,
): { readonly leads: Uint8Array; readonly order: readonly BlockId[] } {
  const { position } = controlFlow(func);
  const ends = endingBlocks(func);
  const leads = new Uint8Array(func.blocks.length);
  const order = [target];
  leads[target] = 1;
  for (const block of order) {
    for (const pred of func.blocks[block]?.preds ?? []) {
      if (leads[pred] || ends[pred]) continue;
      if (!around && (position[pred] ?? -1) >= (position[block] ?? -1)) continue;
      leads[pred] = 1;
      order.push(pred);
    }
  }
  return { leads, order };
}

const ending = /^(?:abort|exit|_exit|throw|fail)$/;

/**
 * Returns a number for each block: 1 if the block has a call whose name says that it never returns, such as `abort`,
 * and 0 otherwise.
 */
export const endingBlocks: (func: Func) => Uint8Array = memoized((func) =>
  Uint8Array.from(func.blocks, ({ code }) =>
    code.some((value) => {
      const inst = func.code[value];
      return inst?.op === 'call' && ending.test(nameOfCallee(func.code[inst.callee]));
    })
      ? 1
      : 0,
  ),
);
