import type { Call, Inst, ValueId } from '../ir/ir.ts';
import type { Target } from '../link/linked.ts';
import { type Abstract, constant, holdsSource, perhaps, tainted, unknown } from './abstract.ts';
import type { CallSite, Scope } from './call-site.ts';
import { element, list, load, object, store, storeSomewhere } from './entries.ts';
import type { Frame } from './frame.ts';
import { join } from './join.ts';
import { cellsParam, closesOver, holdsLive, sharesLive } from './live.ts';
import { maxCallbacks } from './promises.ts';
import { isConvertedParam } from './route-params.ts';
import { maySubstituteSource, substitute, withoutSymbols } from './substitute.ts';
import type { Effect } from './summary.ts';
import type { Origin } from './taint.ts';
import { contextOf } from './template-context.ts';

export interface Applied {
  readonly returns: Abstract;
  /** The receiver, and each argument that was changed, after the call. */
  readonly receiver: Abstract;
  readonly args: readonly (Abstract | undefined)[];
}

/** What a call passes for each parameter of a function. */
export function argumentsOf(
  frame: Frame,
  target: Target,
  inst: Inst & Call,
  args: readonly Abstract[],
): Abstract[] {
  if (target.context) return [contextOf(frame, target.context, inst, args)];
  const { params } = frame.linked.program.functions[target.func]?.func ?? { params: [] };
  const given: (Abstract | undefined)[] = new Array(params.length);
  const put = (i: number, value: Abstract): void => {
    if (i < 0 || i >= params.length) return;
    const before = given[i];
    given[i] = before ? join(before, value) : value;
  };
  const rest = params.findIndex((param) => param.rest === 'positional');
  const keywords = params.findIndex((param) => param.rest === 'keywords');
  const extra: Abstract[] = [];
  const named: [string, Abstract][] = [];
  args.forEach((arg, i) => {
    const name = inst.names?.[i] ?? null;
    // The texts of a tagged template are its first argument.
    const position = (inst.quasis ? i + 1 : i) - target.shift;
    if (inst.spread?.includes(i)) {
      if (name !== null) {
        params.forEach((param, at) => {
          if (!param.rest && given[at] === undefined)
            put(at, handedOn(frame, target.func, at, load(arg, param.name)));
        });
        if (keywords >= 0) put(keywords, arg);
        return;
      }
      for (let at = Math.max(0, position); at < params.length && !params[at]?.rest; at++) {
        const it = arg.length !== undefined ? load(arg, String(at - position)) : element(arg);
        put(at, handedOn(frame, target.func, at, it));
      }
      if (rest >= 0) extra.push(element(arg));
    } else if (name !== null) {
      const at = params.findIndex((param) => param.name === name && !param.rest);
      if (at >= 0) put(at, arg);
      else named.push([name, arg]);
    } else if (rest >= 0 && position >= rest) extra.push(arg);
    else put(position, arg);
  });
  if (rest >= 0)
    given[rest] = inst.spread
      ? list([], extra.length > 0 ? extra.reduce((a, b) => join(a, b)) : undefined)
      : list(extra);
  if (keywords >= 0)
    given[keywords] = named.length > 0 ? object(named, given[keywords]) : (given[keywords] ?? object([]));
  // What was given before, where the function was bound, is not known here.
  return params.map((_, i) => given[i] ?? (i < -target.shift ? unknown : constant(undefined)));
}

/**
 * Steps into other functions that are made for one function, and what of their summaries is put in its terms: a bound that only
 * hostile code, and libraries in one large closure, reach.
 */
const maxWork = 8_000;

/** How a function is called. */
interface How {
  /** Parameters that are given functions which bring the data of others. */
  readonly bringing?: readonly number[];
  /** It makes an object. */
  readonly isNew?: boolean;
  /** Its caller was handed it. */
  readonly isCallback?: boolean;
  /** The variables around it, where a call of the caller's has made it. */
  readonly closure?: Scope | undefined;
}

/** The parameters (-1 is `this`, and the variables around it) in which a function is given what may be data of others. */
function liveArguments(
  frame: Frame,
  func: number,
  args: readonly Abstract[],
  receiver: Abstract,
  { bringing = [], closure }: How,
): readonly number[] {
  const live: number[] = holdsLive(frame, receiver) ? [-1] : [];
  args.forEach((arg, i) => {
    if (holdsLive(frame, arg) || bringing.includes(i)) live.push(i);
  });
  if ((sharesLive(frame) && closesOver(frame.linked, func)) || (closure && holdsLiveCell(frame, closure)))
    live.push(cellsParam);
  return live;
}

function holdsLiveCell(frame: Frame, { cells }: Scope): boolean {
  for (const value of cells.values()) if (holdsLive(frame, value)) return true;
  return false;
}

