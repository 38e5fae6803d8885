import type { Linked } from '../../callgraph/linked.ts';
import { callsOf } from '../../callgraph/query/made-by.ts';
import { memoized, memoizedPair } from '../../ir/memoized.ts';
import { hasTrait } from '../../models/state-traits.ts';
import { isText } from './later-call.ts';

/** The maximum number of functions to visit: the enclosing ones and the callers. */
const maxFunctions = 24;

/** Whether a function runs to handle a request: it is a handler, is inside one, or is called by one. */
export function answersRequests(linked: Linked, id: number): boolean {
  const { functions, firstFunc } = linked.program;
  const seen = new Set<number>([id]);
  for (const at of seen) {
    const info = functions[at];
    if (!info) continue;
    if (isHandler(linked, at)) return true;
    const first = firstFunc[info.module] ?? 0;
    // A module's own code is no handler.
    const outer = info.func.outer > 0 ? [first + info.func.outer] : [];
    for (const one of [...outer, ...callsOf(linked, at).map(({ func }) => func)])
      if (seen.size < maxFunctions) seen.add(one);
  }
  return false;
}

const isHandler = memoizedPair((linked: Linked, id: number): boolean => {
  const { code } = linked.program.functions[id]?.func ?? { code: [] };
  return code.some(
    (inst, value) => inst.op === 'param' && hasTrait(linked.states(id, value), 'passed-to-handlers'),
  );
});

/** Whether a program listens to `uncaughtException`, and so decides itself what happens to the process. */
export const survivesErrors: (linked: Linked) => boolean = memoized((linked) =>
  linked.program.instructions.some(
    'call',
    ({ args: [event] }, { id }) =>
      event !== undefined && isText(linked, { func: id, value: event }, 'uncaughtException'),
  ),
);
