import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { type Api, type ArgStep, isStepOf, type State } from '../../models/api.ts';
import { sinkKind } from '../../sinks/sink-kinds.ts';
import { calleeName, type Use } from '../kit/use.ts';

/** The arguments that a library function executes. Most functions have none. */
function runBy({ engine, info }: FunctionView, state: State): readonly ArgStep[] {
  return state.args.length === 0 ? state.args : runIn(engine.apiOf(info.module), state);
}

const runIn = memoizedPair(({ states }: Api, { args }: State): readonly ArgStep[] =>
  args.filter(({ to }) => to.some((id) => states[id]?.sinks.some(({ kind }) => sinkKind(kind).runs))),
);

// `module._compile(text)`, `builtins.exec(text)` on a module that is loaded by name, `[].filter.constructor(text)`
const runners: ByHost<ReadonlySet<string>> = {
  python: new Set(['eval', 'exec', '__import__']),
  javascript: new Set(['eval', 'Function', '_compile', 'constructor']),
};

/** Returns the arguments that a call executes as code or as a command, or uses as the name of a module to load. */
export function runArguments(use: Use, call: Call): Iterable<ValueId> {
  const { frame, language } = use;
  let found: Set<ValueId> | undefined;
  for (const state of frame.linked.states(frame.id, call.callee)) {
    for (const step of runBy(frame, state)) {
      for (let i = 0; i < call.args.length; i++)
        if (isStepOf(step, i, call.names?.[i] ?? null)) {
          found ??= new Set();
          found.add(call.args[i] as ValueId);
        }
    }
  }
  const name = calleeName(use, call);
  const last = name === 'Function' || name === 'constructor' ? call.args.at(-1) : call.args[0];
  if (last !== undefined && byHost(language, runners)?.has(name)) {
    found ??= new Set();
    found.add(last);
  }
  return found ?? none;
}

const none: readonly ValueId[] = [];
