import type { Inst, ValueId } from '../../ir/ir.ts';
import { type Abstract, holdsSource } from '../domain/abstract.ts';
import { store } from '../domain/entries.ts';
import { same } from '../domain/same.ts';
import type { FunctionView } from '../view/function-view.ts';

type Store = Inst & { readonly op: 'store' };

/** `a.b.c = x` stores `a.b`, which has changed, in `a` again: nothing else arrives there. */
export function isWrittenBack(frame: FunctionView, inst: Store): boolean {
  return readBefore(frame, inst) !== undefined;
}

/** `upload.name.endswith('.csv')` writes the name back as it was: nobody else is to read it from there. */
export function isAsRead(frame: FunctionView, inst: Store, field: Abstract): boolean {
  const read = readBefore(frame, inst);
  const before = read === undefined ? undefined : frame.values[read];
  return before !== undefined && same(before, field);
}

/** Ways that come together, as many as are looked at. */
const maxWays = 8;

/** Stores into one object that stand behind each other in a branch. */
const maxStores = 4;

/**
 * An object on the way on which nothing is stored in it, where another one writes a member back that had been read before:
 * with that as it was read. `if (!req.body.id) req.body.id = '1'`
 */
export function withRead(
  frame: FunctionView,
  it: Abstract,
  input: ValueId,
  inputs: readonly ValueId[],
): Abstract {
  let all = it;
  for (let i = 0; i < inputs.length && i < maxWays; i++) {
    const other = inputs[i] as ValueId;
    let inst = frame.inst(other);
    for (let n = 0; n < maxStores && inst.op === 'store' && other !== input; n++) {
      if (frame.canonical[inst.object] !== frame.canonical[input]) break;
      const read = all.fields?.has(inst.name) ? undefined : readBefore(frame, inst);
      const before = read === undefined ? undefined : frame.values[read];
      if (before && holdsSource(before)) all = store(all, inst.name, before);
      inst = frame.inst(inst.object);
    }
  }
  return all;
}

/** Where the member was read that a store writes back. */
function readBefore(frame: FunctionView, { object, name, value }: Store): ValueId | undefined {
  let from = value;
  let read = frame.inst(from);
  while (read.op === 'store' || read.op === 'store-index' || read.op === 'effect') {
    from = read.op === 'effect' ? read.value : read.object;
    read = frame.inst(from);
  }
  return read.op === 'member' &&
    read.name === name &&
    frame.canonical[read.object] === frame.canonical[object]
    ? from
    : undefined;
}
