import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { type XpathContext, xpathFunctions } from './xpath-functions.ts';
import type { XpathNode } from './xpath-node.ts';
import type { Axis, NodeTest, XpathStep, XpathSyntax } from './xpath-syntax.ts';
import { compareValues, type Spend, toBoolean, toNumber, type Value } from './xpath-values.ts';

export type XpathValue = string | number | boolean;

/** Evaluates an expression over a document. Each node that it looks at costs a step, and so do long texts. */
export function evaluateXpath(
  syntax: XpathSyntax,
  document: XpathNode,
  values: readonly XpathValue[],
  spend: Spend,
): Value {
  return resolve(syntax, { node: document, position: 1, size: 1 });

  function resolve(node: XpathSyntax, context: XpathContext): Value {
    spend(1);
    switch (node.kind) {
      case 'value':
        return node.value;
      case 'hole':
        return values[node.index] as XpathValue;
      case 'negative':
        return -toNumber(resolve(node.operand, context), spend);
      case 'call': {
        const args = node.args.map((arg) => resolve(arg, context));
        return (xpathFunctions[node.name] as (typeof xpathFunctions)[string]).call(args, context, spend);
      }
      case 'binary':
        return combine(node, context);
      case 'filter':
        return node.predicates.reduce(filter, nodesIn(resolve(node.from, context)));
      case 'path':
        return node.steps.reduce<readonly XpathNode[]>(take, startOf(node.from, context));
    }
  }

  function combine(
    { operator, left, right }: Extract<XpathSyntax, { kind: 'binary' }>,
    context: XpathContext,
  ): Value {
    const one = resolve(left, context);
    if (operator === 'or') return toBoolean(one) || toBoolean(resolve(right, context));
    if (operator === 'and') return toBoolean(one) && toBoolean(resolve(right, context));
    const two = resolve(right, context);
    if (operator === '|') return inOrder([...nodesIn(one), ...nodesIn(two)]);
    if (operator in arithmetic) {
      return arithmetic[operator as keyof typeof arithmetic](toNumber(one, spend), toNumber(two, spend));
    }
    return compareValues(operator as '=', one, two, spend);
  }

  function startOf(
    from: Extract<XpathSyntax, { kind: 'path' }>['from'],
    context: XpathContext,
  ): readonly XpathNode[] {
    if (from === 'root') return [document];
    return from === 'context' ? [context.node] : nodesIn(resolve(from, context));
  }

  function take(set: readonly XpathNode[], step: XpathStep): readonly XpathNode[] {
    const found: XpathNode[] = [];
    for (const node of set) {
      const candidates: XpathNode[] = [];
      for (const candidate of along(step.axis, node)) {
        spend(1);
        if (passes(candidate, step.test)) candidates.push(candidate);
      }
      for (const kept of step.predicates.reduce<readonly XpathNode[]>(filter, candidates)) found.push(kept);
    }
    return inOrder(found);
  }

  function filter(set: readonly XpathNode[], predicate: XpathSyntax): readonly XpathNode[] {
    return set.filter((node, index) => {
      const value = resolve(predicate, { node, position: index + 1, size: set.length });
      // Text from a request would be true, and select everything.
      if (predicate.kind === 'hole' && typeof value !== 'number') notAllowed('a position that is no number');
      return typeof value === 'number' ? value === index + 1 : toBoolean(value);
    });
  }

  function inOrder(set: readonly XpathNode[]): readonly XpathNode[] {
    spend(set.length);
    return set.length < 2 ? set : [...new Set(set)].sort((one, two) => one.order - two.order);
  }
}

const arithmetic = {
  '+': (one: number, two: number) => one + two,
  '-': (one: number, two: number) => one - two,
  '*': (one: number, two: number) => one * two,
  div: (one: number, two: number) => one / two,
  mod: (one: number, two: number) => one % two,
};

export function notAllowed(what: string): never {
  refuse(deny('parse/not-allowed', { format: 'xpath', what }));
}

function nodesIn(value: Value): readonly XpathNode[] {
  if (typeof value === 'object') return value;
  throw new Misuse('parse/invalid-xpath', 'A path or a union starts with something that is not a node.');
}

function passes(node: XpathNode, test: NodeTest): boolean {
  if (test.kind !== 'name') return test.kind === 'node' || node.kind === 'text';
  if (node.kind !== 'element' && node.kind !== 'attribute') return false;
  const named = test.name === '*' || test.name === node.name;
  return named && (test.namespace === undefined || test.namespace === node.namespace);
}

/** The nodes of an axis, in its direction. */
function* along(axis: Axis, node: XpathNode): Generator<XpathNode> {
  switch (axis) {
    case 'self':
      yield node;
      break;
    case 'child':
      yield* node.children;
      break;
    case 'attribute':
      yield* node.attributes;
      break;
    case 'parent':
      if (node.parent !== undefined) yield node.parent;
      break;
    case 'ancestor-or-self':
      yield node;
      yield* ancestors(node);
      break;
    case 'ancestor':
      yield* ancestors(node);
      break;
    case 'descendant-or-self':
      yield node;
      yield* descendants(node);
      break;
    case 'descendant':
      yield* descendants(node);
      break;
    case 'following-sibling':
    case 'preceding-sibling':
      yield* siblings(axis, node);
  }
}

function* ancestors(node: XpathNode): Generator<XpathNode> {
  for (let above = node.parent; above !== undefined; above = above.parent) yield above;
}

/** Without recursion: a chain of generators would cost a step for each level. */
function* descendants(node: XpathNode): Generator<XpathNode> {
  const rest = node.children.toReversed();
  for (let below = rest.pop(); below !== undefined; below = rest.pop()) {
    yield below;
    for (let index = below.children.length - 1; index >= 0; index--)
      rest.push(below.children[index] as XpathNode);
  }
}

function* siblings(axis: 'following-sibling' | 'preceding-sibling', node: XpathNode): Generator<XpathNode> {
  if (node.kind === 'attribute' || node.parent === undefined) return;
  const { children } = node.parent;
  const direction = axis === 'following-sibling' ? 1 : -1;
  for (let at = node.index + direction; at >= 0 && at < children.length; at += direction) {
    yield children[at] as XpathNode;
  }
}
