import { type Abstract, unknown } from '../../dataflow/domain/abstract.ts';
import { element, list } from '../../dataflow/domain/entries.ts';
import { applyModels } from '../../dataflow/models/models.ts';
import { invoke } from '../../dataflow/summary/apply.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';
import { callBuiltin } from './builtins.ts';

/**
 * The result of Python's `map(work, items, ...)`: a list of what `work` returns. Each call of `work` gets one element of
 * each iterable.
 */
export function mapped(call: BuiltinCall): Abstract {
  const { frame, value, inst } = call;
  const callee = inst.args[0] as ValueId;
  const items = call.args.slice(1).map((arg) => element(arg));
  if (items.length === 0) return unknown;
  const made =
    frame.linked.functions(frame.id, callee).length > 0
      ? undefined
      : (ofLanguage(call, callee, items) ?? ofLibrary(call, callee, items));
  return list([], made ?? invoke(frame, value, inst, callee, items));
}

/** `map(str, ids)`, `map(str.strip, words)`, `map('<li>{}</li>'.format, words)` */
function ofLanguage(call: BuiltinCall, callee: ValueId, items: readonly Abstract[]): Abstract | undefined {
  const { frame, inst } = call;
  const callback = frame.inst(callee);
  if (callback.op === 'global')
    return (
      callBuiltin({ ...call, name: callback.name, args: items, inst: over(inst, callee, 1) }) ?? items[0]
    );
  if (callback.op !== 'member') return undefined;
  const { name } = callback;
  const owner = frame.inst(callback.object);
  const receiver = owner.op === 'global' && owner.name === 'str' ? items[0] : undefined;
  if (receiver)
    return callBuiltin({
      ...call,
      isMethod: true,
      name,
      receiver,
      args: items.slice(1),
      inst: over(inst, callee, 2),
    });
  const of = frame.use(callback.object);
  if (of.shape !== 'text' && of.consts === undefined) return undefined;
  return callBuiltin({
    ...call,
    isMethod: true,
    name,
    receiver: of,
    args: items,
    inst: over(inst, callee, 1),
  });
}

/** `map(html.escape, words)`: the result that the library's models declare. */
function ofLibrary(call: BuiltinCall, callee: ValueId, items: readonly Abstract[]): Abstract | undefined {
  const { frame, value, inst } = call;
  const states = frame.linked.states(frame.id, callee);
  return applyModels(frame, value, over(inst, callee, 1), states, items, unknown);
}

/** The call of the mapped function, with the remaining arguments of `map` as its own. */
function over(inst: Inst & Call, callee: ValueId, from: number): Inst & Call {
  return { ...inst, callee, args: inst.args.slice(from) };
}
