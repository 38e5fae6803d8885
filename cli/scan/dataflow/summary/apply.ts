import { maxCallbacks, maxCallWork } from '../../budgets/dataflow.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import {
  type Abstract,
  constant,
  holdsSource,
  isUntainted,
  perhaps,
  tainted,
  unknown,
} from '../domain/abstract.ts';
import { list, load, object, store, storeSomewhere } from '../domain/entries.ts';
import { join } from '../domain/join.ts';
import type { Scope } from '../domain/scope.ts';
import type { CallSite } from '../view/call-site.ts';
import type { FunctionView } from '../view/function-view.ts';
import type { Callback, Effect } from '../view/summary.ts';
import { passedArgument } from './arguments-of.ts';
import { cellsParam, closesOver, holdsDemanded, sharesDemanded } from './demanded.ts';
import { listsReceiverStore, noteReceiver } from './receiver-stores.ts';
import { maySubstituteSource, substitute, withoutSymbols } from './substitute.ts';

/** What a call returns, and the values that its receiver and its arguments have after it. */
export interface Applied {
  readonly returns: Abstract;
  readonly receiver: Abstract;
  /** By parameter: the argument after the call. Undefined if the call does not change it. */
  readonly args: readonly (Abstract | undefined)[];
}

/** What distinguishes a call from the usual ones. */
interface How {
  /** Parameters whose arguments are functions that return untrusted data or pass it to callbacks. */
  readonly bringing?: readonly number[];
  /** The call creates an object. */
  readonly isNew?: boolean;
  /** The function is called back: by another function or a library, to which it was passed as an argument. */
  readonly isCallback?: boolean;
  /** The variables that the callee captures, if a call in the caller has created the callee. */
  readonly closure?: Scope | undefined;
}

const usual: How = {};

/** The parameters whose arguments may be untrusted. -1 is `this`, and `cellsParam` stands for the captured variables. */
function demandedArguments(
  frame: FunctionView,
  func: number,
  args: readonly Abstract[],
  receiver: Abstract,
  { bringing = noArgs, closure }: How,
): readonly number[] {
  let live: number[] | undefined = holdsDemanded(frame, receiver) ? [-1] : undefined;
  for (let i = 0; i < args.length; i++)
    if (holdsDemanded(frame, args[i] as Abstract) || bringing.includes(i)) live = withParam(live, i);
  if (
    (sharesDemanded(frame) && closesOver(frame.linked, func)) ||
    (closure && holdsDemandedCell(frame, closure))
  )
    live = withParam(live, cellsParam);
  return live ?? noArgs;
}

function withParam(params: number[] | undefined, param: number): number[] {
  if (!params) return [param];
  params.push(param);
  return params;
}

function holdsDemandedCell(frame: FunctionView, { cells }: Scope): boolean {
  for (const value of cells.values()) if (holdsDemanded(frame, value)) return true;
  return false;
}

/**
 * Applies the summary of a function at a call: returns the result and the changed arguments, and records the effects with the
 * caller's values in place of the parameters. Sinks are not handled here: the call site is recorded for `followSinks`.
 */
