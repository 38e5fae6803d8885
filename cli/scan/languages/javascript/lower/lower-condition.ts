import type { ConditionalExpression, Expression, LogicalExpression, Node, UnaryExpression } from 'oxc-parser';
import type { BlockId, ValueId } from '../../../ir/ir.ts';
import { unwrap } from '../parse/syntax.ts';
import { lowerExpression } from './lower-expression.ts';
import { emit, emitConst, emitTooDeep, type Lowering, maxDepth, type Place, readJoined } from './lowering.ts';

/**
 * Lowers a condition to branches to `yes` or `no`. Each operand of `&&`, `||` and `!` gets a branch of its own, so that a branch
 * tests one comparison or one value. The caller starts both blocks.
 */
export function lowerCondition(f: Lowering, from: Node, yes: BlockId, no: BlockId): void {
  if (f.depth >= maxDepth) {
    f.builder.branch(emitTooDeep(f, from), yes, no);
    return;
  }
  f.depth++;
  const node = unwrap(from);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    lowerCondition(f, node.argument, no, yes);
  } else if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const parts = partsOf(node);
    const last = parts.pop();
    for (const part of parts) {
      const next = f.builder.block();
      if (node.operator === '&&') lowerCondition(f, part, next, no);
      else lowerCondition(f, part, yes, next);
      f.builder.start(next);
    }
    if (last) lowerCondition(f, last, yes, no);
  } else if (node.type === 'SequenceExpression') {
    for (const expression of node.expressions.slice(0, -1)) lowerExpression(f, expression);
    const last = node.expressions.at(-1);
    if (last) lowerCondition(f, last, yes, no);
  } else f.builder.branch(lowerExpression(f, node), yes, no);
  f.depth--;
}

/** The operands of a chain of one operator, from left to right. */
function partsOf(node: LogicalExpression): Expression[] {
  const parts: Expression[] = [];
  let at: Expression = node;
  while (at.type === 'LogicalExpression' && at.operator === node.operator) {
    parts.push(at.right);
    at = at.left;
  }
  parts.push(at);
  return parts.reverse();
}

/** Lowers `a && b`, `a || b`, `a ?? b` to a value. */
export function lowerLogical(f: Lowering, node: LogicalExpression): ValueId {
  const { builder } = f;
  const result = { node };
  const join = builder.block();
  const parts = partsOf(node);
  const last = parts.pop();
  for (const part of parts) {
    const value = lowerExpression(f, part);
    builder.write(result, value);
    const next = builder.block();
    branchByOperator(f, node.operator, value, next, join, part);
    builder.start(next);
  }
  if (last) builder.write(result, lowerExpression(f, last));
  return readJoined(f, result, join);
}

/**
 * Branches on the left operand of `&&`, `||` or `??`: to `onward` if the operator then evaluates its right operand,
 * otherwise to `done`.
 */
export function branchByOperator(
  f: Lowering,
  operator: LogicalExpression['operator'],
  value: ValueId,
  onward: BlockId,
  done: BlockId,
  place: Place,
): void {
  if (operator === '&&') f.builder.branch(value, onward, done);
  else if (operator === '||') f.builder.branch(value, done, onward);
  else f.builder.branch(emitIs(f, value, null, place), onward, done);
}

/** Emits the comparison `value == constant` for `null` or `undefined`. */
export function emitIs(f: Lowering, value: ValueId, constant: null | undefined, place: Place): ValueId {
  const right = emitConst(f, constant, place);
  return emit(f, { op: 'binary', operator: '==', left: value, right }, place);
}

export function lowerConditional(f: Lowering, node: ConditionalExpression): ValueId {
  const { builder } = f;
  const result = { node };
  const join = builder.block();
  // Follows `a ? b : c ? d : e` without recursion.
  let at: Expression = node;
  while (at.type === 'ConditionalExpression') {
    const [yes, no] = [builder.block(), builder.block()];
    lowerCondition(f, at.test, yes, no);
    builder.start(yes);
    builder.write(result, lowerExpression(f, at.consequent));
    builder.jump(join);
    builder.start(no);
    at = at.alternate;
  }
  builder.write(result, lowerExpression(f, at));
  return readJoined(f, result, join);
}

/** Lowers `!a` to a value. `!(a && b)` and `!(a || b)` become branches on `a` and `b`, and a phi of `true` and `false`. */
export function lowerNot(f: Lowering, node: UnaryExpression): ValueId {
  const operand = unwrap(node.argument);
  if (operand.type !== 'LogicalExpression' || operand.operator === '??') {
    return emit(f, { op: 'unary', operator: '!', value: lowerExpression(f, operand) }, node);
  }
  const { builder } = f;
  const result = { node };
  const [yes, no, join] = [builder.block(), builder.block(), builder.block()];
  lowerCondition(f, operand, yes, no);
  builder.start(yes);
  builder.write(result, emitConst(f, false, node));
  builder.jump(join);
  builder.start(no);
  builder.write(result, emitConst(f, true, node));
  return readJoined(f, result, join);
}
