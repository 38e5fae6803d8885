import type { Inst, ValueId } from '../ir/ir.ts';
import type { Abstract } from './abstract.ts';
import type { Frame } from './frame.ts';
import { same } from './same.ts';

type Store = Inst & { readonly op: 'store' };

/** `a.b.c = x` stores `a.b`, which has changed, in `a` again: nothing else arrives there. */
export function isWrittenBack(frame: Frame, inst: Store): boolean {
  return readBefore(frame, inst) !== undefined;
}

/** `upload.name.endswith('.csv')` writes the name back as it was: nobody else is to read it from there. */
export function isAsRead(frame: Frame, inst: Store, field: Abstract): boolean {
  const read = readBefore(frame, inst);
  const before = read === undefined ? undefined : frame.values[read];
  return before !== undefined && same(before, field);
}

/** Where the member was read that a store writes back. */
function readBefore(frame: Frame, { object, name, value }: Store): ValueId | undefined {
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
