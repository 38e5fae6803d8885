import type { BlockId } from '../../../ir/ir.ts';
import { type Code, emit, unknown } from '../parse/code.ts';
import type { Node } from '../parse/tree.ts';
import { assignTarget } from './lower-assignment.ts';
import { lowerCondition } from './lower-condition.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerBlock } from './lower-statement.ts';

export function lowerFor(c: Code, node: Node): void {
  const parts = node.children;
  const [target, iterable] = parts;
  const value = lowerExpression(c, iterable);
  const head = c.b.block();
  c.b.jump(head);
  c.b.start(head, 'open');
  const [body, exit] = [c.b.block(), c.b.block()];
  const after = elseBlock(c, node, exit);
  c.b.branch(unknown(c, iterable ?? node), body, after);
  c.b.start(body);
  const element = emit(c, { op: 'element', value }, iterable ?? node);
  if (target) assignTarget(c, target, element, target);
  lowerBody(c, node, head, exit, after);
}

export function lowerWhile(c: Code, node: Node): void {
  const head = c.b.block();
  c.b.jump(head);
  c.b.start(head, 'open');
  const [body, exit] = [c.b.block(), c.b.block()];
  const after = elseBlock(c, node, exit);
  lowerCondition(c, node.children[0], body, after);
  c.b.start(body);
  lowerBody(c, node, head, exit, after);
}

/** The block that follows a completed loop: its `else`, which `break` skips. */
function elseBlock(c: Code, node: Node, exit: BlockId): BlockId {
  return node.children.at(-1)?.kind === 'else_clause' ? c.b.block() : exit;
}

function lowerBody(c: Code, node: Node, head: BlockId, exit: BlockId, after: BlockId): void {
  const around = c.loop;
  c.loop = { head, exit };
  lowerBlock(
    c,
    node.children.find((child) => child.kind === 'block'),
  );
  c.loop = around;
  c.b.jump(head);
  c.b.seal(head);
  if (after !== exit) {
    c.b.start(after);
    lowerBlock(c, node.children.at(-1)?.children[0]);
    c.b.jump(exit);
  }
  c.b.start(exit);
}
