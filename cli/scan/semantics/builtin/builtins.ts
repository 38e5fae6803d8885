import { type Abstract, cleaned } from '../../dataflow/domain/abstract.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';
import { collectionMethod } from '../collection/collection-methods.ts';
import { queueMethod } from '../collection/queues.ts';
import { sectionMethod } from '../collection/section-methods.ts';
import { bufferMethod } from '../text/buffers.ts';
import { takenSegment } from '../text/path-segments.ts';
import { textMethod } from '../text/text-methods.ts';
import { globalFunction } from './global-functions.ts';
import { namespaceFunction } from './namespace-functions.ts';

/** The result of a call to a built-in function or method of the language; undefined if the name is not a built-in. */
export function callBuiltin(call: BuiltinCall): Abstract | undefined {
  if (!call.isMethod) return globalFunction(call);
  const borrowed = borrowedMethod(call);
  if (borrowed) return callBuiltin(borrowed);
  return (
    bufferMethod(call) ??
    queueMethod(call) ??
    sectionMethod(call) ??
    namespaceFunction(call) ??
    itemMethod(call) ??
    textMethod(call)
  );
}

function itemMethod(call: BuiltinCall): Abstract | undefined {
  const made = collectionMethod(call);
  return made && cleaned(made, takenSegment(call));
}

/** `Array.prototype.slice.call(items, 1)`, rewritten as `items.slice(1)`. */
function borrowedMethod(call: BuiltinCall): BuiltinCall | undefined {
  const { frame, inst, args, name } = call;
  if (name !== 'call') return undefined;
  const callee = frame.inst(inst.callee);
  const method = callee.op === 'member' ? frame.inst(callee.object) : undefined;
  const [receiver, ...others] = args;
  if (method?.op !== 'member' || !receiver) return undefined;
  const owner = frame.inst(method.object);
  if (owner.op !== 'member' || owner.name !== 'prototype') return undefined;
  return { ...call, receiver, args: others, inst: { ...inst, args: inst.args.slice(1) }, name: method.name };
}
