import type { Decorator } from 'oxc-parser';
import type { ValueId } from '../../../ir/ir.ts';
import { lowerExpression } from './lower-expression.ts';
import { emit, type Lowering } from './lowering.ts';

/** Lowers the call of a decorator. Returns its result. */
export function lowerDecorator(f: Lowering, node: Decorator, args: readonly ValueId[]): ValueId {
  const callee = lowerExpression(f, node.expression);
  return emit(f, { op: 'call', callee, args, isDecorator: true }, node);
}
