import type { Func, Inst } from '../ir/ir.ts';
import { operandsOf } from '../ir/operands.ts';

/** Whether the function may write to JavaScript's `arguments`. Such a write changes parameters without a visible assignment. */
export function mayWriteArguments(func: Func): boolean {
  const { code, params } = func;
  if (params.at(-1)?.name !== 'arguments') return false;
  const at = code.findIndex((inst) => isArguments(func, inst));
  return at >= 0 && code.some((inst) => operandsOf(inst).includes(at) && !isRead(inst, at));
}

/** `arguments` is a list of the parameters and all further arguments. */
function isArguments({ code, params }: Func, inst: Inst): boolean {
  if (inst.op !== 'list' || inst.spread[0] !== inst.items.length - 1) return false;
  const rest = code[inst.items.at(-1) ?? -1];
  return rest?.op === 'param' && rest.index === params.length - 1;
}

/** `arguments[1]`, `arguments.length`, `for (const one of arguments)`, `[...arguments]` */
function isRead(inst: Inst, value: number): boolean {
  if (inst.op === 'index' || inst.op === 'member' || inst.op === 'element') return true;
  return inst.op === 'list' && inst.items.every((item, i) => item !== value || inst.spread.includes(i));
}
