import { onlyConst } from '../../dataflow/domain/abstract.ts';
import type { ValueId } from '../../ir/ir.ts';
import { known, type Use } from '../kit/use.ts';

/**
 * Returns the value that an instruction checks as if it were a text: `name.includes('..')`, `name.length > 20`. A list
 * passes such checks too. Undefined for any other instruction.
 */
export function checkedText(use: Use): ValueId | undefined {
  const { frame, inst } = use;
  if (inst.op === 'call') {
    const callee = frame.inst(inst.callee);
    const [part] = inst.args;
    return callee.op === 'member' && part !== undefined && isText(use, part) ? callee.object : undefined;
  }
  if (inst.op !== 'binary') return undefined;
  const [measured, bound] = inst.operator.startsWith('>') ? [inst.left, inst.right] : [inst.right, inst.left];
  const length = frame.inst(measured);
  const least = onlyConst(known(use, bound))?.value;
  // A list can be non-empty too.
  if (length.op !== 'member' || length.name !== 'length') return undefined;
  return typeof least === 'number' && least > 1 ? length.object : undefined;
}

/** A literal text, or one from an iterated list of them. */
function isText(use: Use, value: ValueId): boolean {
  const texts = known(use, value)?.consts;
  return (
    texts !== undefined && texts.length > 0 && texts.every((text) => typeof text === 'string' && text !== '')
  );
}
