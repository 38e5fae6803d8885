import { instOf, madeBy } from '../../../callgraph/query/made-by.ts';
import type { Func, ValueId } from '../../../ir/ir.ts';
import { localNames } from '../../../ir/local-names.ts';
import { usersOf } from '../../../ir/query/users.ts';
import { valueNumbersOf } from '../../../ir/query/value-numbers.ts';
import { isHarmless } from '../value/harmless-value.ts';
import { writtenBy } from '../value/written-instance.ts';
import { itemsAt } from './list-items.ts';
import { nameInContext } from './sensitive-context.ts';
import { type At, any, best, maxHops, type Sensitive, type Walk } from './sensitive-walk.ts';

/** The most certain sensitive entry of an object literal. Undefined if it has none. */
export function ofObject(
  walk: Walk,
  at: At,
  func: Func,
  value: ValueId,
  keys: readonly (string | ValueId | null)[],
  values: readonly ValueId[],
): Sensitive | undefined {
  const deleted = deletedFrom(func, value);
  let found: Sensitive | undefined;
  for (let i = 0; i < keys.length && walk.steps > 0 && found?.sure !== 'certain'; i++) {
    walk.steps--;
    const key = keys[i];
    const entry = values[i];
    if (entry === undefined || (typeof key === 'string' && deleted.has(key))) continue;
    found = best(found, () =>
      typeof key === 'string' ? ofEntry(walk, at, key, entry) : walk.back(at, entry),
    );
  }
  // Harmless entries with a sensitive name replace what is spread: `{ ...user, password: '***' }`.
  return found &&
    keys.some(
      (key, i) => key === found?.name && isHarmless(walk.linked, { func: at.func, value: values[i] ?? 0 }),
    )
    ? undefined
    : found;
}

/**
 * The sensitive data in a value that is stored under a name. The name alone may show that the value is sensitive. Undefined if
 * there is none.
 */
export function ofEntry(walk: Walk, at: At, name: string, value: ValueId): Sensitive | undefined {
  const place = { func: at.func, value };
  const inst = instOf(walk.linked, place);
  const it = inst && nameInContext(walk.linked, place, inst, name);
  if (it && (isHarmless(walk.linked, place) || inst?.op === 'object')) return undefined;
  const named = it && { ...it, name, place };
  return named && named.sure !== 'weak' ? named : best(named, () => walk.back(at, value));
}

/** The most certain sensitive data in an object after a store into it. Undefined if there is none. */
export function ofStore(
  walk: Walk,
  at: At,
  store: ValueId,
  object: ValueId,
  name: string,
  value: ValueId,
): Sensitive | undefined {
  const func = walk.linked.program.functions[at.func]?.func as Func;
  // The object is written back unchanged after a call of a method of its entry. Nothing new is known about it.
  const written = writtenBy(walk, at, object);
  if (written.says) return written.shown;
  const same = valueNumbersOf(func);
  const isWrittenBack = same[store] === same[object];
  // For `this` and for objects from elsewhere only the stored entry is known.
  if (deletedFrom(func, store).has(name)) return undefined;
  if (isWrittenBack) return walk.back(at, object);
  const isReplaced = isHarmless(walk.linked, { func: at.func, value });
  const stored = isReplaced ? undefined : ofEntry(walk, at, name, value);
  const before = best(stored, () => walk.back(at, object));
  return before && before !== stored && isReplaced && before.name === name ? undefined : before;
}

/** Matches the name of a rest object without secrets: `{ password, ...safe } = user`. */
const leftOver =
  /^(rest|others?|remaining|safe\w*|public\w*|clean\w*|saniti[sz]ed\w*|without\w*|stripped\w*)$|(Rest|Without\w+)$/;

/**
 * The names of the entries that an object no longer has, because the code deletes them (`delete user.password`,
 * `data.pop('password')`) or leaves them out of a rest object.
 */
export function deletedFrom(func: Func, value: ValueId): ReadonlySet<string> {
  const names = new Set<string>();
  const { of } = usersOf(func);
  const isRest = localNames(func, value).some((name) => leftOver.test(name));
  for (const user of of[value] ?? []) {
    const inst = func.code[user];
    const key = inst?.op === 'index' ? func.code[inst.key] : undefined;
    const name = inst?.op === 'member' ? inst.name : key?.op === 'const' ? String(key.value) : undefined;
    if (name === undefined) continue;
    for (const one of of[user] ?? []) {
      const unary = func.code[one];
      if (unary?.op === 'unary' && unary.operator === 'delete') names.add(name);
    }
    if (inst?.op !== 'member') continue;
    if (isRest) names.add(inst.name);
    if (inst.name === 'pop') for (const popped of poppedBy(func, of[user] ?? [])) names.add(popped);
  }
  return names;
}

