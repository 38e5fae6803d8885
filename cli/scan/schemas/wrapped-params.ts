import type { FunctionView } from '../dataflow/view/function-view.ts';
import { isCheckedType } from './checked-types.ts';

/** Frameworks that inspect a handler's parameters through its decorators, and pass only values of the declared types. */
const checking = /^(?:fastapi|litestar|ninja|sanic)\b/;

/** Whether a parameter of a decorated handler has a checked type, so that it holds no free text. */
export function isCheckedThroughWrapper(frame: FunctionView, index: number): boolean {
  const type = frame.func.params[index]?.type;
  if (!type || !frame.language.typesExistAtRunTime || frame.handed.length > 0) return false;
  return (
    frame.linked.answersTo(frame.id).some(({ name }) => checking.test(name)) &&
    isCheckedType(frame, frame.info.module, type)
  );
}
