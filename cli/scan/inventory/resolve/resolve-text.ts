import { cellStores, instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Abstract } from '../../dataflow/domain/abstract.ts';
import type { Facts } from '../../dataflow/domain/facts.ts';
import type { Kinds } from '../../dataflow/domain/kinds.ts';
import { blockOf } from '../../ir/block-of.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { settingName } from '../setting-name.ts';
import type { SiteFrames } from '../site-frames.ts';
import { certainField } from './certain-field.ts';
import { isMadeAndChanged } from './changed-objects.ts';
import { hasOwnGuards } from './own-guards.ts';
import { resolveCall } from './resolve-call.ts';
import { reading, resolveItems } from './resolve-items.ts';
import { resolveParam } from './resolve-param.ts';
import { returnedEntry } from './resolve-returned.ts';
import { ofOuter } from './resolve-tag.ts';
import { choice, harmless, nothing, sequence, type TextTree, unresolved } from './text-tree.ts';

/** The maximum number of values for one text, and their maximum depth. */
const maxSteps = 600;
const maxDepth = 60;
/** The maximum number of stores to one variable, and of branches that join. */
const maxWays = 24;

/** A backward walk from a value to all its parts. */
export interface Walk {
  readonly frames: SiteFrames;
  /** Kinds of sinks. A value that is sanitised for one of them is harmless. */
  readonly kinds: Kinds;
  /** Keys of the values that are being resolved now. A value that depends on itself is not resolved again. */
  readonly open: Set<string>;
  steps: number;
}

/** The context in which a value is used. */
export interface From {
  /** The facts that checks have proven where the value is used. */
  readonly facts: readonly (Facts | undefined)[];
  /** The call by which the walk entered the function, if it came from the caller. */
  readonly entered: Entered | undefined;
  readonly depth: number;
}

export interface Entered {
  readonly func: number;
  readonly call: Place;
  readonly from: From;
  /** If the call is `items.map(func)`: the items. The function receives each of them. */
  readonly items?: Place;
  /** The call is `items.reduce(func)` instead. The function also receives its previous result. */
  readonly isReduced?: true;
}

/** All values of a string argument of the instruction `at`. Values sanitised for one of `kinds` are harmless. */
export function resolveText(frames: SiteFrames, place: Place, at: ValueId, kinds: Kinds): TextTree {
  const walk: Walk = { frames, kinds, open: new Set(), steps: maxSteps };
  return resolve(walk, place, { facts: [frames.factsAt(place.func, at)], entered: undefined, depth: 0 });
}

/** Resolves the entry `name` of an object that project functions create. Undefined for other values. */
export function resolveEntry(
  frames: SiteFrames,
  place: Place,
  name: string,
  at: ValueId,
  kinds: Kinds,
): TextTree | undefined {
  const walk: Walk = { frames, kinds, open: new Set(), steps: maxSteps };
  return returnedEntry(walk, place, name, {
    facts: [frames.factsAt(place.func, at)],
    entered: undefined,
    depth: 0,
  });
}

export function resolve(walk: Walk, place: Place, from: From): TextTree {
  if (walk.steps-- <= 0 || from.depth > maxDepth) return unresolved('it is made of too many parts');
  const key = `${place.func} ${place.value} ${from.entered ? `${from.entered.call.func} ${from.entered.call.value}` : ''}`;
  if (walk.open.has(key)) return nothing;
  walk.open.add(key);
  const tree = look(walk, place, { ...from, depth: from.depth + 1 });
  walk.open.delete(key);
  return tree;
}