function poppedBy(func: Func, calls: readonly ValueId[]): readonly string[] {
  return calls.flatMap((call) => {
    const inst = func.code[call];
    const key = inst?.op === 'call' ? func.code[inst.args[0] ?? -1] : undefined;
    return key?.op === 'const' && typeof key.value === 'string' ? [key.value] : [];
  });
}

/**
 * The most certain sensitive data that `object[key]` reads: an item of a collection, or an entry of an object. Undefined if
 * there is none.
 */
export function ofIndex(
  walk: Walk,
  at: At,
  func: Func,
  value: ValueId,
  object: ValueId,
  key: ValueId,
): Sensitive | undefined {
  const inst = func.code[key];
  if (inst?.op === 'const' && typeof inst.value === 'string')
    return fieldOf(walk, at, func, object, inst.value);
  const isItem = inst?.op === 'const' && typeof inst.value === 'number';
  // `authorization.split(' ')[0]` is the scheme, not the token.
  if (isItem && inst.value === 0 && (isSplit(func, object) || isPair(func, object))) return undefined;
  const written = isItem ? itemsAt(func, object, inst.value) : undefined;
  if (written) return any(walk, at, written);
  const item = isItem ? itemOf(walk, at, object, inst.value) : undefined;
  if (item) {
    // `client_id, secret = opened(header)`
    const isName = localNames(func, value).some((name) => naming.test(name));
    return item.found && isName ? { ...item.found, sure: 'weak' } : item.found;
  }
  const whole = isItem || func.code[object]?.op !== 'call' ? walk.back(at, object) : undefined;
  if (whole?.isWhole) return undefined;
  if (isItem || !whole) return whole;
  // Only its name says whether a single environment variable is sensitive.
  if (whole.kind === 'environment') return undefined;
  return whole.sure === 'certain' ? { ...whole, sure: 'likely' } : whole;
}

/** Matches the name of a tuple's item that only identifies a user. */
const naming = /^(user|user_?name|login|account|name)$|(^|_)(client|user|key|account)_?id$/i;

/**
 * The sensitive data in one item of the tuple that a function returns: `name, password = decode(auth)`. Undefined if it returns
 * none.
 */
function itemOf(
  walk: Walk,
  at: At,
  object: ValueId,
  index: number,
): { readonly found: Sensitive | undefined } | undefined {
  const { linked } = walk;
  if (instOf(linked, { func: at.func, value: object })?.op !== 'call' || at.hops >= maxHops) return undefined;
  const [target, other] = linked.targets(at.func, object);
  if (!target || other || target.makes >= 0) return undefined;
  const entered = { func: target.func, call: { func: at.func, value: object }, up: at.entered };
  const items: ValueId[] = [];
  const func = linked.program.functions[target.func]?.func;
  for (const { end } of func?.blocks ?? []) {
    if (end.kind !== 'return' || func?.code[end.value]?.op === 'const') continue;
    const item = func && itemsAt(func, end.value, index);
    if (!item) return undefined;
    items.push(...item);
  }
  return { found: any(walk, { func: target.func, hops: at.hops + 1, entered }, items) };
}

/** Whether a value is a pair of an iteration by name and value: `for name, value in settings.items()`. */
function isPair(func: Func, value: ValueId): boolean {
  const element = func.code[value];
  const call = element?.op === 'element' ? func.code[element.value] : undefined;
  const callee = call?.op === 'call' ? func.code[call.callee] : undefined;
  return callee?.op === 'member' && /^(items|iteritems|entries)$/.test(callee.name);
}

function isSplit(func: Func, value: ValueId): boolean {
  const call = func.code[value];
  const callee = call?.op === 'call' ? func.code[call.callee] : undefined;
  return callee?.op === 'member' && /^(split|partition)$/.test(callee.name);
}

/**
 * The sensitive data in the value that was last assigned to a member, by a store in the function or by an object literal.
 * Undefined if there is none. Call this where the member's own name isn't sensitive.
 */
export function fieldOf(
  walk: Walk,
  at: At,
  func: Func,
  object: ValueId,
  name: string,
): Sensitive | undefined {
  let value = object;
  for (let step = 0; step < 12; step++) {
    const inst = func.code[value];
    if (inst?.op === 'store') {
      if (inst.name === name) return walk.back(at, inst.value);
      value = inst.object;
    } else if (inst?.op === 'effect' || inst?.op === 'typed') value = inst.value;
    else break;
  }
  const place = madeBy(walk.linked, { func: at.func, value });
  const made = instOf(walk.linked, place);
  if (made?.op !== 'object') return undefined;
  const entry = made.values[made.keys.lastIndexOf(name)];
  return entry === undefined ? undefined : walk.back({ ...at, func: place.func }, entry);
}
