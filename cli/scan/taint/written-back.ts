import type { Inst } from '../ir/ir.ts';
import type { Abstract } from './abstract.ts';
import type { Frame } from './frame.ts';
import { same } from './same.ts';

/** `upload.name.endswith('.csv')` writes the name back as it was: nobody else is to read it from there. */
export function isAsRead(
  frame: Frame,
  { object, name, value }: Inst & { op: 'store' },
  field: Abstract,
): boolean {
  let from = value;
  let read = frame.inst(from);
  for (let hop = 0; hop < maxHops && read.op === 'effect'; hop++) {
    from = read.value;
    read = frame.inst(from);
  }
  if (from === value || read.op !== 'member' || read.name !== name) return false;
  const before = frame.values[from];
  return (
    frame.canonical[read.object] === frame.canonical[object] && before !== undefined && same(before, field)
  );
}

/** Calls in a row on what was read once. */
const maxHops = 8;
