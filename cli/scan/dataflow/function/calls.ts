import { maxCallbacks } from '../../budgets/dataflow.ts';
import { type DeferredCall, deferredCall } from '../../callgraph/dispatch/deferred-calls.ts';
import type { Target } from '../../callgraph/linked.ts';
import { rendered } from '../../frameworks/traits/answer/rendered.ts';
import { stateCall } from '../../frameworks/traits/component/component-state.ts';
import { provenByAsserting } from '../../guards/asserted-conditions.ts';
import { provenByReturning } from '../../guards/returning.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import type { State } from '../../models/api.ts';
import { schemaCall } from '../../schemas/schemas.ts';
import { callBuiltin } from '../../semantics/builtin/builtins.ts';
import { libraryCall } from '../../semantics/builtin/library-calls.ts';
import type { BuiltinCall } from '../../semantics/call/builtin-call.ts';
import { promised } from '../../semantics/call/promises.ts';
import { record } from '../../semantics/collection/records.ts';
import { isConverted } from '../../semantics/number/converted.ts';
import { compiled } from '../../semantics/pattern/pattern-of.ts';
import { checkExpression } from '../../sinks/expression-sinks.ts';
import { checkGuessedStatement } from '../../sinks/guessed-statements.ts';
import { checkCall } from '../../sinks/sinks.ts';
import {
  type Abstract,
  aNumber,
  cleaned,
  deepTaints,
  derived,
  holdsSource,
  perhaps,
  tainted,
  unknown,
} from '../domain/abstract.ts';
import { join } from '../domain/join.ts';
import { noKinds } from '../domain/kinds.ts';
import { joinTaints } from '../domain/taint.ts';
import { cleanKinds } from '../models/condition.ts';
import { applyModels } from '../models/models.ts';
import { constantKey } from '../query/constant-key.ts';
import { keepMessage, madeError } from '../query/error-classes.ts';
import { neverReturns } from '../query/never-returns.ts';
import { throwInput } from '../query/thrown-input.ts';
import { invoke } from '../summary/apply.ts';
import { holdsDemanded, isDemanded } from '../summary/demanded.ts';
import type { FunctionView } from '../view/function-view.ts';
import { madeByBase } from './base-constructors.ts';
import { boundMethod } from './bound-method.ts';
import { callTargets } from './call-targets.ts';
import { noteImported } from './noted-imports.ts';
import { withAllProven, withProvenFields } from './proven-fields.ts';
import { sharedCall } from './shared-objects.ts';

/** The transfer function of calls. Returns the result, and records sinks, changes of arguments, and what the call proves. */
export function evaluateCall(frame: FunctionView, value: ValueId, inst: Inst & Call): Abstract {
  const callee = frame.inst(inst.callee);
  const targets = frame.linked.targets(frame.id, value);
  const result = call(frame, value, inst, callee, targets);
  if (callee.op === 'member') noteImported(frame, value, callee);
  keepMessage(frame, inst, callee);
  if (!frame.isConstantPass) throwInput(frame, inst, callee);
  if (neverReturns(frame, inst, callee, targets)) frame.isStopped = true;
  else if (!frame.isConstantPass) {
    const returning = provenByReturning(frame, value, inst, callee, targets);
    const asserting = provenByAsserting(frame, inst, targets);
    frame.prove(returning);
    frame.prove(asserting);
  }
  return result;
}

