import { maxFacts } from '../../budgets/dataflow.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { type Abstract, withTaints } from '../domain/abstract.ts';
import type { FunctionView } from '../view/function-view.ts';

/** Whether the function has a lookup by a tainted key. */
export function hasTaintedLookup(frame: FunctionView): boolean {
  return frame.lookups !== undefined;
}

/**
 * Records that a value was looked up by a tainted key. If the key is not tainted, or is a number or boolean, removes an
 * earlier record for the value.
 */
export function recordLookup(frame: FunctionView, value: ValueId, key: ValueId): void {
  const it = frame.use(key);
  if (it.taints.length === 0 || it.shape === 'number' || it.shape === 'boolean') {
    frame.lookups?.delete(value);
    return;
  }
  frame.lookups ??= new Map();
  frame.lookups.set(value, { key, it, isNamed: isNamed(frame, key) });
}

/**
 * The tainted key that a value was looked up by. Undefined if there is none. If checks after the lookup prove the key
 * harmless for some kinds of sinks, the returned key is sanitised for these.
 */
export function keyOf(frame: FunctionView, value: ValueId): Abstract | undefined {
  const found = frame.lookups?.get(value);
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

function isNamed(frame: FunctionView, key: ValueId): boolean {
  let left = maxFacts;
  for (let at = frame.facts; at && left-- > 0; at = at.before)
    if (at.conjunct === 'named' && at.value === frame.valueNumbers[key]) return true;
  return false;
}

/**
 * Whether a value was looked up by a tainted key that is restricted to names that the program intends, such as by a fixed
 * prefix.
 */
export function isOwnName(frame: FunctionView, value: ValueId): boolean {
  const found = frame.lookups?.get(value);
  return found !== undefined && (found.isNamed || isNamed(frame, found.key) || isKeptToOwnNames(found.it));
}

/** The known prefix and suffix of a string. */
function knownEnds(it: Abstract): readonly [start: string, end: string] {
  const parts = (it.textTemplate ?? '\0').split('\0');
  return [parts[0] ?? '', parts.length > 1 ? (parts.at(-1) ?? '') : ''];
}

const inherited = ['__proto__', 'constructor', 'prototype'];

/** Whether a key can be one of the names that lead to a prototype, such as `__proto__`. */
export function reachesPrototype(it: Abstract): boolean {
  const [start, end] = knownEnds(it);
  return inherited.some(
    (name) => name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end),
  );
}

/** Whether a fixed prefix or suffix, such as `on_` or `_handler`, restricts a key to names that the program intends. */
export function isKeptToOwnNames(it: Abstract): boolean {
  const [start, end] = knownEnds(it);
  return start.replace(/^__?$/, '').length + end.length >= 2;
}

/** The last name in the callee of a call: `a.b.f()` -> `f`. Empty if there is none. */
export function calledName(frame: FunctionView, inst: Inst & { op: 'call' }): string {
  const callee = frame.inst(inst.callee);
  return callee.op === 'global' || callee.op === 'import' || callee.op === 'member' ? callee.name : '';
}
