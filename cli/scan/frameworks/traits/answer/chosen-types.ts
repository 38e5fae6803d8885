import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';

/** A type that the program finds out itself, as that of a file, is that of markup seldom enough. */
export function isChosen(frame: FunctionView, value: number): boolean {
  const it = frame.values[value];
  return (
    it !== undefined &&
    it.taints.length === 0 &&
    !it.consts &&
    !it.skeleton &&
    isFound(frame.func.code, value)
  );
}

/** Members of members are followed so far. */
const maxHops = 4;

/** A call, or what is taken out of what it gave; of a name that the project sets nothing is found out. */
function isFound(code: readonly Inst[], value: ValueId): boolean {
  let inst = code[value];
  for (let hop = 0; hop <= maxHops; hop++) {
    if (inst?.op === 'index' || inst?.op === 'member') inst = code[inst.object];
    else if (inst?.op === 'element' || inst?.op === 'await' || inst?.op === 'effect') inst = code[inst.value];
    else break;
  }
  return inst?.op === 'call' || inst?.op === 'phi';
}
