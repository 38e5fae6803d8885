import type { ValueId } from '../../ir/ir.ts';
import type { FunctionView } from '../view/function-view.ts';
import { possibleValues } from './trace-value.ts';

const errorName = /^(?:e|err|error|ex|exception)$|(?:Err|Error|Exception)$/;

/** Whether a value is the error object itself, caught here or received as an argument, and not a message or a field of it. */
export function isErrorItself(frame: FunctionView, value: ValueId): boolean {
  return possibleValues(frame, value).some((one) => {
    const inst = frame.inst(one);
    if (inst.op === 'caught') return true;
    return inst.op === 'param' && errorName.test(frame.func.params[inst.index]?.name ?? '');
  });
}
