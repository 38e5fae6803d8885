import { type Abstract, deepTaints, tainted } from '../dataflow/domain/abstract.ts';
import { joinTaints } from '../dataflow/domain/taint.ts';
import { isErrorClass } from '../dataflow/query/error-classes.ts';
import { calledName, isKeptToOwnNames } from '../dataflow/query/looked-up-keys.ts';
import { behindOf, possibleValues } from '../dataflow/query/trace-value.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import { transitive } from '../ir/query/transitive.ts';
import { isStepOf } from '../models/api.ts';
import { baseStates } from './base-states.ts';
import { isEntryChanged } from './entry-changed.ts';
import type { SinkId } from './sink-kinds.ts';
import { hit, sinkOf } from './sinks.ts';

/** Checks a call for mass assignment: an untrusted object becomes a record's fields, or untrusted data names the fields. */
export function checkRecordCall(frame: FunctionView, value: ValueId, inst: Inst & Call): void {
  if (inst.isDecorator) return;
  if (frame.language.hasKeywordArguments) {
    checkSpread(frame, value, inst);
    checkSetattr(frame, value, inst);
  } else checkAssign(frame, value, inst);
  checkConstructor(frame, value, inst);
}

/**
 * The name of the sink for keywords of a Django filter, such as `owner__name` in `filter(owner__name=x)`. An attacker
 * who chooses the keyword chooses the comparison and the field, which may be in another table.
 */
export const lookupsOfFilter = 'the lookups of a filter';

/**
 * Checks `Model.objects.create(**data)`. Models name all keyword arguments by `Argument[0..]`, and those of a filter by
 * `Argument[**:]`.
 */
function checkSpread(frame: FunctionView, value: ValueId, inst: Inst & Call): void {
  if (!inst.spread || inst.spread.length === 0) return;
  for (const state of frame.linked.states(frame.id, inst.callee)) {
    const takesAll = state.args.some(
      (step) => step.from !== undefined && leadsTo(frame, step.to, 'mass-assignment'),
    );
    if (takesAll) for (const at of inst.spread) fieldsArrive(frame, value, inst, inst.args[at] as ValueId);
    const isFilter = state.args.some(
      (step) => step.names.includes('**') && leadsTo(frame, step.to, 'mass-assignment'),
    );
    if (isFilter)
      for (const at of inst.spread)
        if (inst.names?.[at] === '**')
          fieldsArrive(frame, value, inst, inst.args[at] as ValueId, lookupsOfFilter);
  }
}

/** Checks the constructor of a class of the project, if it extends a library's class whose constructor has a model. */
function checkConstructor(frame: FunctionView, value: ValueId, inst: Inst & Call): void {
  if (inst.args.length === 0 || frame.inst(inst.callee).op === 'super') return;
  if (!frame.language.constructsByCall && !inst.isNew) return;
  const [owner] = frame.linked.instances(frame.id, value);
  if (owner === undefined || !makes(frame, inst, owner)) return;
  for (const state of baseStates(frame, owner)) {
    inst.args.forEach((arg, i) => {
      const isSpread = inst.spread?.includes(i) ?? false;
      if (frame.language.hasKeywordArguments && !isSpread) return;
      const takes = state.args.some(
        (step) =>
          (isSpread ? step.from !== undefined : isStepOf(step, i, null)) &&
          leadsTo(frame, step.to, 'mass-assignment'),
      );
      if (takes) fieldsArrive(frame, value, inst, arg);
    });
  }
}

/** Whether the callee is the class itself, not a function that returns its instances. */
function makes(frame: FunctionView, inst: Inst & Call, owner: number): boolean {
  const name = frame.linked.program.classes[owner]?.class.name;
  return (
    calledName(frame, inst) === name ||
    ['cell-load', 'class', 'cell-store'].includes(frame.inst(inst.callee).op)
  );
}

function leadsTo(frame: FunctionView, ids: readonly number[], kind: SinkId): boolean {
  const { states } = frame.engine.apiOf(frame.info.module);
  return ids.some((id) => states[id]?.sinks.some((sink) => sink.kind === kind));
}

/** Reports an object whose fields are written to a record, if it is untrusted or has untrusted names. */
function fieldsArrive(
  frame: FunctionView,
  value: ValueId,
  inst: Inst,
  fields: ValueId,
  what = 'the fields of a record',
): void {
  const sink = sinkOf(frame, 'mass-assignment', value, inst, what);
  hit(frame, sink, frame.use(fields));
  const names = namesOf(frame, fields);
  if (names.taints.length > 0) hit(frame, { ...sink, takesText: true }, names);
}

/** The untrusted names under which an object has entries: `{k: v for k, v in data.items()}`. */
function namesOf(frame: FunctionView, object: ValueId): Abstract {
  let all: Abstract['taints'] = [];
  for (const one of [...storesOf(frame, object), ...possibleValues(frame, object)]) {
    const inst = frame.inst(one);
    const keys =
      inst.op === 'store-index'
        ? [inst.key]
        : inst.op === 'object'
          ? inst.keys.filter((key): key is number => typeof key === 'number')
          : [];
    for (const key of keys) {
      const it = storedNames(frame).get(key) ?? frame.use(key);
      if (!isKeptToOwnNames(it) && it.shape !== 'number') all = joinTaints(all, it.taints);
    }
  }
  return tainted(all);
}

/** For each untrusted name, its abstract value at the store, with what is proven there. */
const storedNames = memoized((_: FunctionView) => new Map<ValueId, Abstract>());

