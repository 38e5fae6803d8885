import { type Abstract, unknown } from '../../../dataflow/domain/abstract.ts';
import { load } from '../../../dataflow/domain/entries.ts';
import { join } from '../../../dataflow/domain/join.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { ValueId } from '../../../ir/ir.ts';

/**
 * Models a call that stores a value under a key of a registry, such as `provide('note', note)`, or that reads one, such as
 * `useContext(Note)`. Returns the value that is read. Undefined for other calls, and if the stored value is unknown.
 */
export function registeredCall(
  frame: FunctionView,
  value: ValueId,
  args: readonly Abstract[],
): Abstract | undefined {
  let taken: Abstract | undefined;
  for (const { cell, arg, entry } of frame.linked.registered(frame.id, value)) {
    const { variables } = frame.engine;
    if (arg < 0) {
      const found = variables.cellValue(frame.scope, cell);
      if (found === unknown) continue;
      // The value may be another one: a default, or one stored elsewhere.
      const open = { ...found, consts: undefined };
      taken = taken ? join(taken, open) : open;
      continue;
    }
    const given = args[arg] ?? unknown;
    const put = entry === undefined ? given : load(given, entry);
    if (put !== unknown) variables.storeGlobalCell(frame, cell, put);
  }
  return taken;
}
