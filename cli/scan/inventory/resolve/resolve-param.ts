import type { Linked } from '../../callgraph/linked.ts';
import { languageAt } from '../../callgraph/program.ts';
import { isEscapingFunction } from '../../callgraph/query/escaping-function.ts';
import { callsOf, instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isTestPath } from '../../project/path-purpose.ts';
import { isCalledInSight } from './called-in-sight.ts';
import { anyOf } from './resolve-items.ts';
import { valuesOf } from './resolve-tag.ts';
import { type From, resolve, type Walk } from './resolve-text.ts';
import { choice, harmless, nothing, type TextTree, unresolved } from './text-tree.ts';

/** The maximum number of calls of one function. A project may send all its queries through one function. */
const maxCalls = 200;

/**
 * Resolves the string that a parameter receives: the argument of the call by which the walk entered the function, or else
 * the arguments of all calls. Unresolved if some calls are unknown.
 */
export function resolveParam(walk: Walk, place: Place, index: number, from: From): TextTree {
  const { func } = place;
  const { linked } = walk.frames;
  if (from.entered?.func === func) {
    const { call, items, isReduced, from: before } = from.entered;
    // The callback's previous result is part of its result.
    if (isReduced && index === 0) return nothing;
    if (isReduced && items && index === 1) return anyOf(walk, items, items.func, before);
    if (isReduced && index === 2) return harmless('a number');
    if (!items) return passed(walk, call, func, index, before);
    if (index === 0) return anyOf(walk, items, items.func, before);
  }
  const name = linked.program.functions[func]?.func.params[index]?.name ?? '';
  if (isIndexOfCallback(linked, func, index)) return harmless('a number');
  const open = unresolved(`the parameter \`${name}\``);
  const known = callsOf(linked, func).filter((call) => !isOfTests(linked, call));
  if (known.length === 0 || walk.frames.isPublic(func) || isOutOfSight(linked, func)) return open;
  const calls = [...known, ...callsOfUnknown(linked, func).filter((call) => !isOfTests(linked, call))];
  if (calls.length > maxCalls) return open;
  return choice(
    calls.map((call) => {
      const facts = [walk.frames.factsAt(call.func, call.value)];
      return passed(walk, call, func, index, { facts, entered: undefined, depth: from.depth });
    }),
  );
}

function passed(walk: Walk, call: Place, func: number, index: number, from: From): TextTree {
  const { linked } = walk.frames;
  const inst = instOf(linked, call);
  const param = linked.program.functions[func]?.func.params[index];
  if (inst?.op === 'call' && inst.quasis && index === 0)
    return choice(inst.quasis.map((text): TextTree => ({ kind: 'constant', text })));
  const values = valuesOf(walk, call, func, index);
  if (inst?.op !== 'call' || param?.rest === 'keywords' || isSpread(inst, values))
    return unresolved(`the parameter \`${param?.name ?? ''}\``);
  // A missing argument is an empty text, or the parameter has a default, which the code assigns.
  return choice(
    values.length === 0
      ? [{ kind: 'constant', text: '' }]
      : values.map((value) => resolve(walk, { func: call.func, value }, from)),
  );
}

/** Arguments in tests are not those of production. */
function isOfTests(linked: Linked, { func }: Place): boolean {
  const module = linked.program.functions[func]?.module ?? -1;
  return isTestPath(linked.program.modules[module]?.path ?? '');
}

/** Whether it is unknown which argument a parameter receives: a spread precedes it, or only a spread can pass it. */
function isSpread({ args, spread }: Call, values: readonly ValueId[]): boolean {
  if (!spread) return false;
  const first = Math.min(...spread);
  return values.length !== 1 || args.indexOf(values[0] ?? -1) >= first;
}

/**
 * Whether a function may have callers that are not in the call graph. True if a library may call it, if it is passed on as
 * a value in a way that can't be followed, or if a method of its name is called on an unknown receiver.
 */
export function hasOtherCallers(linked: Linked, func: number): boolean {
  return isOutOfSight(linked, func) || callsOfUnknown(linked, func).length > 0;
}

/** Whether a library calls a function, or it escapes as a value. */
function isOutOfSight(linked: Linked, func: number, depth = 0): boolean {
  if (linked.handedTo(func).length > 0 || boundFunctions(linked).has(func)) return true;
  if (!isEscapingFunction(linked, func)) return false;
  return (
    depth >= maxHandings || !isCalledInSight(linked, func, (one) => isOutOfSight(linked, one, depth + 1))
  );
}

/** The maximum number of functions through which a function is passed on. */
const maxHandings = 3;

/** Functions with a read of `call`, `apply`, `bind` or another member. */
const boundFunctions = memoized((linked: Linked): ReadonlySet<number> => {
  const found = new Set<number>();
  linked.program.instructions.each('member', (inst, { id }) => {
    if (/^(call|apply|bind|delay|apply_async|partial)$/.test(inst.name))
      for (const one of linked.functions(id, inst.object)) found.add(one);
  });
  return found;
});

/** Calls of a method of this name on a receiver that neither the project nor a model knows. They may call this function. */
function callsOfUnknown(linked: Linked, func: number): readonly Place[] {
  return callsOnUnknown(linked).get(linked.program.functions[func]?.func.name ?? '') ?? [];
}

/** The calls on unknown receivers, by the name of the method. */
const callsOnUnknown = memoized((linked: Linked): ReadonlyMap<string, readonly Place[]> => {
  const found = new Map<string, Place[]>();
  linked.program.instructions.each('call', (call, { id, func }, value) => {
    const callee = func.code[call.callee];
    if (callee?.op !== 'member' || linked.targets(id, value).length > 0) return;
    if (linked.states(id, call.callee).length > 0) return;
    const list = found.get(callee.name);
    if (list) list.push({ func: id, value });
    else found.set(callee.name, [{ func: id, value }]);
  });
  return found;
});

/** `ids.map((id, i) => ...)`: the second parameter is a number. */
function isIndexOfCallback(linked: Linked, func: number, index: number): boolean {
  if (index !== 1 || callsOf(linked, func).length > 0) return false;
  return callbacksOfLists(linked).has(func);
}

/** Functions that are passed only to `map` and the like. */
const callbacksOfLists = memoized((linked: Linked): ReadonlySet<number> => {
  const found = new Set<number>();
  const others = new Set<number>();
  linked.program.instructions.each('call', (call, { id, func, module }) => {
    const callee = func.code[call.callee];
    const isList =
      callee?.op === 'member' &&
      /^(map|flatMap|forEach|filter)$/.test(callee.name) &&
      languageAt(linked.program, module).itemsAreReceivers;
    for (const [i, arg] of call.args.entries())
      for (const one of linked.functions(id, arg)) (isList && i === 0 ? found : others).add(one);
  });
  for (const one of others) found.delete(one);
  return found;
});
