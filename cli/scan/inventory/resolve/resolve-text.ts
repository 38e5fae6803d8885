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

/** Values that are looked at for one text, and how deep they may be nested. */
const maxSteps = 600;
const maxDepth = 60;
/** Stores to one variable, and branches that come together. */
const maxWays = 24;

/** A walk back from a value to all that it is made of. */
export interface Walk {
  readonly frames: SiteFrames;
  /** A value that is clean for one of these is harmless. */
  readonly kinds: Kinds;
  /** Values that are being looked at: what leads back to itself adds nothing. */
  readonly open: Set<string>;
  steps: number;
}

/** Where a value is used. */
export interface From {
  /** What checks have proven there. */
  readonly facts: readonly (Facts | undefined)[];
  /** The call through which the walk has come into the function, if it came from its caller. */
  readonly entered: Entered | undefined;
  readonly depth: number;
}

export interface Entered {
  readonly func: number;
  readonly call: Place;
  readonly from: From;
  /** The call is `map()` of these items, each of which is passed to the function. */
  readonly items?: Place;
  /** It is `reduce()` of them, whose function is passed what it returned before. */
  readonly isReduced?: true;
}

/** All that the value of a call's argument can be as a text, for a sink in which a value that is clean for one of the kinds does no harm. */
export function resolveText(frames: SiteFrames, place: Place, at: ValueId, kinds: Kinds): TextTree {
  const walk: Walk = { frames, kinds, open: new Set(), steps: maxSteps };
  return resolve(walk, place, { facts: [frames.factsAt(place.func, at)], entered: undefined, depth: 0 });
}

/** The same of an entry of an object that is made by functions of the project; undefined if that is not what it is. */
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
  // What the analysis knows of variables and fields is what it has seen; of a calculation it is certain.
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
 * Untrusted input alone, that was made harmless on its way: by a schema, or a function of the project's own. What is stored counts as
 * harmless to begin with, which is no proof.
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
    // Python's `'select %s' % name`, `['?'] * n`; of numbers both are numbers.
    case '%':
      return sequence([at(inst.left), at(inst.right)]);
    case '*': {
      const [left, right] = [at(inst.left), at(inst.right)];
      const text = left.kind === 'unresolved' ? right : left;
      return text.kind === 'unresolved' || text.kind === 'harmless' ? harmless('a number') : text;
    }
    // Of paths and sets too, where a language has these for them.
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

/** What comes on each way to the block that is taken, with what is proven there. */
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
    const facts = [...from.facts, frame.ways.factsOn(pred, block)];
    return [resolve(walk, { func, value: input }, { ...from, facts })];
  });
  return ways.length === 0 ? unresolved('its branches could not be followed') : choice(ways);
}

const adding = /^(push|append|extend|add|unshift|insert|appendleft|extendleft|update)$/;

/** A value after a call: texts stay as they are, lists hold what was added. */
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

/** All that is written to a variable. */
function ofVariable(walk: Walk, { func }: Place, cell: number, from: From): TextTree {
  const { linked } = walk.frames;
  const info = linked.program.functions[func];
  const stores = cellStores(linked).get((linked.program.firstCell[info?.module ?? 0] ?? 0) + cell) ?? [];
  if (stores.length === 0 || stores.length > maxWays)
    return unresolved('what its variable holds is not known');
  return choice(stores.map((store) => inFunction(walk, store, func, from)));
}

/** A value of another function: what is proven where it is used says nothing of it. */
export function inFunction(walk: Walk, place: Place, before: number, from: From): TextTree {
  if (place.func === before) return resolve(walk, place, from);
  const facts = [walk.frames.factsAt(place.func, place.value)];
  return resolve(walk, place, { facts, entered: undefined, depth: from.depth });
}

/** What another file exports, or a variable that is written once. */
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
