import type { Func, ValueId } from './ir.ts';

const named = new WeakMap<Func, ReadonlyMap<ValueId, readonly string[]>>();

/** The names of the function's own variables that a value was given to. */
export function localNames(func: Func, value: ValueId): readonly string[] {
  if (!func.locals) return none;
  let names = named.get(func);
  if (!names) {
    const all = new Map<ValueId, string[]>();
    for (const local of func.locals) {
      const known = all.get(local.value);
      if (!known) all.set(local.value, [local.name]);
      else if (!known.includes(local.name)) known.push(local.name);
    }
    names = all;
    named.set(func, names);
  }
  return names.get(value) ?? none;
}

const none: readonly string[] = Object.freeze([]);
