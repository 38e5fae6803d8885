import { type Check, none } from '../dataflow/domain/check.ts';
import { holdsConjunct } from '../dataflow/domain/facts.ts';
import { allKinds, type Kinds, noKinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { declaredField } from './form-fields.ts';

/** Fields that WTForms converts before any check: to a number, to a date, or to nothing. */
const coerced: ReadonlySet<string> = new Set(
  `IntegerField FloatField DecimalField BooleanField DateField DateTimeField TimeField IntegerRangeField DecimalRangeField
  DateTimeLocalField MonthField WeekField SubmitField`.split(/\s+/),
);

/** Methods that say whether a form is valid. */
const asking: ReadonlySet<string> = new Set(['validate', 'validate_on_submit']);

/**
 * The sink kinds that `form.count.data` is clean for, by the type of the field `count`. The field's validators count only
 * where the form is known to be valid.
 */
export function dataKinds(frame: FunctionView, inst: Inst & { readonly op: 'member' }): Kinds {
  const field = frame.inst(inst.object);
  if (inst.name !== 'data' || field.op !== 'member') return noKinds;
  const owners = frame.linked.instances(frame.id, field.object);
  if (owners.length === 0) return noKinds;
  const isValid = holdsConjunct(frame.facts, frame.valueNumbers[field.object] as number, 'valid');
  return owners.reduce(
    (all, owner) => all.intersect(admittedBy(frame, owner, field.name, isValid)),
    allKinds,
  );
}

function admittedBy({ linked }: FunctionView, owner: number, name: string, isValid: boolean): Kinds {
  const field = declaredField(linked, owner, name, 0);
  if (!field) return noKinds;
  if (coerced.has(field.type)) return allKinds;
  // A method that the project overrides proves nothing of the fields.
  const isOwn = [...asking].some((method) => linked.methodOf(owner, method) !== undefined);
  return isValid && !isOwn ? field.admitted : noKinds;
}

/** What `form.validate_on_submit()` proves if it returns true: the form is valid. Empty in all other cases. */
export function formChecks(frame: FunctionView, inst: Call, isTrue: boolean): readonly Check[] {
  const callee = frame.inst(inst.callee);
  if (!isTrue || callee.op !== 'member' || !asking.has(callee.name)) return none;
  const form: ValueId = callee.object;
  return [{ value: form, clean: noKinds, conjunct: 'valid' }];
}
