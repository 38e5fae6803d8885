import { type Abstract, cleaned, onlyConst } from '../../../dataflow/domain/abstract.ts';
import { load } from '../../../dataflow/domain/entries.ts';
import { type Kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';
import type { State } from '../../../models/api.ts';
import { hasTrait } from '../../../models/state-traits.ts';
import { defaultKinds } from '../../../schemas/model-fields.ts';
import { dataKinds } from '../../../schemas/wtforms-fields.ts';
import { admittedByRoute, admittedParts } from '../../routes/route-params.ts';
import { honoField } from './continuation-proofs.ts';
import { declaredInputs } from './declared-inputs.ts';
import { handCheckedKinds } from './hand-checks.ts';
import { dependencyKinds } from './handler-dependencies.ts';
import { handedAt, validKinds } from './route-schemas.ts';
import { gatedFields, isRequestPart, partRead } from './view-gates.ts';

/**
 * Returns the sink kinds that a parameter or a request field is safe for, because of its declaration, its route or the code that
 * runs before the handler.
 */
export function admittedKinds(
  frame: FunctionView,
  value: ValueId,
  inst: Inst,
  states: readonly State[],
): Kinds {
  if (inst.op === 'param') {
    const name = frame.func.params[inst.index]?.name ?? '';
    return defaultKinds(frame, value)
      .union(admittedByRoute(frame.linked, frame.id, name, states))
      .union(frame.language.injectsByDefaults ? dependencyKinds(frame, name) : noKinds);
  }
  if (inst.op === 'call' && !frame.isConstantPass && hasTrait(states, 'fields-by-methods')) {
    const field = honoField(frame, inst);
    if (field) return handCheckedKinds(frame, handedAt(frame.linked, frame.id), ...field);
    const method = frame.inst(inst.callee);
    const part = onlyConst(frame.values[inst.args[0] ?? -1])?.value;
    if (method.op === 'member' && method.name === 'valid' && typeof part === 'string')
      return validKinds(frame, part);
  }
  const gated =
    frame.language.gatesAreDecorators && !frame.isConstantPass ? partRead(frame, inst) : undefined;
  if (gated) return gatedFields(frame, gated.part).get(gated.name) ?? noKinds;
  const read = inst.op === 'call' ? frame.inst(inst.callee) : inst;
  if (read.op !== 'member' && read.op !== 'index') return noKinds;
  if (inst.op === 'member' && hasTrait(states, 'validates-fields')) return dataKinds(frame, inst);
  const from = frame.inst(read.object);
  if (from.op !== 'member' || from.name !== 'match_info') return noKinds;
  const key = inst.op === 'call' ? inst.args[0] : read.op === 'index' ? read.key : undefined;
  const name = onlyConst(frame.values[key ?? -1])?.value;
  return typeof name === 'string' ? admittedByRoute(frame.linked, frame.id, name, states) : noKinds;
}

/**
 * Sanitises the fields of a value that holds all path parameters (`**kwargs`, `self.kwargs`, `request.path_params`), all
 * fields of a query or form, or all inputs of an action. What makes a field safe is its route, the functions that run
 * before the view, or the declaration of the inputs. Other values are returned unchanged.
 */
export function withPathParts(
  frame: FunctionView,
  inst: Inst,
  it: Abstract,
  states: readonly State[],
): Abstract {
  if (
    frame.language.gatesAreDecorators &&
    !frame.isConstantPass &&
    inst.op === 'member' &&
    isRequestPart(inst.name)
  )
    return withFields(it, gatedFields(frame, inst.name));
  if (inst.op === 'param' && hasTrait(states, 'declares-inputs'))
    return withFields(it, declaredInputs(frame.linked, frame.id));
  const holdsAll =
    (inst.op === 'param' && frame.func.params[inst.index]?.rest === 'keywords') ||
    (inst.op === 'member' && (inst.name === 'kwargs' || inst.name === 'path_params'));
  if (!holdsAll) return it;
  return withFields(it, admittedParts(frame.linked, frame.id, states));
}

function withFields(it: Abstract, admitted: ReadonlyMap<string, Kinds>): Abstract {
  if (admitted.size === 0) return it;
  const fields = new Map(it.fields);
  for (const [name, clean] of admitted) fields.set(name, cleaned(load(it, name), clean));
  return { ...it, fields };
}
