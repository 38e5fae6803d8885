import { memoized } from '../../ir/memoized.ts';
import type { Linked } from '../linked.ts';
import type { Place } from './made-by.ts';
import { prototypeMethods } from './prototype-methods.ts';

/** The stores found so far, by class and then by the member's name. */
const storesByClass = memoized((_: Linked) => new Map<string, ReadonlyMap<string, readonly Place[]>>());
const none: readonly Place[] = [];

/**
 * The values that are assigned to a member of this name, of any object, in the methods of the class that `func` belongs to.
 * If it belongs to none, only `func` itself counts. Calls such as `this.items.push(x)` assign nothing.
 */
export function fieldStores(linked: Linked, func: number, name: string): readonly Place[] {
  const all = storesByClass(linked);
  const key = classKey(linked, func);
  let stores = all.get(key);
  if (!stores) {
    stores = gather(linked, classMates(linked, func));
    all.set(key, stores);
  }
  return stores.get(name) ?? none;
}

/** A key that all methods of a class share, or of a constructor's prototype. Any other function has a key of its own. */
export function classKey(linked: Linked, func: number): string {
  const info = linked.program.functions[func];
  return info && info.func.class >= 0
    ? `${info.module} class ${info.func.class}`
    : `${prototypeMethods(linked).owner.get(func) ?? func}`;
}

/** Whether a function is a method of a class, or of a constructor's prototype. */
export function isMethod(linked: Linked, func: number): boolean {
  return linked.classOf(func) >= 0 || prototypeMethods(linked).owner.has(func);
}

/**
 * All methods of the class that a function belongs to, and the initialiser of the class's fields. For a constructor that is a
 * plain function, it and the methods of its prototype. Only the function itself if it belongs to neither.
 */
export function classMates(linked: Linked, func: number): readonly number[] {
  const info = linked.program.functions[func];
  const owner = info && linked.program.modules[info.module]?.classes[info.func.class];
  if (!info || !owner) {
    const { owner: makers, mates } = prototypeMethods(linked);
    return mates.get(makers.get(func) ?? -1) ?? [func];
  }
  const first = linked.program.firstFunc[info.module] ?? 0;
  const mates = new Set([func, ...owner.methods.map((method) => first + method.func)]);
  if (owner.init >= 0) mates.add(first + owner.init);
  return [...mates];
}

function gather(linked: Linked, mates: readonly number[]): ReadonlyMap<string, readonly Place[]> {
  const found = new Map<string, Place[]>();
  for (const func of mates) {
    const code = linked.program.functions[func]?.func.code ?? [];
    for (const inst of code) {
      if (inst.op !== 'store' || code[inst.value]?.op === 'effect') continue;
      const list = found.get(inst.name);
      if (list) list.push({ func, value: inst.value });
      else found.set(inst.name, [{ func, value: inst.value }]);
    }
  }
  return found;
}
