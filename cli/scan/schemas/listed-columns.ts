import { maxQueryChain } from '../budgets/schemas.ts';
import { classPlaces } from '../callgraph/query/class-places.ts';
import { instOf } from '../callgraph/query/made-by.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, ValueId } from '../ir/ir.ts';
import { isCheckedField } from './checked-types.ts';

/**
 * Whether a value comes from columns of a model that hold no free text: numbers, dates and the generated key. Example:
 * `Item.objects.filter(...).values_list("pk", "price")`.
 */
export function isOfNumberColumns(frame: FunctionView, value: ValueId): boolean {
  let at = value;
  for (let hop = 0; hop < maxQueryChain; hop++) {
    const inst = frame.inst(at);
    if (inst.op === 'element' || inst.op === 'effect' || inst.op === 'typed') at = inst.value;
    else if (inst.op === 'index') at = inst.object;
    else if (inst.op === 'call') {
      const callee = frame.inst(inst.callee);
      if (callee.op !== 'member') return false;
      if (callee.name === 'values_list' || callee.name === 'values')
        return listsNumbers(frame, inst, callee.object);
      at = callee.object;
    } else return false;
  }
  return false;
}

function listsNumbers(frame: FunctionView, inst: Call, query: ValueId): boolean {
  // A keyword argument is a column too: `values('price', note=F('comment'))`.
  if (inst.names?.some((name) => name !== null && name !== 'flat' && name !== 'named')) return false;
  const names = inst.args.filter((_, i) => !inst.names?.[i]).map((arg) => frame.inst(arg));
  const owners = names.length === 0 || inst.spread ? [] : modelsOf(frame, query);
  return (
    owners.length > 0 &&
    names.every(
      (name) =>
        name.op === 'const' &&
        typeof name.value === 'string' &&
        owners.every((owner) => isNumber(frame, owner, name.value as string)),
    )
  );
}

/** The project's model classes that a query reads. */
function modelsOf(frame: FunctionView, query: ValueId): readonly number[] {
  let at = query;
  for (let hop = 0; hop < maxQueryChain; hop++) {
    const inst = frame.inst(at);
    if (inst.op === 'member') {
      const owners = frame.linked.classes(frame.id, inst.object);
      if (owners.length > 0) return owners;
      at = inst.object;
    } else if (inst.op === 'call') at = inst.callee;
    else if (inst.op === 'effect' || inst.op === 'typed') at = inst.value;
    else return [];
  }
  return [];
}

function isNumber(frame: FunctionView, owner: number, name: string): boolean {
  const all = [owner, ...frame.linked.ancestors(owner)];
  if (all.some((one) => isCheckedField(frame, one, name))) return true;
  return (name === 'pk' || name === 'id') && !all.some((one) => hasOwnKey(frame, one));
}

/** `code = CharField(primary_key=True)`: such a key may be any text. */
function hasOwnKey({ linked }: FunctionView, owner: number): boolean {
  const place = classPlaces(linked).get(owner);
  const made = place && instOf(linked, place);
  if (!place || made?.op !== 'class') return false;
  return made.values.some((value) => {
    const call = instOf(linked, { func: place.func, value });
    return call?.op === 'call' && call.names?.includes('primary_key') === true;
  });
}
