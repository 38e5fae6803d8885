import type { Linked } from '../callgraph/linked.ts';
import type { Abstract } from '../dataflow/domain/abstract.ts';
import { element } from '../dataflow/domain/entries.ts';
import { kinds, noKinds } from '../dataflow/domain/kinds.ts';
import { isKeyOf } from '../dataflow/query/is-key-of.ts';
import { hasTaintedLookup, keyOf, reachesPrototype } from '../dataflow/query/looked-up-keys.ts';
import { isWithoutPrototype, possibleValues, rootsOf } from '../dataflow/query/trace-value.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import { partsOf } from '../ir/query/parts-of.ts';
import { isMadeOwn } from '../semantics/collection/own-entries.ts';
import { hit, sinkOf } from './sinks.ts';

const own = kinds('prototype');

/**
 * Checks `object[k1][k2] = value` with two untrusted keys. If `k1` is `__proto__`, the store changes all objects.
 * The inner object may also come from a variable, or from a walk such as `keys.reduce((node, key) => node[key], object)`.
 */
export function checkNestedStore(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'store-index' },
): void {
  if (!frame.language.namesMayBeInherited) return;
  const last = frame.use(inst.key);
  if (last.shape === 'number' || last.taints.every((taint) => taint.clean.meets(own))) return;
  for (const one of possibleValues(frame, inst.object)) {
    const key = prototypeKey(frame, one) ?? walkedKey(frame, one);
    if (key) hit(frame, sinkAt(frame, value), key);
  }
}

function sinkAt(frame: FunctionView, value: ValueId): Sink {
  const name = 'an object property looked up by key';
  return { ...sinkOf(frame, 'prototype', value, frame.inst(value), name), takesText: true };
}

/** The key that a value was read by, if the read may return a prototype. */
function prototypeKey(frame: FunctionView, value: ValueId): Abstract | undefined {
  const inst = frame.inst(value);
  if (inst.op !== 'index') return undefined;
  const key = keyOf(frame, value);
  if (!key || !reachesPrototype(key) || isWithoutPrototype(frame, inst.object)) return undefined;
  return isMadeOwn(frame, inst) || isKeyOf(frame, inst.key, inst.object) ? undefined : key;
}

/** `keys.reduce((node, key) => node[key], object)` */
function walkedKey(frame: FunctionView, value: ValueId): Abstract | undefined {
  const inst = frame.inst(value);
  if (inst.op !== 'call') return undefined;
  const callee = frame.inst(inst.callee);
  const [callback, start] = inst.args;
  if (callee.op !== 'member' || !/^reduce(Right)?$/.test(callee.name) || callback === undefined)
    return undefined;
  if (start !== undefined && isWithoutPrototype(frame, start)) return undefined;
  for (const id of frame.linked.functions(frame.id, callback)) {
    const func = frame.linked.program.functions[id]?.func;
    const steps = func?.code.some((one) => {
      if (one.op !== 'index') return false;
      const [object, key] = [func.code[one.object], func.code[one.key]];
      return object?.op === 'param' && object.index === 0 && key?.op === 'param' && key.index === 1;
    });
    const proofs = frame.engine.proofs(id)?.normal.get('1') ?? noKinds;
    if (!steps || proofs.meets(own)) continue;
    const keys = element(frame.use(callee.object));
    return keys.taints.length > 0 ? keys : undefined;
  }
  return undefined;
}

/**
 * Checks a recursive merge, such as `merge(target, source)` that calls `merge(target[key], source[key])`. If an
 * untrusted `key` is `__proto__`, the inner call stores its values in a prototype.
 */
