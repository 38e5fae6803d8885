import type { BinaryOperator, UnaryOperator, ValueId } from '../../../ir/ir.ts';
import {
  type Code,
  constant,
  emit,
  isTooDeep,
  readName,
  textOf,
  unknown,
  writeBinding,
} from '../parse/code.ts';
import { numberValue } from '../parse/literal.ts';
import { resolve } from '../parse/scope.ts';
import type { Node } from '../parse/tree.ts';
import { lowerComprehension } from './lower-comprehension.ts';
import { lowerComparison, lowerLogic, lowerTernary } from './lower-condition.ts';
import { lowerLambda } from './lower-function.ts';
import { lowerPath } from './lower-path.ts';
import { lowerConcatenation, lowerString } from './lower-text.ts';

/** Lowers an expression to a value: an `unknown` if it is nested too deeply or not supported. */
export function lowerExpression(c: Code, node: Node | undefined): ValueId {
  if (!node) return c.b.emit({ op: 'unknown' }, 0, 0);
  let inner = node;
  while (inner.kind === 'parenthesized_expression' && inner.children[0]) inner = inner.children[0];
  if (inner.kind === 'identifier') return readName(c, textOf(c, inner), inner);
  const lower = expressions[inner.kind];
  if (!lower || isTooDeep(c, inner)) return unknown(c, inner);
  c.depth++;
  const value = lower(c, inner);
  c.depth--;
  return value;
}

type Lower = (c: Code, node: Node) => ValueId;

const expressions: { readonly [kind: string]: Lower | undefined } = {
  __proto__: null as never,
  attribute: (c, node) => lowerPath(c, node).value,
  call: (c, node) => lowerPath(c, node).value,
  subscript: (c, node) => lowerPath(c, node).value,
  string: lowerString,
  concatenated_string: lowerConcatenation,
  integer: lowerNumber,
  float: lowerNumber,
  true: (c, node) => constant(c, true, node),
  false: (c, node) => constant(c, false, node),
  none: (c, node) => constant(c, null, node),
  binary_operator: lowerBinary,
  unary_operator: lowerUnary,
  not_operator: lowerNot,
  boolean_operator: lowerLogic,
  comparison_operator: lowerComparison,
  conditional_expression: lowerTernary,
  named_expression: lowerWalrus,
  lambda: lowerLambda,
  list: (c, node) => lowerList(c, node, 'list'),
  tuple: (c, node) => lowerList(c, node, 'tuple'),
  expression_list: (c, node) => lowerList(c, node, 'tuple'),
  pattern_list: (c, node) => lowerList(c, node, 'tuple'),
  tuple_pattern: (c, node) => lowerList(c, node, 'tuple'),
  list_pattern: (c, node) => lowerList(c, node, 'list'),
  set: (c, node) => lowerList(c, node, 'set'),
  dictionary: lowerDictionary,
  list_comprehension: lowerComprehension,
  set_comprehension: lowerComprehension,
  dictionary_comprehension: lowerComprehension,
  generator_expression: lowerComprehension,
  await: (c, node) => emit(c, { op: 'await', value: lowerExpression(c, node.children[0]) }, node),
  yield: lowerYield,
  as_pattern: (c, node) => lowerExpression(c, node.children[0]),
  as_pattern_target: (c, node) => lowerExpression(c, node.children[0]),
  list_splat: (c, node) => lowerExpression(c, node.children[0]),
  dictionary_splat: (c, node) => lowerExpression(c, node.children[0]),
};

function lowerNumber(c: Code, node: Node): ValueId {
  const value = numberValue(textOf(c, node));
  return value === undefined ? unknown(c, node) : constant(c, value, node);
}

/** Iterates along the left operands: a sum of 20,000 parts is that deep. */
function lowerBinary(c: Code, node: Node): ValueId {
  const spine: Node[] = [];
  let left: Node | undefined = node;
  while (left?.kind === 'binary_operator') {
    spine.push(left);
    left = left.children[0];
  }
  let value = lowerExpression(c, left);
  for (let part = spine.pop(); part; part = spine.pop()) {
    const operator = (part.children[1]?.kind ?? '+') as BinaryOperator;
    const right = lowerExpression(c, part.children[2]);
    value = emit(c, { op: 'binary', operator, left: value, right }, part);
  }
  return value;
}

function lowerUnary(c: Code, node: Node): ValueId {
  const operator = (node.children[0]?.kind ?? '-') as UnaryOperator;
  const argument = node.children[1];
  if (operator === '-' && (argument?.kind === 'integer' || argument?.kind === 'float')) {
    const number = numberValue(textOf(c, argument));
    if (number !== undefined) return constant(c, -number, node);
  }
  return emit(c, { op: 'unary', operator, value: lowerExpression(c, argument) }, node);
}

function lowerNot(c: Code, node: Node): ValueId {
  return emit(c, { op: 'unary', operator: '!', value: lowerExpression(c, node.children[0]) }, node);
}

function lowerWalrus(c: Code, node: Node): ValueId {
  const [name, valueNode] = node.children;
  const value = lowerExpression(c, valueNode);
  let home = c.scope;
  while (home.kind === 'inline' && home.parent) home = home.parent;
  const binding = name && resolve(home, textOf(c, name));
  if (binding) writeBinding(c, binding, value, node);
  return value;
}

function lowerList(c: Code, node: Node, kind: 'list' | 'tuple' | 'set'): ValueId {
  const spread: number[] = [];
  const items = node.children.map((item, i) => {
    if (item.kind !== 'list_splat' && item.kind !== 'list_splat_pattern') return lowerExpression(c, item);
    spread.push(i);
    return lowerExpression(c, item.children[0]);
  });
  return emit(c, { op: 'list', kind, items, spread }, node);
}

function lowerDictionary(c: Code, node: Node): ValueId {
  const keys: (string | ValueId | null)[] = [];
  const values: ValueId[] = [];
  for (const entry of node.children) {
    if (entry.kind === 'pair') {
      keys.push(lowerEntryKey(c, entry.children[0]));
      values.push(lowerExpression(c, entry.children[1]));
    } else if (entry.kind === 'dictionary_splat') {
      keys.push(null);
      values.push(lowerExpression(c, entry.children[0]));
    }
  }
  return emit(c, { op: 'object', keys, values }, node);
}

/** Lowers the key of a dictionary entry. Returns the text of a string literal, and the value of any other key. */
export function lowerEntryKey(c: Code, node: Node | undefined): string | ValueId {
  const key = lowerExpression(c, node);
  const inst = c.b.inst(key);
  return inst.op === 'const' && typeof inst.value === 'string' ? inst.value : key;
}

function lowerYield(c: Code, node: Node): ValueId {
  const [first, second] = node.children;
  const isFrom = first?.kind === 'from';
  const what = isFrom ? second : first;
  let value = what ? lowerExpression(c, what) : constant(c, null, node);
  if (isFrom) value = emit(c, { op: 'element', value }, node);
  return emit(c, { op: 'yield', value }, node);
}
