import type { Func, ValueId } from './ir.ts';
import { memoized } from './memoized.ts';

/** The names of the function's own variables that a value was assigned to. */
export function localNames(func: Func, value: ValueId): readonly string[] {
  return (func.locals && namesByValue(func).get(value)) ?? none;
}

const namesByValue = memoized(({ locals = [] }: Func): ReadonlyMap<ValueId, readonly string[]> => {
  const names = new Map<ValueId, string[]>();
  for (const local of locals) {
    const known = names.get(local.value);
    if (!known) names.set(local.value, [local.name]);
    else if (!known.includes(local.name)) known.push(local.name);
  }
  return names;
});

const none: readonly string[] = Object.freeze([]);