export function applySummary(
  frame: FunctionView,
  value: ValueId,
  inst: Inst,
  func: number,
  args: readonly Abstract[],
  receiver: Abstract,
  how: How = usual,
): Applied {
  const { engine } = frame;
  const live = frame.isConstantPass ? noArgs : demandedArguments(frame, func, args, receiver, how);
  const summary = live.length > 0 ? engine.deepSummary(func, live) : engine.outline(func);
  if (frame.isConstantPass && !frame.meetsSource)
    frame.meetsSource = summary?.bringsSource === true || holdsSource(receiver) || args.some(holdsSource);
  const { isInert = false, returns: returned = unknown } = summary ?? {};
  // No untrusted data goes in, and the result is all that comes out.
  const isAlone =
    live.length === 0 &&
    summary !== undefined &&
    (frame.isConstantPass || (!summary.bringsSource && !how.isNew));
  // The fast path: most functions have no effects on their arguments, and most results are untainted.
  if ((live.length === 0 && isInert) || (isAlone && isUntainted(returned)))
    return { returns: returned, receiver, args: noArgs };
  const site: CallSite = {
    engine,
    caller: frame.scope,
    callee: func,
    span: inst,
    args,
    receiver,
    closure: how.closure,
    results: noResults,
    known: undefined,
  };
  if (live.length > 0) frame.outcome.sites.push(site);
  if (!summary) {
    // The caller reads the summary, so it is analysed again once the summary is known.
    if (!frame.isConstantPass) engine.summary(func);
    return { returns: perhaps([receiver, ...args]), receiver, args: noArgs };
  }
  if (isInert) return { returns: returned, receiver, args: noArgs };
  if (isAlone) return { returns: withoutSymbols(site, returned), receiver, args: noArgs };
  if (live.length === 0) engine.summary(func);
  frame.work += 1 + 4 * (summary.effects.length + summary.callbacks.length);
  if (frame.work > maxCallWork) {
    engine.cut(frame.id);
    return { returns: perhaps([receiver, ...args]), receiver, args: noArgs };
  }

  const before = engine.substituted;
  // Callbacks of a callback are unknown here.
  if (summary.callbacks.length > 0 && !how.isCallback)
    callAllBack(frame, value, inst, site, summary.callbacks);
  for (const { cell, value: stored, depth } of summary.cells) {
    const written = substitute(site, stored);
    engine.variables.storeGlobalCell(frame, cell, written, depth + 1, inst);
    noteReceiver(frame, written, depth + 1);
  }
  let after = receiver;
  const changed: (Abstract | undefined)[] = [];
  // A method's stores into `this` reach the object's other methods as fields, not through this receiver.
  const isOwn = receiver.taints.some(
    (taint) => taint.exact && taint.origin.kind === 'param' && taint.origin.index === -1,
  );
  for (const effect of summary.effects) {
    const into = effect.param === -1 ? receiver : args[effect.param];
    if (!into) continue;
    const isKnownAbove = isSymbol(into) && !(effect.param === -1 && isCaptured(frame, into, effect.depth));
    if (isKnownAbove && !isInSummary(frame, into, effect.depth) && !maySubstituteSource(site, effect.value))
      continue;
    const stored = substitute(site, effect.value);
    engine.fields.noteEffect(frame, into, effect.path, stored, effect.depth + 1);
    if (how.isCallback) engine.fields.noteHandlerStore(func, effect, stored);
    // For a symbolic argument only the callers know the fields. Only definitely untrusted data is added here.
    if (isKnownAbove && !holdsSource(stored)) continue;
    if (effect.param !== -1)
      changed[effect.param] = withEffect(frame, changed[effect.param] ?? into, effect, stored, false);
    else if (!isOwn)
      after = withEffect(frame, after, effect, stored, after.shape === 'object' && after.taints.length === 0);
  }
  if (summary.throws) frame.throws(substitute(site, summary.throws));
  const returns = substitute(site, returned);
  frame.work += engine.substituted - before;
  site.known = undefined;
  return { returns, receiver: after, args: changed };
}

const noArgs: readonly never[] = Object.freeze([]);

const noResults: ReadonlyMap<number, Abstract> = new Map();

function isSymbol(value: Abstract): boolean {
  return value.taints.some((taint) => taint.exact && taint.origin.kind !== 'source');
}

/** Whether a value is a captured variable, such as `this` in a callback, of which a store becomes an effect in the summary. */
function isCaptured(frame: FunctionView, { taints }: Abstract, depth: number): boolean {
  return (
    taints.some(({ exact, origin }) => exact && origin.kind === 'cell') &&
    listsReceiverStore(frame, depth + 1)
  );
}

/** Whether a callee's store into this value becomes an effect in the caller's own summary. */
function isInSummary(frame: FunctionView, into: Abstract, depth: number): boolean {
  const least = listsReceiverStore(frame, depth + 1) ? -1 : 0;
  return (
    frame.isConstructor ||
    into.taints.some(({ exact, origin }) => exact && origin.kind === 'param' && origin.index >= least)
  );
}

