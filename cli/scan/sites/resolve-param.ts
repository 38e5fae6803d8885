import type { Linked } from '../link/linked.ts';
import { callsOf, instOf, type Place } from '../rule/made-by.ts';
import { passedFor } from '../rule/passed-for.ts';
import { isHandedOver } from '../taint/handed-over.ts';
import { anyOf } from './resolve-items.ts';
import { type From, resolve, type Walk } from './resolve-text.ts';
import { choice, harmless, type TextTree, unresolved } from './text-tree.ts';

/** Calls of one function that are looked at. */
const maxCalls = 16;

/** What callers pass for a parameter: the one that the walk came from, or else all of them if they are known. */
export function resolveParam(walk: Walk, place: Place, index: number, from: From): TextTree {
  const { func } = place;
  const { linked } = walk.frames;
  if (from.entered?.func === func) {
    const { call, items, from: before } = from.entered;
    if (!items) return passed(walk, call, func, index, before);
    if (index === 0) return anyOf(walk, items, items.func, before);
  }
  const name = linked.program.functions[func]?.func.params[index]?.name ?? '';
  if (isIndexOfCallback(linked, func, index)) return harmless('a number');
  const open = unresolved(`the parameter \`${name}\``);
  const calls = callsOf(linked, func);
  if (calls.length === 0 || calls.length > maxCalls) return open;
  if (walk.frames.isPublic(func) || hasOtherCallers(linked, func)) return open;
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
  if (inst?.op !== 'call' || inst.spread || param?.rest === 'keywords')
    return unresolved(`the parameter \`${param?.name ?? ''}\``);
  const values = passedFor(linked, call, func, index);
  // One that is left out is nothing, or has a default, which the code says itself.
  return choice(
    values.length === 0
      ? [{ kind: 'constant', text: '' }]
      : values.map((value) => resolve(walk, { func: call.func, value }, from)),
  );
}

/** Whether a function is called from places that the call graph does not have: by a library, as a value, or on something unknown. */
export function hasOtherCallers(linked: Linked, func: number): boolean {
  if (linked.handedTo(func).length > 0 || isHandedOver(linked, func)) return true;
  const info = linked.program.functions[func];
  return info === undefined || unknownMethods(linked).has(info.func.name) || isBound(linked).has(func);
}

const bound = new WeakMap<Linked, ReadonlySet<number>>();

/** Functions of which `call`, `apply`, `bind` or another member is taken. */
function isBound(linked: Linked): ReadonlySet<number> {
  let all = bound.get(linked);
  if (!all) {
    const found = new Set<number>();
    linked.program.instructions.each('member', (inst, { id }) => {
      if (/^(call|apply|bind|delay|apply_async|partial)$/.test(inst.name))
        for (const one of linked.functions(id, inst.object)) found.add(one);
    });
    all = found;
    bound.set(linked, all);
  }
  return all;
}

const known = new WeakMap<Linked, ReadonlySet<string>>();

/** Names of methods that are called on something of which neither the project nor a model knows what it is. */
function unknownMethods(linked: Linked): ReadonlySet<string> {
  let names = known.get(linked);
  if (!names) {
    const found = new Set<string>();
    linked.program.instructions.each('call', (call, { id, func }, value) => {
      const callee = func.code[call.callee];
      if (callee?.op !== 'member' || linked.targets(id, value).length > 0) return;
      if (linked.states(id, call.callee).length === 0) found.add(callee.name);
    });
    names = found;
    known.set(linked, names);
  }
  return names;
}

/** `ids.map((id, i) => ...)`: the second parameter is a number. */
function isIndexOfCallback(linked: Linked, func: number, index: number): boolean {
  if (index !== 1 || callsOf(linked, func).length > 0) return false;
  return callbacksOfLists(linked).has(func);
}

const callbacks = new WeakMap<Linked, ReadonlySet<number>>();

/** Functions that are handed to `map` and its like, and to nothing else. */
function callbacksOfLists(linked: Linked): ReadonlySet<number> {
  let all = callbacks.get(linked);
  if (!all) {
    const found = new Set<number>();
    const others = new Set<number>();
    linked.program.instructions.each('call', (call, { id, func, module }) => {
      const callee = func.code[call.callee];
      const isList =
        callee?.op === 'member' &&
        /^(map|flatMap|forEach|filter)$/.test(callee.name) &&
        linked.program.modules[module]?.language !== 'python';
      for (const [i, arg] of call.args.entries())
        for (const one of linked.functions(id, arg)) (isList && i === 0 ? found : others).add(one);
    });
    for (const one of others) found.delete(one);
    all = found;
    callbacks.set(linked, all);
  }
  return all;
}
