import type { Inst, ValueId } from '../../ir/ir.ts';
import { type Abstract, withTaints } from '../domain/abstract.ts';
import type { FunctionView } from '../view/function-view.ts';

/** A key that something was read by, with what was proven of it where it was read. */
export interface LookedUp {
  readonly key: ValueId;
  readonly it: Abstract;
  /** A check has kept it to names with a beginning of our own. */
  readonly isNamed: boolean;
}

const known = new WeakMap<FunctionView, Map<ValueId, LookedUp>>();

/** Whether anything was looked up by a key of others. */
export function looksUp(frame: FunctionView): boolean {
  return known.has(frame);
}

/** Remembers by which key of others a value was looked up; forgets it where the key is none of theirs. */
export function noteKey(frame: FunctionView, value: ValueId, key: ValueId): void {
  let all = known.get(frame);
  const it = frame.use(key);
  if (it.taints.length === 0 || it.shape === 'number' || it.shape === 'boolean') {
    all?.delete(value);
    return;
  }
  if (!all) {
    all = new Map();
    known.set(frame, all);
  }
  all.set(value, { key, it, isNamed: isNamed(frame, key) });
}

/** The key of others that a value was looked up by, as harmless as it was then or was proven to be since. */
export function keyOf(frame: FunctionView, value: ValueId): Abstract | undefined {
  const found = known.get(frame)?.get(value);
  if (!found) return undefined;
  const now = frame.use(found.key);
  return withTaints(
    found.it,
    found.it.taints.map((taint) => {
      const later = now.taints.find((one) => one.origin === taint.origin && one.exact === taint.exact);
      return later && !taint.clean.includes(later.clean)
        ? { ...taint, clean: taint.clean.union(later.clean) }
        : taint;
    }),
  );
}

/** Facts further back than this are not asked for. */
const maxFacts = 200;

function isNamed(frame: FunctionView, key: ValueId): boolean {
  let left = maxFacts;
  for (let at = frame.facts; at && left-- > 0; at = at.before)
    if (at.half === 'named' && at.value === frame.canonical[key]) return true;
  return false;
}

/** Whether the name that a value was looked up by has a beginning or an end that is our own. */
export function isOwnName(frame: FunctionView, value: ValueId): boolean {
  const found = known.get(frame)?.get(value);
  return found !== undefined && (found.isNamed || isNamed(frame, found.key) || isKeptToOwnNames(found.it));
}

/** What a text begins and ends with for certain. */
function knownEnds(it: Abstract): readonly [start: string, end: string] {
  const parts = (it.skeleton ?? '\0').split('\0');
  return [parts[0] ?? '', parts.length > 1 ? (parts.at(-1) ?? '') : ''];
}

const inherited = ['__proto__', 'constructor', 'prototype'];

/** Whether a key can be one of the names by which a prototype is reached. */
export function reachesPrototype(it: Abstract): boolean {
  const [start, end] = knownEnds(it);
  return inherited.some(
    (name) => name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end),
  );
}

/** `on_` in front of a name, or `_handler` behind it, leaves only what was written to be found by it. */
export function isKeptToOwnNames(it: Abstract): boolean {
  const [start, end] = knownEnds(it);
  return start.replace(/^__?$/, '').length + end.length >= 2;
}

/** The name of the function that is called, as it is written last. */
export function calledName(frame: FunctionView, inst: Inst & { op: 'call' }): string {
  const callee = frame.inst(inst.callee);
  return callee.op === 'global' || callee.op === 'import' || callee.op === 'member' ? callee.name : '';
}
