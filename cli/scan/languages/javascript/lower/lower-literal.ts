import type {
  ArrayExpression,
  BinaryExpression,
  Node,
  ObjectExpression,
  ObjectProperty,
  PrivateInExpression,
  TemplateLiteral,
} from 'oxc-parser';
import type { BinaryOperator, ValueId } from '../../../ir/ir.ts';
import { keyName } from '../parse/syntax.ts';
import { lowerExpression } from './lower-expression.ts';
import { emit, emitConst, type Lowering, type Place } from './lowering.ts';

interface AnyLiteral extends Place {
  readonly value: unknown;
  readonly bigint?: string;
  readonly regex?: { readonly pattern: string; readonly flags: string };
}

export function lowerLiteral(f: Lowering, node: AnyLiteral): ValueId {
  if (node.regex) return emit(f, { op: 'regex', source: node.regex.pattern, flags: node.regex.flags }, node);
  // A BigInt becomes a number: this is close enough, and JSON can hold it.
  if (typeof node.bigint === 'string') return emitConst(f, Number(node.bigint), node);
  const { value } = node;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return emitConst(f, value, node);
  }
  return emitConst(f, null, node);
}

export function lowerArray(f: Lowering, node: ArrayExpression): ValueId {
  const spread: number[] = [];
  const items = node.elements.map((element, i) => {
    if (!element) return emitConst(f, undefined, node);
    if (element.type !== 'SpreadElement') return lowerExpression(f, element);
    spread.push(i);
    return lowerExpression(f, element.argument);
  });
  return emit(f, { op: 'list', kind: 'list', items, spread }, node);
}

export function lowerObject(f: Lowering, node: ObjectExpression): ValueId {
  const keys: (string | ValueId | null)[] = [];
  const values: ValueId[] = [];
  for (const property of node.properties) {
    if (property.type === 'Property') lowerProperty(f, property, keys, values);
    else {
      keys.push(null);
      values.push(lowerExpression(f, property.argument));
    }
  }
  return emit(f, { op: 'object', keys, values }, node);
}

function lowerProperty(
  f: Lowering,
  node: ObjectProperty,
  keys: (string | ValueId | null)[],
  values: ValueId[],
): void {
  const name = keyName(node.key, node.computed);
  const key = name ?? lowerExpression(f, node.key);
  const value = lowerExpression(f, node.value, name ?? '');
  // A setter is lowered, but it is no entry of the object.
  if (node.kind === 'set') return;
  keys.push(key);
  values.push(node.kind === 'get' ? emit(f, { op: 'call', callee: value, args: [] }, node) : value);
}

export function lowerTemplate(f: Lowering, node: TemplateLiteral): ValueId {
  const parts: ValueId[] = [];
  node.quasis.forEach((quasi, i) => {
    const text = quasi.value.cooked ?? quasi.value.raw;
    if (text !== '') parts.push(emitConst(f, text, quasi));
    const expression = node.expressions[i];
    if (expression) parts.push(lowerExpression(f, expression));
  });
  if (node.expressions.length > 0) return emit(f, { op: 'text', parts }, node);
  return parts[0] ?? emitConst(f, '', node);
}

/**
 * Lowers a binary expression. Iterates from the innermost left operand outwards, because string concatenations can be too long
 * for recursion.
 */
export function lowerBinary(f: Lowering, node: BinaryExpression | PrivateInExpression): ValueId {
  const chain: (BinaryExpression | PrivateInExpression)[] = [];
  let at: Node = node;
  while (at.type === 'BinaryExpression') {
    chain.push(at);
    at = at.left;
  }
  let left = at.type === 'PrivateIdentifier' ? emitConst(f, `#${at.name}`, at) : lowerExpression(f, at);
  for (let binary = chain.pop(); binary; binary = chain.pop()) {
    const right = lowerExpression(f, binary.right);
    left = emit(f, { op: 'binary', operator: operatorOf(binary.operator), left, right }, binary);
  }
  return left;
}

function operatorOf(operator: BinaryExpression['operator']): BinaryOperator {
  switch (operator) {
    case '===':
      return '==';
    case '!==':
      return '!=';
    default:
      return operator;
  }
}
