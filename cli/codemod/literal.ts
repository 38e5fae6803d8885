import type { Node } from 'oxc-parser';
import { keyName, stringOf, unwrap } from '../scan/languages/javascript/parse/syntax.ts';

export type Literal =
  | string
  | number
  | boolean
  | null
  | readonly Literal[]
  | { readonly [name: string]: Literal };

/** The value of an expression that is written out, such as `15 * 60 * 1000`; undefined for all others. */
export function literalOf(expression: Node): Literal | undefined {
  const node = unwrap(expression);
  const text = stringOf(node);
  if (text !== undefined) return text;
  if (node.type === 'Literal') {
    return typeof node.value === 'number' || typeof node.value === 'boolean' || node.raw === 'null'
      ? (node.value as Literal)
      : undefined;
  }
  if (node.type === 'ArrayExpression') {
    const values = node.elements.map((element) => (element ? literalOf(element) : undefined));
    return values.includes(undefined) ? undefined : (values as Literal[]);
  }
  if (node.type === 'ObjectExpression') return objectOf(node);
  if (node.type === 'BinaryExpression')
    return calculated(node.operator, literalOf(node.left), literalOf(node.right));
  return undefined;
}

function objectOf(node: Node): Literal | undefined {
  const options = optionsOf(node);
  if (!options) return undefined;
  const values = [...options].map(([name, value]) => [name, literalOf(value)] as const);
  if (values.some(([, value]) => value === undefined)) return undefined;
  return Object.assign(Object.create(null), Object.fromEntries(values)) as Literal;
}

function calculated(
  operator: string,
  left: Literal | undefined,
  right: Literal | undefined,
): number | undefined {
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  if (operator === '*') return left * right;
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  return operator === '/' ? left / right : undefined;
}

/** The properties of an object that is written out; undefined if there are others, as after `...`. */
export function optionsOf(expression: Node | undefined): ReadonlyMap<string, Node> | undefined {
  if (!expression) return new Map();
  const node = unwrap(expression);
  if (node.type !== 'ObjectExpression') return undefined;
  const options = new Map<string, Node>();
  for (const property of node.properties) {
    if (property.type !== 'Property' || property.kind !== 'init') return undefined;
    const name = keyName(property.key, property.computed);
    if (name === undefined || name === '__proto__') return undefined;
    options.set(name, property.value);
  }
  return options;
}
