import type { FunctionView } from '../dataflow/view/function-view.ts';
import { hasTrait } from '../models/state-traits.ts';
import { isCheckedType } from './checked-types.ts';

/**
 * Whether a parameter of a decorated handler holds no free text, because the framework checks the parameter's declared type
 * before it calls the decorator's wrapper.
 */
export function isCheckedThroughWrapper(frame: FunctionView, index: number): boolean {
  const type = frame.func.params[index]?.type;
  if (!type || !frame.language.typesExistAtRunTime || frame.handed.length > 0) return false;
  return (
    hasTrait(frame.linked.answersTo(frame.id), 'checks-declared-types') &&
    isCheckedType(frame, frame.info.module, type)
  );
}
