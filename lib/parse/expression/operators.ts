import { expressionFailed } from './expression-errors.ts';
import type { Value } from './own-value.ts';

export type Calculated = '+' | '-' | '*' | '/' | '%';
export type Compared = '<' | '<=' | '>' | '>=';

/** Arithmetic with two numbers. Nothing is converted: a missing price, or text, must not become a number. */
export function calculate(operator: Calculated, left: Value, right: Value, at: number): number {
  if (typeof left !== 'number' || typeof right !== 'number') {
    return expressionFailed(`${operator} takes two numbers`, at);
  }
  const result = calculations[operator](left, right);
  return Number.isFinite(result) ? result : expressionFailed(`the result of ${operator} is not a number`, at);
}

const calculations: Readonly<Record<Calculated, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
};

/** The order of two numbers, or of two strings by their code units. */
export function compare(operator: Compared, left: Value, right: Value, at: number): boolean {
  const comparable =
    (isNumber(left) && isNumber(right)) || (typeof left === 'string' && typeof right === 'string');
  if (!comparable) return expressionFailed(`${operator} takes two numbers or two strings`, at);
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

/** Equal without conversion. A number equals the bigint of the same value. Two objects are equal if they are the same one. */
export function isEqual(left: Value, right: Value): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: between a number and a bigint, == compares the values
  return isNumber(left) && isNumber(right) ? left == right : left === right;
}

function isNumber(value: Value): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
