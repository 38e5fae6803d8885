import { maxTrackedItems } from '../../budgets/semantics.ts';
import { type Abstract, onlyConst, unknown, withTaints } from '../../dataflow/domain/abstract.ts';
import { element, itemsOf, list, load, store, storeSomewhere } from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import { joinTaints } from '../../dataflow/domain/taint.ts';
import { keyName } from '../../dataflow/query/member-names.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';

/** The list after items are added at its end or at its beginning. */
export function appended(receiver: Abstract, args: readonly Abstract[], atEnd: boolean): Abstract {
  if (receiver.length !== undefined && receiver.length < maxTrackedItems) {
    return list(atEnd ? [...itemsOf(receiver), ...args] : [...args, ...itemsOf(receiver)]);
  }
  // Items added in front have shifted the indexes.
  if (!atEnd && receiver.shape === 'list' && receiver.fields) return shuffled(receiver, args);
  return args.reduce((all, arg) => storeSomewhere(all, arg), receiver);
}

/** Returns the list after the items `more` are added and all known indexes are lost: any item may be at any index. */
export function shuffled(receiver: Abstract, more: readonly Abstract[]): Abstract {
  if (!receiver.fields) return more.reduce((all, one) => storeSomewhere(all, one), receiver);
  const all = [...receiver.fields.values(), ...(receiver.rest ? [receiver.rest] : []), ...more];
  const rest = all.length === 0 ? undefined : all.reduce((a, b) => join(a, b));
  return { ...receiver, consts: undefined, fields: undefined, length: undefined, rest };
}

/** The list after Python's `extendleft`: each item is put in front of the previous one, so their order is reversed. */
export function extendedLeft(receiver: Abstract, others: Abstract): Abstract {
  if (
    receiver.length === undefined ||
    others.length === undefined ||
    receiver.length + others.length > maxTrackedItems
  )
    return shuffled(receiver, [element(others)]);
  return list([...itemsOf(others).reverse(), ...itemsOf(receiver)]);
}

/** The list after Python's `line.rotate(1)`: the last item becomes the first. */
export function rotated(receiver: Abstract, args: readonly Abstract[]): Abstract {
  const by = args.length === 0 ? 1 : onlyConst(args[0])?.value;
  if (receiver.length === undefined || receiver.length === 0 || !Number.isInteger(by))
    return shuffled(receiver, []);
  const items = itemsOf(receiver);
  const at = -((by as number) % items.length);
  return list([...items.slice(at), ...items.slice(0, at)]);
}

/** Records the value that the receiver has after the call. */
type Change = (call: BuiltinCall, after: Abstract) => void;

/** The result of JavaScript's `splice`: the removed items. Passes the new value of the list to `change`. */
export function spliced(call: BuiltinCall, change: Change): Abstract {
  const { args, receiver, inst } = call;
  const all = list([], element(receiver));
  const added = args.slice(2);
  if (receiver.shape !== 'list') {
    if (added.length > 0) change(call, shuffled(receiver, added));
    return all;
  }
  const [start, count] = args.map((arg) => onlyConst(arg)?.value);
  const isKnown = Number.isInteger(start) && (args.length < 2 || Number.isInteger(count)) && !inst.spread;
  if (receiver.length === undefined || !isKnown || receiver.length + added.length > maxTrackedItems) {
    change(call, shuffled(receiver, added));
    return all;
  }
  const items = itemsOf(receiver);
  const removed =
    args.length < 2
      ? items.splice(start as number)
      : items.splice(start as number, count as number, ...added);
  change(call, list(items));
  return list(removed);
}

/** The list after an insertion at a constant index; undefined if the index is unknown, or the list is not fully tracked. */
export function inserted(receiver: Abstract, index: unknown, item: Abstract): Abstract | undefined {
  if (receiver.length === undefined || receiver.length >= maxTrackedItems || !Number.isInteger(index))
    return undefined;
  const items = itemsOf(receiver);
  items.splice(index as number, 0, item);
  return list(items);
}

/** The list after Python's `items.remove('a')`. Undefined if it is unknown which item is removed. */
export function withoutFirst(receiver: Abstract, item: Abstract | undefined): Abstract | undefined {
  const place = receiver.length === undefined ? undefined : placeOf(receiver, item);
  return place === undefined ? undefined : list(itemsOf(receiver).toSpliced(place, 1));
}

/** The index of the first item that equals a constant. Undefined unless that item and all items before it are known constants. */
export function placeOf(receiver: Abstract, item: Abstract | undefined): number | undefined {
  const wanted = onlyConst(item);
  for (let place = 0; wanted && place < maxTrackedItems; place++) {
    const one = onlyConst(receiver.fields?.get(String(place)));
    if (!one) return undefined;
    if (one.value === wanted.value) return place;
  }
  return undefined;
}

/** The value of the collection `into` after all entries of `from` are added: `into.update(from)`. */
export function merged(into: Abstract, from: Abstract): Abstract {
  let after = into;
  if (from.taints.length > 0 || from.rest) {
    for (const [name, field] of into.fields ?? []) {
      if (!from.fields?.has(name)) after = store(after, name, join(field, load(from, name)));
    }
  }
  for (const [name, field] of from.fields ?? [])
    after = from.shape === 'list' ? storeSomewhere(after, field) : store(after, name, field);
  if (from.rest) after = storeSomewhere(after, from.rest);
  // The number of new items is unknown, and so may be their values.
  if (into.shape === 'list' && into.length !== undefined)
    after = { ...after, length: undefined, rest: after.rest ?? unknown };
  return from.taints.length > 0 ? withTaints(after, joinTaints(after.taints, from.taints)) : after;
}

/** The item that `pop` or `shift` removes. Passes the new value of the collection to `change`. */
export function taken(call: BuiltinCall, change: Change): Abstract {
  const { args, receiver, name } = call;
  const [first, second] = args;
  if (receiver.length !== undefined && receiver.length > 0 && receiver.shape === 'list') {
    const items = itemsOf(receiver);
    const given = first?.consts?.length === 1 ? Number(first.consts[0]) : first ? undefined : -1;
    const at = name === 'pop' ? given : 0;
    if (at !== undefined && Number.isInteger(at)) {
      const [item] = items.splice(at, 1);
      change(call, list(items));
      return item ?? unknown;
    }
  }
  // The items behind the removed one have shifted.
  const isLast = name === 'pop' && (!first || onlyConst(first)?.value === -1);
  if (receiver.shape === 'list' && receiver.fields && receiver.length !== 0 && !isLast)
    change(call, shuffled(receiver, []));
  const name_ = first && receiver.shape !== 'list' ? keyName(first) : undefined;
  const found = name_ === undefined ? element(receiver) : load(receiver, name_);
  return second ? join(found, second) : found;
}
