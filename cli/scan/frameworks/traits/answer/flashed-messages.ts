import { type Abstract, holdsSource, unknown } from '../../../dataflow/domain/abstract.ts';
import { element, list } from '../../../dataflow/domain/entries.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Call, Inst } from '../../../ir/ir.ts';
import { flashedAt, flashedNames } from '../../../libraries/python/page/flashed-messages.ts';
import type { State } from '../../../models/api.ts';

/** Propagates the argument of `flash(text)` or `messages.error(request, text)` to the list of messages that templates read. */
export function flashMessage(
  frame: FunctionView,
  inst: Inst & Call,
  states: readonly State[],
  args: readonly Abstract[],
): void {
  for (const { type } of states) {
    const at = flashedAt.get(type ?? '');
    if (at === undefined) continue;
    const named = inst.names?.indexOf('message') ?? -1;
    const message = args[named >= 0 ? named : at];
    // After a constant pass that meets tainted data, the full analysis follows, which knows what was checked.
    if (!message || (frame.isConstantPass && holdsSource(message))) continue;
    const shown = at === 0 ? flashedNames.reader : flashedNames.list;
    frame.engine.fields.showTemplates(shown, list([], message));
  }
}

/**
 * Returns the result of `get_flashed_messages()` in a template: the messages, or pairs of a category and a message.
 * Undefined outside of templates.
 */
export function flashedMessages(frame: FunctionView, inst: Inst & Call): Abstract | undefined {
  if (!frame.language.isTemplate) return undefined;
  const all = frame.use(inst.callee);
  if (!inst.names?.includes('with_categories')) return all;
  return list([], list([unknown, element(all)]));
}
