import { type Abstract, unknown, withTaints } from './abstract.ts';
import type { BuiltinCall } from './builtins.ts';
import { element, itemsOf, list, load, store, storeSomewhere } from './entries.ts';
import { join } from './join.ts';
import { keyName } from './member-names.ts';
import { joinTaints, type Origins } from './taint.ts';

/** A list with more items, at its end or at its beginning. */
export function appended(receiver: Abstract, args: readonly Abstract[], atEnd: boolean): Abstract {
  if (receiver.length !== undefined && receiver.length < 60) {
    return list(atEnd ? [...itemsOf(receiver), ...args] : [...args, ...itemsOf(receiver)]);
  }
  return args.reduce((all, arg) => storeSomewhere(all, arg), receiver);
}

/** A list that is known whole with one more item in it. */
export function inserted(receiver: Abstract, index: unknown, item: Abstract): Abstract | undefined {
  if (receiver.length === undefined || receiver.length >= 60 || !Number.isInteger(index)) return undefined;
  const items = itemsOf(receiver);
  items.splice(index as number, 0, item);
  return list(items);
}

/** What `into` holds after all entries of `from` were put into it. */
export function merged(origins: Origins, into: Abstract, from: Abstract): Abstract {
  let after = into;
  if (from.taints.length > 0 || from.rest) {
    for (const [name, field] of into.fields ?? []) {
      if (!from.fields?.has(name)) after = store(after, name, join(field, load(origins, from, name)));
    }
  }
  for (const [name, field] of from.fields ?? [])
    after = from.shape === 'list' ? storeSomewhere(after, field) : store(after, name, field);
  if (from.rest) after = storeSomewhere(after, from.rest);
  return from.taints.length > 0 ? withTaints(after, joinTaints(after.taints, from.taints)) : after;
}

/** The item that `pop` or `shift` takes out, which `change` is told of. */
export function taken(
  { frame, args, receiver, name }: BuiltinCall,
  change: (after: Abstract) => void,
): Abstract {
  const { origins } = frame.engine;
  const [first, second] = args;
  if (receiver.length !== undefined && receiver.length > 0 && receiver.shape === 'list') {
    const items = itemsOf(receiver);
    const given = first?.consts?.length === 1 ? Number(first.consts[0]) : first ? undefined : -1;
    const at = name === 'pop' ? given : 0;
    if (at !== undefined && Number.isInteger(at)) {
      const [item] = items.splice(at, 1);
      change(list(items));
      return item ?? unknown;
    }
  }
  const name_ = first && receiver.shape !== 'list' ? keyName(first) : undefined;
  const found = name_ === undefined ? element(origins, receiver) : load(origins, receiver, name_);
  return second ? join(found, second) : found;
}
