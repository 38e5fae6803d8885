import { type Abstract, unknown } from '../../../dataflow/domain/abstract.ts';
import { load } from '../../../dataflow/domain/entries.ts';
import { join } from '../../../dataflow/domain/join.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { ValueId } from '../../../ir/ir.ts';

/**
 * A call that puts something under a key of a registry, or takes out what others have put there: `provide('note', note)`,
 * `useContext(Note)`. Undefined where it is neither, or nothing is known of what is there.
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
      // There may be more than is known: a default, what is put there elsewhere.
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
