import type { FuncInfo } from '../callgraph/program.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import { defaultCalls } from '../ir/default-calls.ts';
import type { Call, ValueId } from '../ir/ir.ts';
import { aliasOf } from './type-alias.ts';

/**
 * Returns the calls that declare what a parameter holds, each with the function that contains it. They are in the parameter's
 * default (`= Query(...)`) or in its type, directly (`Annotated[str, Query(...)]`) or through an alias.
 */
export function declaringCalls(
  frame: FunctionView,
  param: ValueId,
): readonly { readonly func: FuncInfo; readonly call: Call }[] {
  const own = defaultCalls(frame.func).get(param) ?? none;
  const inst = frame.inst(param);
  const type = inst.op === 'param' ? frame.func.params[inst.index]?.type : undefined;
  const alias = aliasOf(frame, frame.info.module, type);
  const written = frame.linked.program.functions[alias?.func ?? -1];
  return [
    ...own.map((call) => ({ func: frame.info, call })),
    ...(written ? (alias?.calls ?? none).map((call) => ({ func: written, call })) : []),
  ];
}

const none: readonly Call[] = [];
