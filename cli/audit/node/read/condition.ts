import type { Node } from 'oxc-parser';
import type { Evaluator } from './evaluate.ts';
import { isFunction, type ModuleFile } from './module-file.ts';
import { leavingStatements } from './returns.ts';
import { truth } from './value.ts';

/**
 * Whether a node is reached in production, once the function around it runs; or what that depends on. */
export type Runs = 'always' | 'never' | { readonly why: string };

/** @param fails whether errors occur, so that each `catch` is reached
 */
export function runs(file: ModuleFile, node: Node, evaluator: Evaluator, fails = false): Runs {
  let unsure: Runs | undefined;
  let below = node;
  for (let at = file.parents.get(node); at; at = file.parents.get(at)) {
    if (isFunction(at) || at.type === 'StaticBlock') {
      // The default of a parameter is not always needed.
      if (isFunction(at) && at.params.some((param) => param === below)) unsure ??= { why: 'an argument' };
      break;
    }
    const state = fails && at.type === 'CatchClause' ? 'always' : step(file, at, below, evaluator);
    if (state === 'never') return 'never';
    if (state !== 'always') unsure ??= state;
    below = at;
  }
  return unsure ?? 'always';
}

function step(file: ModuleFile, at: Node, below: Node, evaluator: Evaluator): Runs {
  const tested = (test: Node, wanted: boolean): Runs => {
    const value = truth(evaluator.evaluate(file, test));
    if (value === undefined) return { why: `\`${file.shown(test)}\`` };
    return value === wanted ? 'always' : 'never';
  };
  switch (at.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return below === at.test ? 'always' : tested(at.test, below === at.consequent);
    case 'LogicalExpression':
      return below === at.left ? 'always' : tested(at.left, at.operator === '&&');
    case 'SwitchCase':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'CatchClause':
      return { why: 'a loop, a `switch` or a `catch`' };
    case 'BlockStatement':
    case 'Program':
      return afterReturns(file, at, below, evaluator);
    default:
      return 'always';
  }
}

/** `if (!enabled) return;` before it */
function afterReturns(
  file: ModuleFile,
  block: Extract<Node, { type: 'BlockStatement' | 'Program' }>,
  below: Node,
  evaluator: Evaluator,
): Runs {
  for (const one of leavingStatements(file, block)) {
    if (one.start >= below.start) break;
    if (one.type === 'ReturnStatement') return 'never';
    if (one.type !== 'IfStatement') return { why: 'a statement before it that may return' };
    const value = truth(evaluator.evaluate(file, one.test));
    if (value === false && !one.alternate) continue;
    if (value === true && isReturn(one.consequent)) return 'never';
    return { why: `\`${file.shown(one.test)}\`` };
  }
  return 'always';
}

function isReturn(node: Node): boolean {
  return node.type === 'ReturnStatement' || (node.type === 'BlockStatement' && node.body.some(isReturn));
}
