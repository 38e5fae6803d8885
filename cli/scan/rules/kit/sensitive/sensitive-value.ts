import type { Linked } from '../../../callgraph/linked.ts';
import { callsOf, cellStores, instOf, madeBy, type Place } from '../../../callgraph/query/made-by.ts';
import { passedFor } from '../../../callgraph/query/passed-for.ts';
import { blockOf } from '../../../ir/block-of.ts';
import type { Call, Func, Inst, ValueId } from '../../../ir/ir.ts';
import { localNames } from '../../../ir/local-names.ts';
import { isHarmlessCall, partMethods, passingCalls, puttingCalls } from '../value/harmless-call.ts';
import { isHarmless } from '../value/harmless-value.ts';
import { writtenBy } from '../value/written-instance.ts';
import { isTold, nameInContext, nameOfCalled, objectName, ownNames, readName } from './sensitive-context.ts';
import { byItsEntries, isLocals, keywordsFor, ofLocals } from './sensitive-dictionary.ts';
import { deletedFrom, fieldOf, ofEntry, ofIndex, ofObject, ofStore } from './sensitive-object.ts';
import { type At, any, best, maxHops, type Sensitive, type Walk } from './sensitive-walk.ts';

const maxSteps = 250;
const maxCallers = 12;
const maxStores = 8;

/**
 * The most certain sensitive data that flows into a value. It is recognised by the names of variables, members, entries,
 * parameters and functions, while the value is traced back into callees and callers. Undefined if none is found.
 * @param isOwn whether a call is one that the rule reports separately. The arguments of such a call are not traced.
 */
export function sensitiveValue(
  linked: Linked,
  { func, value }: Place,
  isOwn: (call: Place) => boolean = () => false,
): Sensitive | undefined {
  const walk: Walk = {
    linked,
    seen: new Set(),
    isOwn,
    steps: maxSteps,
    back: (at, one) => back(walk, at, one),
  };
  return walk.back({ func, hops: 0, entered: undefined }, value);
}

function back(walk: Walk, at: At, value: ValueId): Sensitive | undefined {
  const key = `${at.func} ${value} ${at.entered?.call.value ?? ''}`;
  if (walk.steps-- <= 0 || walk.seen.has(key)) return undefined;
  walk.seen.add(key);
  const func = walk.linked.program.functions[at.func]?.func;
  const inst = func?.code[value];
  if (!func || !inst || inst.op === 'func' || inst.op === 'class') return undefined;
  const named = byName(walk, at, func, value, inst);
  if (named === 'harmless') return undefined;
  if (named && named.sure !== 'weak') return named;
  const parts = best(named, () => byParts(walk, at, func, value, inst));
  const found = best(parts, () => byItsEntries(walk, at, func, value));
  return found?.isWhole && deletedFrom(func, value).has(found.name) ? undefined : found;
}

/** The sensitive data that the name of a value shows. `harmless`: the value has such a name, but is a mask or a message. */
function byName(
  walk: Walk,
  at: At,
  func: Func,
  value: ValueId,
  inst: Inst,
): Sensitive | 'harmless' | undefined {
  const place = { func: at.func, value };
  const own = readName(walk.linked, place, inst);
  if (own) return { ...own, place };
  const names = [...localNames(func, value), ...ownNames(walk.linked, at.func, func, inst)];
  for (const name of names) {
    const it = nameInContext(walk.linked, place, inst, name);
    if (!it) continue;
    if (isHarmless(walk.linked, place)) return 'harmless';
    const written = writtenBy(walk, at, value);
    if (written.says) return written.shown ?? 'harmless';
    return { ...it, name, place };
  }
  return undefined;
}

