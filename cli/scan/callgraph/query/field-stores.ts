import { memoized } from '../../ir/memoized.ts';
import type { Linked } from '../linked.ts';
import type { Place } from './made-by.ts';

/** The stores found so far, by class and then by the member's name. */
const storesByClass = memoized((_: Linked) => new Map<string, ReadonlyMap<string, readonly Place[]>>());
const none: readonly Place[] = [];

/**
 * The values that a member of this name gets in any method of the function's class, or in the function alone if it has no class.
 * Calls on a member's object, such as `this.items.push(x)`, do not count.
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

/** A key that all methods of a class share. A function without a class has a key of its own. */
export function classKey(linked: Linked, func: number): string {
  const info = linked.program.functions[func];
  return info && info.func.class >= 0 ? `${info.module} class ${info.func.class}` : `${func}`;
}

/** All methods of a function's class, and the initialiser of its fields. Without a class, the function alone. */
export function classMates(linked: Linked, func: number): readonly number[] {
  const info = linked.program.functions[func];
  const owner = info && linked.program.modules[info.module]?.classes[info.func.class];
  if (!info || !owner) return [func];
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