/** Records each untrusted key of a store or an object literal, with the facts proven about the key at this point. */
export function noteStoredNames(frame: FunctionView, inst: Inst): void {
  const keys =
    inst.op === 'store-index'
      ? [inst.key]
      : inst.op === 'object'
        ? inst.keys.filter((key): key is number => typeof key === 'number')
        : [];
  for (const key of keys) {
    const it = frame.use(key);
    const all = storedNames(frame);
    if (it.taints.length > 0 || all.has(key)) all.set(key, it);
  }
}

function storesOf(frame: FunctionView, object: ValueId): ValueId[] {
  const found: ValueId[] = [];
  transitive([object], maxStores, (one) => {
    const inst = frame.inst(one);
    if (inst.op === 'store-index') found.push(one);
    const behind = behindOf(inst);
    if (behind !== undefined) return [behind];
    return inst.op === 'phi' ? inst.inputs.slice(0, maxStores) : [];
  });
  return found;
}

/** The bound on the values that are searched for stores. */
const maxStores = 48;

/** Checks `setattr(record, name, value)` with an untrusted name, and `record.__dict__.update(data)`. */
function checkSetattr(frame: FunctionView, value: ValueId, inst: Inst & Call): void {
  const callee = frame.inst(inst.callee);
  const [first, second] = inst.args;
  if (callee.op === 'global' && callee.name === 'setattr' && second !== undefined)
    nameArrives(frame, value, inst, second);
  if (callee.op !== 'member' || first === undefined) return;
  if (callee.name === '__setattr__') nameArrives(frame, value, inst, inst.args.at(-2) ?? first);
  if (callee.name === 'update' && isDictionaryOf(frame, callee.object))
    fieldsArrive(frame, value, inst, first);
}

/** `vars(record)`, `record.__dict__` */
function isDictionaryOf(frame: FunctionView, value: ValueId): boolean {
  return possibleValues(frame, value).some((one) => {
    const inst = frame.inst(one);
    if (inst.op === 'member') return inst.name === '__dict__';
    return (
      inst.op === 'call' && frame.inst(inst.callee).op === 'global' && calledName(frame, inst) === 'vars'
    );
  });
}

function nameArrives(frame: FunctionView, value: ValueId, inst: Inst, key: ValueId): void {
  const it = frame.use(key);
  if (isKeptToOwnNames(it) || it.shape === 'number') return;
  const sink = sinkOf(frame, 'mass-assignment', value, inst, 'a field name of a record');
  hit(frame, { ...sink, takesText: true }, tainted(it.taints));
}

const mergers: ReadonlySet<string> = new Set([
  'assign',
  'assignIn',
  'extend',
  'merge',
  'defaults',
  'mergeWith',
]);
const mergerPackages: ReadonlySet<string> = new Set(['lodash', 'underscore', 'lodash-es']);

/** Checks `Object.assign(record, data)`. */
function checkAssign(frame: FunctionView, value: ValueId, inst: Inst & Call): void {
  const target = assignedTo(frame, inst);
  if (target === undefined || !isRecord(frame, target)) return;
  for (const arg of inst.args.slice(1)) fieldsArrive(frame, value, inst, arg);
}

/** Returns the object into which a call copies the fields of its other arguments. Undefined for other calls. */
export function assignedTo(frame: FunctionView, inst: Inst & Call): ValueId | undefined {
  const callee = frame.inst(inst.callee);
  if (callee.op === 'import')
    return mergers.has(callee.name) && mergerPackages.has(callee.specifier) ? inst.args[0] : undefined;
  if (callee.op !== 'member' || !mergers.has(callee.name)) return undefined;
  const owner = frame.inst(callee.object);
  const isMerger =
    owner.op === 'global'
      ? owner.name === 'Object' && callee.name === 'assign'
      : owner.op === 'import' && mergerPackages.has(owner.specifier);
  return isMerger ? inst.args[0] : undefined;
}

/** Checks a store into a record's field whose name is untrusted: `record[key] = data[key]` in a loop. */
export function checkRecordStore(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'store-index' },
): void {
  if (frame.use(inst.key).taints.length === 0 || isEntryChanged(frame, inst)) return;
  const isTarget = frame.language.entriesAreMembers
    ? isRecord(frame, inst.object)
    : isDictionaryOf(frame, inst.object);
  if (isTarget) nameArrives(frame, value, inst, inst.key);
}

/** Whether an object is a database row, an instance of a class of the project, or saved by this function. */
function isRecord(frame: FunctionView, value: ValueId): boolean {
  const owners = frame.linked.instances(frame.id, value);
  // The fields of an error are not stored.
  if (owners.length > 0) return owners.some((owner) => !isErrorClass(frame, owner));
  const isStored = deepTaints(frame.use(value)).some(
    (taint) => taint.exact && taint.origin.kind === 'source' && taint.origin.source === 'stored',
  );
  if (isStored) return true;
  const same = new Set(possibleValues(frame, value));
  return saved(frame).some((one) => same.has(one));
}

/** The objects whose `save` the function calls. */
const saved = memoized((frame: FunctionView): readonly ValueId[] => {
  const found: ValueId[] = [];
  for (const inst of frame.func.code) {
    if (inst.op !== 'call' || inst.args.length > 1 || found.length > maxSaved) continue;
    const callee = frame.inst(inst.callee);
    if (callee.op === 'member' && callee.name === 'save') found.push(...possibleValues(frame, callee.object));
  }
  return found;
});

const maxSaved = 100;
