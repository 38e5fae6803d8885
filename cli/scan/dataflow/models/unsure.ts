import type { Inst } from '../../ir/ir.ts';
import type { Condition } from '../../models/model.ts';
import { holdsSource } from '../domain/abstract.ts';
import { constantsOf } from '../query/constants-of.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * Whether a model's condition on the first argument of a call, a name, holds only because that name is unknown. An example
 * is `response.setHeader(name, value)` in a function whose parameters are `name` and `value`. False if the name is
 * untrusted data, since an attacker can then choose any name.
 */
export function isUnsure(frame: FunctionView, inst: Inst, { at, is, not }: Condition): boolean {
  if (!is || not || inst.op !== 'call' || inst.spread || at !== 'Argument[0]') return false;
  const [name] = inst.args;
  if (name === undefined || frame.use(name).consts || holdsSource(frame.use(name))) return false;
  return constantsOf(frame.linked, { func: frame.id, value: name }) === undefined;
}
