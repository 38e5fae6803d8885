import { instAt, origin, type Place } from '../../../callgraph/query/called-on.ts';
import { type Abstract, unknown } from '../../../dataflow/domain/abstract.ts';
import { object } from '../../../dataflow/domain/entries.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../../../ir/ir.ts';
import type { State } from '../../../models/api.ts';
import { hasTrait } from '../../../models/state-traits.ts';
import { entryFunctions, invokeAll } from '../../../semantics/collection/entry-functions.ts';

/**
 * Models a call of an action creator of a Redux Toolkit slice: applies the reducer of the same name to the payload, because
 * dispatching the action runs that reducer. Does nothing for other calls.
 */
export function actionCreated(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  states: readonly State[],
  args: readonly Abstract[],
): void {
  const [payload] = args;
  if (!payload || !hasTrait(states, 'creates-actions')) return;
  const creator = memberAt(frame, { func: frame.id, value: inst.callee });
  const actions = creator && memberAt(frame, creator.object);
  const slice = actions && origin(frame.linked, actions.object);
  const made = slice && instAt(frame.linked, slice);
  const options = made?.op === 'call' ? made.args[0] : undefined;
  if (!slice || options === undefined) return;
  const reducers = entryFunctions(frame, { func: slice.func, value: options }, ['reducers', creator.name]);
  invokeAll(frame, value, inst, reducers, [unknown, object([['payload', payload]])]);
}

function memberAt(
  frame: FunctionView,
  place: Place,
): { readonly object: Place; readonly name: string } | undefined {
  const { func, value } = origin(frame.linked, place);
  const inst = instAt(frame.linked, { func, value });
  return inst?.op === 'member' ? { object: { func, value: inst.object }, name: inst.name } : undefined;
}
