import { maxClosureCells } from '../../budgets/dataflow.ts';
import type { ValueId } from '../../ir/ir.ts';
import { type Abstract, unknown } from '../domain/abstract.ts';
import { Scope } from '../domain/scope.ts';
import type { FunctionView } from '../view/function-view.ts';
import { argumentsOf } from './arguments-of.ts';
import { closesOver } from './demanded.ts';
import { substitute } from './substitute.ts';

/**
 * The values of the variables that a called closure captures. They are known only if the current function has created the
 * closure by a call of its enclosing function, such as `greeter(name)` in `greeter(name)()`. The arguments of that call
 * then replace the parameters of the enclosing function. Undefined otherwise.
 * @param callee the value that is called
 * @param func the closure
 */
export function closureScope(frame: FunctionView, callee: ValueId, func: number): Scope | undefined {
  const { functions, firstFunc } = frame.linked.program;
  const info = functions[func];
  // Module variables do not depend on a call.
  if (!info || info.func.outer <= 0 || !closesOver(frame.linked, func)) return undefined;
  const maker = (firstFunc[info.module] as number) + info.func.outer;
  const made = frame.valueNumbers[objectOf(frame, callee)] as ValueId;
  const inst = frame.inst(made);
  if (inst.op !== 'call') return undefined;
  const target = frame.linked.targets(frame.id, made).find((one) => one.func === maker);
  const around = target && frame.engine.scopeOf(maker);
  if (!around || around.cells.size === 0 || around.cells.size > maxClosureCells) return undefined;
  const site = {
    engine: frame.engine,
    caller: frame.scope,
    callee: maker,
    span: inst,
    args: argumentsOf(
      frame,
      target,
      inst,
      inst.args.map((arg) => frame.use(arg)),
    ),
    receiver: unknown,
    results: new Map(),
    known: undefined,
  };
  const cells = new Map<number, Abstract>();
  for (const [cell, value] of around.cells) cells.set(cell, substitute(site, value));
  return new Scope(maker, cells);
}

/** The receiver of a method call, or else the called function itself. */
function objectOf(frame: FunctionView, callee: ValueId): ValueId {
  const inst = frame.inst(callee);
  return inst.op === 'member' ? inst.object : callee;
}
