import { maxSubclasses } from '../../budgets/callgraph.ts';
import type { Inst, Module } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { Linked } from '../linked.ts';
import { fieldStores } from './field-stores.ts';
import type { Place } from './made-by.ts';

/**
 * The values that the class of a function stores in a field: in its constructor, its other methods or its body. Undefined
 * if a subclass stores values there too, if there are too many subclasses, or if the function belongs to no class.
 */
export function ownField(linked: Linked, func: number, name: string): readonly Place[] | undefined {
  const owner = linked.classOf(func);
  const heirs = heirsOf(linked).get(owner) ?? [];
  if (
    owner < 0 ||
    heirs.length > maxSubclasses ||
    heirs.some((heir) => givenBy(linked, heir, name).length > 0)
  )
    return undefined;
  return givenBy(linked, owner, name);
}

/**
 * The values that the class of a function, or one of its subclasses, stores in a field. Empty if the function belongs to no
 * class.
 */
export function fieldOfAny(linked: Linked, func: number, name: string): readonly Place[] {
  const owner = linked.classOf(func);
  const all = owner < 0 ? [] : [owner, ...(heirsOf(linked).get(owner) ?? []).slice(0, maxSubclasses)];
  return all.flatMap((one) => givenBy(linked, one, name));
}

function givenBy(linked: Linked, owner: number, name: string): readonly Place[] {
  const info = linked.program.classes[owner];
  if (!info) return [];
  const first = linked.program.firstFunc[info.module] ?? 0;
  const { methods, init } = info.class;
  const mate = methods[0]?.func ?? init;
  const stores = mate < 0 ? [] : fieldStores(linked, first + mate, name);
  const maker = methods.find((method) => method.name === 'constructor')?.func ?? -1;
  // A value that the constructor stores replaces the initial value.
  if (maker >= 0 && stores.some(({ func }) => func === first + maker))
    return stores.filter(({ func }) => func !== first + init);
  const attribute = attributeOf(linked, owner, name);
  return attribute ? [...stores, attribute] : stores;
}

/** The direct and indirect subclasses of each class. */
const heirsOf = memoized((linked: Linked): ReadonlyMap<number, readonly number[]> => {
  const all = new Map<number, number[]>();
  for (let heir = 0; heir < linked.program.classes.length; heir++) {
    for (const owner of linked.ancestors(heir)) {
      const list = all.get(owner);
      if (list) list.push(heir);
      else all.set(owner, [heir]);
    }
  }
  return all;
});

/** A class attribute in Python: `algorithm = "sha256"`. */
function attributeOf({ program }: Linked, owner: number, name: string): Place | undefined {
  const { module: at = 0 } = program.classes[owner] ?? {};
  const module = program.modules[at];
  const made = module && classesIn(module).get(owner - (program.firstClass[at] ?? 0));
  const value = made?.inst.values[made.inst.names.lastIndexOf(name)];
  return value === undefined || !made ? undefined : { func: (program.firstFunc[at] ?? 0) + made.func, value };
}

interface Made {
  readonly func: number;
  readonly inst: Inst & { readonly op: 'class' };
}

/** Where each class of a module is declared. */
const classesIn = memoized((module: Module): ReadonlyMap<number, Made> => {
  const made = new Map<number, Made>();
  for (const [func, { code }] of module.functions.entries())
    for (const inst of code) if (inst.op === 'class') made.set(inst.class, { func, inst });
  return made;
});
