import type { Abstract } from '../dataflow/domain/abstract.ts';
import { element, keys } from '../dataflow/domain/entries.ts';
import { isKeptToOwnNames } from '../dataflow/query/looked-up-keys.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { assignedTo } from './record-sinks.ts';
import { hit, sinkOf } from './sinks.ts';

/** Checks the key of a store into a session: `req.session[key] = value`. Sinks for the value are in library models. */
export function checkSessionStore(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'store-index' },
): void {
  const key = frame.use(inst.key);
  if (key.taints.length === 0 || isKeptToOwnNames(key) || !isSession(frame, inst.object)) return;
  hit(frame, sinkOf(frame, 'trust', value, inst, 'a session key'), key);
}

/**
 * Checks calls that copy an object into a session: `Object.assign(req.session, data)` and `session.update(data)`. The keys
 * or the values of `data` may be untrusted.
 */
export function checkSessionCall(frame: FunctionView, value: ValueId, inst: Inst & Call): void {
  const callee = frame.inst(inst.callee);
  const [given] = inst.args;
  if (
    callee.op === 'member' &&
    callee.name === 'update' &&
    given !== undefined &&
    isSession(frame, callee.object)
  ) {
    const it = frame.use(given);
    hit(frame, sinkOf(frame, 'trust', value, inst, 'the keys of a session'), keys(it));
    hitEntries(frame, sinkOf(frame, 'trust', value, inst, 'a session'), it);
  }
  const target = assignedTo(frame, inst);
  if (target === undefined || !isSession(frame, target)) return;
  const sink = sinkOf(frame, 'trust', value, inst, 'a session');
  for (const arg of inst.args.slice(1)) {
    const it = frame.use(arg);
    hit(frame, sink, it);
    hitEntries(frame, sink, it);
  }
}

/** The entries of an object become values of the session. */
function hitEntries(frame: FunctionView, sink: Sink, it: Abstract): void {
  if (it.fields || it.rest) hit(frame, sink, element({ ...it, taints: [] }));
}

function isSession(frame: FunctionView, value: ValueId): boolean {
  const { states } = frame.engine.apiOf(frame.info.module);
  return frame.linked
    .states(frame.id, value)
    .some((state) => state.anyMember.some((id) => states[id]?.sinks.some((sink) => sink.kind === 'trust')));
}
