import type { ValueId } from '../../ir/ir.ts';
import type { FunctionView } from '../view/function-view.ts';
import { possibleValues } from './trace-value.ts';

const errorName = /^(?:e|err|error|ex|exception)$|(?:Err|Error|Exception)$/;

/**
 * Whether a value may be an error object, caught here or received as a parameter. False for the message or another field of
 * an error.
 */
export function isErrorItself(frame: FunctionView, value: ValueId): boolean {
  return possibleValues(frame, value).some((one) => {
    const inst = frame.inst(one);
    if (inst.op === 'caught') return true;
    return inst.op === 'param' && errorName.test(frame.func.params[inst.index]?.name ?? '');
  });
}
