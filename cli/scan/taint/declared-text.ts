import type { Inst } from '../ir/ir.ts';
import { type Abstract, cleaned } from './abstract.ts';
import { isTextField } from './checked-types.ts';
import type { Frame } from './frame.ts';
import { allKinds } from './kinds.ts';
import { modelFieldKinds } from './model-fields.ts';
import { objectKinds } from './type-checks.ts';

/** A field that is declared as a text, of a class that checks its fields: it is no object that others made up. */
export function withDeclaredText(frame: Frame, inst: Inst & { op: 'member' }, field: Abstract): Abstract {
  return field.taints.length === 0 ? field : ofTextField(frame, inst, field);
}

function ofTextField(frame: Frame, inst: Inst & { op: 'member' }, field: Abstract): Abstract {
  const owners = frame.linked.instances(frame.id, inst.object);
  const isText = owners.some((owner) => isTextField(frame, owner, inst.name));
  const clean = owners.reduce((all, owner) => all & modelFieldKinds(frame, owner, inst.name), allKinds);
  return owners.length === 0 ? field : cleaned(field, isText ? clean | objectKinds : clean);
}
