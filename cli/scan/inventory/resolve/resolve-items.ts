import { origin } from '../../callgraph/query/called-on.ts';
import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { passedFor } from '../../callgraph/query/passed-for.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { isChanged } from './changed-objects.ts';
import { isStoredAnywhere } from './deeply-changed.ts';
import { recordsRead } from './records-read.ts';
import { returnedEntry } from './resolve-returned.ts';
import { givenByCall, ofOuter } from './resolve-tag.ts';
import { type From, inFunction, resolve, type Walk } from './resolve-text.ts';
import { choice, nothing, sequence, type TextTree, unresolved } from './text-tree.ts';

/** The maximum number of entries of one object or list. */
const maxItems = 200;
/** The maximum length of a chain of reads. */
const maxHops = 12;

/**
 * Resolves a value that is read from a list or an object, such as `COLUMNS[name]`, `options.table` or each item of a loop.
 * A list or an object itself is resolved as the sequence of its values.
 */
export function resolveItems(walk: Walk, place: Place, from: From): TextTree {
  const { func } = place;
  const inst = instOf(walk.frames.linked, place);
  if ((inst?.op === 'list' || inst?.op === 'object') && isChanged(walk.frames.linked, place, false))
    return unresolved('a list or an object that is changed elsewhere');
  switch (inst?.op) {
    case 'list':
      return joined(walk, func, inst.items, inst.spread, from);
    case 'object':
      return joined(walk, func, inst.values, [], from);
    case 'element':
      return anyOf(walk, { func, value: inst.value }, func, from);
    case 'key':
      return keyOf(walk, { func, value: inst.value });
    case 'index': {
      const key = instOf(walk.frames.linked, madeBy(walk.frames.linked, { func, value: inst.key }));
      return key?.op === 'const'
        ? entryNamed(walk, { func, value: inst.object }, String(key.value), func, from)
        : anyOf(walk, { func, value: inst.object }, func, from);
    }
    case 'member':
      return entryNamed(walk, { func, value: inst.object }, inst.name, func, from);
    default:
      return unresolved('its value could not be followed');
  }
}

function joined(
  walk: Walk,
  func: number,
  values: readonly ValueId[],
  spread: readonly number[],
  from: From,
): TextTree {
  if (values.length > maxItems) return unresolved('it is made of too many parts');
  return sequence(
    values.map((value, i) =>
      spread.includes(i) ? anyOf(walk, { func, value }, func, from) : resolve(walk, { func, value }, from),
    ),
  );
}

/** The literal list or object of a value, if it is never changed. */
function written(walk: Walk, from: Place): Place | undefined {
  const { linked } = walk.frames;
  let at = from;
  let isShared = false;
  for (let hop = 0; hop < maxHops; hop++) {
    const inst = instOf(linked, at);
    if (!inst || isChanged(linked, at, isShared)) return undefined;
    if (inst.op === 'list' || inst.op === 'object') return at;
    if (inst.op === 'cell-load' || inst.op === 'import' || inst.op === 'member') {
      const made = origin(linked, at);
      if (made.func === at.func && made.value === at.value) return undefined;
      at = made;
      isShared = true;
      continue;
    }
    const inner = sameEntries(linked.program.functions[at.func]?.func.code ?? [], inst);
    if (inner === undefined) return undefined;
    at = { func: at.func, value: inner };
  }
  return undefined;
}

/** Names of methods of lists, objects and texts that do not change the receiver. */
export const reading: RegExp =
  /^(get|has|keys|values|entries|items|includes|indexOf|find|some|every|filter|map|flatMap|forEach|reduce|join|slice|concat|at|index|count|copy)$/;
const wrapping =
  /^(freeze|seal|Set|Map|set|frozenset|tuple|list|dict|sorted|MappingProxyType|from|fromEntries|entries|values)$/;

/** `Object.freeze(x)`, `new Map(x)`, `tuple(x)`, or x after it was only read. */
function sameEntries(code: readonly Inst[], inst: Inst): ValueId | undefined {
  if (inst.op === 'typed' || inst.op === 'await') return inst.value;
  if (inst.op === 'effect') {
    const call = code[inst.call];
    const callee = call?.op === 'call' ? code[call.callee] : undefined;
    return inst.arg === -1 && callee?.op === 'member' && reading.test(callee.name) ? inst.value : undefined;
  }
  if (inst.op !== 'call' || inst.args.length !== 1) return undefined;
  const callee = code[inst.callee];
  const name =
    callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
  const isOwn = callee?.op === 'member' && code[callee.object]?.op !== 'global';
  return wrapping.test(name) && !isOwn ? inst.args[0] : undefined;
}

/** The argument of the call by which the walk entered, for a parameter that is only read. */
function passedTo(
  { frames }: Pick<Walk, 'frames'>,
  place: Place,
  { entered, depth }: From,
): { place: Place; from: From } | undefined {
  const { linked } = frames;
  const inst = instOf(linked, place);
  if (inst?.op === 'effect') {
    const { code } = frames.of(place.func).func;
    const inner = sameEntries(code, inst);
    return inner === undefined
      ? undefined
      : passedTo({ frames }, { func: place.func, value: inner }, { entered, depth, facts: [] });
  }
  if (inst?.op !== 'param' || entered?.func !== place.func || entered.items) return undefined;
  const call = instOf(linked, entered.call);
  const values = passedFor(linked, entered.call, place.func, inst.index);
  const [value] = values;
  if (call?.op !== 'call' || call.spread || values.length !== 1 || value === undefined) return undefined;
  return { place: { func: entered.call.func, value }, from: { ...entered.from, depth: depth + 1 } };
}

