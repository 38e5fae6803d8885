import type { Call, Inst, ValueId } from '../ir/ir.ts';
import type { Abstract } from './abstract.ts';
import { bufferMethod } from './buffers.ts';
import { collectionMethod } from './collection-methods.ts';
import type { Frame } from './frame.ts';
import { globalFunction } from './global-functions.ts';
import { namespaceFunction } from './namespace-functions.ts';
import { queueMethod } from './queues.ts';
import { sectionMethod } from './section-methods.ts';
import { textMethod } from './text-methods.ts';

/** A call of a function that a language brings with it, as far as its name tells. */
export interface BuiltinCall {
  readonly frame: Frame;
  readonly value: ValueId;
  readonly inst: Inst & Call;
  readonly args: readonly Abstract[];
  readonly receiver: Abstract;
  readonly isMethod: boolean;
  readonly name: string;
}

/** What a function or method of the languages themselves makes; undefined if it is none. */
export function callBuiltin(call: BuiltinCall): Abstract | undefined {
  if (!call.isMethod) return globalFunction(call);
  return bufferMethod(call) ?? queueMethod(call) ?? sectionMethod(call) ?? namespaceFunction(call) ?? collectionMethod(call) ?? textMethod(call);
}

/** The value of a keyword argument. */
export function named(call: BuiltinCall, name: string): Abstract | undefined {
  const i = call.inst.names?.indexOf(name) ?? -1;
  return i < 0 ? undefined : call.args[i];
}
