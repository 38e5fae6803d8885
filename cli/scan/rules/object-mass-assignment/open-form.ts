import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import { constText, onlyConst } from '../../dataflow/domain/abstract.ts';
import { literalOf } from '../../dataflow/query/literal.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import type { Use } from '../kit/use.ts';
import { basesOf } from './bases.ts';
import { isChecking } from './checking.ts';
import { fieldsTaken } from './fields-taken.ts';

/** A class that takes all fields of a model but those that it leaves out. */
export interface OpenForm {
  readonly kind: 'form' | 'serializer' | 'view';
  /** The class. */
  readonly owner: number;
  /** The model, as it is written. */
  readonly model: Place;
  /** What says that it takes all. */
  readonly at: ValueId;
  /** Fields that it does not take, or that it speaks of itself. */
  readonly without: ReadonlySet<string>;
}

type ClassInst = Inst & { op: 'class' };

/** More names than this no form leaves out one by one. */
const maxNames = 200;

/** What the class that is looked at takes, if that is all of a model: `class Meta: fields = "__all__"`, `exclude = ["created"]`. */
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
  // What makes and changes users knows which fields those may have, and staff checks who they are.
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

/** `fields = "__all__"`, or what is left out where nothing says what is taken. */
function openAt(linked: Linked, func: number, meta: ClassInst): ValueId | undefined {
  const fields = attribute(meta, 'fields');
  if (fields === undefined) return attribute(meta, 'exclude');
  return constText(literalOf(linked, { func, value: fields })) === '__all__' ? fields : undefined;
}

/** Texts of a list that is written out; undefined where not all are known. */
function namesAt(linked: Linked, func: number, value: ValueId | undefined): readonly string[] | undefined {
  if (value === undefined) return [];
  const items = literalOf(linked, { func, value }).fields;
  if (!items || items.size > maxNames) return undefined;
  const names = [...items.values()].map((item) => constText(item));
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** `extra_kwargs = {"role": {"read_only": True}}`: other options leave a field to whoever sends it. */
function readOnlyAt(linked: Linked, func: number, value: ValueId | undefined): readonly string[] {
  const options = value === undefined ? undefined : literalOf(linked, { func, value }).fields;
  return [...(options ?? [])].flatMap(([name, it]) =>
    onlyConst(it.fields?.get('read_only'))?.value === true ? [name] : [],
  );
}
