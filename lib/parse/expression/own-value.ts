import { expressionFailed } from './expression-errors.ts';

/** A value that an expression may hold. An object is opaque: only `ownValue` looks into it. */
export type Value = string | number | bigint | boolean | null | object;

/** Names that lead from a value to code, or to the behaviour of other values, in every JavaScript program. */
const languageNames = new Set([
  ...['__proto__', 'constructor', 'prototype', 'caller', 'callee', 'arguments', 'toString', 'toJSON'],
  ...['valueOf', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable', 'toLocaleString'],
  ...['__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__'],
]);

/**
 * An own data property of an object, an item of a list, or the length of a list or string. It never reads a prototype or runs a getter. A missing
 * property is null, unless its name belongs to the language.
 */
export function ownValue(from: Value, key: Value, at: number): Value {
  if (typeof from === 'string') {
    return key === 'length' ? from.length : expressionFailed('a string has no such property', at);
  }
  if (typeof from !== 'object' || from === null) {
    return expressionFailed(`a property of ${from === null ? 'null' : `a ${typeof from}`}`, at);
  }
  if (typeof key !== 'string' && typeof key !== 'number')
    return expressionFailed('a key of another type', at);
  if (key === '__proto__') return expressionFailed('a property of the language', at);
  if (Array.isArray(from)) return item(from, key, at);
  const property = Reflect.getOwnPropertyDescriptor(from, key);
  if (property !== undefined) return dataIn(property, at);
  return languageNames.has(String(key)) ? expressionFailed('a property of the language', at) : null;
}

function item(list: readonly unknown[], key: string | number, at: number): Value {
  if (key === 'length') return list.length;
  if (typeof key === 'string') return expressionFailed('a list has no such property', at);
  if (!Number.isInteger(key) || key < 0) return expressionFailed('an index of a list', at);
  const property = Reflect.getOwnPropertyDescriptor(list, key);
  return property === undefined ? null : dataIn(property, at);
}

function dataIn(property: PropertyDescriptor, at: number): Value {
  if (!Object.hasOwn(property, 'value')) return expressionFailed('a property with a getter', at);
  return asValue(property.value, at);
}

export function asValue(value: unknown, at: number): Value {
  if (value === undefined) return null;
  const usable = typeof value !== 'function' && typeof value !== 'symbol';
  return usable ? (value as Value) : expressionFailed(`a ${typeof value} is not data`, at);
}