function call(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  callee: Inst,
  targets: readonly Target[],
): Abstract {
  frame.mutated?.delete(value);
  const args: Abstract[] = [];
  for (const arg of inst.args) args.push(frame.use(arg));
  const isMethod = callee.op === 'member' || callee.op === 'index';
  // `super(a, b)` runs the base class's constructor on `this`.
  const isSuper = callee.op === 'super';
  const receiver = isMethod ? frame.use(callee.object) : isSuper ? frame.use(inst.callee) : unknown;
  const states = frame.linked.states(frame.id, inst.callee);
  if (!frame.isConstantPass) for (const state of states) checkCall(frame, value, inst, state, args, receiver);

  const special =
    (isConverted(frame, inst, callee) ? aNumber : compiled(frame, inst, callee)) ??
    schemaCall(frame, inst, callee, args, receiver) ??
    stateCall(frame, value, inst, callee, args, receiver) ??
    sharedCall(frame, value, inst, callee, states, args);
  if (special) return special;
  const symbolic = frame.isConstantPass ? undefined : noteCallback(frame, value, inst, callee, args);
  if (symbolic) return symbolic;
  if (targets.length === 0 && states.length === 0 && !frame.isConstantPass)
    checkGuessedStatement(frame, value, inst, callee, args);
  const collection = targets.length === 0 ? libraryCall(frame, value, inst, callee, args) : undefined;
  if (collection) return collection;
  let result: Abstract | undefined;
  if (targets.length > 0) {
    const { facts } = frame;
    const given = facts ? withAllProven(frame, inst, args) : args;
    const on = facts && callee.op === 'member' ? withProvenFields(frame, callee.object, receiver) : receiver;
    result = callTargets(frame, value, inst, targets, given, on);
  } else result = record(frame, inst, callee, args, receiver) ?? ofClass(frame, value, inst, args, receiver);
  if (inst.isDecorator) return args[0] ?? unknown;
  let modelled = states.length > 0 ? applyModels(frame, value, inst, states, args, receiver) : undefined;
  if (modelled) modelled = rendered(frame, inst, states, modelled);
  if (modelled) result = result ? join(result, modelled) : modelled;
  if (result && (targets.length > 0 || !modelled)) return result;

  const promise = promised(frame, value, inst, callee);
  if (promise) return promise;
  const later = deferredCall(frame.func, inst);
  if (later && !(later.needsFunction && frame.linked.functions(frame.id, later.callee).length === 0)) {
    const passed = later.args.map((arg) => frame.use(arg));
    const named = new Map(later.named.map(([name, arg]) => [name, frame.use(arg)]));
    if (!frame.isConstantPass)
      for (const state of frame.linked.states(frame.id, later.callee))
        checkCall(frame, value, plainCall(inst, later), state, [...passed, ...named.values()], unknown);
    const own = later.isTask && takesItself(frame, later.callee) ? [unknown] : [];
    const given = invoke(frame, value, inst, later.callee, [...own, ...passed], named);
    if (later.givesResult) return given;
  }
  const reduces = isReduce(frame, callee);
  const name = reduces ? 'reduce' : callee.op === 'global' ? callee.name : constantKey(frame, callee);
  const bound = name === undefined && targets.length === 0 ? boundMethod(frame, inst, args) : undefined;
  const builtin = bound
    ? builtinCall({ frame, value, isMethod: true, ...bound })
    : name === undefined
      ? undefined
      : builtinCall({ frame, value, inst, args, receiver, isMethod: isMethod && !reduces, name });
  if (modelled && !(builtin && precise.has(name ?? ''))) return modelled;
  const made = builtin ?? (states.length > 0 ? unknown : unknownCall(args, receiver));
  return cleanedBy(frame, inst, states, made);
}

function builtinCall(call: BuiltinCall): Abstract | undefined {
  checkExpression(call);
  return callBuiltin(call);
}

/** The instance of a project class whose constructor is inherited from a library, or which is an error. Undefined otherwise. */
function ofClass(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  args: readonly Abstract[],
  receiver: Abstract,
): Abstract | undefined {
  if (args.length === 0) return undefined;
  const classes = frame.linked.classes(frame.id, inst.callee);
  if (classes.length === 0) return undefined;
  return madeByBase(frame, value, inst, classes, args, receiver) ?? madeError(frame, classes, args);
}

/** Functions for which the result of `callBuiltin` is used even if a library model gives one, since it is more precise. */
const precise: ReadonlySet<string> = new Set([
  'sub',
  'subn',
  'match',
  'fullmatch',
  'search',
  'findall',
  'finditer',
]);

