import type { Target } from '../../callgraph/linked.ts';
import { hasNoPart, isConvertedParam } from '../../frameworks/routes/route-params.ts';
import type { Call, Inst, Param } from '../../ir/ir.ts';
import { type Abstract, constant, unknown } from '../domain/abstract.ts';
import { element, list, load, object } from '../domain/entries.ts';
import { join } from '../domain/join.ts';
import type { Taint } from '../domain/taint.ts';
import type { FunctionView } from '../view/function-view.ts';
import { contextOf } from './template-context.ts';

/** The value of a parameter without an argument. */
const missing = constant(undefined);

/**
 * The value that a call passes for each parameter of the callee. Matches positional, keyword and spread arguments with the
 * parameters.
 */
export function argumentsOf(
  frame: FunctionView,
  target: Target,
  inst: Inst & Call,
  args: readonly Abstract[],
): Abstract[] {
  if (target.context) return [contextOf(frame, target.context, inst, args)];
  const params = frame.linked.program.functions[target.func]?.func.params ?? [];
  const given: (Abstract | undefined)[] = new Array(params.length);
  const rest = placeOfRest(params, 'positional');
  const keywords = placeOfRest(params, 'keywords');
  const extra: Abstract[] = [];
  const named: [string, Abstract][] = [];
  // Runs for every call of a project function, hence loops without closures.
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as Abstract;
    const name = inst.names?.[i] ?? null;
    // The strings of a tagged template are its first argument.
    const position = (inst.quasis ? i + 1 : i) - target.shift;
    if (inst.spread?.includes(i)) {
      if (name === null) {
        spreadItems(frame, target.func, given, arg, position);
        if (rest >= 0) extra.push(element(arg));
      } else {
        spreadEntries(frame, target.func, given, arg);
        if (keywords >= 0) put(given, keywords, arg);
      }
    } else if (name !== null) {
      const at = placeOf(params, name);
      if (at >= 0) put(given, at, arg);
      else named.push([name, arg]);
    } else if (rest >= 0 && position >= rest) extra.push(arg);
    else put(given, position, arg);
  }
  if (rest >= 0)
    given[rest] = inst.spread
      ? list([], extra.length > 0 ? extra.reduce((a, b) => join(a, b)) : undefined)
      : list(extra);
  if (keywords >= 0)
    given[keywords] = named.length > 0 ? object(named, given[keywords]) : (given[keywords] ?? object([]));
  // Arguments that were bound earlier are unknown here.
  for (let i = 0; i < given.length; i++) given[i] ??= i < -target.shift ? unknown : missing;
  return given as Abstract[];
}

function placeOfRest(params: readonly Param[], kind: Param['rest']): number {
  for (let i = 0; i < params.length; i++) if (params[i]?.rest === kind) return i;
  return -1;
}

function placeOf(params: readonly Param[], name: string): number {
  for (let i = 0; i < params.length; i++) if (params[i]?.name === name && !params[i]?.rest) return i;
  return -1;
}

function put(given: (Abstract | undefined)[], i: number, value: Abstract): void {
  if (i < 0 || i >= given.length) return;
  const before = given[i];
  given[i] = before ? join(before, value) : value;
}

/** Matches the items of `f(*items)` with the positional parameters from `position` on. */
function spreadItems(
  frame: FunctionView,
  func: number,
  given: (Abstract | undefined)[],
  items: Abstract,
  position: number,
): void {
  const params = frame.linked.program.functions[func]?.func.params ?? [];
  for (let at = Math.max(0, position); at < params.length && !params[at]?.rest; at++) {
    const it = items.length !== undefined ? load(items, String(at - position)) : element(items);
    if (!isNoPart(frame, func, params[at], it)) put(given, at, passedArgument(frame, func, at, it));
  }
}

/** Matches the entries of `f(**entries)` by name with the parameters that have no argument yet. */
function spreadEntries(
  frame: FunctionView,
  func: number,
  given: (Abstract | undefined)[],
  entries: Abstract,
): void {
  const params = frame.linked.program.functions[func]?.func.params ?? [];
  params.forEach((param, at) => {
    if (param.rest || given[at] !== undefined) return;
    const it = load(entries, param.name);
    if (!isNoPart(frame, func, param, it)) put(given, at, passedArgument(frame, func, at, it));
  });
}

/**
 * Whether a wrapper only forwards the value from its rest parameter, and no route has a path parameter of this name to forward.
 */
function isNoPart(
  frame: FunctionView,
  func: number,
  param: Param | undefined,
  { taints }: Abstract,
): boolean {
  const isPassed = ({ origin }: Taint): boolean => {
    if (origin.kind === 'param') return frame.func.params[origin.index]?.rest !== undefined;
    const inst = origin.kind === 'source' && origin.func === frame.id ? frame.inst(origin.value) : undefined;
    return inst?.op === 'param' && frame.func.params[inst.index]?.rest !== undefined;
  };
  return (
    taints.length > 0 &&
    taints.every(isPassed) &&
    hasNoPart(frame.linked, func, param?.name ?? '', frame.handed)
  );
}

/**
 * The value of an argument that a call passes to a handler, such as the call `view(*args, **kwargs)` in a wrapper. Returns
 * `unknown` for a tainted argument if all routes to the handler convert the parameter to a number or an id.
 */
export function passedArgument(frame: FunctionView, func: number, param: number, it: Abstract): Abstract {
  return it.taints.length > 0 && isConvertedParam(frame.linked, func, param) ? unknown : it;
}
