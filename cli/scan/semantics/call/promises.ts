import { maxCallbacks } from '../../budgets/dataflow.ts';
import { type Abstract, unknown } from '../../dataflow/domain/abstract.ts';
import { join } from '../../dataflow/domain/join.ts';
import { invoke } from '../../dataflow/summary/apply.ts';
import { substitute } from '../../dataflow/summary/substitute.ts';
import type { CallSite } from '../../dataflow/view/call-site.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Callback } from '../../dataflow/view/summary.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';

/**
 * The value of `new Promise((resolve) => { stream.on('end', () => resolve(text)) })`: the argument of `resolve`.
 * Undefined for other calls.
 */
export function promised(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  callee: Inst,
): Abstract | undefined {
  const executor = inst.args[0];
  if (callee.op !== 'global' || callee.name !== 'Promise' || !inst.isNew || executor === undefined)
    return undefined;
  invoke(frame, value, inst, executor, []);
  let result: Abstract | undefined;
  for (const func of frame.linked.functions(frame.id, executor)) {
    const site = siteOf(frame, func, inst);
    for (const { param, args } of frame.engine.summary(func)?.callbacks ?? []) {
      const given = param === 0 && args[0] ? substitute(site, args[0]) : undefined;
      if (given) result = result ? join(result, given) : given;
    }
  }
  return result ?? unknown;
}

/**
 * Records that a nested function calls a captured variable, such as `resolve` in a promise. If the variable holds a
 * parameter of the outer function, the call is added to the summary of the outer function.
 */
export function calledInside(frame: FunctionView, func: number, { cell, args }: Callback): void {
  if (cell === undefined || frame.isConstantPass || frame.outcome.callbacks.length >= maxCallbacks) return;
  const site = siteOf(frame, func, frame.linked.program.functions[func]?.func ?? frame.func);
  const passed = args.map((arg) => substitute(site, arg));
  // A negative id: no call instruction of this function stands for it, and nothing reads its result.
  const call = -1 - frame.outcome.callbacks.length;
  if (frame.engine.cells.owner(cell) !== frame.id) {
    frame.outcome.callbacks.push({ call, param: -1, cell, args: passed });
    return;
  }
  for (const { exact, origin } of frame.scope.cells.get(cell)?.taints ?? []) {
    if (exact && origin.kind === 'param' && origin.path.length === 0 && origin.index >= 0)
      frame.outcome.callbacks.push({ call, param: origin.index, args: passed });
  }
}

function siteOf(frame: FunctionView, callee: number, span: CallSite['span']): CallSite {
  const { engine, scope: caller } = frame;
  return {
    engine,
    caller,
    callee,
    span,
    args: [],
    receiver: unknown,
    results: new Map(),
    known: undefined,
  };
}
