import type { Inst, ValueId } from '../../ir/ir.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * If a method call such as `JOBS.put(name)` has changed an imported variable, stores the variable's new value in the module
 * that exports it.
 */
export function noteImported(
  frame: FunctionView,
  value: ValueId,
  callee: Inst & { readonly op: 'member' },
): void {
  const after = frame.mutated?.get(value)?.get(-1);
  if (!after) return;
  const from = importOf(frame, callee.object);
  if (!from) return;
  const cell = frame.linked.cellOfImport(frame.info.module, from.specifier, from.name);
  if (cell !== undefined) frame.engine.variables.storeGlobalCell(frame, cell, after, 0, frame.inst(value));
  else frame.engine.exports.change(frame, from.specifier, from.name, after);
}

/** The import that a value is, directly or as a member of an imported module. Undefined for other values. */
function importOf(
  frame: FunctionView,
  value: ValueId,
): { readonly specifier: string; readonly name: string } | undefined {
  const inst = frame.inst(value);
  if (inst.op === 'import') return inst;
  const module = inst.op === 'member' ? frame.inst(inst.object) : undefined;
  return inst.op === 'member' && module?.op === 'import' && module.name === '*'
    ? { specifier: module.specifier, name: inst.name }
    : undefined;
}
