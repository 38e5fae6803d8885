import type { Node } from 'oxc-parser';
import { unwrap } from '../../../scan/languages/javascript/parse/syntax.ts';
import type { Evaluator } from '../read/evaluate.ts';
import { isFunction, type ModuleFile } from '../read/module-file.ts';
import { leavingStatements } from '../read/returns.ts';
import { whyUnknown } from '../read/value.ts';
import { fixedOrigin, type Origins } from './fixed-origin.ts';
import { factOf, isOrigin, type OriginFact, type OriginScope, strongest } from './origin-facts.ts';

const none: Origins = { kind: 'none' };
const checked: Origins = { kind: 'list' };
const reflected: Origins = { kind: 'any', how: 'the origin of the request is sent back' };

export function scopeOf(
  file: ModuleFile,
  evaluator: Evaluator,
  parameter?: OriginScope['parameter'],
): OriginScope {
  const isFixed: OriginScope['isFixed'] = (value) => fixedOrigin(value).kind === 'list';
  return { file, evaluator, isFixed, depth: 0, ...(parameter === undefined ? {} : { parameter }) };
}

/** Which origins an expression lets read, where it is reached. `true` stands for the origin of the request. */
export function sentOrigin(from: Node, scope: OriginScope, depth = 0): Origins {
  const node = unwrap(from);
  const { file, evaluator } = scope;
  if (depth > 10) return { kind: 'unknown', why: 'it is computed' };
  if (isOrigin(node, scope)) return whereReached(node, scope);
  if (node.type === 'ConditionalExpression')
    return worstOf([node.consequent, node.alternate].map((one) => sentOrigin(one, scope, depth + 1)));
  if (node.type === 'LogicalExpression' && node.operator !== '&&')
    return worstOf([node.left, node.right].map((one) => sentOrigin(one, scope, depth + 1)));
  if (node.type === 'LogicalExpression') return sentOrigin(node.right, scope, depth + 1);
  const value = evaluator.evaluate(file, node);
  if (value.kind === 'literal') {
    if (value.value === true) return whereReached(node, scope);
    return (value.value ?? '') === '' || value.value === false ? none : fixedOrigin(value);
  }
  if (value.kind === 'array' || value.kind === 'regex') return fixedOrigin(value);
  const fact = factOf(node, true, scope);
  if (fact === 'listed') return checked;
  if (fact === 'missing') return none;
  return { kind: 'unknown', why: whyUnknown(value) };
}

export function worstOf(all: readonly Origins[]): Origins {
  const order = ['any', 'unknown', 'list'] as const;
  return order.map((kind) => all.find((one) => one.kind === kind)).find((one) => one !== undefined) ?? none;
}

/** By the conditions around a place that sends the origin back. */
function whereReached(node: Node, scope: OriginScope): Origins {
  const facts = factsAt(node, scope);
  const fact = strongest(facts);
  if (fact === 'listed') return checked;
  if (fact === 'missing') return none;
  return fact === 'nothing'
    ? reflected
    : { kind: 'unknown', why: 'it depends on a condition that was not understood' };
}

function factsAt(node: Node, scope: OriginScope): readonly OriginFact[] {
  const { file } = scope;
  const facts: OriginFact[] = [];
  let below = node;
  for (let at = file.parents.get(node); at && facts.length < 100; at = file.parents.get(at)) {
    if (at.type === 'FunctionDeclaration') break;
    facts.push(...factAt(at, below, scope));
    if (isFunction(at) && at === scope.parameter?.of) break;
    below = at;
  }
  return facts;
}

function factAt(at: Node, below: Node, scope: OriginScope): readonly OriginFact[] {
  switch (at.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return below === at.test ? [] : [factOf(at.test, below === at.consequent, scope)];
    case 'LogicalExpression':
      return below === at.left || at.operator === '??' ? [] : [factOf(at.left, at.operator === '&&', scope)];
    case 'SwitchCase':
    case 'CatchClause':
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'WhileStatement':
      return ['other'];
    case 'BlockStatement':
      return at.body
        .filter((one) => one.start < below.start)
        .flatMap((one) => afterStatement(one, at, scope));
    default:
      return [];
  }
}

/** What holds after `if (!list.includes(origin)) return next();` */
function afterStatement(
  statement: Node,
  block: Extract<Node, { type: 'BlockStatement' }>,
  scope: OriginScope,
): readonly OriginFact[] {
  if (statement.type === 'IfStatement' && !statement.alternate && leaves(statement.consequent))
    return [factOf(statement.test, false, scope)];
  if (statement.type === 'ThrowStatement') return ['other'];
  return leavingStatements(scope.file, block).includes(statement) ? ['other'] : [];
}

function leaves(node: Node): boolean {
  if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') return true;
  const last = node.type === 'BlockStatement' ? node.body.at(-1) : undefined;
  return last !== undefined && leaves(last);
}
