import type { Spot } from './module-file.ts';
import {
  absentName,
  isType,
  known,
  manySpots,
  notKnown,
  oneOf,
  type Plain,
  type Possible,
  type PyList,
  type Value,
} from './value.ts';

/** Names and what they hold, in the order of the program so far. */
export interface Scope {
  readonly names: Map<string, Value>;
  readonly parent?: Scope;
  /** Why names may be set that are not seen, such as `from unseen import *`. */
  open?: string;
}

export function newScope(parent?: Scope): Scope {
  return { names: new Map(), ...(parent ? { parent } : {}) };
}

/** Undefined if nothing sets the name. */
export function lookUp(scope: Scope, name: string): Value | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const found = at.names.get(name);
    if (found) return found;
    if (at.open !== undefined) return notKnown(at.open);
  }
  return undefined;
}

/** From here on, each name may hold anything. */
export function openScope(scope: Scope, reason: string, spots: readonly Spot[] = []): void {
  scope.open = reason;
  for (const [name, value] of scope.names) {
    const places = manySpots(spots, ...value.map((one) => one.spots));
    if (isSetting(name)) scope.names.set(name, notKnown(reason, places));
  }
}

function isSetting(name: string): boolean {
  return /^[A-Z]/.test(name);
}

/** A copy that shares no list with it: what is changed in one does not show in the other. */
export function copyScope(scope: Scope): Scope {
  const copies = new Map<Plain, Plain>();
  const names = new Map(
    [...scope.names].map(([name, value]) => [name, copyValue(value, copies, 0)] as const),
  );
  return { ...scope, names };
}

const mostDepth = 20;

function copyValue(value: Value, copies: Map<Plain, Plain>, depth: number): Value {
  return oneOf(
    value.map((one) =>
      one.plain === undefined ? one : { ...one, plain: copyPlain(one.plain, copies, depth) },
    ),
  );
}

function copyPlain(plain: Plain, copies: Map<Plain, Plain>, depth: number): Plain {
  if (depth > mostDepth) return plain;
  const done = copies.get(plain);
  if (done !== undefined) return done;
  if (isType(plain, 'list')) {
    const copy = { ...plain, items: [] as Value[], spots: [...plain.spots] };
    copies.set(plain, copy);
    copy.items.push(...plain.items.map((item) => copyValue(item, copies, depth + 1)));
    return copy;
  }
  if (isType(plain, 'dict')) {
    const copy = { ...plain, entries: new Map<string, Value>(), spots: [...plain.spots] };
    copies.set(plain, copy);
    for (const [key, value] of plain.entries) copy.entries.set(key, copyValue(value, copies, depth + 1));
    return copy;
  }
  if (isType(plain, 'object')) {
    const copy = { ...plain, fields: new Map<string, Value>(), calls: [...plain.calls] };
    copies.set(plain, copy);
    for (const [key, value] of plain.fields) copy.fields.set(key, copyValue(value, copies, depth + 1));
    return copy;
  }
  return plain;
}

/** Makes `into` what holds after one or the other: each name may hold what it holds in both. */
export function joinScopes(into: Scope, other: Scope): void {
  if (other.open !== undefined) into.open ??= other.open;
  const merged = new Map<PyList, PyList>();
  for (const name of new Set([...into.names.keys(), ...other.names.keys()])) {
    const a = into.names.get(name) ?? known(absentName);
    const b = other.names.get(name) ?? known(absentName);
    if (a !== b) into.names.set(name, mergedLists(a, b, merged) ?? joinValues(a, b));
  }
}

/** Two lists with something in common become one, so that many conditions do not make many lists. */
function mergedLists(a: Value, b: Value, merged: Map<PyList, PyList>): Value | undefined {
  const [one, other] = [a[0], b[0]];
  if (a.length > 1 || b.length > 1 || !isType(one.plain, 'list') || !isType(other.plain, 'list'))
    return undefined;
  if (isSamePlain(one.plain, other.plain, 0)) return undefined;
  const list = merged.get(one.plain) ?? mergeLists(one.plain, other.plain);
  if (!list) return undefined;
  merged.set(one.plain, list);
  const variables = [...new Set([...one.variables, ...other.variables])];
  return [{ plain: list, spots: manySpots(one.spots, other.spots), variables }];
}

function mergeLists(a: PyList, b: PyList): PyList | undefined {
  const rest = [...b.items];
  const items: Value[] = [];
  let common = 0;
  for (const item of a.items) {
    const at = rest.findIndex((one) => isSameValue(item, one, 0));
    items.push(at < 0 ? maybe(item) : item);
    if (at < 0) continue;
    rest.splice(at, 1);
    common++;
  }
  if (common === 0) return undefined;
  const list: PyList = {
    type: 'list',
    items: [...items, ...rest.map(maybe)],
    spots: [...a.spots, ...b.spots].slice(0, 10),
    isLoose: true,
  };
  const more = a.more ?? b.more;
  if (more !== undefined) list.more = more;
  return list;
}

function maybe(item: Value): Value {
  return joinValues(item, known(absentName));
}

export function joinValues(a: Value, b: Value): Value {
  const all: Possible[] = [...a];
  for (const one of b) {
    const index = all.findIndex((other) => isSame(one, other));
    const same = all[index];
    if (!same) all.push(one);
    else {
      const variables = [...new Set([...same.variables, ...one.variables])];
      all[index] = { ...same, spots: manySpots(same.spots, one.spots), variables };
    }
  }
  return oneOf(all);
}

function isSame(a: Possible, b: Possible): boolean {
  if (a.unset !== b.unset) return false;
  return a.plain === undefined
    ? b.plain === undefined && a.reason === b.reason
    : isSamePlain(a.plain, b.plain, 0);
}

function isSamePlain(a: Plain, b: Plain | undefined, depth: number): boolean {
  if (a === b) return true;
  if (depth > mostDepth) return false;
  if (isType(a, 'list')) {
    if (!isType(b, 'list') || a.more !== b.more || a.items.length !== b.items.length) return false;
    return a.items.every((item, index) => isSameValue(item, b.items[index], depth + 1));
  }
  if (isType(a, 'dict')) {
    if (!isType(b, 'dict') || a.more !== b.more || a.entries.size !== b.entries.size) return false;
    return [...a.entries].every(([key, value]) => isSameValue(value, b.entries.get(key), depth + 1));
  }
  if (isType(a, 'object')) {
    if (!isType(b, 'object') || a.spot !== b.spot || a.calls.length !== b.calls.length) return false;
    if (a.fields.size !== b.fields.size || a.calls.some((call, index) => call !== b.calls[index]))
      return false;
    return [...a.fields].every(([key, value]) => isSameValue(value, b.fields.get(key), depth + 1));
  }
  if (isType(a, 'reference')) return isType(b, 'reference') && a.path === b.path;
  return isType(a, 'absent') && isType(b, 'absent');
}

function isSameValue(a: Value, b: Value | undefined, depth: number): boolean {
  if (!b || a.length !== b.length) return false;
  return a.every((one, index) => {
    const other = b[index];
    if (!other || one.plain === undefined) return other?.plain === undefined && one.reason === other?.reason;
    return isSamePlain(one.plain, other.plain, depth);
  });
}
