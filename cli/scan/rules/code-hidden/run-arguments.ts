import type { Call, ValueId } from '../../ir/ir.ts';
import { isStepOf } from '../../model/api.ts';
import type { SinkKind } from '../../model/model.ts';
import { calleeName, type Use } from '../../rule/use.ts';

const running: ReadonlySet<SinkKind> = new Set(['code', 'command', 'reflection']);

/** What a call runs as code or as a command, or loads by its name. */
export function runArguments(use: Use, call: Call): readonly ValueId[] {
  const { frame, language } = use;
  const found = new Set<ValueId>();
  const { states } = frame.engine.apiOf(frame.info.module);
  for (const state of frame.linked.states(frame.id, call.callee)) {
    for (const step of state.args) {
      if (!step.to.some((id) => states[id]?.sinks.some(({ kind }) => running.has(kind)))) continue;
      call.args.forEach((arg, i) => {
        if (isStepOf(step, i, call.names?.[i] ?? null)) found.add(arg);
      });
    }
  }
  const name = calleeName(use, call);
  const [first] = call.args;
  // `module._compile(text)`, `builtins.exec(text)` of a module that is loaded by its name, `[].filter.constructor(text)`
  const isRunning =
    language === 'python' ? /^(eval|exec|__import__)$/ : /^(eval|Function|_compile|constructor)$/;
  const last = name === 'Function' || name === 'constructor' ? call.args.at(-1) : first;
  if (last !== undefined && isRunning.test(name)) found.add(last);
  return [...found];
}
