import { Misuse } from '../../refusal/misuse.ts';
import { Refusal } from '../../refusal/refusal.ts';
import { expressionFailed, tooCostly } from './expression-errors.ts';
import type { ExpressionLimits, ListedFunction } from './expression-options.ts';
import { type Calculated, type Compared, calculate, compare, isEqual } from './operators.ts';
import { asValue, ownValue, type Value } from './own-value.ts';
import { type PlainData, plainCopy } from './plain-copy.ts';
import type { Binary, ChainSyntax, Syntax } from './syntax.ts';

/** Evaluates what `readSyntax` read. Each node costs a step, and so does each item that `in`, a copy or a function looks at. */
export function evaluateSyntax(
  syntax: Syntax,
  data: object,
  functions: ReadonlyMap<string, ListedFunction>,
  limits: ExpressionLimits,
): PlainData {
  let left = limits.maxSteps;
  return plainCopy(resolve(syntax), limits.maxDepth, spend, syntax.at);

  function spend(steps: number): void {
    left -= steps;
    if (left < 0) tooCostly('maxSteps', limits.maxSteps);
  }

  function resolve(node: Syntax): Value {
    spend(1);
    switch (node.kind) {
      case 'value':
        return node.value;
      case 'name':
        return Object.hasOwn(data, node.name)
          ? ownValue(data, node.name, node.at)
          : expressionFailed('an unknown name', node.at);
      case 'list':
        return node.items.map(resolve);
      case 'path':
        return follow(node);
      case 'call':
        return call(node.name, node.args.map(resolve), node.at);
      case 'unary':
        return node.operator === '!' ? !resolve(node.operand) : signed(node.operator, node);
      case 'chain':
        return node.rest.reduce(link, resolve(node.first));
      case 'choice':
        return resolve(resolve(node.test) ? node.then : node.otherwise);
    }
  }

  function signed(operator: '-' | '+', node: Extract<Syntax, { kind: 'unary' }>): Value {
    return calculate(operator, 0, resolve(node.operand), node.at);
  }

  function follow({ from, steps }: Extract<Syntax, { kind: 'path' }>): Value {
    let value = resolve(from);
    for (const { key, optional, at } of steps) {
      spend(1);
      if (optional && value === null) return null;
      value = ownValue(value, typeof key === 'string' ? key : resolve(key), at);
      checkLength(value);
    }
    return value;
  }

  function link(value: Value, { operator, operand, at }: ChainSyntax['rest'][number]): Value {
    if (operator === '&&') return value ? resolve(operand) : value;
    if (operator === '||') return value ? value : resolve(operand);
    if (operator === '??') return value ?? resolve(operand);
    return combine(operator, value, resolve(operand), at);
  }

  function combine(operator: Exclude<Binary, '&&' | '||' | '??'>, one: Value, two: Value, at: number): Value {
    if (operator === '==' || operator === '===') return isEqual(one, two);
    if (operator === '!=' || operator === '!==') return !isEqual(one, two);
    if (operator === 'in') return isIn(one, two, at);
    if (operator === '+' && (typeof one === 'string' || typeof two === 'string')) return joined(one, two, at);
    return isCalculated(operator)
      ? calculate(operator, one, two, at)
      : compare(operator as Compared, one, two, at);
  }

  function joined(one: Value, two: Value, at: number): string {
    const isText = (value: Value) => typeof value === 'string' || typeof value === 'number';
    if (!isText(one) || !isText(two))
      return expressionFailed('+ takes two numbers, or strings and numbers', at);
    const text = `${one}${two}`;
    checkLength(text);
    return text;
  }

  function isIn(wanted: Value, list: Value, at: number): boolean {
    if (!Array.isArray(list)) return expressionFailed('in takes a list on its right', at);
    spend(list.length);
    for (let index = 0; index < list.length; index++) {
      if (isEqual(wanted, ownValue(list, index, at))) return true;
    }
    return false;
  }

  function call(name: string, args: readonly Value[], at: number): Value {
    const listed = functions.get(name) as ListedFunction;
    for (const arg of args) spend(workOf(arg));
    let result: unknown;
    try {
      result = Reflect.apply(listed, undefined, args);
    } catch (cause) {
      if (cause instanceof Refusal || cause instanceof Misuse) throw cause;
      return expressionFailed(`${name} threw an error`, at, cause);
    }
    // It is refused below, and its failure would otherwise be an unhandled rejection.
    if (result instanceof Promise) result.catch(() => undefined);
    const value = plainCopy(asValue(result, at), limits.maxDepth, spend, at);
    checkLength(value);
    return value;
  }

  function checkLength(value: Value): void {
    if (typeof value === 'string' && value.length > limits.maxStringLength) {
      tooCostly('maxStringLength', limits.maxStringLength);
    }
  }
}

/** What a function may have to look at: each item of a list, and the text, which native code reads. */
function workOf(arg: Value): number {
  if (Array.isArray(arg)) return arg.length;
  return typeof arg === 'string' ? Math.floor(arg.length / 64) : 0;
}

function isCalculated(operator: Calculated | Compared): operator is Calculated {
  return '+-*/%'.includes(operator);
}
