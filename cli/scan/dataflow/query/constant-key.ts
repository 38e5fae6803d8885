import type { Inst } from '../../ir/ir.ts';
import { onlyConst } from '../domain/abstract.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * The name of the member that an instruction reads: `object.id` and `object['id']` -> `id`. Undefined if it reads no
 * member, or an unknown one.
 */
export function constantKey(frame: FunctionView, inst: Inst): string | undefined {
  if (inst.op === 'member') return inst.name;
  if (inst.op !== 'index') return undefined;
  const only = onlyConst(frame.values[inst.key]);
  return only && (typeof only.value === 'string' || typeof only.value === 'number')
    ? String(only.value)
    : undefined;
}
