import type { FunctionView } from '../dataflow/view/function-view.ts';
import { isCheckedType } from './checked-types.ts';

/** Frameworks that look at a handler's parameters through its decorators, and pass nothing that is not of their types. */
const checking = /^(?:fastapi|litestar|ninja|sanic)\b/;

/** Whether a parameter of a handler that a decorator wraps holds nothing that others could have written freely. */
export function isCheckedThroughWrapper(frame: FunctionView, index: number): boolean {
  const type = frame.func.params[index]?.type;
  if (!type || !frame.language.typesExistAtRunTime || frame.handed.length > 0) return false;
  return (
    frame.linked.answersTo(frame.id).some(({ name }) => checking.test(name)) &&
    isCheckedType(frame, frame.info.module, type)
  );
}