/** Whether a task gets itself as its first argument: `@shared_task(bind=True) def send(self, text)`, outside a class. */
function takesItself(frame: FunctionView, callee: ValueId): boolean {
  return frame.linked.functions(frame.id, callee).some((id) => {
    const func = frame.linked.program.functions[id]?.func;
    return func?.params[0]?.name === 'self' && func.class < 0;
  });
}

/** Rewrites `pool.submit(os.system, line)` as the call that it leads to. */
function plainCall({ at, end }: Inst, { callee, args, named }: DeferredCall): Inst & Call {
  const all = [...args, ...new Map(named).values()];
  const names = [...args.map(() => null), ...new Map(named).keys()];
  return { op: 'call', callee, args: all, names, at, end };
}

/** The result of a call, sanitised for the kinds that the models of its callee list. */
function cleanedBy(frame: FunctionView, inst: Inst, states: readonly State[], made: Abstract): Abstract {
  let clean = noKinds;
  for (const state of states) clean = clean.union(cleanKinds(frame, inst, state));
  return cleaned(made, clean);
}

/**
 * The result of a call of an unknown function. It has the source taints of the receiver and, as weak taints, those of the
 * arguments that come from outside.
 */
function unknownCall(args: readonly Abstract[], receiver: Abstract): Abstract {
  if (!holdsSource(receiver) && !args.some(holdsSource)) return unknown;
  const own = derived(deepTaints(receiver).filter((taint) => taint.origin.kind === 'source'));
  const others = perhaps(args).taints;
  return own.length === 0 && others.length === 0 ? unknown : tainted(joinTaints(own, others));
}

/**
 * Records a call of a parameter or captured variable as a callback, which the callers resolve. Returns a symbolic result for a
 * recorded call of a parameter, and undefined otherwise.
 */
function noteCallback(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  callee: Inst,
  args: readonly Abstract[],
): Abstract | undefined {
  // A method of a list is never one of its items.
  if (inst.isDecorator || (callee.op === 'member' && frame.values[callee.object]?.shape === 'list'))
    return undefined;
  const { taints } = frame.values[inst.callee] ?? unknown;
  if (taints.length === 0) return undefined;
  const symbol = taints.find(
    ({ exact, origin }) =>
      exact && (origin.kind === 'param' || origin.kind === 'cell') && origin.path.length === 0,
  );
  if (symbol?.origin.kind === 'cell') {
    if (
      frame.outcome.callbacks.length < maxCallbacks &&
      args.some((arg) => arg.taints.length > 0 || arg.fields || arg.rest)
    )
      frame.outcome.callbacks.push({ call: value, param: -1, cell: symbol.origin.cell, args });
    return undefined;
  }
  if (symbol?.origin.kind !== 'param' || callee.op === 'this' || callee.op === 'super') return undefined;
  if (!isDemanded(frame, symbol) && !args.some((arg) => holdsDemanded(frame, arg))) return undefined;
  if (frame.outcome.callbacks.length >= maxCallbacks) return undefined;
  frame.outcome.callbacks.push({ call: value, param: symbol.origin.index, args });
  const origin = frame.engine.origins.result(value);
  return tainted([{ origin, clean: noKinds, exact: true, weak: false, trace: undefined }]);
}

/**
 * Records that the function of `frame` creates the function `func`. The new function may run at any time, so it is
 * treated as if it were called: the variables that it captures may reach sinks in its code.
 */
export function handInner(frame: FunctionView, func: number): void {
  frame.engine.inner(frame, func);
}

/** Whether a callee is `functools.reduce`, which gets the list as an argument and not as its receiver. */
function isReduce(frame: FunctionView, callee: Inst): boolean {
  if (callee.op === 'import') return callee.specifier === 'functools' && callee.name === 'reduce';
  if (callee.op !== 'member' || callee.name !== 'reduce') return false;
  const object = frame.inst(callee.object);
  return object.op === 'import' && object.specifier === 'functools';
}
