import { maxHopsToJoin, maxJoiningCallers } from '../budgets/guards.ts';
import { callsOf } from '../callgraph/query/made-by.ts';
import { passedFor } from '../callgraph/query/passed-for.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';

/**
 * Whether every caller passes a joined file path for a parameter, without normalising it: `is_inside(BASE,
 * os.path.join(BASE, name))`. Such a path may contain `..`. False if there are no known callers, or too many.
 */
export function isUnnormalisedArgument(frame: FunctionView, index: number): boolean {
  const { linked, id } = frame;
  const calls = callsOf(linked, id);
  if (calls.length === 0 || calls.length > maxJoiningCallers) return false;
  return calls.every((call) => {
    const values = passedFor(linked, call, id, index);
    const code = linked.program.functions[call.func]?.func.code ?? [];
    return (
      values.length > 0 && values.every((value) => isJoined(code, value, !frame.language.joinNormalisesPaths))
    );
  });
}

function isJoined(code: readonly Inst[], value: ValueId, keepsDots: boolean): boolean {
  let inst = code[value];
  for (let hop = 0; hop < maxHopsToJoin; hop++) {
    switch (inst?.op) {
      case 'typed':
      case 'effect':
        inst = code[inst.value];
        continue;
      case 'text':
        return inst.parts.length > 1;
      case 'binary':
        return inst.operator === '/' || inst.operator === '+';
      case 'call': {
        const callee = code[inst.callee];
        const name = callee?.op === 'member' || callee?.op === 'import' ? callee.name : '';
        // `str(path)`
        if (callee?.op === 'global' && callee.name === 'str') {
          inst = code[inst.args[0] ?? -1];
          continue;
        }
        return keepsDots && (name === 'join' || name === 'joinpath') && inst.args.length > 0;
      }
      default:
        return false;
    }
  }
  return false;
}
