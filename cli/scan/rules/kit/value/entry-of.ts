import type { Linked } from '../../../callgraph/linked.ts';
import { fieldStores } from '../../../callgraph/query/field-stores.ts';
import { instOf, madeBy, type Place } from '../../../callgraph/query/made-by.ts';
import { behindOf } from '../../../dataflow/query/trace-value.ts';
import type { Inst, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { usersOf } from '../../../ir/query/users.ts';

/** The value of an object's entry. */
export interface Entry extends Place {
  /** The object literal or the store that gives the entry its value. */
  readonly owner: ValueId;
}

interface Walk {
  readonly linked: Linked;
  readonly name: string;
  readonly seen: Set<string>;
}

/** The maximum number of values to visit for one name. */
const maxSteps = 120;
/** The maximum number of branches to visit, and of possible callees of a call. */
const maxWays = 8;

/**
 * The value of an object's entry, under the first of these names that is found. The entry may be written in a literal, stored,
 * spread, or made by a function, perhaps in another file. If branches give it several values, the first is returned. Undefined if
 * none is found.
 */
export function entryOf(
  linked: Linked,
  from: Place | undefined,
  ...names: readonly string[]
): Entry | undefined {
  if (!from) return undefined;
  for (const name of names) {
    const found = entry({ linked, name, seen: new Set() }, from);
    if (found) return found;
  }
  return undefined;
}

function entry(walk: Walk, from: Place): Entry | undefined {
  const place = made(walk.linked, from);
  const { func, value } = place;
  const key = `${func} ${value}`;
  if (walk.seen.has(key) || walk.seen.size >= maxSteps) return undefined;
  walk.seen.add(key);
  const inst = instOf(walk.linked, place);
  switch (inst?.op) {
    case 'object':
      return ofObject(walk, place, inst);
    case 'store':
      if (inst.name === walk.name) return { func, value: inst.value, owner: value };
      return entry(walk, { func, value: inst.object });
    case 'phi':
      return firstOf(walk, func, inst.inputs);
    case 'call':
      return ofCall(walk, place, inst.args, inst.callee);
    default: {
      const behind = inst && behindOf(inst);
      return behind === undefined ? undefined : entry(walk, { func, value: behind });
    }
  }
}

type ObjectInst = Inst & { readonly op: 'object' };

/** The last position of each key of an object, and its spreads from last to first. */
interface Keys {
  readonly last: ReadonlyMap<string | ValueId, number>;
  readonly spread: readonly number[];
}

const keysOf = memoized((inst: ObjectInst): Keys => {
  const last = new Map<string | ValueId, number>();
  const spread: number[] = [];
  inst.keys.forEach((key, i) => {
    if (key === null) spread.push(i);
    else last.set(key, i);
  });
  return { last, spread: spread.reverse() };
});

/** Searches an object literal: first the spreads after the last entry of this name, then that entry. */
function ofObject(walk: Walk, { func, value: owner }: Place, inst: ObjectInst): Entry | undefined {
  const { last, spread } = keysOf(inst);
  const own = last.get(walk.name) ?? -1;
  for (const i of spread) {
    if (i < own || walk.seen.size >= maxSteps) break;
    const value = inst.values[i];
    const inner = value === undefined ? undefined : entry(walk, { func, value });
    if (inner) return inner;
  }
  const value = inst.values[own];
  return value === undefined ? undefined : { func, value, owner };
}

/** `Object.assign({}, a, b)`, `merge(a, b)`, and functions of the program that return an object. */
function ofCall(walk: Walk, place: Place, args: readonly ValueId[], callee: ValueId): Entry | undefined {
  const { linked } = walk;
  for (const { func, makes } of linked.targets(place.func, place.value).slice(0, maxWays)) {
    const target = linked.program.functions[func]?.func;
    const found = makes < 0 && target ? firstOf(walk, func, usersOf(target).returned) : undefined;
    if (found) return found;
  }
  const inst = instOf(linked, { func: place.func, value: callee });
  const called = inst?.op === 'member' || inst?.op === 'global' || inst?.op === 'import' ? inst.name : '';
  return /^(assign|freeze|merge|defaultsDeep|defaults|structuredClone|cloneDeep)$/.test(called)
    ? firstOf(walk, place.func, args.slice(0, maxWays).reverse())
    : undefined;
}

function firstOf(walk: Walk, func: number, values: Iterable<ValueId>): Entry | undefined {
  let left = maxWays;
  for (const value of values) {
    if (left-- <= 0) break;
    const found = entry(walk, { func, value });
    if (found) return found;
  }
  return undefined;
}

/** Like `madeBy`, but also follows a field of the own class that is assigned once. */
function made(linked: Linked, from: Place): Place {
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  if (inst?.op !== 'member' || (linked.program.functions[place.func]?.func.class ?? -1) < 0) return place;
  if (instOf(linked, { func: place.func, value: inst.object })?.op !== 'this') return place;
  const [only, other] = fieldStores(linked, place.func, inst.name);
  return only && !other ? madeBy(linked, only) : place;
}
