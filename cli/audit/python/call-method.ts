import { argument, type CallArguments } from './call-arguments.ts';
import type { Spot } from './module-file.ts';
import { addItems, holds } from './operators.ts';
import {
  combine,
  Failure,
  isType,
  known,
  list,
  type Plain,
  type PyDict,
  type PyList,
  type Value,
} from './value.ts';

/** What a method of a text, list or dictionary returns, and what it changes. Undefined if it is none of these. */
export function callMethod(self: Value, name: string, given: CallArguments, spot: Spot): Value | undefined {
  const plains = self.map(({ plain }) => plain);
  if (plains.some((plain) => typeof plain === 'string')) return ofText(self, name, given);
  const lists = plains.filter((plain): plain is PyList => isType(plain, 'list'));
  for (const one of lists) changeList(one, name, given, spot);
  const dicts = plains.filter((plain): plain is PyDict => isType(plain, 'dict'));
  for (const one of dicts) changeDict(one, name, given, spot);
  const [dict] = dicts;
  if (dict && self.length === 1 && name === 'get') return entry(dict, given);
  const [only] = lists;
  if (only && self.length === 1 && name === 'copy') return known(list([...only.items], only.more));
  return lists.length + dicts.length > 0 && changes.test(name) ? known(null) : undefined;
}

const changes = /^(append|add|insert|extend|remove|discard|update|clear|sort|reverse|setdefault)$/;

function changeList(self: PyList, name: string, { positional, isOpen }: CallArguments, spot: Spot): void {
  const value = positional[name === 'insert' ? 1 : 0];
  if (!changes.test(name) && name !== 'pop') return;
  if (self.spots.length < 10) self.spots.push(spot);
  if (name === 'pop') pop(self, value);
  else if (name === 'clear') self.items.splice(0, Infinity);
  else if (isOpen || !value) self.more = 'a call changes it that is not understood';
  else if (name === 'append' || name === 'add') self.items.push(value as Value);
  else if (name === 'insert') self.items.splice(placeOf(positional[0]), 0, value as Value);
  else if (name === 'extend' || name === 'update') extend(self, value as Value);
  else if (name === 'remove' || name === 'discard') remove(self, value as Value);
  else self.more = 'a call changes it that is not understood';
}

function pop(self: PyList, index: Value | undefined): void {
  const plain = index === undefined ? -1 : index.length === 1 ? index[0].plain : undefined;
  const isKnown =
    typeof plain === 'number' &&
    self.more === undefined &&
    !self.isLoose &&
    self.items.at(plain) !== undefined;
  if (isKnown) self.items.splice(plain, 1);
  else self.items.splice(0, Infinity, ...self.items.map(unsure));
}

function placeOf(index: Value | undefined): number {
  const plain = index?.[0].plain;
  return typeof plain === 'number' && Number.isInteger(plain) ? plain : 0;
}

function extend(self: PyList, [value, ...others]: Value): void {
  if (others.length === 0 && isType(value.plain, 'list')) {
    addItems(self, value.plain);
  } else self.more = 'what is added to it is computed';
}

function remove(self: PyList, [value, ...others]: Value): void {
  const { plain } = value;
  const isKnown = others.length === 0 && plain !== undefined;
  const at = isKnown ? self.items.findIndex((item) => holds(list([item]), plain) === true) : -1;
  if (at >= 0) self.items.splice(at, 1);
  else if (!isKnown || holds(self, plain) !== false)
    self.items.splice(0, Infinity, ...self.items.map(unsure));
}

function unsure(value: Value): Value {
  const [first] = value;
  return [{ ...first, plain: undefined, reason: 'it may have been removed' }];
}

function changeDict(self: PyDict, name: string, given: CallArguments, spot: Spot): void {
  if (!/^(update|setdefault|pop|clear)$/.test(name)) return;
  if (self.spots.length < 10) self.spots.push(spot);
  const [key, value] = given.positional;
  const plain = key?.[0].plain;
  if (name === 'update' && !given.isOpen) {
    if (isType(plain, 'dict')) {
      for (const [entryName, entryValue] of plain.entries) self.entries.set(entryName, entryValue);
      if (plain.more !== undefined) self.more = plain.more;
    } else if (key) self.more = 'what is added to it is computed';
    for (const [entryName, entryValue] of given.named) self.entries.set(entryName, entryValue);
  } else if (name === 'setdefault' && typeof plain === 'string' && value) {
    if (!self.entries.has(plain)) self.entries.set(plain, value);
  } else if (name === 'pop' && typeof plain === 'string') self.entries.delete(plain);
  else self.more = 'a call changes it that is not understood';
}

function entry({ entries, more }: PyDict, given: CallArguments): Value | undefined {
  const plain = given.positional[0]?.[0].plain;
  if (typeof plain !== 'string') return undefined;
  return (
    entries.get(plain) ?? (more === undefined ? (argument(given, 1, 'default') ?? known(null)) : undefined)
  );
}

function ofText(self: Value, name: string, given: CallArguments): Value | undefined {
  if (given.isOpen || given.named.size > 0 || given.positional.length > 2) return undefined;
  return combine([self, ...given.positional], ([text = null, ...rest]) =>
    typeof text === 'string' ? textMethod(text, name, rest) : new Failure('it is computed'),
  );
}

function textMethod(text: string, name: string, [a, b]: readonly Plain[]): Plain | Failure {
  const first = typeof a === 'string' ? a : undefined;
  switch (name) {
    case 'lower':
    case 'casefold':
      return text.toLowerCase();
    case 'upper':
      return text.toUpperCase();
    case 'title':
    case 'capitalize':
      return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();
    case 'strip':
      return a === undefined ? text.trim() : new Failure('it is computed');
    case 'split':
      return split(text, a, b);
    case 'startswith':
      return first === undefined ? new Failure('it is computed') : text.startsWith(first);
    case 'endswith':
      return first === undefined ? new Failure('it is computed') : text.endsWith(first);
    case 'replace':
      if (first === undefined || typeof b !== 'string' || first === '') return new Failure('it is computed');
      return text.replaceAll(first, () => b);
    case 'isdigit':
    case 'isnumeric':
      return /^\d+$/.test(text);
    default:
      return new Failure('it is computed');
  }
}

/** Python's `split()` without a separator drops empty parts, and with one keeps them. */
function split(text: string, separator: Plain | undefined, most: Plain | undefined): Plain | Failure {
  if (most !== undefined || separator === '') return new Failure('it is computed');
  if (separator !== undefined && separator !== null && typeof separator !== 'string')
    return new Failure('it is computed');
  const parts =
    typeof separator === 'string' ? text.split(separator) : text.split(/\s+/).filter((part) => part !== '');
  return list(parts.slice(0, 1000).map((part) => known(part)));
}
