import type { Node } from 'oxc-parser';
import type { Evaluator } from '../read/evaluate.ts';
import { type FunctionNode, functionAround, type ModuleFile, nodesWithin } from '../read/module-file.ts';
import type { Value } from '../read/value.ts';
import { fixedOrigin, type Origins } from './fixed-origin.ts';
import { scopeOf, sentOrigin, worstOf } from './sent-origin.ts';

const computed: Origins = { kind: 'unknown', why: 'a function decides it' };

/** Which origins a setting lets read responses: what it is written as, or what a function answers for an origin. */
export function judgeOrigin(value: Value, evaluator: Evaluator): Origins {
  return value.kind === 'function' ? ofFunction(value.file, value.node, evaluator) : fixedOrigin(value);
}

/** `(origin) => list.find(...)`, `(ctx) => ctx.get('Origin')` and `(origin, callback) => callback(null, list.includes(origin))`. */
function ofFunction(file: ModuleFile, node: FunctionNode, evaluator: Evaluator): Origins {
  const [param, second] = node.params;
  const parameter = param?.type === 'Identifier' ? { name: param.name, of: node } : undefined;
  const scope = scopeOf(file, evaluator, parameter);
  const answer = second?.type === 'Identifier' ? second.name : undefined;
  const own = nodesWithin(file, node);
  const answers = own.flatMap((one) => (isAnswer(one, answer) ? [one.arguments] : []));
  if (answers.length > 0) {
    const isHandedOn = own.some(
      (one) =>
        one.type === 'Identifier' &&
        one.name === answer &&
        one !== second &&
        !isAnswer(file.parents.get(one), answer),
    );
    if (isHandedOn) return computed;
    return worstOf(answers.map(([error, result]) => ofAnswer(error, result, scope)));
  }
  const returned =
    node.body?.type === 'BlockStatement'
      ? own.flatMap((one) =>
          one.type === 'ReturnStatement' && functionAround(file, one) === node ? (one.argument ?? []) : [],
        )
      : [node.body];
  if (returned.length === 0) return computed;
  return worstOf(returned.map((one) => (one ? sentOrigin(one, scope) : computed)));
}

function isAnswer(
  node: Node | undefined,
  name: string | undefined,
): node is Extract<Node, { type: 'CallExpression' }> {
  return (
    name !== undefined &&
    node?.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    node.callee.name === name
  );
}

/** With an error, no header is sent. */
function ofAnswer(
  error: Node | undefined,
  result: Node | undefined,
  scope: ReturnType<typeof scopeOf>,
): Origins {
  if (error?.type === 'NewExpression') return { kind: 'none' };
  const isNone =
    (error?.type === 'Literal' && error.value === null) ||
    (error?.type === 'Identifier' && error.name === 'undefined');
  if (!isNone || result?.type === 'SpreadElement') return computed;
  return result ? sentOrigin(result, scope) : { kind: 'none' };
}
