import type { ValueId } from '../../ir/ir.ts';
import type { Linked } from '../../link/linked.ts';
import { instOf, madeBy, type Place } from '../../rule/made-by.ts';
import { behindOf } from '../../taint/trace-value.ts';

interface Walk {
  readonly linked: Linked;
  left: number;
}

const maxSteps = 120;

/** An entry of an object, and what gives it its value: the object that is written out, or the store. */
export interface Entry extends Place {
  readonly owner: ValueId;
}

/** The first value that is given to an entry of an object: written out, stored, spread into it, or made by a function. */
export function entryOf(linked: Linked, from: Place, name: string): Entry | undefined {
  return entry({ linked, left: maxSteps }, from, name);
}

function entry(walk: Walk, from: Place, name: string): Entry | undefined {
  if (walk.left-- <= 0) return undefined;
  const place = made(walk.linked, from);
  const { func, value } = place;
  const inst = instOf(walk.linked, place);
  const at = (inner: ValueId): Place => ({ func, value: inner });
  switch (inst?.op) {
    case 'object':
      return ofObject(walk, place, inst.keys, inst.values, name);
    case 'store':
      if (inst.name === name) return { func, value: inst.value, owner: value };
      return entry(walk, at(inst.object), name);
    case 'phi':
      return firstOf(inst.inputs, (input) => entry(walk, at(input), name));
    case 'call':
      return ofCall(walk, place, inst.args, inst.callee, name);
    default: {
      const behind = inst && behindOf(inst);
      return behind === undefined || behind === value ? undefined : entry(walk, at(behind), name);
    }
  }
}

/** The last entry of a name counts, and what is spread behind it. */
function ofObject(
  walk: Walk,
  { func, value: owner }: Place,
  keys: readonly (string | ValueId | null)[],
  values: readonly ValueId[],
  name: string,
): Entry | undefined {
  for (let i = keys.length - 1; i >= 0; i--) {
    const value = values[i];
    if (value === undefined) continue;
    if (keys[i] === name) return { func, value, owner };
    const inner = keys[i] === null ? entry(walk, { func, value }, name) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

/** `Object.assign({}, a, b)`, `merge(a, b)`, and functions of the program that return an object. */
function ofCall(
  walk: Walk,
  place: Place,
  args: readonly ValueId[],
  callee: ValueId,
  name: string,
): Entry | undefined {
  const targets = walk.linked.targets(place.func, place.value).filter(({ makes }) => makes < 0);
  for (const { func } of targets.slice(0, 4)) {
    const blocks = walk.linked.program.functions[func]?.func.blocks ?? [];
    for (const { end } of blocks) {
      const found = end.kind === 'return' ? entry(walk, { func, value: end.value }, name) : undefined;
      if (found) return found;
    }
  }
  const inst = instOf(walk.linked, { func: place.func, value: callee });
  const called = inst?.op === 'member' || inst?.op === 'global' || inst?.op === 'import' ? inst.name : '';
  if (!/^(assign|freeze|merge|defaultsDeep|defaults|structuredClone|cloneDeep)$/.test(called))
    return undefined;
  return firstOf([...args].reverse(), (arg) => entry(walk, { func: place.func, value: arg }, name));
}

function firstOf<T>(values: readonly ValueId[], find: (value: ValueId) => T | undefined): T | undefined {
  for (const value of values.slice(0, 8)) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As `madeBy`, also through a field of the own class that is written once. */
function made(linked: Linked, from: Place): Place {
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  const info = linked.program.functions[place.func];
  if (inst?.op !== 'member' || !info || info.func.class < 0) return place;
  if (instOf(linked, { func: place.func, value: inst.object })?.op !== 'this') return place;
  const owner = linked.program.modules[info.module]?.classes[info.func.class];
  const first = linked.program.firstFunc[info.module] ?? 0;
  const stores = [...(owner?.methods.map(({ func }) => func) ?? []), owner?.init ?? -1]
    .filter((func) => func >= 0)
    .flatMap((func) =>
      (linked.program.functions[first + func]?.func.code ?? []).flatMap((one) =>
        one.op === 'store' && one.name === inst.name ? [{ func: first + func, value: one.value }] : [],
      ),
    );
  return stores.length === 1 && stores[0] ? madeBy(linked, stores[0]) : place;
}
