import type { ValueId } from '../../../ir/ir.ts';
import { type Code, constant, emit, isTooDeep, lookUp, unknown, writeName } from '../parse/code.ts';
import { importsOf } from '../parse/imports.ts';
import { moduleOf } from '../parse/scope.ts';
import type { Node } from '../parse/tree.ts';
import { assignTarget, lowerAssignment, lowerAugmented } from './lower-assignment.ts';
import { lowerRemoval } from './lower-call.ts';
import { lowerCondition } from './lower-condition.ts';
import { lowerClass, lowerDecorated, lowerDefinition } from './lower-definition.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerFor, lowerWhile } from './lower-loop.ts';
import { lowerMatch } from './lower-match.ts';
import { lowerTry } from './lower-try.ts';

/** Lowers statements in order, and skips those that are unreachable. */
export function lowerBlock(c: Code, block: Node | undefined): void {
  if (!block) return;
  for (const statement of block.children) {
    lowerStatement(c, statement);
    if (c.b.ended) return;
  }
}

export function lowerStatement(c: Code, node: Node): void {
  const lower = statements[node.kind];
  if (!lower || isTooDeep(c, node)) return;
  c.depth++;
  lower(c, node);
  c.depth--;
}

type Lower = (c: Code, node: Node) => void;

const statements: { readonly [kind: string]: Lower | undefined } = {
  __proto__: null as never,
  expression_statement: lowerExpressionStatement,
  assignment: lowerAssignment,
  augmented_assignment: lowerAugmented,
  return_statement: lowerReturn,
  raise_statement: lowerRaise,
  assert_statement: lowerAssert,
  delete_statement: (c, node) => {
    for (const child of node.children) lowerDelete(c, child);
  },
  import_statement: lowerImport,
  import_from_statement: lowerImport,
  print_statement: (c, node) => lowerOldStatement(c, node, 'print'),
  exec_statement: (c, node) => lowerOldStatement(c, node, 'exec'),
  break_statement: (c) => {
    if (c.loop) c.b.jump(c.loop.exit);
  },
  continue_statement: (c) => {
    if (c.loop) c.b.jump(c.loop.head);
  },
  if_statement: lowerIf,
  for_statement: lowerFor,
  while_statement: lowerWhile,
  try_statement: lowerTry,
  with_statement: lowerWith,
  match_statement: lowerMatch,
  function_definition: lowerDefinition,
  class_definition: lowerClass,
  decorated_definition: lowerDecorated,
  block: lowerBlock,
  // The parts of a syntax error that could be parsed.
  ERROR: lowerBlock,
  call: lowerExpression,
};

function lowerExpressionStatement(c: Code, node: Node): void {
  for (const child of node.children) {
    if (child.kind === 'assignment') lowerAssignment(c, child);
    else if (child.kind === 'augmented_assignment') lowerAugmented(c, child);
    else if (!saysNothing(child)) lowerExpression(c, child);
  }
}

/** Docstrings, `...`, and bare names. */
function saysNothing(node: Node): boolean {
  return (
    node.kind === 'ellipsis' ||
    node.kind === 'identifier' ||
    (node.kind === 'string' && node.children.length === 0)
  );
}

function lowerReturn(c: Code, node: Node): void {
  const [what] = node.children;
  c.b.return(what ? lowerExpression(c, what) : constant(c, null, node), {
    at: node.at,
    end: node.end,
  });
}

function lowerRaise(c: Code, node: Node): void {
  const [what, cause] = node.children;
  const value = what ? lowerExpression(c, what) : unknown(c, node);
  if (cause) lowerExpression(c, cause);
  if (c.handler >= 0) c.b.jump(c.handler, value);
  else c.b.throw(value);
}

function lowerAssert(c: Code, node: Node): void {
  const [condition, message] = node.children;
  const [holds, fails] = [c.b.block(), c.b.block()];
  lowerCondition(c, condition, holds, fails);
  c.b.start(fails);
  const value = message ? lowerExpression(c, message) : unknown(c, node);
  if (c.handler >= 0) c.b.jump(c.handler);
  else c.b.throw(value);
  c.b.start(holds);
}

