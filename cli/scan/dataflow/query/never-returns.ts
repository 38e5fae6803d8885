import type { Target } from '../../callgraph/linked.ts';
import { instAt, origin } from '../../callgraph/query/called-on.ts';
import { isStub } from '../../callgraph/query/stub.ts';
import type { Call, Inst } from '../../ir/ir.ts';
import { neverReturning } from '../../libraries/conventions/never-returning.ts';
import { hasTrait } from '../../models/state-traits.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * Whether a call never returns, such as `abort(400)`, `sys.exit()` or a call of a project function that always throws.
 * False when unknown.
 */
export function neverReturns(
  frame: FunctionView,
  inst: Inst & Call,
  callee: Inst,
  targets: readonly Target[],
): boolean {
  if (callee.op === 'import') return neverReturning.has(`${callee.specifier} ${callee.name}`);
  if (callee.op === 'global') return callee.name === 'exit' || callee.name === 'quit';
  if (callee.op === 'member') {
    const object = frame.inst(callee.object);
    if (object.op === 'import' && neverReturning.has(`${object.specifier} ${callee.name}`)) return true;
    if (object.op === 'global' && object.name === 'process')
      return callee.name === 'exit' || callee.name === 'abort';
    if (callee.name === 'throw' && hasTrait(frame.linked.states(frame.id, callee.object), 'throws-answers'))
      return true;
    if (callee.name === 'abort' && isMadeBy(frame, callee.object)) return true;
  }
  return targets.length > 0 && !inst.isDecorator && doNotReturn(frame, targets);
}

function doNotReturn(frame: FunctionView, targets: readonly Target[]): boolean {
  for (const { makes, func } of targets) {
    if (makes >= 0 || isStubOf(frame, func)) return false;
    if (frame.engine.outline(func)?.returns !== undefined || !frame.engine.isKnown(func)) return false;
  }
  return true;
}

/** `api = Namespace('x')`, whose `api.abort(400)` never returns. */
function isMadeBy({ linked, id }: FunctionView, object: number): boolean {
  const made = origin(linked, { func: id, value: object });
  const call = instAt(linked, made);
  const maker = call?.op === 'call' ? instAt(linked, { func: made.func, value: call.callee }) : undefined;
  return maker?.op === 'import' && neverReturning.has(`${maker.specifier} ${maker.name}().abort`);
}

function isStubOf({ linked }: FunctionView, id: number): boolean {
  const func = linked.program.functions[id]?.func;
  return func !== undefined && isStub(func);
}
