import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import { constText, onlyConst } from '../../dataflow/domain/abstract.ts';
import { literalOf } from '../../dataflow/query/literal.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import type { Use } from '../kit/use.ts';
import { basesOf } from './bases.ts';
import { isChecking } from './checking.ts';
import { fieldsTaken } from './fields-taken.ts';

/** A class that accepts all fields of a model except for those that it excludes. */
export interface OpenForm {
  readonly kind: 'form' | 'serializer' | 'view';
  /** The number of the class in the program. */
  readonly owner: number;
  /** The model, as written in the code. */
  readonly model: Place;
  /** The value that makes the class accept all fields: `"__all__"`, or the list of excluded fields. */
  readonly at: ValueId;
  /**
   * The fields that the class excludes, makes read-only, removes, sets, or declares itself instead of using the model's
   * declaration.
   */
  readonly without: ReadonlySet<string>;
}

type ClassInst = Inst & { op: 'class' };

/** No real form excludes more names than this. */
const maxNames = 200;

/**
 * The form that a class declares, if it accepts all fields of a model: `class Meta: fields = "__all__"`, `exclude = ["created"]`.
 */
export function openForm({ frame, inst }: Use): OpenForm | undefined {
  if (inst.op !== 'class') return undefined;
  const { linked, id, info } = frame;
  const owner = (linked.program.firstClass[info.module] ?? 0) + inst.class;
  const kind = kindOf(basesOf(linked, owner));
  if (!kind) return undefined;
  const meta = kind === 'view' ? inst : metaOf(linked, id, inst);
  const model = meta && attribute(meta, 'model');
  if (!meta || model === undefined) return undefined;
  const at = openAt(linked, id, meta);
  if (at === undefined) return undefined;
  const excluded = namesAt(linked, id, attribute(meta, 'exclude'));
  if (!excluded) return undefined;
  const readOnly = namesAt(linked, id, attribute(meta, 'read_only_fields')) ?? [];
  const without = new Set([
    ...excluded,
    ...readOnly,
    ...readOnlyAt(linked, id, attribute(meta, 'extra_kwargs')),
  ]);
  for (const name of inst.names) without.add(name);
  const taken = fieldsTaken(linked, owner);
  if (!taken) return undefined;
  for (const name of taken) without.add(name);
  return { kind, owner, model: { func: id, value: model }, at, without };
}

function kindOf(bases: ReadonlySet<string>): OpenForm['kind'] | undefined {
  // Django's own forms for users know their fields, and views for staff check permissions.
  if (['UserCreationForm', 'UserChangeForm', 'BaseUserCreationForm'].some((name) => bases.has(name)))
    return undefined;
  if (bases.has('ModelForm')) return 'form';
  if (bases.has('ModelSerializer') || bases.has('HyperlinkedModelSerializer')) return 'serializer';
  const isView = bases.has('CreateView') || bases.has('UpdateView');
  return isView && !isChecking(bases) ? 'view' : undefined;
}

function metaOf(linked: Linked, func: number, inst: ClassInst): ClassInst | undefined {
  const meta = instOf(linked, { func, value: attribute(inst, 'Meta') ?? -1 });
  return meta?.op === 'class' ? meta : undefined;
}

function attribute(inst: ClassInst, name: string): ValueId | undefined {
  return inst.values[inst.names.lastIndexOf(name)];
}

/** The value of `fields = "__all__"`, or of `exclude` if there is no `fields`. */
function openAt(linked: Linked, func: number, meta: ClassInst): ValueId | undefined {
  const fields = attribute(meta, 'fields');
  if (fields === undefined) return attribute(meta, 'exclude');
  return constText(literalOf(linked, { func, value: fields })) === '__all__' ? fields : undefined;
}

/** The constant texts of a list. `undefined` if any of them is unknown. */
function namesAt(linked: Linked, func: number, value: ValueId | undefined): readonly string[] | undefined {
  if (value === undefined) return [];
  const items = literalOf(linked, { func, value }).fields;
  if (!items || items.size > maxNames) return undefined;
  const names = [...items.values()].map((item) => constText(item));
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** `extra_kwargs = {"role": {"read_only": True}}`. With other options, clients can still send the field. */
function readOnlyAt(linked: Linked, func: number, value: ValueId | undefined): readonly string[] {
  const options = value === undefined ? undefined : literalOf(linked, { func, value }).fields;
  return [...(options ?? [])].flatMap(([name, it]) =>
    onlyConst(it.fields?.get('read_only'))?.value === true ? [name] : [],
  );
}
