import { maxDominatorHops, maxDominatorRounds } from '../../budgets/ir.ts';
import type { Block, BlockId, Func } from '../ir.ts';
import { memoized } from '../memoized.ts';

/** The blocks of a function in reverse postorder, its dominators and its loops. */
export interface ControlFlow {
  readonly order: readonly BlockId[];
  /** The index of each block in `order`, or -1 if it is unreachable. */
  readonly position: readonly number[];
  /** The immediate dominator of each block. It is -1 for the entry and for unreachable blocks. */
  readonly dominator: readonly BlockId[];
  /** The heads of loops: the targets of back edges. */
  readonly heads: ReadonlySet<BlockId>;
  /** For the block in which loops end (their last in `order`): the heads of these loops, the innermost first. */
  readonly endingWith: ReadonlyMap<BlockId, readonly BlockId[]>;
}

export function controlFlow(func: Func): ControlFlow {
  // Very many functions have a single block.
  return func.blocks.length === 1 ? ofOneBlock : flowOf(func);
}

const flowOf = memoized(({ blocks }: Func): ControlFlow => {
  const order = reversePostorder(blocks);
  const position = new Array<number>(blocks.length).fill(-1);
  for (let i = 0; i < order.length; i++) position[order[i] as BlockId] = i;
  /** For each head, the position of its last back edge. */
  let lasts: Map<BlockId, number> | undefined;
  for (let at = 0; at < order.length; at++) {
    const block = blocks[order[at] as BlockId] as Block;
    for (let i = 0; i < waysOn(block); i++) {
      const to = successor(block, i);
      if ((position[to] as number) > at) continue;
      lasts ??= new Map();
      lasts.set(to, at);
    }
  }
  return {
    order,
    position,
    dominator: dominators(blocks, order, position),
    heads: lasts ? new Set(lasts.keys()) : noHeads,
    endingWith: lasts ? loopEnds(order, position, lasts) : noLoops,
  };
});

/** Whether `other` dominates `block`, or is the same block. */
export function isBehind(func: Func, block: BlockId, other: BlockId): boolean {
  const { dominator } = controlFlow(func);
  let at = block;
  for (let hop = 0; hop < maxDominatorHops && at >= 0 && at !== other; hop++) at = dominator[at] ?? -1;
  return at === other;
}

const noHeads: ReadonlySet<BlockId> = new Set();
const noLoops: ReadonlyMap<BlockId, readonly BlockId[]> = new Map();

const ofOneBlock: ControlFlow = {
  order: [0],
  position: [0],
  dominator: [-1],
  heads: noHeads,
  endingWith: noLoops,
};

function loopEnds(
  order: readonly BlockId[],
  position: readonly number[],
  lasts: Map<BlockId, number>,
): ReadonlyMap<BlockId, readonly BlockId[]> {
  const ends = new Map<BlockId, BlockId[]>();
  // Inner loops first: a loop that begins in another one also ends in it.
  const heads = [...lasts.keys()].sort((a, b) => (position[b] as number) - (position[a] as number));
  for (const head of heads) {
    let last = lasts.get(head) as number;
    for (let at = (position[head] as number) + 1; at <= last; at++) {
      const inner = lasts.get(order[at] as BlockId);
      if (inner === undefined) continue;
      last = Math.max(last, inner);
      at = Math.max(at, inner);
    }
    lasts.set(head, last);
    const end = order[last] as BlockId;
    const known = ends.get(end);
    if (known) known.push(head);
    else ends.set(end, [head]);
  }
  return ends;
}

/** The blocks that a block leads to. */
export function successors(block: Block): readonly BlockId[] {
  if (block.end.kind === 'jump') return [block.end.to];
  return block.end.kind === 'branch' ? [block.end.then, block.end.else] : [];
}

/** The number of successors. Every function's blocks are traversed, so this makes no array. */
function waysOn({ end }: Block): number {
  return end.kind === 'branch' ? 2 : end.kind === 'jump' ? 1 : 0;
}

function successor({ end }: Block, way: number): BlockId {
  if (end.kind === 'branch') return way === 0 ? end.then : end.else;
  return end.kind === 'jump' ? end.to : -1;
}

function reversePostorder(blocks: readonly Block[]): BlockId[] {
  const seen = new Uint8Array(blocks.length);
  /** The number of successors of each block that were visited. */
  const gone = new Uint8Array(blocks.length);
  const post: BlockId[] = [];
  const stack: BlockId[] = [0];
  seen[0] = 1;
  while (stack.length > 0) {
    const top = stack[stack.length - 1] as BlockId;
    const block = blocks[top] as Block;
    // Visits the last successor first. In reverse postorder, the body of a loop then comes before the code after the loop.
    const way = waysOn(block) - 1 - (gone[top] as number);
    gone[top] = (gone[top] as number) + 1;
    if (way < 0) {
      post.push(top);
      stack.pop();
      continue;
    }
    const to = successor(block, way);
    if (seen[to]) continue;
    seen[to] = 1;
    stack.push(to);
  }
  return post.reverse();
}

/** After Cooper, Harvey, Kennedy, "A Simple, Fast Dominance Algorithm". */
function dominators(
  blocks: readonly Block[],
  order: readonly BlockId[],
  position: readonly number[],
): BlockId[] {
  const idom = new Array<BlockId>(blocks.length).fill(-1);
  idom[0] = 0;
  for (let changed = true, round = 0; changed && round < maxDominatorRounds; round++) {
    changed = false;
    for (const block of order) {
      if (block === 0) continue;
      let found = -1;
      for (const pred of (blocks[block] as Block).preds) {
        if ((position[pred] as number) < 0 || idom[pred] === -1) continue;
        found = found === -1 ? pred : meet(idom, position, pred, found);
      }
      if (found !== idom[block]) {
        idom[block] = found;
        changed = true;
      }
    }
  }
  idom[0] = -1;
  return idom;
}

function meet(idom: readonly BlockId[], position: readonly number[], a: BlockId, b: BlockId): BlockId {
  let x = a;
  let y = b;
  while (x !== y) {
    while ((position[x] as number) > (position[y] as number)) x = idom[x] as BlockId;
    while ((position[y] as number) > (position[x] as number)) y = idom[y] as BlockId;
  }
  return x;
}
