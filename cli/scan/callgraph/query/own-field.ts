import { maxSubclasses } from '../../budgets/callgraph.ts';
import type { Inst, Module } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { Linked } from '../linked.ts';
import { fieldStores } from './field-stores.ts';
import type { Place } from './made-by.ts';

/**
 * What a field of the own class is given: by its constructor, or else by the class itself, and by its other methods. Undefined
 * where a class that extends it may give it something else.
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

/** What a field of the own class is given by it, and by the classes that extend it. */
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
  // What the constructor sets takes the place of what the field starts with.
  if (maker >= 0 && stores.some(({ func }) => func === first + maker))
    return stores.filter(({ func }) => func !== first + init);
  const attribute = attributeOf(linked, owner, name);
  return attribute ? [...stores, attribute] : stores;
}

/** The classes that extend each class, directly or by others. */
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

/** `algorithm = "sha256"` in the body of a class of Python. */
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

/** Where each class of a module is made. */
const classesIn = memoized((module: Module): ReadonlyMap<number, Made> => {
  const made = new Map<number, Made>();
  for (const [func, { code }] of module.functions.entries())
    for (const inst of code) if (inst.op === 'class') made.set(inst.class, { func, inst });
  return made;
});
