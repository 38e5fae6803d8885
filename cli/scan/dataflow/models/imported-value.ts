import { type Abstract, unknown } from '../domain/abstract.ts';
import type { FunctionView } from '../view/function-view.ts';

/** The value that an imported name has in the module that exports it. `unknown` for names of libraries. */
export function importedValue(frame: FunctionView, specifier: string, name: string): Abstract {
  const cell = frame.linked.cellOfImport(frame.info.module, specifier, name);
  return cell === undefined
    ? (frame.engine.exports.value(frame, specifier, name) ?? unknown)
    : frame.engine.variables.cellValue(frame.scope, cell);
}
