import type { Abstract } from '../../dataflow/domain/abstract.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';

/** A call whose callee is known by its name alone, so that it may be a built-in of the language. */
export interface BuiltinCall {
  readonly frame: FunctionView;
  readonly value: ValueId;
  readonly inst: Inst & Call;
  readonly args: readonly Abstract[];
  readonly receiver: Abstract;
  readonly isMethod: boolean;
  readonly name: string;
}

/** The value of a keyword argument, if the call passes it. */
export function named(call: BuiltinCall, name: string): Abstract | undefined {
  const i = call.inst.names?.indexOf(name) ?? -1;
  return i < 0 ? undefined : call.args[i];
}
