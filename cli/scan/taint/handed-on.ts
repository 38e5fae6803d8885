import type { BlockId, Func } from '../ir/ir.ts';
import { isStepOf } from '../model/api.ts';
import { type Abstract, tainted } from './abstract.ts';
import { successors } from './control-flow.ts';
import { load } from './entries.ts';
import type { Frame } from './frame.ts';
import { taintsInside } from './inside.ts';
import { join } from './join.ts';

/**
 * What the handlers behind this one find in what all of them are handed, once this one has stored a value in it: nothing new
 * where it answers and calls none of them, and what was sent as well, where it does not always store.
 */
export function handedOn(
  frame: Frame,
  index: number,
  into: Abstract,
  path: readonly string[],
  value: Abstract,
): Abstract | undefined {
  const { func } = frame;
  const next = func.params.findIndex(({ name }) => /^_?(?:next|done)$/.test(name));
  if (next < 0) return isLast(frame, index) ? undefined : value;
  if (isAlwaysStored(func, next, frame.block)) return value;
  const before = path.reduce((it, name) => load(it, name), into);
  return join(asSent(value), before);
}

/** Frameworks that hand a request on where a handler calls for that. */
const chains = /^(?:express|koa)\./;

function isLast({ linked, id }: Frame, index: number): boolean {
  return linked
    .handedTo(id)
    .some(({ name, params }) => chains.test(name) && params.some((step) => isStepOf(step, index, null)));
}

/** Whether no call of the next handler is reached but through this block; where none is made here, no end of the function. */
function isAlwaysStored(func: Func, next: number, block: BlockId): boolean {
  const calls = blocksThatCall(func, next);
  const isLeft = (at: BlockId): boolean =>
    calls.size > 0 ? calls.has(at) : func.blocks[at]?.end.kind === 'return';
  const seen = new Set<BlockId>(block === 0 ? [] : [0]);
  // A set that grows while it is walked; it holds each block once.
  for (const at of seen) {
    if (isLeft(at)) return false;
    const from = func.blocks[at];
    for (const to of from ? successors(from) : []) if (to !== block) seen.add(to);
  }
  return true;
}

function blocksThatCall(func: Func, param: number): ReadonlySet<BlockId> {
  const found = new Set<BlockId>();
  func.blocks.forEach(({ code }, block) => {
    for (const value of code) {
      const inst = func.code[value];
      const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
      if (callee?.op === 'param' && callee.index === param) found.add(block);
    }
  });
  return found;
}

/** Of an object of others, its entries may be what they have sent, whatever is stored in some of them. */
function asSent(value: Abstract): Abstract {
  const sent = value.taints.filter(({ origin, exact }) => exact && origin.kind === 'source');
  if (sent.length === 0 || !value.fields) return value;
  const fields = new Map<string, Abstract>();
  for (const [name, one] of value.fields) fields.set(name, join(one, tainted(taintsInside(sent, name))));
  return { ...value, fields };
}