function byParts(walk: Walk, at: At, func: Func, value: ValueId, inst: Inst): Sensitive | undefined {
  switch (inst.op) {
    case 'binary':
      return inst.operator === '+' || inst.operator === '%' || inst.operator === '*'
        ? any(walk, at, isNamesAlone(func, inst.right) ? [inst.left] : [inst.left, inst.right])
        : undefined;
    case 'text':
      return any(walk, at, inst.parts);
    case 'list':
      return any(walk, at, inst.items);
    case 'typed':
      return isTold(inst.type) ? undefined : back(walk, at, inst.value);
    case 'await':
      return back(walk, at, inst.value);
    case 'element':
      return ofElement(walk, at, func, inst.value);
    case 'effect':
      return any(walk, at, [inst.value, ...putIn(func, inst.call)]);
    case 'phi':
      return any(walk, at, trueInputs(func, value, inst.inputs));
    case 'object':
      return ofObject(walk, at, func, value, inst.keys, inst.values);
    case 'store':
      return ofStore(walk, at, value, inst.object, inst.name, inst.value);
    case 'store-index': {
      const key = func.code[inst.key];
      const name = key?.op === 'const' && typeof key.value === 'string' ? key.value : '';
      return ofStore(walk, at, value, inst.object, name, inst.value);
    }
    case 'index':
      return ofIndex(walk, at, func, value, inst.object, inst.key);
    case 'member':
      return fieldOf(walk, at, func, inst.object, inst.name);
    case 'call':
      return ofCall(walk, at, func, value, inst);
    case 'param':
      return ofParam(walk, at, inst.index);
    case 'cell-load':
    case 'import':
      return ofShared(walk, at, value);
    default:
      return undefined;
  }
}

/**
 * Whether a value is `locals()`. As an operand of `template % locals()`, only the variables that the template names are shown.
 */
function isNamesAlone({ code }: Func, value: ValueId): boolean {
  const inst = code[value];
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  return inst?.op === 'call' && callee !== undefined && isLocals(callee, inst);
}

/** The sensitive data in an element of a collection. Iterating over a dictionary gives only its keys, which are names. */
function ofElement(walk: Walk, at: At, func: Func, value: ValueId): Sensitive | undefined {
  const whole = back(walk, at, value);
  // A key of the dictionary is only a name.
  if (whole?.isWhole) return undefined;
  const isByName = whole && (whole.kind === 'environment' || /(credential|secret)s$/i.test(whole.name));
  const module = walk.linked.program.modules[walk.linked.program.functions[at.func]?.module ?? 0];
  return isByName && func.code[value]?.op !== 'call' && /\.pyi?$/.test(module?.path ?? '')
    ? undefined
    : whole;
}

/** `lines.push(password)` */
function putIn(func: Func, call: ValueId): readonly ValueId[] {
  const inst = func.code[call];
  const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
  return inst?.op === 'call' && callee?.op === 'member' && puttingCalls.test(callee.name) ? inst.args : [];
}

/** Returns the inputs of a phi, except those that it takes only when they are falsy: for `token && '***'`, only `'***'`. */
export function trueInputs(func: Func, phi: ValueId, inputs: readonly ValueId[]): ValueId[] {
  const to = blockOf(func, phi);
  const preds = func.blocks[to]?.preds ?? [];
  return inputs.filter((input, i) => {
    const end = func.blocks[preds[i] ?? -1]?.end;
    return end?.kind !== 'branch' || end.test !== input || end.then === to;
  });
}

function ofCall(walk: Walk, at: At, func: Func, value: ValueId, call: Call): Sensitive | undefined {
  const callee = func.code[call.callee] as Inst;
  const name = nameOfCalled(walk.linked, at.func, callee);
  const receiver = callee.op === 'member' ? callee.object : undefined;
  if (receiver !== undefined && /^replace(All)?$/.test(name)) return ofReplaced(walk, at, receiver, call);
  if (isHarmlessCall(name)) return undefined;
  if (isLocals(callee, call)) return ofLocals(walk, at, func, value);
  const place = { func: at.func, value };
  // The payload of a signed token is no secret.
  if (
    name === 'decode' &&
    receiver !== undefined &&
    /jwt|jsonwebtoken|jose|token/i.test(objectName(walk.linked, at.func, receiver))
  )
    return undefined;
  if (partMethods.test(name)) {
    // `header.slice(7)` and `header.split(' ')[1]` are the token in it.
    const whole = receiver === undefined ? undefined : back(walk, at, receiver);
    return whole && /auth|bearer/i.test(whole.name) ? whole : undefined;
  }
  const targets = walk.linked.targets(at.func, value);
  if (targets.length > 0) return at.hops >= maxHops ? undefined : returnedBy(walk, at, place, targets);
  if (!passingCalls.test(name)) return undefined;
  return any(walk, at, [receiver, ...call.args]);
}

