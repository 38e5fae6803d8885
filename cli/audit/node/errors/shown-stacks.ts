import type { Node } from 'oxc-parser';
import { keyName } from '../../../scan/languages/javascript/parse/syntax.ts';
import type { NodeApplication } from '../app/node-application.ts';
import { type Runs, runs } from '../read/condition.ts';
import { isFunction, type ModuleFile } from '../read/module-file.ts';
import { deployedEvaluators } from './deployed-evaluators.ts';
import { showsStack, wholeErrors } from './whole-errors.ts';

/** A stack that the code of an application puts into an answer. */
export interface ShownStack {
  readonly file: ModuleFile;
  readonly node: Node;
  /** Whether production does so. */
  readonly runs: Exclude<Runs, 'never'>;
}

const mostShown = 20;

/**
 * Where the code itself answers the stack of an error: `res.send(error.stack)`, `ctx.body = { stack: error.stack }`, or an error as a whole
 * for a page that shows its stack.
 */
export function shownStacks(application: NodeApplication): readonly ShownStack[] {
  const found: ShownStack[] = [];
  const isShown = showsStack(application);
  for (const file of application.modules) {
    const nodes = [...stacksIn(file), ...(isShown ? wholeErrors(file) : [])];
    for (const node of nodes) {
      const state = runsInProduction(application, file, node);
      if (state !== 'never') found.push({ file, node, runs: state });
      if (found.length >= mostShown) return found;
    }
  }
  return found;
}

function stacksIn(file: ModuleFile): readonly Node[] {
  if (!/\bstack\b/.test(file.text)) return [];
  const stacks = file.nodes.filter(
    (node) => node.type === 'MemberExpression' && keyName(node.property, node.computed) === 'stack',
  );
  if (stacks.length === 0) return [];
  const named = file.nodes.filter((node) => node.type === 'Identifier' && isAnswered(file, node));
  return stacks.filter((node) => isAnswered(file, node) || isAnsweredLater(file, node, named));
}

/** By what the project sets. What runs unless a variable is set that nothing sets runs; so that it does not, such a variable is no proof. */
function runsInProduction(application: NodeApplication, file: ModuleFile, node: Node): Runs {
  const { known, modes, unset } = deployedEvaluators(application);
  const state = runs(file, node, known, true);
  if (typeof state === 'string') return state;
  if (modes.every((one) => runs(file, node, one, true) === 'never')) return 'never';
  return unset.every((one) => runs(file, node, one, true) === 'always') ? 'always' : state;
}

const answers = /^(?:send|json|html|text|end|write|render|body|jsonp|newResponse|Response)$/;
const holders = /^(?:res|resp|response|reply|rep|ctx|context|c|this)\b/;

/** Whether a value is part of what a call answers, or of what is stored as the body. */
function isAnswered({ parents, shown }: ModuleFile, node: Node): boolean {
  let below: Node = node;
  for (let at = parents.get(node); at; at = parents.get(at)) {
    if (isFunction(at)) return false;
    if (at.type === 'CallExpression' && at.callee !== below && at.callee.type === 'MemberExpression') {
      const { object, property, computed } = at.callee;
      if (answers.test(keyName(property, computed) ?? '') && holders.test(shown(object))) return true;
    }
    if (at.type === 'AssignmentExpression' && at.right === below)
      return /^(?:ctx|context|this|res|response)\.body$/.test(shown(at.left));
    below = at;
  }
  return false;
}

/** Whether a value is put into a variable that the same function answers: `body.trace = error.stack; res.json(body)`. */
function isAnsweredLater({ parents }: ModuleFile, node: Node, answered: readonly Node[]): boolean {
  let name: string | undefined;
  for (let at: Node | undefined = node; at; at = parents.get(at)) {
    if (isFunction(at)) {
      const { end } = at;
      return answered.some(
        (one) => one.type === 'Identifier' && one.name === name && one.start > node.start && one.end <= end,
      );
    }
    if (name === undefined && at.type === 'VariableDeclarator' && at.id.type === 'Identifier')
      name = at.id.name;
    if (name === undefined && at.type === 'AssignmentExpression') name = rootOf(at.left);
  }
  return false;
}

/** `body` of `body`, `body.trace` and `body.error.trace`. */
function rootOf(node: Node): string | undefined {
  let at = node;
  while (at.type === 'MemberExpression') at = at.object;
  return at.type === 'Identifier' ? at.name : undefined;
}
