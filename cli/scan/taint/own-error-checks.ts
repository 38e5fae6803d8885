import type { Func, ValueId } from '../ir/ir.ts';
import { type Check, none } from './check.ts';
import type { Frame } from './frame.ts';
import { kinds } from './kinds.ts';
import { isOwnError } from './own-errors.ts';

const answered = kinds('leak');

/** What no author of an error has written. */
const notWritten: ReadonlySet<string> = new Set(['stack', 'cause', 'original', 'originalError', 'parent']);

/** `error instanceof Refused`, an error of the project's own: what it says was written for those who read it; its stack was not. */
export function ownErrorChecks(frame: Frame, error: ValueId, type: ValueId): readonly Check[] {
  const members = membersOf(frame).get(frame.canonical[error] ?? error);
  if (!members || !isOwnError(frame, type)) return none;
  return members.map((value) => ({ value, clean: answered }));
}

const known = new WeakMap<Func, ReadonlyMap<ValueId, readonly ValueId[]>>();

/** The reads of members that are an author's, by what they are read of. */
function membersOf({ func, canonical }: Frame): ReadonlyMap<ValueId, readonly ValueId[]> {
  const before = known.get(func);
  if (before) return before;
  const all = new Map<ValueId, ValueId[]>();
  func.code.forEach((inst, value) => {
    if (inst.op !== 'member' || notWritten.has(inst.name)) return;
    const object = canonical[inst.object] ?? inst.object;
    const others = all.get(object);
    if (!others) all.set(object, [value]);
    else if (others.length < maxReads) others.push(value);
  });
  known.set(func, all);
  return all;
}

const maxReads = 20;