/** What a function does, with what is known of its arguments at one call. */
export function applySummary(
  frame: Frame,
  value: ValueId,
  inst: Inst,
  func: number,
  args: readonly Abstract[],
  receiver: Abstract,
  how: How = {},
): Applied {
  const { engine } = frame;
  const live = frame.isPlain ? [] : liveArguments(frame, func, args, receiver, how);
  const summary = live.length > 0 ? engine.deepSummary(func, live) : engine.outline(func);
  if (frame.isPlain)
    frame.meetsSource ||= summary?.bringsSource === true || holdsSource(receiver) || args.some(holdsSource);
  // Most calls are of functions that do nothing with what they are given, and pass nothing of others.
  if (live.length === 0 && summary?.isInert)
    return { returns: summary.returns ?? unknown, receiver, args: noArgs };
  const name = nameOf(frame, func);
  const results = new Map<number, Abstract>();
  const known = new Map<Origin, Abstract>();
  const { scope: caller } = frame;
  const { closure } = how;
  const site: CallSite = {
    engine,
    caller,
    callee: func,
    span: inst,
    name,
    args,
    receiver,
    closure,
    results,
    known,
  };
  if (live.length > 0) frame.sites.push(site);
  if (!summary) return { returns: perhaps([receiver, ...args]), receiver, args: noArgs };
  if (summary.isInert) return { returns: summary.returns ?? unknown, receiver, args: noArgs };
  // Nothing of others goes in, and nothing comes out but what is returned.
  if (frame.isPlain || (live.length === 0 && !summary.bringsSource && !how.isNew))
    return { returns: withoutSymbols(site, summary.returns ?? unknown), receiver, args: noArgs };
  if (live.length === 0) engine.summary(func);
  frame.work += 1 + 4 * (summary.effects.length + summary.callbacks.length);
  if (frame.work > maxWork) {
    engine.cut(frame.id);
    return { returns: perhaps([receiver, ...args]), receiver, args: noArgs };
  }

  const before = engine.substituted;
  // Which functions a callback was passed in turn, its caller does not know.
  for (const callback of how.isCallback ? [] : summary.callbacks) {
    if (callback.param < 0) continue;
    const passed = callback.args.map((arg) => substitute(site, arg));
    results.set(callback.call, callBack(frame, value, inst, func, callback.param, passed));
  }
  for (const { cell, value: stored, depth } of summary.cells)
    engine.variables.storeGlobalCell(frame, cell, substitute(site, stored), depth + 1);
  let after = receiver;
  const changed: (Abstract | undefined)[] = [];
  // What a method stores in its own object the object's other methods see as its fields.
  const isOwn = receiver.taints.some(
    (taint) => taint.exact && taint.origin.kind === 'param' && taint.origin.index === -1,
  );
  for (const effect of summary.effects) {
    const into = effect.param === -1 ? receiver : args[effect.param];
    if (!into) continue;
    const isKnownAbove = isSymbol(into);
    if (isKnownAbove && !isTold(frame, into) && !maySubstituteSource(site, effect.value)) continue;
    const stored = substitute(site, effect.value);
    engine.fields.noteEffect(frame, into, effect.path, stored, true);
    if (how.isCallback) engine.fields.noteHanded(func, effect, stored);
    // What is known of a parameter's fields here is what the callers say; only certain data of others is added.
    if (isKnownAbove && !holdsSource(stored)) continue;
    if (effect.param !== -1)
      changed[effect.param] = withEffect(frame, changed[effect.param] ?? into, effect, stored, false);
    else if (!isOwn)
      after = withEffect(frame, after, effect, stored, after.shape === 'object' && after.taints.length === 0);
  }
  if (summary.throws) frame.throws(substitute(site, summary.throws));
  const returns = substitute(site, summary.returns ?? unknown);
  frame.work += engine.substituted - before;
  known.clear();
  return { returns, receiver: after, args: changed };
}

const noArgs: readonly never[] = Object.freeze([]);

function nameOf(frame: Frame, func: number): string {
  const info = frame.linked.program.functions[func];
  return `${info?.func.name || 'the function'}()`;
}

function isSymbol(value: Abstract): boolean {
  return value.taints.some((taint) => taint.exact && taint.origin.kind !== 'source');
}

/** Whether the callers of a function are told of what a call in it stores in a value. */
function isTold(frame: Frame, into: Abstract): boolean {
  return (
    frame.isConstructor ||
    into.taints.some(({ exact, origin }) => exact && origin.kind === 'param' && origin.index >= 0)
  );
}

/** A function may store, or not; only a new object is known to hold nothing before. */
function withEffect(frame: Frame, it: Abstract, effect: Effect, stored: Abstract, isNew: boolean): Abstract {
  const [first, ...more] = effect.path;
  if (first === undefined) return storeSomewhere(it, stored);
  if (more.length === 0) return store(it, first, isNew ? stored : join(load(it, first), stored));
  const inner = load(it, first);
  return store(it, first, withEffect(frame, inner, { ...effect, path: more }, stored, isNew));
}

/** Calls the functions that were passed for a parameter, with what the callee passes them. */
function callBack(
  frame: Frame,
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

/** What wraps a handler hands on what the route has let through: `view(*args, **kwargs)`. */
function handedOn(frame: Frame, func: number, param: number, it: Abstract): Abstract {
  return it.taints.length > 0 && isConvertedParam(frame.linked, func, param) ? unknown : it;
}

const noNames: ReadonlyMap<string, Abstract> = new Map();

/** Calls a value that is a function, or one of a few. */
export function invoke(
  frame: Frame,
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
      return handedOn(frame, func, i, passed[i - before] ?? named.get(param.name) ?? constant(undefined));
    });
    const { returns } = applySummary(frame, value, inst, func, given, unknown, { isCallback: true });
    result = result ? join(result, returns) : returns;
  }
  if (result) return result;
  // The function is a parameter here too: its callers know.
  const { taints } = frame.values[callee] ?? unknown;
  const symbol = taints.find(
    (taint) => taint.exact && taint.origin.kind === 'param' && taint.origin.path.length === 0,
  );
  if (symbol?.origin.kind === 'param' && frame.callbacks.length < maxCallbacks) {
    frame.callbacks.push({ call: value, param: symbol.origin.index, args: passed });
    return tainted([{ ...symbol, origin: frame.engine.origins.result(value) }]);
  }
  return perhaps(passed);
}
