import {
  type Abstract,
  abstract,
  aNumber,
  aText,
  constant,
  constText,
  tainted,
  unknown,
  withEntries,
  withTaints,
} from './abstract.ts';
import { everyNth } from './every-nth.ts';
import { taintInside, taintsInside } from './inside.ts';
import { bounded, join } from './join.ts';
import { shapingNames } from './shaping.ts';
import { type Bound, partOfText } from './slice-text.ts';
import { inexact, noTaints } from './taint.ts';

/** An object or a map with these entries. `rest` is the join of all other entries, and undefined if there are none. */
export function object(entries: Iterable<readonly [string, Abstract]>, rest?: Abstract): Abstract {
  return bounded(abstract(undefined, noTaints, new Map(entries), rest, 'object', undefined, undefined));
}

/**
 * A list that begins with these items. With `rest`, any number of further items may follow, each of which is `rest`.
 * Without, there are none.
 */
export function list(items: readonly Abstract[], rest?: Abstract): Abstract {
  const fields = new Map<string, Abstract>();
  for (let i = 0; i < items.length; i++) fields.set(String(i), items[i] as Abstract);
  const length = rest ? undefined : items.length;
  return bounded(abstract(undefined, noTaints, fields, rest, 'list', length, undefined));
}

/** The items of a list whose length is known. Empty for any other value. */
export function itemsOf(it: Abstract): Abstract[] {
  return Array.from({ length: it.length ?? 0 }, (_, i) => it.fields?.get(String(i)) ?? unknown);
}

/** Concatenates lists. Items before the first list of unknown length keep their index; all others are joined in `rest`. */
export function concatenated(lists: readonly Abstract[]): Abstract {
  const unsure = lists.findIndex(({ shape, length }) => shape !== 'list' || length === undefined);
  const items = (unsure < 0 ? lists : lists.slice(0, unsure)).flatMap(itemsOf);
  if (unsure < 0) return list(items);
  const others = lists.slice(unsure).map((one) => element(one));
  return list(
    items,
    others.reduce((a, b) => join(a, b)),
  );
}

/** The object or map made from a list of pairs: `new Map([['a', 1]])`, `dict(pairs)`, `Object.fromEntries(pairs)`. */
export function ofPairs(pairs: Abstract): Abstract {
  let made = object([]);
  for (const pair of pairs.fields?.values() ?? []) {
    const [key, value] = [load(pair, '0'), load(pair, '1')];
    const [name, more] = key.consts ?? [];
    made =
      name === undefined || name === null || more !== undefined
        ? storeSomewhere(made, value)
        : store(made, String(name), value);
  }
  return pairs.rest ? storeSomewhere(made, load(pairs.rest, '1')) : made;
}

/**
 * Reads the entry `value[name]`. If `value.fields` does not list it, the result combines `value.rest` with the taints that
 * the entry gets from the whole value.
 */
export function load(value: Abstract, name: string): Abstract {
  const own = value.fields?.get(name);
  if (own) return own;
  if (value.shape === 'list' && value.fields && fromEnd.test(name)) {
    // Python counts from the end.
    const place = value.length === undefined ? undefined : String(value.length + Number(name));
    return place === undefined ? element(value) : (value.fields.get(place) ?? unknown);
  }
  const here = value.taints.length === 0 ? unknown : partOf(value, name);
  return value.rest ? join(value.rest, here) : here;
}

/** The value of an entry, by the taints of its object alone. */
function partOf(value: Abstract, name: string): Abstract {
  const taints = taintsInside(value.taints, name);
  return taints === value.taints && isBare(value) ? value : tainted(taints);
}

/** Whether nothing is known of a value but its taints. */
function isBare({ consts, fields, rest, shape, textTemplate: skeleton, length }: Abstract): boolean {
  return shape === 'unknown' && !consts && !fields && !rest && skeleton === undefined && length === undefined;
}

const fromEnd = /^-\d/;

/** The step of an access path that leads from a value to its keys. */
const keysName = '\0keys';

/**
 * A text that may be any key of a value. It is tainted if the whole value is. The names in `value.fields` add no taints,
 * since the program itself contains them.
 */
export function keys(value: Abstract): Abstract {
  return tainted(shapingNames(taintsInside(value.taints, keysName)), 'text');
}

/** The join of all entries of a value, for a read with an unknown key. */
export function element(value: Abstract): Abstract {
  const here = value.taints.length > 0 ? partOf(withoutEntries(value), '*') : undefined;
  let all = here && value.rest ? join(here, value.rest) : (here ?? value.rest);
  if (value.fields) for (const field of value.fields.values()) all = all ? join(all, field) : field;
  return all ?? unknown;
}

function withoutEntries(value: Abstract): Abstract {
  if (!value.fields && !value.rest) return value;
  const { consts, taints, shape, length, textTemplate: skeleton } = value;
  return abstract(consts, taints, undefined, undefined, shape, length, skeleton);
}

/** The step of an access path that leads from a value to what a Python loop over it visits. */
const iteratedName = '\0iterated';

/**
 * The join of all values that a loop over a value visits. In Python (`iteratesKeys`), these are the keys of an object
 * or map, and the items of any other value. In JavaScript, they are pairs of key and entry for a map that is itself
 * untainted, and the entries of any other value.
 */
export function iterated(value: Abstract, iteratesKeys: boolean): Abstract {
  if (iteratesKeys) return iteratedInPython(value);
  const isMap = value.shape === 'object' && value.taints.length === 0 && (value.fields || value.rest);
  return isMap ? list([aText, element(value)]) : element(value);
}