function look(walk: Walk, place: Place, from: From): TextTree {
  const { frames } = walk;
  const { func, value } = place;
  const inst = instOf(frames.linked, place);
  if (!inst) return unresolved('its value was not found');
  if (inst.op === 'const') return constantTree(inst.value);
  const it = frames.isCut(func) ? undefined : frames.of(func).values[value];
  // What the analysis knows about variables and fields may be incomplete. A calculation's shape is certain.
  if ((it?.shape === 'number' || it?.shape === 'boolean') && isCalculated(frames, place, inst))
    return harmless(`a ${it.shape}`);
  if (frames.provenKinds(func, value, from.facts).meets(walk.kinds) && hasOwnGuards(walk, place))
    return harmless('what a check let through');
  const name = settingName(frames.linked, place);
  if (name !== undefined) {
    const setting: TextTree = { kind: 'setting', name };
    const other = inst.op === 'call' ? inst.args[1] : undefined;
    return other === undefined ? setting : choice([setting, resolve(walk, { func, value: other }, from)]);
  }
  const tree = ofInst(walk, place, inst, from);
  if (tree.kind !== 'unresolved') return tree;
  return it && isCleanInput(it, walk.kinds) ? harmless('what was made harmless on its way') : tree;
}

function isCalculated({ linked }: SiteFrames, { func, value }: Place, inst: Inst): boolean {
  if (inst.op === 'call') return linked.targets(func, value).length === 0;
  return inst.op === 'binary' || inst.op === 'unary';
}

function constantTree(value: unknown): TextTree {
  return { kind: 'constant', text: value == null ? '' : String(value) };
}

/**
 * Untrusted data only, sanitised on its path by a schema or a function of the project. Stored data is harmless by default, which
 * proves nothing.
 */
function isCleanInput({ taints, fields, rest }: Abstract, kinds: Kinds): boolean {
  return (
    taints.length > 0 &&
    !fields &&
    !rest &&
    taints.every(
      ({ origin, exact, weak, clean }) =>
        origin.kind === 'source' &&
        (origin.source === 'remote' || origin.source === 'caller') &&
        exact &&
        !weak &&
        clean.meets(kinds),
    )
  );
}

function ofInst(walk: Walk, place: Place, inst: Inst, from: From): TextTree {
  const { func } = place;
  const at = (value: ValueId): TextTree => resolve(walk, { func, value }, from);
  switch (inst.op) {
    case 'text':
      return sequence(inst.parts.map(at));
    case 'typed':
    case 'await':
      return at(inst.value);
    case 'effect':
      return ofChanged(walk, place, inst, from);
    case 'store':
    case 'store-index':
      return sequence([at(inst.object), at(inst.value)]);
    case 'slice':
      return at(inst.object);
    case 'unary':
      return harmless('a number or a truth value');
    case 'binary':
      return ofBinary(walk, place, inst, from);
    case 'phi':
      return ofBranches(walk, place, inst, from);
    case 'cell-load': {
      const around = ofOuter(walk, place, from);
      if (around) return resolve(walk, around.place, around.from);
      return ofVariable(walk, place, inst.cell, from);
    }
    case 'param':
      return resolveParam(walk, place, inst.index, from);
    case 'call':
      return resolveCall(walk, place, inst, from);
    case 'list':
    case 'object':
    case 'element':
    case 'index':
    case 'key':
      return resolveItems(walk, place, from);
    case 'import':
      return elsewhere(walk, place, from) ?? unresolved(`\`${inst.name}\` of \`${inst.specifier}\``);
    case 'member':
      return elsewhere(walk, place, from) ?? ofMember(walk, place, inst, from);
    case 'regex':
      return { kind: 'constant', text: inst.source };
    default:
      return unresolved('its value could not be followed');
  }
}

function ofBinary(walk: Walk, place: Place, inst: Inst & { readonly op: 'binary' }, from: From): TextTree {
  const { func } = place;
  const at = (value: ValueId): TextTree => resolve(walk, { func, value }, from);
  switch (inst.operator) {
    case '+':
    // Python's `'select %s' % name`, `['?'] * n`. With numbers, both are arithmetic.
    case '%':
      return sequence([at(inst.left), at(inst.right)]);
    case '*': {
      const [left, right] = [at(inst.left), at(inst.right)];
      const text = left.kind === 'unresolved' ? right : left;
      return text.kind === 'unresolved' || text.kind === 'harmless' ? harmless('a number') : text;
    }
    // Some languages have these operators for paths and sets too.
    case '/':
    case '-':
    case '|':
    case '&':
    case '^':
      if (!walk.frames.of(func).language.overloadsOperators) return harmless('a number');
      return sequence([at(inst.left), at(inst.right)]);
    default:
      return harmless('a number or a truth value');
  }
}

