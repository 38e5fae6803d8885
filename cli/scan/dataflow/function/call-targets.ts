import type { Target } from '../../callgraph/linked.ts';
import { runJob } from '../../frameworks/traits/component/job-calls.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { type Abstract, tainted, unknown } from '../domain/abstract.ts';
import { object } from '../domain/entries.ts';
import { join } from '../domain/join.ts';
import { opaque } from '../domain/taint.ts';
import { constantCall } from '../query/constant-call.ts';
import { type Applied, applySummary } from '../summary/apply.ts';
import { argumentsOf } from '../summary/arguments-of.ts';
import { closureScope } from '../summary/closure-scope.ts';
import { closesOver, sharesDemanded } from '../summary/demanded.ts';
import { setMutated } from '../summary/set-mutated.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * Applies the summaries of all project functions that a call may run, and records how they change the arguments and the
 * receiver. Returns the join of their results. If one of the functions is a constructor, returns the new object instead.
 */
export function callTargets(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  targets: readonly Target[],
  args: readonly Abstract[],
  receiver: Abstract,
): Abstract {
  const bringing = callbacksWithSource(frame, inst);
  if (bringing.length > 0) frame.meetsSource = true;
  let result: Abstract | undefined;
  const makes = targets.some(isMaker);
  // The constant pass does not track what constructors store.
  let self = makes ? (frame.isConstantPass ? tainted([opaque]) : object([])) : receiver;
  for (const target of targets) {
    if (target.job) {
      runJob(frame, value, inst, target, args);
      continue;
    }
    const given = argumentsOf(frame, target, inst, args);
    const constant = target.makes < 0 ? constantCall(frame, target.func, given) : undefined;
    if (constant) {
      result = result ? join(result, constant) : constant;
      continue;
    }
    const applied: Applied = applySummary(
      frame,
      value,
      inst,
      target.func,
      given,
      target.shift === 1 ? (args[0] ?? unknown) : self,
      {
        bringing: bringing.length > 0 ? shifted(bringing, target.shift) : bringing,
        isNew: target.makes >= 0,
        closure: frame.isConstantPass ? undefined : closureScope(frame, inst.callee, target.func),
      },
    );
    if (target.makes >= 0) self = applied.receiver;
    else {
      result = result ? join(result, applied.returns) : applied.returns;
      if (target.shift === 0 && applied.receiver !== self) setMutated(frame, value, -1, applied.receiver);
    }
    for (let i = 0; i < applied.args.length; i++) {
      const at = i + target.shift;
      const arg = applied.args[i];
      if (arg !== undefined && at >= 0 && at < inst.args.length) setMutated(frame, value, at, arg);
    }
  }
  return makes ? self : (result ?? unknown);
}

const noArguments: readonly never[] = Object.freeze([]);

function isMaker({ makes }: Target): boolean {
  return makes >= 0;
}

function shifted(args: readonly number[], by: number): readonly number[] {
  return args.map((arg) => arg - by);
}

/** The arguments that are functions which return untrusted data or pass it to callbacks. */
function callbacksWithSource(frame: FunctionView, inst: Inst & Call): readonly number[] {
  let found: number[] | undefined;
  for (let i = 0; i < inst.args.length; i++) {
    const functions = frame.linked.functions(frame.id, inst.args[i] as ValueId);
    if (functions.length === 0 || !anyYieldsSource(frame, functions)) continue;
    found ??= [];
    found.push(i);
  }
  return found ?? noArguments;
}

function anyYieldsSource(frame: FunctionView, functions: readonly number[]): boolean {
  const shares = sharesDemanded(frame);
  for (const func of functions) {
    if (frame.engine.outline(func)?.bringsSource === true) return true;
    if (shares && closesOver(frame.linked, func)) return true;
  }
  return false;
}
