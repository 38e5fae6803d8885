import { callsOf } from '../../callgraph/query/made-by.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { ProgramView } from '../../dataflow/view/program-view.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import type { State } from '../../models/api.ts';

/** Bounds how many functions are checked: the function and its transitive callers. */
const maxFunctions = 24;

/**
 * Whether a function runs to answer a request: it reads untrusted data, is a framework's handler, or is called by such a
 * function.
 */
export function answersRequests(frame: FunctionView): boolean {
  const seen = new Set<number>([frame.id]);
  for (const at of seen) {
    if (readsRequest(frame.engine, at)) return true;
    for (const { func } of callsOf(frame.linked, at)) if (seen.size < maxFunctions) seen.add(func);
  }
  return false;
}

const readsRequest = memoizedPair((engine: ProgramView, id: number) => {
  const { linked } = engine;
  const info = linked.program.functions[id];
  if (!info) return false;
  const { states } = engine.apiOf(info.module);
  return (
    linked
      .handedTo(id)
      .some(({ params }) => params.some(({ to }) => to.some((one) => isSent(states[one])))) ||
    info.func.code.some((_, value) => linked.states(id, value).some(isSent))
  );
});

/** Every program reads its arguments and the like. No client waits for an answer to those. */
function isSent(state: State | undefined): boolean {
  return (
    state?.sources.some(({ kind }) => kind === 'remote') === true &&
    !state.traits.has('read-by-every-program')
  );
}
