import { onlyConst } from '../../dataflow/domain/abstract.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { BinaryOperator, Inst, ValueId } from '../../ir/ir.ts';
import type { Language } from '../../languages/language.ts';

/**
 * The result of a length comparison that holds or fails for any length: `len(rows) >= 0` is always true. Undefined for
 * other comparisons.
 */
export function lengthTruth(
  frame: FunctionView,
  inst: Inst & { op: 'binary' },
  { lengthIsCall }: Language,
): boolean | undefined {
  const { operator, left, right } = inst;
  const turned = mirrored[operator];
  if (turned === undefined) return undefined;
  if (isLength(frame, left, lengthIsCall)) return truth(operator, numberOf(frame, right));
  return isLength(frame, right, lengthIsCall) ? truth(turned, numberOf(frame, left)) : undefined;
}

/** The operator with the same meaning when the operands are swapped. */
const mirrored: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};

/** A length is never negative. */
function truth(operator: BinaryOperator, bound: number | undefined): boolean | undefined {
  if (bound === undefined || bound > 0) return undefined;
  if (operator === '>=' && bound <= 0) return true;
  if (operator === '<' && bound <= 0) return false;
  if (bound === 0) return undefined;
  return operator === '>' || operator === '!=';
}

function numberOf(frame: FunctionView, value: ValueId): number | undefined {
  const only = onlyConst(frame.use(value))?.value;
  return typeof only === 'number' ? only : undefined;
}

/** In JavaScript an untrusted object may have a `length` of its own, so the receiver must be a string or list. */
function isLength(frame: FunctionView, value: ValueId, lengthIsCall: boolean): boolean {
  const inst = frame.inst(value);
  if (lengthIsCall) {
    const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
    return callee?.op === 'global' && callee.name === 'len';
  }
  if (inst.op !== 'member' || inst.name !== 'length') return false;
  const { shape } = frame.use(inst.object);
  return shape === 'text' || shape === 'list';
}