/** The input of each executable edge into the block, with the facts that hold there. */
function ofBranches(
  walk: Walk,
  { func, value }: Place,
  phi: Inst & { readonly op: 'phi' },
  from: From,
): TextTree {
  const frame = walk.frames.of(func);
  const block = blockOf(frame.func, value);
  const preds = frame.func.blocks[block]?.preds ?? [];
  if (phi.inputs.length > maxWays) return unresolved('it has too many values');
  const ways = phi.inputs.flatMap((input, i): TextTree[] => {
    const pred = preds[i];
    if (pred === undefined) return [unresolved('its branches could not be followed')];
    const facts = [...from.facts, frame.edges.factsOn(pred, block)];
    return [resolve(walk, { func, value: input }, { ...from, facts })];
  });
  return ways.length === 0 ? unresolved('its branches could not be followed') : choice(ways);
}

const adding = /^(push|append|extend|add|unshift|insert|appendleft|extendleft|update)$/;

/** A value after a call: a text stays as it is, a list also has the added items. */
function ofChanged(
  walk: Walk,
  { func }: Place,
  inst: Inst & { readonly op: 'effect' },
  from: From,
): TextTree {
  const { code } = walk.frames.of(func).func;
  const before = resolve(walk, { func, value: inst.value }, from);
  let held = code[inst.value];
  while (held?.op === 'effect') held = code[held.value];
  const call = code[inst.call];
  const callee = call?.op === 'call' ? code[call.callee] : undefined;
  if (call?.op !== 'call') return before;
  // No text has these methods.
  if (inst.arg === -1 && callee?.op === 'member' && adding.test(callee.name))
    return sequence([before, ...call.args.map((value) => resolve(walk, { func, value }, from))]);
  const isText = walk.frames.of(func).values[inst.value]?.shape === 'text';
  if (
    !isText &&
    inst.arg >= 0 &&
    held?.op === 'call' &&
    isMadeAndChanged(walk.frames.linked, { func, value: inst.value })
  )
    return unresolved('a call may have changed it');
  if (isText || (held?.op !== 'list' && held?.op !== 'object' && held?.op !== 'cell-load')) return before;
  return inst.arg === -1 && callee?.op === 'member' && reading.test(callee.name)
    ? before
    : unresolved('a call may have changed it');
}

/** All values that are written to a variable. */
function ofVariable(walk: Walk, { func }: Place, cell: number, from: From): TextTree {
  const { linked } = walk.frames;
  const info = linked.program.functions[func];
  const stores = cellStores(linked).get((linked.program.firstCell[info?.module ?? 0] ?? 0) + cell) ?? [];
  if (stores.length === 0 || stores.length > maxWays)
    return unresolved('what its variable holds is not known');
  return choice(stores.map((store) => inFunction(walk, store, func, from)));
}

/** Resolves a value that the function `before` uses. If another function computes it, the facts in `from` are ignored. */
export function inFunction(walk: Walk, place: Place, before: number, from: From): TextTree {
  if (place.func === before) return resolve(walk, place, from);
  const facts = [walk.frames.factsAt(place.func, place.value)];
  return resolve(walk, place, { facts, entered: undefined, depth: from.depth });
}

/** The value that another file exports, or the value of a variable with one assignment. */
function elsewhere(walk: Walk, place: Place, from: From): TextTree | undefined {
  const made = madeBy(walk.frames.linked, place);
  return made.func === place.func && made.value === place.value
    ? undefined
    : inFunction(walk, made, place.func, from);
}

function ofMember(walk: Walk, place: Place, inst: Inst & { readonly op: 'member' }, from: From): TextTree {
  const { linked } = walk.frames;
  if (inst.name === 'length' || inst.name === 'size') return harmless('a number');
  const object = linked.program.functions[place.func]?.func.code[inst.object];
  if (object?.op === 'this') {
    const fields = certainField(linked, place.func, inst.name);
    if (fields.length > 0 && fields.length <= maxWays)
      return choice(fields.map((field) => inFunction(walk, field, place.func, from)));
  }
  return resolveItems(walk, place, from);
}