function iteratedInPython(value: Abstract): Abstract {
  const here = value.taints.length > 0 ? partOf(withoutEntries(value), iteratedName) : unknown;
  if (value.shape === 'object') return tainted(shapingNames(here.taints), 'text');
  const items = element(withTaints(value, noTaints));
  return here.taints.length === 0 ? items : value.fields || value.rest ? join(items, here) : here;
}

/** The part of `value` that an access path leads to: `['user', 'id']` -> `value.user.id`. */
export function along(value: Abstract, path: readonly string[]): Abstract {
  let it = value;
  for (const name of path) {
    if (name === keysName) it = keys(it);
    else if (name === iteratedName) it = iteratedInPython(it);
    else if (name.startsWith(sliceName)) it = slicedAsNamed(it, name);
    else if (name === 'size' && it.shape === 'list') it = aNumber;
    else it = name === '*' ? element(it) : load(it, name);
  }
  return it;
}

/** The beginning of a step of an access path that takes a slice. The bounds follow it. */
const sliceName = '\0slice';

/** Evaluates the slice `value[from:to]` or `value[from:to:step]` of a list or a string. */
export function slice(value: Abstract, from: Bound, to: Bound, step: Bound = 1): Abstract {
  if (step !== 1) {
    const picked = pickedFrom(value, from, to, step);
    if (picked) return picked;
  } else if (value.fields || value.rest) return sliceOfList(value, from, to);
  const part = step === 1 ? partOfText(value, from, to) : partOfText(value, null, null);
  if (!part.taints.some((taint) => taint.exact && taint.origin.kind !== 'source')) return part;
  const bounds = step === 1 ? [from, to] : [from, to, step];
  const name = `${sliceName} ${bounds.map((one) => (one === null ? '?' : (one ?? ''))).join(' ')}`;
  const taints = part.taints.map((taint) => {
    if (!taint.exact || taint.origin.kind === 'source') return taint;
    // A slice of a slice, as in loops, is not tracked by its bounds.
    return taint.origin.path.at(-1)?.startsWith(sliceName) ? inexact(taint) : taintInside(taint, name);
  });
  return withTaints(part, taints);
}

function slicedAsNamed(value: Abstract, name: string): Abstract {
  const [from, to, step] = name
    .split(' ')
    .slice(1)
    .map((text) => (text === '?' ? null : text === '' ? undefined : Number(text)));
  return slice(value, from, to, step);
}

/** A slice with a step, of a list or of a known string. Undefined for what may be an unknown string. */
function pickedFrom(value: Abstract, from: Bound, to: Bound, step: Bound): Abstract | undefined {
  const isKnown = from !== null && to !== null && step !== null;
  const text = value.shape === 'text' && value.taints.length === 0 ? constText(value) : undefined;
  if (text !== undefined && isKnown) return constant(everyNth([...text], from, to, step).join(''));
  if (!value.fields && !value.rest) return undefined;
  return isKnown && value.length !== undefined
    ? list(everyNth(itemsOf(value), from, to, step))
    : list([], element(value));
}

function sliceOfList(value: Abstract, from: Bound, to: Bound): Abstract {
  if (from === null || to === null) return list([], element(value));
  if (value.length !== undefined) return list(itemsOf(value).slice(from, to));
  const start = from ?? 0;
  if (start < 0) return list([], element(value));
  const end = to === undefined || to < 0 ? Number.POSITIVE_INFINITY : to;
  const fields = new Map<string, Abstract>();
  let rest =
    value.rest || value.taints.length > 0 ? element(withEntries(value, undefined, value.rest)) : undefined;
  for (const [name, field] of value.fields ?? []) {
    const place = Number(name);
    if (!(place >= 0)) rest = rest ? join(rest, field) : field;
    else if (place >= start && place < end) fields.set(String(place - start), field);
  }
  return bounded(abstract(undefined, noTaints, fields, rest, 'list', undefined, undefined));
}

/** Returns the object as it is after `value[name] = field`. */
export function store(value: Abstract, name: string, field: Abstract): Abstract {
  const { length } = value;
  if (value.shape === 'list' && fromEnd.test(name)) {
    const place = (length ?? 0) + Number(name);
    // No index lies before the first item.
    return length === undefined || place < 0
      ? storeSomewhere(value, field)
      : store(value, String(place), field);
  }
  const fields = new Map(value.fields);
  fields.set(name, field);
  // Replacing an item keeps the length.
  const isInside = value.shape === 'list' && length !== undefined && Number(name) < length;
  return bounded(withEntries(value, fields, value.rest, isInside ? length : undefined));
}

/** Returns the object as it is after `value[name] = field` for each of these entries. */
export function storeAll(value: Abstract, entries: Iterable<readonly [string, Abstract]>): Abstract {
  const fields = new Map(value.fields);
  for (const [name, field] of entries) fields.set(name, field);
  return bounded(withEntries(value, fields, value.rest));
}

/** Returns the object as it is after a store under an unknown key: a weak update, which joins `field` to all entries. */
export function storeSomewhere(value: Abstract, field: Abstract): Abstract {
  const fields = value.fields && new Map([...value.fields].map(([name, old]) => [name, join(old, field)]));
  return bounded({
    ...value,
    consts: undefined,
    fields,
    length: undefined,
    rest: value.rest ? join(value.rest, field) : field,
  });
}
