import type { Inst } from '../../ir/ir.ts';
import type { Condition } from '../../models/model.ts';
import { holdsSource } from '../domain/abstract.ts';
import { constantsOf } from '../query/constants-of.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * Whether a model's condition holds only because the first argument of a call, a name, is unknown:
 * `response.setHeader(name, value)` in a function that gets both from its caller. False for an untrusted name, which can be
 * any.
 */
export function isUnsure(frame: FunctionView, inst: Inst, { at, is, not }: Condition): boolean {
  if (!is || not || inst.op !== 'call' || inst.spread || at !== 'Argument[0]') return false;
  const [name] = inst.args;
  if (name === undefined || frame.use(name).consts || holdsSource(frame.use(name))) return false;
  return constantsOf(frame.linked, { func: frame.id, value: name }) === undefined;
}
