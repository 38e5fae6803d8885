import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, Inst } from '../../ir/ir.ts';

/** Whether a call converts its result to a number: `args.get('page', 1, type=int)` of Werkzeug. */
export function isConverted(frame: FunctionView, inst: Call, callee: Inst): boolean {
  if (callee.op !== 'member' || callee.name !== 'get') return false;
  const type = inst.args[inst.names?.indexOf('type') ?? -1];
  const made = type === undefined ? undefined : frame.inst(type);
  return made?.op === 'global' && (made.name === 'int' || made.name === 'float' || made.name === 'bool');
}
