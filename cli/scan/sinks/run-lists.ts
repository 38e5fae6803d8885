import { type Argument, argumentList } from '../dataflow/query/argument-list.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst } from '../ir/ir.ts';
import { isStepOf } from '../models/api.ts';
import { sinkKind } from './sink-kinds.ts';
import { templateCommands } from './template-commands.ts';

/**
 * The programs that a library call runs, each with its arguments. A tagged template with a pipeline runs several. Empty for
 * other calls.
 */
export function runLists(frame: FunctionView, inst: Inst & Call): readonly (readonly Argument[])[] {
  const called = frame.linked.states(frame.id, inst.callee);
  if (called.length === 0) return none;
  const { states } = frame.engine.apiOf(frame.info.module);
  for (const state of called) {
    for (const step of state.args) {
      if (!step.to.some((id) => states[id]?.sinks.some(({ kind }) => sinkKind(kind).readsFirstOfList)))
        continue;
      // The texts of a template are its first argument.
      if (inst.quasis && isStepOf(step, 0, null)) return templateCommands(frame, inst, inst.quasis);
      const at = inst.quasis ? -1 : inst.args.findIndex((_, i) => isStepOf(step, i, inst.names?.[i] ?? null));
      if (at >= 0) return [argumentList(frame, inst, at)];
    }
  }
  return none;
}

const none: readonly never[] = Object.freeze([]);
