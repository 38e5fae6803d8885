import type { BlockId, Operation, ValueId } from '../../../ir/ir.ts';
import { type Code, emit, textOf, unknown } from '../parse/code.ts';
import type { Node } from '../parse/tree.ts';
import { assignTarget } from './lower-assignment.ts';
import { lowerCondition } from './lower-condition.ts';
import { lowerEntryKey, lowerExpression } from './lower-expression.ts';

/**
 * Lowers a comprehension or generator expression to a collection of one item, as if its loops ran once. With an `if`, the
 * collection may also be empty.
 * A comprehension that changes another collection, such as `[a.append(x) for x in xs]`, is lowered to a loop.
 */
export function lowerComprehension(c: Code, node: Node): ValueId {
  const around = c.scope;
  const inner = c.file.scopes.of.get(node) ?? around;
  const clauses = node.children.slice(1);
  let skip: BlockId = -1;
  let head: BlockId = -1;
  const result = {};
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
      if (i === 0 && isChange(c, node)) {
        c.b.write(result, emit(c, empty(node), node));
        head = c.b.block();
        c.b.jump(head);
        c.b.start(head, 'open');
        skip = c.b.block();
        const body = c.b.block();
        c.b.branch(unknown(c, clause), body, skip);
        c.b.start(body);
      }
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
  if (head >= 0) {
    c.b.write(result, value);
    c.b.jump(head);
    c.b.seal(head);
    c.b.start(skip);
    return c.b.read(result);
  }
  const join = c.b.block();
  c.b.write(result, value);
  c.b.jump(join);
  c.b.start(skip);
  c.b.write(result, emit(c, empty(node), node));
  c.b.jump(join);
  c.b.start(join);
  return c.b.read(result);
}

/** Methods that fill or empty lists and queues. */
const changing: ReadonlySet<string> = new Set([
  'append',
  'appendleft',
  'insert',
  'extend',
  'extendleft',
  'put',
  'put_nowait',
  'pop',
  'popleft',
  'get',
  'get_nowait',
  'remove',
]);

/** `[steps.append(step) for step in others]` */
function isChange(c: Code, node: Node): boolean {
  const call = node.children[0];
  const method = call?.kind === 'call' ? call.children[0] : undefined;
  const name = method?.kind === 'attribute' ? method.children.at(-1) : undefined;
  const text = name && textOf(c, name);
  // `get` of a queue has no arguments, `get` of a dictionary has.
  const isLook = text === 'get' && (call?.children[1]?.children.length ?? 0) > 0;
  return text !== undefined && changing.has(text) && !isLook;
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