/**
 * The sensitive data in the result of `replace`: in the inserted text, or the whole environment. Any other secret may be
 * masked.
 */
function ofReplaced(walk: Walk, at: At, receiver: ValueId, { args }: Call): Sensitive | undefined {
  const put = any(walk, at, [args[1]]);
  if (put) return put;
  const whole = back(walk, at, receiver);
  return whole?.kind === 'environment' ? whole : undefined;
}

function returnedBy(
  walk: Walk,
  at: At,
  call: Place,
  targets: readonly { readonly func: number; readonly makes: number }[],
): Sensitive | undefined {
  let found: Sensitive | undefined;
  for (const { func, makes } of targets.slice(0, 4)) {
    const target = walk.linked.program.functions[func]?.func;
    if (!target || makes >= 0) continue;
    const entered = { func, call, up: at.entered };
    for (const { end } of target.blocks) {
      if (end.kind !== 'return') continue;
      found = best(found, () => back(walk, { func, hops: at.hops + 1, entered }, end.value));
    }
  }
  return found;
}

/** The sensitive data in a parameter: in the argument of the call that the walk came from, or else of all known calls. */
function ofParam(walk: Walk, at: At, index: number): Sensitive | undefined {
  const { linked } = walk;
  const isKeywords = linked.program.functions[at.func]?.func.params[index]?.rest === 'keywords';
  const handed = (call: Place, next: Omit<At, 'func'>): Sensitive | undefined =>
    isKeywords
      ? ofKeywords(walk, { ...next, func: call.func }, call, at.func, index)
      : any(walk, { ...next, func: call.func }, passedFor(linked, call, at.func, index));
  if (at.entered?.func === at.func) return handed(at.entered.call, { hops: at.hops, entered: at.entered.up });
  if (at.hops >= maxHops) return undefined;
  let found: Sensitive | undefined;
  for (const call of callsOf(linked, at.func).slice(0, maxCallers)) {
    if (walk.isOwn(call)) continue;
    const isOpen = isOneOfMany(linked, call);
    found = best(found, () => {
      const one = handed(call, { hops: at.hops + 1, entered: undefined });
      return one && isOpen ? { ...one, sure: 'weak' } : one;
    });
  }
  // A value from several callers up is one of many that pass through there.
  return found && at.hops + 1 >= maxHops ? { ...found, sure: 'weak' } : found;
}

/** `login(name=name, password=password)`, for `**values`. */
function ofKeywords(walk: Walk, at: At, call: Place, entered: number, index: number): Sensitive | undefined {
  const { linked } = walk;
  const func = linked.program.functions[entered]?.func;
  const values = func?.code.findIndex((inst) => inst.op === 'param' && inst.index === index) ?? -1;
  const deleted = func && values >= 0 ? deletedFrom(func, values) : new Set<string>();
  let found: Sensitive | undefined;
  for (const [name, value] of keywordsFor(linked, call, entered))
    if (!deleted.has(name)) found = best(found, () => ofEntry(walk, at, name, value));
  return found && { ...found, isWhole: true };
}

/**
 * Whether a call picks its callee at run time: `table[name](value)`, or the function in a decorator's wrapper. Its arguments are
 * meant for only one of the possible callees.
 */
function isOneOfMany(linked: Linked, call: Place): boolean {
  const inst = instOf(linked, call);
  if (inst?.op !== 'call' || linked.targets(call.func, call.value).length < 2) return false;
  return instOf(linked, { func: call.func, value: inst.callee })?.op !== 'member';
}

/** The sensitive data in a shared variable, also of another file. */
function ofShared(walk: Walk, at: At, value: ValueId): Sensitive | undefined {
  const { linked } = walk;
  const made = madeBy(linked, { func: at.func, value });
  if (made.func !== at.func || made.value !== value)
    return back(walk, { ...at, func: made.func, entered: undefined }, made.value);
  const inst = instOf(linked, made);
  if (inst?.op !== 'cell-load') return undefined;
  const module = linked.program.functions[at.func]?.module ?? 0;
  const stores = cellStores(linked).get((linked.program.firstCell[module] ?? 0) + inst.cell) ?? [];
  let found: Sensitive | undefined;
  for (const store of stores.slice(0, maxStores))
    found = best(found, () => back(walk, { ...at, func: store.func, entered: undefined }, store.value));
  return found;
}
