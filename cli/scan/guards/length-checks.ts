import { maxHarmlessQuadraticLength } from '../budgets/guards.ts';
import { onlyConst } from '../dataflow/domain/abstract.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import { kinds } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';

/**
 * What `text.length < 100`, `100 >= len(text)` and the negated tests prove: the text is short enough for a regular
 * expression with quadratic running time. Lists and texts are not distinguished here, so a short list with one long text
 * passes too.
 */
export function lengthChecks(
  frame: FunctionView,
  { operator, left, right }: Inst & { op: 'binary' },
  isTrue: boolean,
): readonly Check[] {
  const isLess = operator === '<' || operator === '<=';
  const [measured, limit] = isLess === isTrue ? [left, right] : [right, left];
  const most = onlyConst(frame.values[limit])?.value;
  if (typeof most !== 'number' || most > maxHarmlessQuadraticLength) return none;
  const value = measuredBy(frame, measured);
  return value === undefined ? none : [{ value, clean: kinds('quadratic') }];
}

function measuredBy(frame: FunctionView, length: ValueId): ValueId | undefined {
  const inst = frame.inst(length);
  if (inst.op === 'member') return inst.name === 'length' ? inst.object : undefined;
  if (inst.op !== 'call') return undefined;
  const callee = frame.inst(inst.callee);
  return callee.op === 'global' && callee.name === 'len' ? inst.args[0] : undefined;
}
