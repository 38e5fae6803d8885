import type { Linked } from '../../callgraph/linked.ts';
import { classPlaces } from '../../callgraph/query/class-places.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { isTestPath } from '../../project/path-purpose.ts';
import { ChecksOfUpload } from './followed/checked-before.ts';
import type { Checked } from './followed/facts.ts';
import { partsOfUpload, type Root } from './followed/parts-of-upload.ts';
import { rootKey } from './followed/root-key.ts';

const nothing: Checked = { size: false, type: false };

export function argumentsNamed(call: Call, name: string): ValueId | undefined {
  const index = call.names?.indexOf(name) ?? -1;
  return index < 0 ? undefined : call.args[index];
}

/** The value of a function's parameter. Undefined if there is no such parameter, or the function has a rest parameter. */
export function paramAt(linked: Linked, func: number, index: number): ValueId | undefined {
  const it = linked.program.functions[func]?.func;
  if (!it || it.params.length <= index || it.params.some(({ rest }) => rest)) return undefined;
  const at = it.code.findIndex((inst) => inst.op === 'param' && inst.index === index);
  // A parameter that is never read has no instruction. The index past the end matches nothing.
  return at < 0 ? it.code.length : at;
}

/** The class that declares a field, and the name of the field. */
export function ownerOfField(
  linked: Linked,
  place: Place,
): { readonly class: number; readonly field: string } | undefined {
  for (const [owner, at] of classPlaces(linked)) {
    const inst = at.func === place.func ? instOf(linked, at) : undefined;
    if (inst?.op !== 'class') continue;
    const index = inst.values.findIndex((value) => isSame(linked, { func: at.func, value }, place));
    const field = inst.names[index];
    if (field !== undefined) return { class: owner, field };
  }
  return undefined;
}

function isSame(linked: Linked, from: Place, to: Place): boolean {
  let at = from.value;
  for (let hop = 0; hop < 8; hop++) {
    if (at === to.value) return true;
    const inst = instOf(linked, { func: from.func, value: at });
    if (inst?.op !== 'effect' && inst?.op !== 'typed') return false;
    at = inst.value;
  }
  return false;
}

/**
 * The form and serializer classes of a model that accept a field. A class whose list of fields is not literal counts as
 * accepting it. Undefined if Django may create a form without a form class, such as by a view's `fields` or
 * `modelform_factory`.
 */
export function formsOf(linked: Linked, model: number, field: string): readonly number[] | undefined {
  const found: number[] = [];
  const { program } = linked;
  for (const [owner, at] of classPlaces(linked)) {
    const inst = instOf(linked, at) as Inst & { op: 'class' };
    const info = program.classes[owner];
    if (isTestPath(program.modules[info?.module ?? 0]?.path ?? '')) continue;
    const of = inst.values[inst.names.indexOf('model')];
    if (of === undefined || !linked.classes(at.func, of).includes(model)) continue;
    const fields = inst.values[inst.names.indexOf('fields')];
    if (info?.class.name !== 'Meta') {
      // A view that makes a form of its own.
      if (fields !== undefined && takes(linked, { func: at.func, value: fields }, field)) return undefined;
      continue;
    }
    const excluded = inst.values[inst.names.indexOf('exclude')];
    if (fields === undefined && excluded === undefined) continue;
    if (fields !== undefined && !takes(linked, { func: at.func, value: fields }, field)) continue;
    const form = formWith(linked, at);
    if (form === undefined) return undefined;
    found.push(form);
  }
  const isMadeElsewhere = program.instructions.some('call', (call, { id }) => {
    const callee = instOf(linked, { func: id, value: call.callee });
    const name = callee?.op === 'member' || callee?.op === 'import' ? callee.name : '';
    if (!/^(register|modelform_factory|modelformset_factory|inlineformset_factory)$/.test(name)) return false;
    return call.args.some((arg) => linked.classes(id, arg).includes(model));
  });
  return isMadeElsewhere ? undefined : found;
}

/** Whether the program creates a form with the uploads of a request. */
export function takesFiles(linked: Linked, form: number): boolean {
  return linked.program.instructions.some('call', (call, { id, func: { code } }) => {
    if (!call.args.some((arg) => isFiles(code, arg))) return false;
    return linked.classes(id, call.callee).includes(form);
  });
}

/** `request.FILES`, `request.FILES or None` */
function isFiles(code: readonly Inst[], value: ValueId): boolean {
  const inst = code[value];
  if (inst?.op === 'member') return inst.name === 'FILES';
  return (
    inst?.op === 'phi' &&
    inst.inputs.some((input) => {
      const one = code[input];
      return one?.op === 'member' && one.name === 'FILES';
    })
  );
}

/** Whether a list of names includes one, or may include it. */
function takes(linked: Linked, place: Place, field: string): boolean {
  const made = madeBy(linked, place);
  const list = instOf(linked, made);
  if (list?.op !== 'list' || list.spread.length > 0) return true;
  return list.items.some((item) => {
    const inst = instOf(linked, madeBy(linked, { func: made.func, value: item }));
    return inst?.op !== 'const' || inst.value === field;
  });
}

/** The class that contains `class Meta`. */
function formWith(linked: Linked, meta: Place): number | undefined {
  for (const [owner, at] of classPlaces(linked)) {
    const inst = at.func === meta.func ? instOf(linked, at) : undefined;
    if (inst?.op !== 'class') continue;
    const index = inst.names.indexOf('Meta');
    if (inst.values[index] === meta.value) return owner;
  }
  return undefined;
}

/** The checks of a field in its own method: `clean_photo` of a form, or `validate_photo` of a serializer. */
export function cleanedBy(linked: Linked, form: number, field: string): Checked {
  const clean = linked.methodOf(form, `clean_${field}`);
  const validate = linked.methodOf(form, `validate_${field}`);
  const bases = linked.basesOf(form);
  const isSerializer = bases.some((base) => typeof base === 'string' && base.endsWith('Serializer'));
  const func = isSerializer ? validate : clean;
  if (func === undefined) return nothing;
  const roots = isSerializer ? paramRoot(linked, func) : cleanedRoots(linked, func, field);
  if (roots.length === 0) return nothing;
  const parts = partsOfUpload(linked, roots);
  const [root] = roots;
  return parts.isWhole && root
    ? new ChecksOfUpload(linked, parts).atReturns(func, rootKey(linked, func, root.value))
    : nothing;
}

function paramRoot(linked: Linked, func: number): Root[] {
  const value = paramAt(linked, func, 0);
  return value === undefined ? [] : [{ func, value }];
}

/** Finds a function's reads of a form's field, such as `self.cleaned_data["photo"]` or `self.cleaned_data.get("photo")`. */
export function cleanedRoots(linked: Linked, func: number, field: string): Root[] {
  const code = linked.program.functions[func]?.func.code ?? [];
  return code.flatMap((inst, value): Root[] => {
    const key = inst.op === 'index' ? inst.key : inst.op === 'call' ? inst.args[0] : undefined;
    const name = key === undefined ? undefined : code[key];
    if (name?.op !== 'const' || name.value !== field) return [];
    const callee = inst.op === 'call' ? code[inst.callee] : undefined;
    const object =
      inst.op === 'index'
        ? inst.object
        : callee?.op === 'member' && callee.name === 'get'
          ? callee.object
          : -1;
    let from = code[object];
    while (from?.op === 'effect') from = code[from.value];
    return from?.op === 'member' && from.name === 'cleaned_data' ? [{ func, value }] : [];
  });
}