export function checkMerge(frame: FunctionView, value: ValueId, inst: Inst & Call): void {
  if (!frame.language.namesMayBeInherited || !hasTaintedLookup(frame)) return;
  for (const { func, shift } of frame.linked.targets(frame.id, value)) {
    const isOwn = isOwnOrOuter(frame, func);
    const back = isOwn ? undefined : passedBack(frame, func);
    if (back?.size === 0) continue;
    inst.args.forEach((arg, i) => {
      for (const passed of possibleValues(frame, arg)) {
        const read = frame.inst(passed);
        const key = prototypeKey(frame, passed);
        if (read.op !== 'index' || !key) continue;
        const into = back ? frame.id : func;
        const param = back ? back.get(i - shift) : i - shift;
        const isTarget = rootsOf(frame, read.object).some(
          (root) => root.func === into && root.param === param,
        );
        if (!isTarget || param === undefined) continue;
        if (++merges(frame).count > maxMerges) return;
        for (const store of storesInto(frame, into, param, read.key, value))
          hit(frame, sinkAt(frame, store), key);
      }
    });
  }
}

/**
 * The parameters that a callee passes on to the analysed function again: `mergeAll(into, from)` may call `mergeKey(key, into,
 * from)` for each key, and that one `mergeAll(into[key], from[key])`. By parameter of the callee: the one of this function.
 */
function passedBack(frame: FunctionView, callee: number): ReadonlyMap<number, number> {
  const { linked } = frame;
  const known = passedOn(linked);
  const key = `${callee} ${frame.id}`;
  let found = known.get(key);
  if (found) return found;
  found = new Map();
  known.set(key, found);
  const code = linked.program.functions[callee]?.func.code ?? [];
  let calls = 0;
  for (const [value, inst] of code.entries()) {
    if (inst.op !== 'call') continue;
    const target = linked.targets(callee, value).find(({ func }) => func === frame.id);
    if (!target) continue;
    if (++calls > maxMerges) break;
    for (const [i, arg] of inst.args.entries())
      for (const one of partsOf(code, arg).values) {
        const given = code[one];
        if (given?.op === 'param') found.set(given.index, i - target.shift);
      }
  }
  return found;
}

const passedOn = memoized((_: Linked) => new Map<string, Map<number, number>>());

/** The bound on recursive calls, counted again in each pass over the function. A function with more is no merge. */
const maxMerges = 24;
const merges = memoized((_: FunctionView) => ({ count: 0 }));

function isOwnOrOuter(frame: FunctionView, func: number): boolean {
  const { program } = frame.linked;
  let id = frame.id;
  for (let depth = 0; depth < 8; depth++) {
    if (id === func) return true;
    const info = program.functions[id];
    if (!info || info.func.outer < 0) return false;
    id = (program.firstFunc[info.module] as number) + info.func.outer;
  }
  return false;
}

/** The stores of a merge. If some store copied values, those that store new objects are left out. */
function storesInto(
  frame: FunctionView,
  func: number,
  param: number,
  key: ValueId,
  recursion: ValueId,
): readonly ValueId[] {
  const all: ValueId[] = [];
  const copies: ValueId[] = [];
  frame.func.code.forEach((inst, value) => {
    if (inst.op !== 'store-index' || frame.valueNumbers[inst.key] !== frame.valueNumbers[key]) return;
    if (!rootsOf(frame, inst.object).some((root) => root.func === func && root.param === param)) return;
    all.push(value);
    const isCopy = possibleValues(frame, inst.value).some((one) => {
      const made = frame.inst(one);
      return made.op !== 'object' && made.op !== 'list' && one !== recursion && !isRead(frame, made, inst);
    });
    if (isCopy) copies.push(value);
  });
  return copies.length > 0 ? copies : all;
}

/** `target[key] = target[key] || {}` */
function isRead(frame: FunctionView, made: Inst, store: Inst & { op: 'store-index' }): boolean {
  return (
    made.op === 'index' &&
    frame.valueNumbers[made.key] === frame.valueNumbers[store.key] &&
    rootsOf(frame, made.object).some((root) =>
      rootsOf(frame, store.object).some((other) => other.func === root.func && other.param === root.param),
    )
  );
}
