import {
  type Abstract,
  aBoolean,
  aNumber,
  cleaned,
  tainted,
  unknown,
} from '../../dataflow/domain/abstract.ts';
import { element, list, load, store } from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import { type Kinds, kindsOf, noKinds } from '../../dataflow/domain/kinds.ts';
import { invoke } from '../../dataflow/summary/apply.ts';
import { theError } from '../../dataflow/summary/source-taint.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import { reduced } from '../collection/reduced.ts';
import type { BuiltinCall } from './builtin-call.ts';
import { pipedValue, subscribed } from './observables.ts';

/** The names that `withCallback` handles. It runs for each method call, so other names must leave early. */
const methods = [
  'then',
  'finally',
  'catch',
  'map',
  'flatMap',
  'forEach',
  'filter',
  'find',
  'findLast',
  'some',
  'every',
  'findIndex',
  'reduce',
  'pipe',
  'subscribe',
  'replace',
] as const;
type Name = (typeof methods)[number];
const names: ReadonlySet<string> = new Set(methods);

/**
 * The result of a method that calls a function with each element of its receiver, or with a promise's value. Analyses that
 * function with the element or value as its argument. Undefined for other methods.
 */
export function withCallback(call: BuiltinCall): Abstract | undefined {
  if (!names.has(call.name)) return undefined;
  const { frame, value, inst, args, receiver } = call;
  const name = call.name as Name;
  const callback = inst.args[0];
  if (callback === undefined) return undefined;
  const isCallback =
    frame.linked.functions(frame.id, callback).length > 0 || frame.inst(callback).op === 'param';
  const item = element(receiver);
  switch (name) {
    case 'then':
    case 'finally': {
      const [, rejected] = inst.args;
      if (rejected !== undefined) invoke(frame, value, inst, rejected, [theError(frame, value, inst)]);
      const result = isCallback ? invoke(frame, value, inst, callback, [receiver]) : receiver;
      return name === 'finally' ? receiver : result;
    }
    case 'catch':
      if (isCallback)
        return join(receiver, invoke(frame, value, inst, callback, [theError(frame, value, inst)]));
      return undefined;
    case 'map':
    case 'flatMap':
      // `executor.map(work, items)`
      if (isCallback && args[1] && !frame.language.itemsAreReceivers)
        return list(
          [],
          invoke(
            frame,
            value,
            inst,
            callback,
            args.slice(1).map((arg) => element(arg)),
          ),
        );
      return isCallback
        ? list([], invoke(frame, value, inst, callback, [item, aNumber, receiver]))
        : list([], globalCallback(call, item));
    case 'forEach':
      if (isCallback)
        invoke(frame, value, inst, callback, [
          item,
          isList(receiver) ? aNumber : tainted(receiver.taints, 'text'),
          receiver,
        ]);
      return unknown;
    case 'filter':
      if (isCallback) invoke(frame, value, inst, callback, [item, aNumber, receiver]);
      return list([], filtered(call, item));
    case 'find':
    case 'findLast':
      if (isCallback) invoke(frame, value, inst, callback, [item, aNumber, receiver]);
      return isCallback ? filtered(call, item) : undefined;
    case 'some':
    case 'every':
      if (isCallback) invoke(frame, value, inst, callback, [item, aNumber, receiver]);
      return aBoolean;
    case 'findIndex':
      return aNumber;
    case 'reduce': {
      if (!isCallback) return undefined;
      const known = reduced(call, callback, receiver, args[1]);
      if (known) return known;
      const start = args[1] ?? item;
      const once = invoke(frame, value, inst, callback, [start, item, aNumber, receiver]);
      const twice = invoke(frame, value, inst, callback, [join(start, once), item, aNumber, receiver]);
      return join(once, twice);
    }
    case 'pipe':
      return pipedValue(frame, value, inst, receiver);
    case 'subscribe':
      subscribed(frame, value, inst, receiver);
      return undefined;
    case 'replace':
      if (isCallback) invoke(frame, value, inst, callback, [receiver]);
      return undefined;
    default:
      return undefined;
  }
}

function isList(it: Abstract): boolean {
  return it.shape === 'list';
}

/** `list.map(Number)`, `list.map(String)`. */
function globalCallback({ frame, inst }: BuiltinCall, item: Abstract): Abstract {
  const callback = frame.inst(inst.args[0] as number);
  const name = callback.op === 'global' ? callback.name : '';
  if (name === 'Number' || name === 'parseInt' || name === 'parseFloat') return aNumber;
  if (name === 'Boolean') return aBoolean;
  return cleaned(item, cleanByLibrary(frame, inst.args[0] as number));
}

/** `names.map(mysql.escape)`: the kinds that the library's function sanitises without condition, by its model. */
function cleanByLibrary(frame: FunctionView, func: number): Kinds {
  let clean = noKinds;
  for (const { returns } of frame.linked.states(frame.id, func))
    for (const id of returns)
      for (const { kinds, when } of frame.engine.apiOf(frame.info.module).states[id]?.clean ?? [])
        if (!when) clean = clean.union(kindsOf(kinds));
  return clean;
}

/** The items that pass a filter, cleaned by what the callback proves about its argument when it returns true. */
function filtered({ frame, inst }: BuiltinCall, item: Abstract): Abstract {
  const [callback] = inst.args;
  const [func] = callback === undefined ? [] : frame.linked.functions(frame.id, callback);
  if (func === undefined) return item;
  let passed = item;
  for (const [key, clean] of frame.engine.proofs(func)?.truthy ?? []) {
    const [param, name] = key.split('.');
    if (param !== '0') continue;
    if (name === undefined) passed = cleaned(passed, clean);
    else passed = store(passed, name, cleaned(load(passed, name), clean));
  }
  return passed;
}