/** Lowers `del data['name']` and `del one.name, other.name`. `del` of a variable has no effect on a value. */
function lowerDelete(c: Code, node: Node): void {
  const [object, key, more] = node.kind === 'subscript' ? node.children : [];
  if (object && key?.kind === 'integer' && !more) lowerRemoval(c, object, key, node);
  else if (node.kind === 'subscript' || node.kind === 'attribute')
    emit(c, { op: 'unary', operator: 'delete', value: lowerExpression(c, node) }, node);
  else if (node.kind === 'expression_list') for (const child of node.children) lowerDelete(c, child);
}

function lowerImport(c: Code, node: Node): void {
  for (const { name, imported, node: part } of importsOf(node, c.file.text)) {
    if (name === '*') {
      if (c.scope === moduleOf(c.scope)) c.file.exports.push({ all: imported.specifier });
      continue;
    }
    const value = emit(c, { op: 'import', specifier: imported.specifier, name: imported.name }, part);
    writeName(c, name, value, part);
  }
}

/** `print x` and `exec x` of Python 2. */
function lowerOldStatement(c: Code, node: Node, name: string): void {
  const nodes = node.children.map((child) => (child.kind === 'chevron' ? child.children[0] : child));
  const args = nodes.map((arg) => lowerExpression(c, arg));
  const binding = lookUp(c, name);
  if (!binding) emit(c, { op: 'call', callee: emit(c, { op: 'global', name }, node), args }, node);
}

function lowerIf(c: Code, node: Node): void {
  let join = -1;
  const leave = (): void => {
    if (c.b.ended) return;
    if (join < 0) join = c.b.block();
    c.b.jump(join);
  };
  const [condition, consequence, ...others] = node.children;
  let [test, block] = [condition, consequence];
  for (const clause of others) {
    const [yes, no] = [c.b.block(), c.b.block()];
    lowerCondition(c, test, yes, no);
    c.b.start(yes);
    lowerBlock(c, block);
    leave();
    c.b.start(no);
    if (clause.kind === 'elif_clause') {
      [test, block] = clause.children;
    } else {
      [test, block] = [undefined, clause.children[0]];
      lowerBlock(c, block);
      leave();
    }
  }
  if (test) {
    const yes = c.b.block();
    if (join < 0) join = c.b.block();
    lowerCondition(c, test, yes, join);
    c.b.start(yes);
    lowerBlock(c, block);
    leave();
  }
  if (join >= 0) c.b.start(join);
}

/** Lowers `with a as b`. The result of `__enter__` is treated as `a` itself, unless a class of the project defines it. */
function lowerWith(c: Code, node: Node): void {
  for (const clause of node.children) {
    if (clause.kind !== 'with_clause') {
      lowerBlock(c, clause);
      continue;
    }
    for (const item of clause.children) lowerWithItem(c, item.children[0]);
  }
}

/** `open(path)`, `sqlite3.connect(path)`: not an instance of a class of the project. */
function isOfLibrary({ b }: Code, manager: ValueId): boolean {
  const made = b.inst(manager);
  const callee = made.op === 'call' ? b.inst(made.callee) : undefined;
  if (callee?.op === 'global') return true;
  return callee?.op === 'member' && b.inst(callee.object).op === 'import';
}

/** The grammar sometimes parses `with (a as x, b as y)` as a tuple. */
function lowerWithItem(c: Code, item: Node | undefined): void {
  if (item?.kind === 'as_pattern' && item.children[1]) {
    const manager = lowerExpression(c, item.children[0]);
    const entered = isOfLibrary(c, manager)
      ? manager
      : emit(c, { op: 'await', value: manager, enters: true }, item);
    assignTarget(c, item.children[1], entered, item);
  } else if (item?.kind === 'tuple' || item?.kind === 'parenthesized_expression') {
    for (const inner of item.children) {
      if (inner.kind === 'as_pattern') lowerWithItem(c, inner);
      else lowerExpression(c, inner);
    }
  } else if (item) {
    lowerExpression(c, item);
  }
}
