import { maxConstructedClasses } from '../../budgets/dataflow.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { baseStates } from '../../sinks/base-states.ts';
import type { Abstract } from '../domain/abstract.ts';
import { join } from '../domain/join.ts';
import { applyModels } from '../models/models.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * The object that a call creates if it calls a project class that has no constructor but inherits from a library class:
 * `Reader(file)` for `class Reader(pickle.Unpickler)`. The model of the library class says what the object is. Undefined if
 * no base class has such a model.
 */
export function madeByBase(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  classes: readonly number[],
  args: readonly Abstract[],
  receiver: Abstract,
): Abstract | undefined {
  let made: Abstract | undefined;
  for (const owner of classes.slice(0, maxConstructedClasses)) {
    const states = baseStates(frame, owner);
    const one = states.length > 0 ? applyModels(frame, value, inst, states, args, receiver) : undefined;
    if (one) made = made ? join(made, one) : one;
  }
  return made;
}
