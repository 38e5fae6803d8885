import type { ValueId } from '../ir/ir.ts';
import type { Linked } from './linked.ts';

/** `exports.name = value` in another file. */
export function exportedValue(
  linked: Linked,
  func: number,
  specifier: string,
  name: string,
): { readonly func: number; readonly value: ValueId } | undefined {
  const module = linked.moduleOf(linked.program.functions[func]?.module ?? 0, specifier);
  if (module === undefined) return undefined;
  for (const one of linked.program.modules[module]?.exports ?? []) {
    if ('value' in one && one.name === name)
      return { func: (linked.program.firstFunc[module] ?? 0) + one.func, value: one.value };
  }
  return undefined;
}
