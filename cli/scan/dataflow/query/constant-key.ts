import type { Inst } from '../../ir/ir.ts';
import { onlyConst } from '../domain/abstract.ts';
import type { Frame } from '../function/frame.ts';

/** The name of the member that is read, also where it is a constant in brackets. */
export function constantKey(frame: Frame, inst: Inst): string | undefined {
  if (inst.op === 'member') return inst.name;
  if (inst.op !== 'index') return undefined;
  const only = onlyConst(frame.values[inst.key]);
  return only && (typeof only.value === 'string' || typeof only.value === 'number')
    ? String(only.value)
    : undefined;
}
