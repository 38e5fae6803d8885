import { type Abstract, unknown } from './abstract.ts';
import type { Frame } from './frame.ts';

/** What an import brings. */
export function importedValue(frame: Frame, specifier: string, name: string): Abstract {
  const cell = frame.linked.cellOfImport(frame.info.module, specifier, name);
  return cell === undefined
    ? (frame.engine.exports.value(frame, specifier, name) ?? unknown)
    : frame.engine.variables.cellValue(frame.scope, cell);
}
