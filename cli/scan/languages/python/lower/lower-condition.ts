import type { BinaryOperator, BlockId, ValueId } from '../../../ir/ir.ts';
import { type Code, emit, isTooDeep, unknown } from '../parse/code.ts';
import type { Node } from '../parse/tree.ts';
import { lowerExpression } from './lower-expression.ts';

/**
 * Lowers a condition to branches that lead to the block `yes` or to the block `no`. Each part of an `and`, an `or` or a
 * chained comparison gets a branch of its own, and `not` swaps the two blocks.
 */
export function lowerCondition(c: Code, condition: Node | undefined, yes: BlockId, no: BlockId): void {
  let node = condition;
  let [then, otherwise] = [yes, no];
  while (node?.kind === 'parenthesized_expression' || node?.kind === 'not_operator') {
    if (node.kind === 'not_operator') [then, otherwise] = [otherwise, then];
    node = node.children[0];
  }
  const lower = node && conditions[node.kind];
  if (!lower || !node) {
    c.b.branch(lowerExpression(c, node), then, otherwise);
    return;
  }
  if (isTooDeep(c, node)) {
    c.b.branch(unknown(c, node), then, otherwise);
    return;
  }
  c.depth++;
  lower(c, node, then, otherwise);
  c.depth--;
}

const conditions: {
  readonly [kind: string]: ((c: Code, node: Node, yes: BlockId, no: BlockId) => void) | undefined;
} = {
  __proto__: null as never,
  boolean_operator(c, node, yes, no) {
    const isAnd = node.children[1]?.kind === 'and';
    const operands = operandsOf(node);
    operands.forEach((operand, i) => {
      if (i === operands.length - 1) {
        lowerCondition(c, operand, yes, no);
        return;
      }
      const next = c.b.block();
      if (isAnd) lowerCondition(c, operand, next, no);
      else lowerCondition(c, operand, yes, next);
      c.b.start(next);
    });
  },
  comparison_operator(c, node, yes, no) {
    let left = lowerExpression(c, node.children[0]);
    const last = node.children.length - 2;
    for (let i = 1; i <= last; i += 2) {
      const right = lowerExpression(c, node.children[i + 1]);
      const test = compare(c, node, i, left, right);
      const next = i >= last ? yes : c.b.block();
      c.b.branch(test, next, no);
      if (next !== yes) c.b.start(next);
      left = right;
    }
    if (last < 1) c.b.branch(left, yes, no);
  },
  conditional_expression(c, node, yes, no) {
    const [value, test, other] = node.children;
    const [first, second] = [c.b.block(), c.b.block()];
    lowerCondition(c, test, first, second);
    c.b.start(first);
    lowerCondition(c, value, yes, no);
    c.b.start(second);
    lowerCondition(c, other, yes, no);
  },
};

/** The operands of a chain of the same operator, `and` or `or`. */
function operandsOf(node: Node): Node[] {
  const operator = node.children[1]?.kind;
  const operands: Node[] = [];
  let at: Node | undefined = node;
  while (at?.kind === 'boolean_operator' && at.children[1]?.kind === operator) {
    if (at.children[2]) operands.push(at.children[2]);
    at = at.children[0];
  }
  if (at) operands.push(at);
  return operands.reverse();
}

function compare(c: Code, node: Node, operatorAt: number, left: ValueId, right: ValueId): ValueId {
  const kind = node.children[operatorAt]?.kind ?? '==';
  const operator = (spellings[kind] ?? kind) as BinaryOperator;
  return emit(c, { op: 'binary', operator, left, right }, node);
}

const spellings: { readonly [operator: string]: string } = { is: '==', 'is not': '!=', '<>': '!=' };

/** Lowers `a and b` and `a or b` to a value. */
export function lowerLogic(c: Code, node: Node): ValueId {
  const isAnd = node.children[1]?.kind === 'and';
  const operands = operandsOf(node);
  const result = {};
  const join = c.b.block();
  operands.forEach((operand, i) => {
    const value = lowerExpression(c, operand);
    c.b.write(result, value);
    if (i === operands.length - 1) {
      c.b.jump(join);
      return;
    }
    const next = c.b.block();
    c.b.branch(value, isAnd ? next : join, isAnd ? join : next);
    c.b.start(next);
  });
  c.b.start(join);
  return c.b.read(result);
}

/** Lowers a comparison to a value. `a < b < c` is `a < b and b < c`. */
export function lowerComparison(c: Code, node: Node): ValueId {
  let left = lowerExpression(c, node.children[0]);
  const last = node.children.length - 2;
  if (last < 1) return left;
  const result = {};
  let join = -1;
  for (let i = 1; ; i += 2) {
    const right = lowerExpression(c, node.children[i + 1]);
    const test = compare(c, node, i, left, right);
    if (i >= last && join < 0) return test;
    c.b.write(result, test);
    if (join < 0) join = c.b.block();
    if (i >= last) break;
    const next = c.b.block();
    c.b.branch(test, next, join);
    c.b.start(next);
    left = right;
  }
  c.b.jump(join);
  c.b.start(join);
  return c.b.read(result);
}

/** Lowers `a if test else b`. A chain of such expressions is lowered in a loop, without recursion. */
export function lowerTernary(c: Code, node: Node): ValueId {
  const result = {};
  const join = c.b.block();
  let at: Node | undefined = node;
  while (at?.kind === 'conditional_expression') {
    const [value, test, other]: readonly Node[] = at.children;
    const [yes, no] = [c.b.block(), c.b.block()];
    lowerCondition(c, test, yes, no);
    c.b.start(yes);
    c.b.write(result, lowerExpression(c, value));
    c.b.jump(join);
    c.b.start(no);
    at = other;
  }
  c.b.write(result, lowerExpression(c, at));
  c.b.jump(join);
  c.b.start(join);
  return c.b.read(result);
}
