import type { Inst } from '../../ir/ir.ts';
import type { Condition } from '../../models/model.ts';
import { holdsSource } from '../domain/abstract.ts';
import { constantsOf } from '../query/constants-of.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * Whether a model's condition on the first argument of a call holds only because that argument is unknown. An example is a
 * condition on the name of the header in `response.setHeader(name, value)`, where `name` is a parameter. False if the
 * argument is untrusted data, since an attacker can then choose any name.
 */
export function isUnsure(frame: FunctionView, inst: Inst, { at, is, not }: Condition): boolean {
  if (!is || not || inst.op !== 'call' || inst.spread || at !== 'Argument[0]') return false;
  const [name] = inst.args;
  if (name === undefined || frame.use(name).consts || holdsSource(frame.use(name))) return false;
  return constantsOf(frame.linked, { func: frame.id, value: name }) === undefined;
}
