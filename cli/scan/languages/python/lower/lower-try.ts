import type { BlockId, ValueId } from '../../../ir/ir.ts';
import { type Code, emit, unknown } from '../parse/code.ts';
import type { Node } from '../parse/tree.ts';
import { assignTarget } from './lower-assignment.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerBlock, lowerStatement } from './lower-statement.ts';

/**
 * Lowers `try`. Handlers have an edge from the start of the body and from each of its statements. `finally` is lowered
 * once, after everything else. An error that no handler catches leads to `finally` too.
 */
export function lowerTry(c: Code, node: Node): void {
  const body = node.children[0];
  const excepts = node.children.filter((child) => child.kind === 'except_clause');
  const otherwise = node.children.find((child) => child.kind === 'else_clause');
  const last = node.children.find((child) => child.kind === 'finally_clause');
  const handlers = c.b.block();
  let join = -1;
  const leave = (): void => {
    if (c.b.ended) return;
    if (join < 0) join = c.b.block();
    c.b.jump(join);
  };
  const around = c.handler;
  c.handler = handlers;
  mayFail(c, node, handlers);
  for (const statement of body?.kind === 'block' ? body.children : []) {
    lowerStatement(c, statement);
    if (c.b.ended) break;
    mayFail(c, statement, handlers);
  }
  c.handler = around;
  if (otherwise && !c.b.ended) lowerBlock(c, otherwise.children[0]);
  leave();
  c.b.start(handlers);
  excepts.forEach((clause, i) => {
    let next: BlockId = -1;
    if (last || i < excepts.length - 1) {
      const taken = c.b.block();
      next = c.b.block();
      c.b.branch(unknown(c, clause), taken, next);
      c.b.start(taken);
    }
    lowerHandler(c, clause);
    leave();
    if (next >= 0) c.b.start(next);
  });
  if (last || excepts.length === 0) leave();
  if (join >= 0) c.b.start(join);
  if (last) lowerBlock(c, last.children[0]);
}

/** The handlers are the second way, so that a body that returns is analysed before them, with what it throws. */
function mayFail(c: Code, at: Node, handlers: BlockId): void {
  const next = c.b.block();
  c.b.branch(c.b.emit({ op: 'unknown' }, at.at, at.at), next, handlers);
  c.b.start(next);
}

/** Lowers `except E as e:`, which the grammar parses as two parts or as one. */
function lowerHandler(c: Code, clause: Node): void {
  const block = clause.children.find((child) => child.kind === 'block');
  const parts = clause.children.filter((child) => child !== block && child.kind !== '*');
  const asAt = parts.findIndex((part) => part.kind === 'as');
  let types = asAt < 0 ? parts : parts.slice(0, asAt);
  let target = asAt < 0 ? undefined : parts[asAt + 1];
  const [only] = types;
  if (types.length === 1 && only?.kind === 'as_pattern') {
    types = only.children.slice(0, 1);
    target = only.children[1];
  }
  if (target) {
    let type: ValueId = -1;
    if (types.length === 1) type = lowerExpression(c, types[0]);
    else if (types.length > 1) {
      const items = types.map((each) => lowerExpression(c, each));
      type = emit(c, { op: 'list', kind: 'tuple', items, spread: [] }, clause);
    }
    assignTarget(c, target, emit(c, { op: 'caught', type }, clause), clause);
  }
  lowerBlock(c, block);
}
