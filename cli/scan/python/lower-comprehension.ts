import type { BlockId, Operation, ValueId } from '../ir/ir.ts';
import { type Code, emit } from './code.ts';
import { assignTarget } from './lower-assignment.ts';
import { lowerCondition } from './lower-condition.ts';
import { lowerEntryKey, lowerExpression } from './lower-expression.ts';
import type { Node } from './tree.ts';

/** A comprehension or generator expression, as if its loops ran once: a list of one expression, or an empty one. */
export function lowerComprehension(c: Code, node: Node): ValueId {
  const around = c.scope;
  const inner = c.file.scopes.of.get(node) ?? around;
  const clauses = node.children.slice(1);
  let skip: BlockId = -1;
  clauses.forEach((clause, i) => {
    if (clause.kind === 'for_in_clause') {
      const [target, ...iterables] = clause.children;
      if (i > 0) c.scope = inner;
      const iterable =
        iterables.length === 1
          ? lowerExpression(c, iterables[0])
          : emit(
              c,
              { op: 'list', kind: 'tuple', items: iterables.map((it) => lowerExpression(c, it)), spread: [] },
              clause,
            );
      c.scope = inner;
      const element = emit(c, { op: 'element', value: iterable }, clause);
      if (target) assignTarget(c, target, element, clause);
    } else if (clause.kind === 'if_clause') {
      c.scope = inner;
      if (skip < 0) skip = c.b.block();
      const next = c.b.block();
      lowerCondition(c, clause.children[0], next, skip);
      c.b.start(next);
    }
  });
  c.scope = inner;
  const value = emit(c, full(c, node), node);
  c.scope = around;
  if (skip < 0) return value;
  const result = {};
  const join = c.b.block();
  c.b.write(result, value);
  c.b.jump(join);
  c.b.start(skip);
  c.b.write(result, emit(c, empty(node), node));
  c.b.jump(join);
  c.b.start(join);
  return c.b.read(result);
}

function full(c: Code, node: Node): Operation {
  const body = node.children[0];
  if (node.kind === 'dictionary_comprehension') {
    const key = lowerEntryKey(c, body?.children[0]);
    return { op: 'object', keys: [key], values: [lowerExpression(c, body?.children[1])] };
  }
  return { op: 'list', kind: kindOf(node), items: [lowerExpression(c, body)], spread: [], isMany: true };
}

function empty(node: Node): Operation {
  if (node.kind === 'dictionary_comprehension') return { op: 'object', keys: [], values: [] };
  return { op: 'list', kind: kindOf(node), items: [], spread: [] };
}

function kindOf(node: Node): 'list' | 'set' {
  return node.kind === 'set_comprehension' ? 'set' : 'list';
}
