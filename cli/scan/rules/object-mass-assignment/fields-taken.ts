import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import { literalOf } from '../../dataflow/query/literal.ts';
import type { Func, ValueId } from '../../ir/ir.ts';
import { classFunctions } from './class-functions.ts';
import { recordStores } from './record-stores.ts';

/**
 * The fields that a form's methods remove or set themselves: `self.fields.pop("role")`, `del self.fields["role"]`,
 * `self.fields["role"].disabled = True`, `self.instance.role = "reader"`. `undefined` if a removed field's name is unknown.
 */
export function fieldsTaken(linked: Linked, owner: number): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  for (const func of classFunctions(linked, owner)) {
    const it = linked.program.functions[func]?.func;
    for (let value = 0; it && value < it.code.length; value++) {
      for (const name of recordStores(it.code, it.code[value] as Func['code'][number])) found.add(name);
      const key = takenAt(it, value);
      const names = key === undefined ? [] : textsAt(linked, { func, value: key });
      if (!names) return undefined;
      for (const name of names) found.add(name);
    }
  }
  return found;
}

/** The name of the field that an instruction removes. */
function takenAt(func: Func, value: ValueId): ValueId | undefined {
  const { code } = func;
  const inst = code[value];
  if (inst?.op === 'call') {
    const callee = code[inst.callee];
    if (callee?.op !== 'member' || callee.name !== 'pop') return undefined;
    // A value that is kept in a variable is set by other code after all: `groups = validated_data.pop("groups")`.
    const isDropped = isData(func, callee.object) && !func.locals?.some((local) => local.value === value);
    return isFields(func, callee.object) || isDropped ? inst.args[0] : undefined;
  }
  if (inst?.op === 'unary' && inst.operator === 'delete') {
    const it = code[inst.value];
    return it?.op === 'index' && isFields(func, it.object) ? it.key : undefined;
  }
  if (inst?.op === 'store-index') return isData(func, inst.object) ? inst.key : undefined;
  if (inst?.op !== 'store' || (inst.name !== 'disabled' && inst.name !== 'read_only')) return undefined;
  const [given, field] = [code[inst.value], code[inst.object]];
  if (given?.op === 'const' && given.value !== true) return undefined;
  if (field?.op === 'index') return isFields(func, field.object) ? field.key : undefined;
  const callee = field?.op === 'call' ? code[field.callee] : undefined;
  const isGot = callee?.op === 'member' && callee.name === 'get' && isFields(func, callee.object);
  return isGot && field?.op === 'call' ? field.args[0] : undefined;
}

/** `self.fields`, `form.fields`, `fields = super().get_fields()` */
function isFields(func: Func, value: ValueId): boolean {
  const inst = held(func, value);
  const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
  return callee?.op === 'member'
    ? callee.name === 'get_fields'
    : inst?.op === 'member' && /^(?:base_|declared_)?fields$/.test(inst.name);
}

/** `self.cleaned_data`, and the parameter of a serializer: `validated_data`. */
function isData(func: Func, value: ValueId): boolean {
  const inst = held(func, value);
  if (inst?.op === 'member') return /^(?:cleaned|validated)_data$/.test(inst.name);
  return inst?.op === 'param' && /^(?:validated_data|attrs|data)$/.test(func.params[inst.index]?.name ?? '');
}

const maxHops = 20;

/** The object before it was changed. */
function held({ code }: Func, value: ValueId): Func['code'][number] | undefined {
  let at = code[value];
  for (let hop = 0; hop < maxHops && (at?.op === 'effect' || at?.op === 'store-index'); hop++)
    at = code[at.op === 'effect' ? at.value : at.object];
  return at;
}

/** The constant text of a value, or the texts that a loop iterates over. `undefined` if any of them is unknown. */
function textsAt(linked: Linked, place: Place): readonly string[] | undefined {
  const made = madeBy(linked, place);
  const inst = instOf(linked, made);
  const items =
    inst?.op === 'element'
      ? [...(literalOf(linked, { func: made.func, value: inst.value }).fields?.values() ?? [undefined])]
      : [literalOf(linked, made)];
  const texts = items.map((item) => constText(item));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}