/**
 * Applies a store to a value. The earlier value is joined in, since the callee may not reach the store. A new object has none.
 */
function withEffect(
  frame: FunctionView,
  it: Abstract,
  effect: Effect,
  stored: Abstract,
  isNew: boolean,
): Abstract {
  const [first, ...more] = effect.path;
  if (first === undefined) return storeSomewhere(it, stored);
  if (more.length === 0) return store(it, first, isNew ? stored : join(load(it, first), stored));
  const inner = load(it, first);
  return store(it, first, withEffect(frame, inner, { ...effect, path: more }, stored, isNew));
}

/** Invokes the functions that are passed for the parameters that the callee calls, and adds their results to the call site. */
function callAllBack(
  frame: FunctionView,
  value: ValueId,
  inst: Inst,
  site: CallSite,
  callbacks: readonly Callback[],
): void {
  const results = new Map<number, Abstract>();
  site.results = results;
  for (const { call, param, args } of callbacks) {
    if (param < 0) continue;
    const passed = args.map((arg) => substitute(site, arg));
    results.set(call, callBack(frame, value, inst, site.callee, param, passed));
  }
}

/** Invokes the functions that are passed for one parameter. `passed` are the arguments that the callee passes to them. */
function callBack(
  frame: FunctionView,
  value: ValueId,
  inst: Inst,
  func: number,
  param: number,
  passed: readonly Abstract[],
): Abstract {
  if (inst.op !== 'call') return unknown;
  const target = frame.linked.targets(frame.id, value).find((one) => one.func === func);
  const params = frame.linked.program.functions[func]?.func.params ?? [];
  const named = inst.names?.indexOf(params[param]?.name ?? null) ?? -1;
  const at = named >= 0 ? named : param + (target?.shift ?? 0);
  const arg = inst.args[at];
  if (arg === undefined) return unknown;
  return invoke(frame, value, inst, arg, passed);
}

const noNames: ReadonlyMap<string, Abstract> = new Map();

/**
 * Calls a value: applies the summaries of all functions that it may be, and joins their results. If the value is a
 * parameter, the call becomes a callback in the summary. If nothing is known of the value, the result is that of
 * `perhaps`.
 * @param passed the positional arguments
 * @param named the keyword arguments
 */
export function invoke(
  frame: FunctionView,
  value: ValueId,
  inst: Inst,
  callee: ValueId,
  passed: readonly Abstract[],
  named: ReadonlyMap<string, Abstract> = noNames,
): Abstract {
  let result: Abstract | undefined;
  for (const func of frame.linked.functions(frame.id, callee)) {
    const { params } = frame.linked.program.functions[func]?.func ?? { params: [] };
    const before = frame.linked.boundIn(frame.id, callee, func);
    const given = params.map((param, i) => {
      if (i < before) return unknown;
      if (param.rest === 'positional') return list(passed.slice(i - before));
      if (param.rest === 'keywords' && named.size > 0) return object([...named]);
      return passedArgument(
        frame,
        func,
        i,
        passed[i - before] ?? named.get(param.name) ?? constant(undefined),
      );
    });
    const { returns } = applySummary(frame, value, inst, func, given, unknown, { isCallback: true });
    result = result ? join(result, returns) : returns;
  }
  if (result) return result;
  // The function is a parameter here too, which the callers resolve.
  const { taints } = frame.values[callee] ?? unknown;
  const symbol = taints.find(
    (taint) => taint.exact && taint.origin.kind === 'param' && taint.origin.path.length === 0,
  );
  if (symbol?.origin.kind === 'param' && frame.outcome.callbacks.length < maxCallbacks) {
    frame.outcome.callbacks.push({ call: value, param: symbol.origin.index, args: passed });
    return tainted([{ ...symbol, origin: frame.engine.origins.result(value) }]);
  }
  return perhaps(passed);
}
