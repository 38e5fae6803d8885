import { type Check, none } from '../dataflow/domain/check.ts';
import { holdsHalf } from '../dataflow/domain/facts.ts';
import { allKinds, type Kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { declaredField } from './form-fields.ts';

/** Fields of which WTForms reads the data before it checks anything: a number, a date, or nothing. */
const coerced: ReadonlySet<string> = new Set(
  `IntegerField FloatField DecimalField BooleanField DateField DateTimeField TimeField IntegerRangeField DecimalRangeField
  DateTimeLocalField MonthField WeekField SubmitField`.split(/\s+/),
);

/** What says whether a form is valid. */
const asking: ReadonlySet<string> = new Set(['validate', 'validate_on_submit']);

/** For which kinds `form.count.data` is harmless, by the type of the field, and by its validators once WTForms has checked the form. */
export function dataKinds(frame: FunctionView, inst: Inst & { readonly op: 'member' }): Kinds {
  const field = frame.inst(inst.object);
  if (inst.name !== 'data' || field.op !== 'member') return noKinds;
  const owners = frame.linked.instances(frame.id, field.object);
  if (owners.length === 0) return noKinds;
  const isValid = holdsHalf(frame.facts, frame.canonical[field.object] as number, 'valid');
  return owners.reduce(
    (all, owner) => all.intersect(admittedBy(frame, owner, field.name, isValid)),
    allKinds,
  );
}

function admittedBy({ linked }: FunctionView, owner: number, name: string, isValid: boolean): Kinds {
  const field = declaredField(linked, owner, name, 0);
  if (!field) return noKinds;
  if (coerced.has(field.type)) return allKinds;
  // What a form of the project answers itself says nothing about its fields.
  const isOwn = [...asking].some((method) => linked.methodOf(owner, method) !== undefined);
  return isValid && !isOwn ? field.admitted : noKinds;
}

/** `form.validate_on_submit()` was true: on that way the form is valid, and on no other. One that is handed in was asked nowhere here. */
export function formChecks(frame: FunctionView, inst: Call, isTrue: boolean): readonly Check[] {
  const callee = frame.inst(inst.callee);
  if (!isTrue || callee.op !== 'member' || !asking.has(callee.name)) return none;
  const form: ValueId = callee.object;
  return [{ value: form, clean: noKinds, half: 'valid' }];
}
