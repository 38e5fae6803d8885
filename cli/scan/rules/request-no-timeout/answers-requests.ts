import type { Linked } from '../../callgraph/linked.ts';
import { callsOf } from '../../callgraph/query/made-by.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { State } from '../../models/api.ts';

/** So many functions are looked at: one, and those that call it. */
const maxFunctions = 24;

/** Whether a function runs to answer a request: it reads what others send, is handed to a framework that calls it so, or is called by one that does. */
export function answersRequests(frame: FunctionView): boolean {
  const seen = new Set<number>([frame.id]);
  for (const at of seen) {
    if (readsRequest(frame, at)) return true;
    for (const { func } of callsOf(frame.linked, at)) if (seen.size < maxFunctions) seen.add(func);
  }
  return false;
}

const known = new WeakMap<Linked, Map<number, boolean>>();

function readsRequest({ linked, engine, info }: FunctionView, id: number): boolean {
  let all = known.get(linked);
  if (!all) {
    all = new Map();
    known.set(linked, all);
  }
  let answer = all.get(id);
  if (answer === undefined) {
    const { code } = linked.program.functions[id]?.func ?? { code: [] };
    const { states } = engine.apiOf(linked.program.functions[id]?.module ?? info.module);
    answer =
      linked
        .handedTo(id)
        .some(({ params }) => params.some(({ to }) => to.some((one) => isSent(states[one])))) ||
      code.some((_, value) => linked.states(id, value).some(isSent));
    all.set(id, answer);
  }
  return answer;
}

/** What every program reads is sent by nobody who waits for an answer. */
function isSent(state: State | undefined): boolean {
  return (
    state?.sources.some(({ kind }) => kind === 'remote') === true &&
    !state.traits.has('read-by-every-program')
  );
}
