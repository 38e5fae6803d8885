import { maxHopsToPath } from '../budgets/guards.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { ValueId } from '../ir/ir.ts';

/** The path inside any effects, casts, awaits and `str(...)`: `name` in `await String(name)`. */
export function plainPath(frame: FunctionView, value: ValueId): ValueId {
  let at = frame.valueNumbers[value] ?? value;
  for (let depth = 0; depth < maxHopsToPath; depth++) {
    const inst = frame.inst(at);
    if (inst.op === 'effect' || inst.op === 'await' || inst.op === 'typed' || inst.op === 'cell-store')
      at = inst.value;
    else if (inst.op === 'call') {
      const callee = frame.inst(inst.callee);
      const [arg] = inst.args;
      // `str(path)`
      if (callee.op !== 'global' || (callee.name !== 'str' && callee.name !== 'String') || arg === undefined)
        break;
      at = arg;
    } else break;
  }
  return at;
}
