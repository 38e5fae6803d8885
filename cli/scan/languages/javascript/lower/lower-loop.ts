import type {
  BreakStatement,
  ContinueStatement,
  DoWhileStatement,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  LabeledStatement,
  Node,
  WhileStatement,
} from 'oxc-parser';
import { lowerCondition } from './lower-condition.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerPattern } from './lower-pattern.ts';
import { lowerStatement, lowerVariables } from './lower-statement.ts';
import { emit, emitUnknown, inScopeOf, type Lowering, type Target } from './lowering.ts';

type Labels = readonly string[];

export function lowerWhile(f: Lowering, node: WhileStatement, labels: Labels): void {
  const { builder } = f;
  const [head, body, exit] = [builder.block(), builder.block(), builder.block()];
  builder.jump(head);
  builder.start(head, 'open');
  lowerCondition(f, node.test, body, exit);
  builder.start(body);
  inTarget(f, { labels, breakTo: exit, continueTo: head, isPlain: true }, node.body);
  builder.jump(head);
  builder.seal(head);
  builder.start(exit);
}

export function lowerDoWhile(f: Lowering, node: DoWhileStatement, labels: Labels): void {
  const { builder } = f;
  const [body, test, exit] = [builder.block(), builder.block(), builder.block()];
  builder.jump(body);
  builder.start(body, 'open');
  inTarget(f, { labels, breakTo: exit, continueTo: test, isPlain: true }, node.body);
  builder.jump(test);
  builder.start(test);
  lowerCondition(f, node.test, body, exit);
  builder.seal(body);
  builder.start(exit);
}

export function lowerFor(f: Lowering, node: ForStatement, labels: Labels): void {
  const { builder } = f;
  inScopeOf(f, node, () => {
    if (node.init?.type === 'VariableDeclaration') lowerVariables(f, node.init);
    else if (node.init) lowerExpression(f, node.init);
    const [head, body, update, exit] = [builder.block(), builder.block(), builder.block(), builder.block()];
    builder.jump(head);
    builder.start(head, 'open');
    if (node.test) lowerCondition(f, node.test, body, exit);
    else builder.jump(body);
    builder.start(body);
    inTarget(f, { labels, breakTo: exit, continueTo: update, isPlain: true }, node.body);
    builder.jump(update);
    builder.start(update);
    if (node.update) lowerExpression(f, node.update);
    builder.jump(head);
    builder.seal(head);
    builder.start(exit);
  });
}

/**
 * Lowers `for (a of b)` and `for (a in b)` to a loop with an unknown condition. In each iteration `a` is an element or a key of
 * `b`.
 */
export function lowerForEach(f: Lowering, node: ForInStatement | ForOfStatement, labels: Labels): void {
  const { builder } = f;
  inScopeOf(f, node, () => {
    const value = lowerExpression(f, node.right);
    const [head, body, exit] = [builder.block(), builder.block(), builder.block()];
    builder.jump(head);
    builder.start(head, 'open');
    builder.branch(emitUnknown(f, node.right), body, exit);
    builder.start(body);
    const op = node.type === 'ForInStatement' ? 'key' : 'element';
    const element = emit(f, { op, value }, node.left);
    const [declared] = node.left.type === 'VariableDeclaration' ? node.left.declarations : [];
    lowerPattern(f, declared?.id ?? node.left, element);
    inTarget(f, { labels, breakTo: exit, continueTo: head, isPlain: true }, node.body);
    builder.jump(head);
    builder.seal(head);
    builder.start(exit);
  });
}

export function lowerLabeled(f: Lowering, node: LabeledStatement): void {
  const labels: string[] = [];
  let at: Node = node;
  while (at.type === 'LabeledStatement') {
    labels.push(at.label.name);
    at = at.body;
  }
  switch (at.type) {
    case 'ForStatement':
      lowerFor(f, at, labels);
      break;
    case 'ForInStatement':
    case 'ForOfStatement':
      lowerForEach(f, at, labels);
      break;
    case 'WhileStatement':
      lowerWhile(f, at, labels);
      break;
    case 'DoWhileStatement':
      lowerDoWhile(f, at, labels);
      break;
    default: {
      const exit = f.builder.block();
      inTarget(f, { labels, breakTo: exit, continueTo: undefined, isPlain: false }, at);
      f.builder.jump(exit);
      f.builder.start(exit);
    }
  }
}

export function lowerJump(f: Lowering, node: BreakStatement | ContinueStatement): void {
  const label = node.label?.name;
  const isBreak = node.type === 'BreakStatement';
  const target = f.targets.findLast((it) =>
    label === undefined ? it.isPlain && (isBreak || it.continueTo !== undefined) : it.labels.includes(label),
  );
  const to = isBreak ? target?.breakTo : target?.continueTo;
  if (to !== undefined) f.builder.jump(to);
}

function inTarget(f: Lowering, target: Target, body: Node): void {
  f.targets.push(target);
  lowerStatement(f, body);
  f.targets.pop();
}
