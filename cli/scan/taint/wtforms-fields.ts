import type { Inst } from '../ir/ir.ts';
import { origin } from './called-on.ts';
import { declaredKinds } from './form-fields.ts';
import type { Frame } from './frame.ts';
import { allKinds, type Kinds, noKinds } from './kinds.ts';

/** For which kinds `form.count.data` is harmless, by the type and the validators of the field, once WTForms has checked the form. */
export function dataKinds(frame: Frame, inst: Inst & { readonly op: 'member' }): Kinds {
  const field = frame.inst(inst.object);
  if (inst.name !== 'data' || field.op !== 'member') return noKinds;
  const owners = frame.linked.instances(frame.id, field.object);
  if (owners.length === 0 || !isValidated(frame, field.object)) return noKinds;
  return owners.reduce((all, owner) => all & declaredKinds(frame.linked, owner, field.name, 0), allKinds);
}

/** Whether a form is asked if it is valid where it is made. One that is handed in was so before. */
function isValidated({ linked, id, func }: Frame, form: number): boolean {
  const made = origin(linked, { func: id, value: form });
  if (made.func !== id || func.code[made.value]?.op !== 'call') return true;
  return func.code.some((inst) => {
    const callee = inst.op === 'call' ? func.code[inst.callee] : undefined;
    if (callee?.op !== 'member' || !/^validate(?:_on_submit)?$/.test(callee.name)) return false;
    const asked = origin(linked, { func: id, value: callee.object });
    return asked.func === made.func && asked.value === made.value;
  });
}
