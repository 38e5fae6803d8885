import type { ValueId } from '../ir/ir.ts';
import type { State } from '../model/api.ts';
import type { Abstract } from './abstract.ts';
import type { Frame } from './frame.ts';

/** A member of an object of a library that is the same in all functions: `flask.g`, which hooks put things into. */
export function sharedMember(frame: Frame, object: ValueId, name: string): Abstract | undefined {
  for (const { id } of sharedStates(frame, object)) {
    const found = frame.engine.fields.sharedMember(id, name);
    if (found) return found;
  }
  return undefined;
}

/** What the models say of such an object, if a value is one. */
export function sharedStates({ linked, id, func }: Frame, object: ValueId): readonly State[] {
  let inst = func.code[object];
  while (inst?.op === 'store' || inst?.op === 'effect')
    inst = func.code[inst.op === 'store' ? inst.object : inst.value];
  return inst?.op === 'import' || inst?.op === 'member'
    ? linked.states(id, object).filter(({ isShared }) => isShared)
    : [];
}
