import type { Inst } from '../ir/ir.ts';
import { type Abstract, cleaned } from './abstract.ts';
import { isTextField } from './checked-types.ts';
import type { Frame } from './frame.ts';
import { objectKinds } from './type-checks.ts';

/** A field that is declared as a text, of a class that checks its fields: it is no object that others made up. */
export function withDeclaredText(frame: Frame, inst: Inst & { op: 'member' }, field: Abstract): Abstract {
  return field.taints.length === 0 ? field : ofTextField(frame, inst, field);
}

function ofTextField(frame: Frame, inst: Inst & { op: 'member' }, field: Abstract): Abstract {
  const isText = frame.linked
    .instances(frame.id, inst.object)
    .some((owner) => isTextField(frame, owner, inst.name));
  return isText ? cleaned(field, objectKinds) : field;
}
