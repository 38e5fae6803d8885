import { textOfNode, type XpathNode } from './xpath-node.ts';

export type Value = string | number | boolean | readonly XpathNode[];
export type Spend = (steps: number) => void;

/** Conversions of XPath 1.0, section 4. */
export function toText(value: Value, spend: Spend): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object') return value[0] === undefined ? '' : textOfNode(value[0], spend);
  return String(value);
}

export function toNumber(value: Value, spend: Spend): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = toText(value, spend).replace(/^[ \t\r\n]+/, '');
  const number = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?=[ \t\r\n]*$)/.exec(text)?.[0];
  return number === undefined ? Number.NaN : Number(number);
}

export function toBoolean(value: Value): boolean {
  if (typeof value === 'object' || typeof value === 'string') return value.length > 0;
  return typeof value === 'number' ? value !== 0 && !Number.isNaN(value) : value;
}

type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** Section 3.4: a comparison with a set of nodes is true if it is true for any of them. */
export function compareValues(operator: Comparison, left: Value, right: Value, spend: Spend): boolean {
  if (typeof left === 'object' && typeof right !== 'boolean') {
    return left.some((node) => compareValues(operator, textOfNode(node, spend), right, spend));
  }
  if (typeof right === 'object' && typeof left !== 'boolean') {
    return right.some((node) => compareValues(operator, left, textOfNode(node, spend), spend));
  }
  spend(1);
  if (operator === '=' || operator === '!=') return isEqual(left, right, spend) === (operator === '=');
  const [one, two] = [toNumber(left, spend), toNumber(right, spend)];
  if (operator === '<') return one < two;
  if (operator === '<=') return one <= two;
  return operator === '>' ? one > two : one >= two;
}

function isEqual(left: Value, right: Value, spend: Spend): boolean {
  if (typeof left === 'boolean' || typeof right === 'boolean') return toBoolean(left) === toBoolean(right);
  if (typeof left === 'number' || typeof right === 'number')
    return toNumber(left, spend) === toNumber(right, spend);
  return left === right;
}