/**
 * All values that `list[i]` or `object[key]` can have if the index or key is unknown, as a tree of strings. The empty
 * text is one of them, for an index or a key without an entry. Unresolved if the list or object is unknown.
 * @param before the function that reads the entry
 */
export function anyOf(walk: Walk, place: Place, before: number, from: From): TextTree {
  const key = `any of ${place.func} ${place.value}`;
  if (walk.steps-- <= 0) return unresolved('it is made of too many parts');
  // A list that is spread into itself adds nothing.
  if (walk.open.has(key)) return nothing;
  walk.open.add(key);
  const tree = entriesOf(walk, place, before, from);
  walk.open.delete(key);
  return tree;
}

function entriesOf(walk: Walk, place: Place, before: number, from: From): TextTree {
  const given = givenByCall(walk, place, from);
  if (given) return given;
  const around = ofOuter(walk, place, from);
  if (around) return anyOf(walk, around.place, around.place.func, around.from);
  const outer = passedTo(walk, place, from);
  if (outer) return anyOf(walk, outer.place, outer.place.func, outer.from);
  const at = written(walk, place);
  const inst = at && instOf(walk.frames.linked, at);
  if (!at || (inst?.op !== 'list' && inst?.op !== 'object'))
    return unresolved('what a list or an object holds');
  const values = inst.op === 'list' ? inst.items : inst.values;
  if (values.length > maxItems) return unresolved('it is one of too many');
  const spread = inst.op === 'list' ? inst.spread : inst.keys.flatMap((key, i) => (key === null ? [i] : []));
  const none: TextTree = { kind: 'constant', text: '' };
  return choice([
    none,
    ...values.map((value, i): TextTree => {
      const one = { func: at.func, value };
      return spread.includes(i) ? anyOf(walk, one, at.func, from) : inFunction(walk, one, before, from);
    }),
  ]);
}

/**
 * All values that an object's entry of this name can have, as a tree of strings. Unresolved if the entry is unknown.
 * @param before the function that reads the entry
 */
export function entryNamed(walk: Walk, place: Place, name: string, before: number, from: From): TextTree {
  if (walk.steps-- <= 0) return unresolved('it is made of too many parts');
  const { linked } = walk.frames;
  const given = givenByCall(walk, place, from) ?? returnedEntry(walk, place, name, from);
  if (given) return given;
  const outer = passedTo(walk, place, from);
  if (outer) return entryNamed(walk, outer.place, name, outer.place.func, outer.from);
  const start = instOf(linked, place);
  // `const o = { ... }; o.table = x;`
  if (start?.op === 'store' || start?.op === 'store-index') {
    const key = start.op === 'store' ? start.name : constantKey(walk, place.func, start.key);
    if (key === name) return inFunction(walk, { func: place.func, value: start.value }, before, from);
    if (key !== undefined)
      return entryNamed(walk, { func: place.func, value: start.object }, name, before, from);
    return unresolved(`\`${name}\` of an object`);
  }
  const at = written(walk, place);
  const none = unresolved(`\`${name}\` of an object`);
  if (!at && !isStoredAnywhere(linked, name)) {
    const records = recordsRead(linked, place, (one) => written(walk, one));
    if (records.length > 0) return choice(records.map((one) => entryNamed(walk, one, name, before, from)));
  }
  const inst = at && instOf(linked, at);
  if (!at || (inst?.op !== 'list' && inst?.op !== 'object')) return none;
  if (inst.op === 'list') {
    const item = inst.spread.length === 0 && !inst.isMany ? inst.items[Number(name)] : undefined;
    return item === undefined ? none : inFunction(walk, { func: at.func, value: item }, before, from);
  }
  // The last entry of a name counts, unless a spread or a computed name follows it.
  const found = inst.keys.lastIndexOf(name);
  const isCertain = found >= 0 && inst.keys.slice(found).every((key) => typeof key === 'string');
  const value = inst.values[found];
  return isCertain && value !== undefined ? inFunction(walk, { func: at.func, value }, before, from) : none;
}

function constantKey({ frames }: Walk, func: number, value: ValueId): string | undefined {
  const key = instOf(frames.linked, madeBy(frames.linked, { func, value }));
  return key?.op === 'const' ? String(key.value) : undefined;
}

/** Any name of an object, or any index of a list. */
function keyOf(walk: Walk, place: Place): TextTree {
  const at = written(walk, place);
  return at && instOf(walk.frames.linked, at)?.op === 'list'
    ? { kind: 'constant', text: '0' }
    : keysOf(walk, place);
}

/** The items of a literal list or set, as a tree of strings. Unresolved for an object. */
export function listItems(walk: Walk, place: Place): TextTree {
  const at = written(walk, place);
  return at && instOf(walk.frames.linked, at)?.op === 'list'
    ? anyOf(walk, at, at.func, { facts: [], entered: undefined, depth: 0 })
    : unresolved('what a list holds');
}

/** The names of an object's entries, as a tree of strings. Unresolved if the object is no literal. */
export function keysOf(walk: Walk, place: Place): TextTree {
  const at = written(walk, place);
  const inst = at && instOf(walk.frames.linked, at);
  if (inst?.op !== 'object') return unresolved('the names of an object');
  return choice(
    inst.keys.map(
      (key): TextTree =>
        typeof key === 'string' ? { kind: 'constant', text: key } : unresolved('the names of an object'),
    ),
  );
}
