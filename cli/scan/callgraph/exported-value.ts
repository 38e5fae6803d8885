import type { Module, ValueId } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import type { Linked } from './linked.ts';

interface Place {
  readonly func: number;
  readonly value: ValueId;
}

/**
 * The place of a value that a module exports without a variable: `exports.name = value`. Undefined if the imported
 * module exports no such value under `name`.
 * @param func a function of the module that imports the value
 * @param specifier the path or package in the import
 */
export function exportedValue(
  linked: Linked,
  func: number,
  specifier: string,
  name: string,
): Place | undefined {
  const { modules, functions, firstFunc } = linked.program;
  const index = linked.moduleOf(functions[func]?.module ?? 0, specifier);
  const module = index === undefined ? undefined : modules[index];
  const found = module && valuesOf(module).get(name);
  return found && { func: (firstFunc[index as number] ?? 0) + found.func, value: found.value };
}

/** The first assignment of each exported name. Functions have the module's own numbers. */
const valuesOf = memoized((module: Module): ReadonlyMap<string, Place> => {
  const values = new Map<string, Place>();
  for (const one of module.exports)
    if ('value' in one && !values.has(one.name)) values.set(one.name, { func: one.func, value: one.value });
  return values;
});
