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
export function sharedStates({ linked, id }: Frame, object: ValueId): readonly State[] {
  const states = linked.states(id, object);
  return states.some(({ isShared }) => isShared) ? states.filter(({ isShared }) => isShared) : none;
}

const none: readonly State[] = Object.freeze([]);
