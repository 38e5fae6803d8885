import type { FunctionView } from '../../dataflow/view/function-view.ts';
import { blockOf } from '../../ir/block-of.ts';
import type { ValueId } from '../../ir/ir.ts';

const maxBlocks = 8;

/**
 * Whether a condition around the call that logs a value shows that the value is missing:
 * `if (!token) console.log('no token', token)`.
 */
export function isAbsent(frame: FunctionView, value: ValueId, name: string, where: ValueId): boolean {
  let to = blockOf(frame.func, where);
  for (let step = 0; step < maxBlocks; step++) {
    const [from, other] = frame.func.blocks[to]?.preds ?? [];
    const end = from === undefined || other !== undefined ? undefined : frame.func.blocks[from]?.end;
    if (from === undefined || !end) return false;
    if (end.kind === 'branch' && tellsAbsent(frame, end.test, value, name, end.then === to)) return true;
    to = from;
  }
  return false;
}

function tellsAbsent(
  frame: FunctionView,
  test: ValueId,
  value: ValueId,
  name: string,
  holds: boolean,
): boolean {
  // `if (!settings.token) log('no token', settings)`
  const isIt = (one: ValueId): boolean => {
    const inst = frame.inst(one);
    return (
      frame.valueNumbers[one] === frame.valueNumbers[value] || (inst.op === 'member' && inst.name === name)
    );
  };
  if (isIt(test)) return !holds;
  const inst = frame.inst(test);
  if (inst.op === 'unary') return /^(!|not)$/.test(inst.operator) && isIt(inst.value) && holds;
  if (inst.op !== 'binary' || !isIt(inst.left) || holds !== /^(==|is)$/.test(inst.operator)) return false;
  const right = frame.inst(inst.right);
  return (holds || /^(!=|is not)$/.test(inst.operator)) && right.op === 'const' && right.value == null;
}
