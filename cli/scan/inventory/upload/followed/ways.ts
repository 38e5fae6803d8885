import type { BlockId, Func } from '../../../ir/ir.ts';
import { controlFlow, successors } from '../../../ir/query/control-flow.ts';

/** Whether the block `above` dominates `block`, or is the same block. */
export function isAbove(func: Func, above: BlockId, block: BlockId): boolean {
  const { dominator } = controlFlow(func);
  for (let at = block; at >= 0; at = dominator[at] ?? -1) {
    if (at === above) return true;
    if (dominator[at] === at) break;
  }
  return false;
}

/** Whether a path leads from one block to another without passing the block `without`. */
export function leadsTo(func: Func, from: BlockId, to: BlockId, without: BlockId): boolean {
  const seen = new Set<BlockId>([without]);
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    const block = func.blocks[at];
    if (block) open.push(...successors(block));
  }
  return false;
}
