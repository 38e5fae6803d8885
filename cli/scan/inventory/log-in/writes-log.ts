import type { Linked } from '../../callgraph/linked.ts';
import type { Block, BlockId, Func, ValueId } from '../../ir/ir.ts';
import { successors } from '../../ir/query/control-flow.ts';
import { logCallOf } from '../../rules/secret-logged/log-call.ts';

const maxDepth = 3;

/**
 * Whether all paths from a block to the function's end reach a value that `isIt` accepts. Errors of calls are ignored.
 * @param within if given, the paths must reach the value before they leave these blocks
 * @param isRaised whether a path may end with a `throw` of the given value instead. If omitted, no `throw` is accepted
 */
export function isPassed(
  { code, blocks }: Func,
  from: BlockId,
  within: ReadonlySet<BlockId> | undefined,
  isIt: (value: ValueId) => boolean,
  isRaised?: (thrown: ValueId) => boolean,
): boolean {
  const seen = new Set<BlockId>([from]);
  for (const at of seen) {
    const block = blocks[at] as Block;
    if (block.code.some(isIt)) continue;
    if (block.end.kind === 'return') return false;
    if (block.end.kind === 'throw' && !isRaised?.(block.end.value)) return false;
    for (const next of successors(block)) {
      if (blocks[next]?.code.some((value) => code[value]?.op === 'caught')) continue;
      if (within && !within.has(next)) return false;
      seen.add(next);
    }
  }
  return true;
}

/** Whether a call certainly writes to a log, itself or in its callee. */
export function writesLog(linked: Linked, id: number, value: ValueId, depth: number): boolean {
  if (linked.program.functions[id]?.func.code[value]?.op !== 'call') return false;
  if (logCallOf(linked, { func: id, value })) return true;
  const targets = linked.targets(id, value);
  return (
    depth < maxDepth &&
    targets.length > 0 &&
    targets.every(({ func: target }) => {
      const func = linked.program.functions[target]?.func;
      return func && isPassed(func, 0, undefined, (one) => writesLog(linked, target, one, depth + 1));
    })
  );
}
