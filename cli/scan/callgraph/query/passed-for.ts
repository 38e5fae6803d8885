import type { ValueId } from '../../ir/ir.ts';
import type { Linked } from '../linked.ts';
import { instOf, type Place } from './made-by.ts';

/**
 * The arguments that a call passes for the parameter at `index` of its callee `func`, by position or by name. A rest parameter
 * may have several. Empty if the parameter gets none.
 */
export function passedFor(linked: Linked, call: Place, func: number, index: number): readonly ValueId[] {
  const inst = instOf(linked, call);
  const param = linked.program.functions[func]?.func.params[index];
  if (inst?.op !== 'call' || !param) return [];
  const named = inst.names?.indexOf(param.name) ?? -1;
  const shift = linked.targets(call.func, call.value).find((one) => one.func === func)?.shift ?? 0;
  if (named < 0 && param.rest === 'positional') return inst.args.slice(index + shift);
  const at = named < 0 ? index + shift : named;
  const value = named < 0 && inst.names?.[at] ? undefined : inst.args[at];
  return value === undefined ? [] : [value];
}
