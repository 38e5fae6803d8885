import type { Inst, ValueId } from '../../ir/ir.ts';
import { entryKinds } from '../../schemas/form-fields.ts';
import { annotatedValue, givenByAlias } from '../../schemas/type-alias.ts';
import { isCheckedThroughWrapper } from '../../schemas/wrapped-params.ts';
import { yielded } from '../../semantics/call/generators.ts';
import { listValue } from '../../semantics/collection/list-value.ts';
import { objectValue, shapedBy } from '../../semantics/collection/object-value.ts';
import { binary, unary } from '../../semantics/number/arithmetic.ts';
import { segmentKinds } from '../../semantics/text/path-segments.ts';
import { sliceOf } from '../../semantics/text/slices.ts';
import { textOf } from '../../semantics/text/text.ts';
import { checkLanguage } from '../../sinks/language-sinks.ts';
import { checkStore } from '../../sinks/sinks.ts';
import {
  type Abstract,
  cleaned,
  constant,
  constText,
  deepTaints,
  derived,
  pattern,
  tainted,
  unknown,
  withTaints,
} from '../domain/abstract.ts';
import { element, iterated, keys, load, object, store, storeSomewhere } from '../domain/entries.ts';
import { join } from '../domain/join.ts';
import { kinds } from '../domain/kinds.ts';
import { same } from '../domain/same.ts';
import { joinTaints, noTaints, opaque, opaqueTaints, type Taint } from '../domain/taint.ts';
import { importedValue } from '../models/imported-value.ts';
import { isForDevelopers } from '../query/development-values.ts';
import { isFresh } from '../query/fresh-objects.ts';
import { memberName } from '../query/member-names.ts';
import { isAsRead } from '../query/written-back.ts';
import { isDemanded } from '../summary/demanded.ts';
import type { FunctionView } from '../view/function-view.ts';
import { callEntered, callItem, callIterator, callOperator, callSetter, callText } from './accessors.ts';
import { evaluateCall, handInner } from './calls.ts';
import { memberValue } from './member-value.ts';
import { storeShared, withShared } from './shared-objects.ts';
import { withSources } from './sources.ts';

/**
 * The transfer function of all instructions: computes the result of `inst`, and records its effects. It runs for every instruction
 * of a program. Cases that need closures are functions of their own, since a function with closures allocates at each call.
 */
export function evaluate(frame: FunctionView, value: ValueId, inst: Inst): Abstract {
  // Every sixth instruction is a constant, to which no other step applies.
  if (inst.op === 'const') return constant(inst.value);
  if (!frame.isConstantPass) checkLanguage(frame, value, inst);
  const found = make(frame, value, inst);
  const made =
    found.taints.length === 0 || found.taints === opaqueTaints ? found : withKnownTaints(frame, found);
  const shape = made.shape;
  // Numbers and booleans cannot carry an attacker's text.
  if ((shape === 'number' || shape === 'boolean') && made.taints.length > 0)
    return withTaints(made, noTaints);
  const it = withSources(frame, value, inst, made);
  return it.taints.length > 0 && describing.has(inst.op) && isForDevelopers(frame, value)
    ? cleaned(it, answered)
    : it;
}

/** Operations that read a string from an error or build one from it. */
const describing: ReadonlySet<Inst['op']> = new Set(['member', 'index', 'text', 'binary', 'call']);
const answered = kinds('leak');

/** Replaces the taints of parameters and captured variables that are not tracked by `opaque`. */
function withKnownTaints(frame: FunctionView, it: Abstract): Abstract {
  const { taints } = it;
  let kept = 0;
  for (let i = 0; i < taints.length; i++) if (isKept(frame, taints[i] as Taint)) kept++;
  if (kept === taints.length) return it;
  return withTaints(it, kept === 0 ? opaqueTaints : withOpaque(frame, taints));
}

function withOpaque(frame: FunctionView, taints: readonly Taint[]): readonly Taint[] {
  return joinTaints(
    opaqueTaints,
    taints.filter((taint) => isKept(frame, taint)),
  );
}

function isKept(frame: FunctionView, taint: Taint): boolean {
  const { origin, exact } = taint;
  if (origin === opaque.origin || origin.kind === 'source') return true;
  return (exact && origin.path.length === 0) || isDemanded(frame, taint);
}

/** The result of an instruction, before sources are added. The most frequent cases come first: the switch tests them in order. */
function make(frame: FunctionView, value: ValueId, inst: Inst): Abstract {
  switch (inst.op) {
    case 'member':
      return memberValue(frame, value, inst);
    case 'call':
      return evaluateCall(frame, value, inst);
    case 'effect':
      return frame.mutated?.get(inst.call)?.get(inst.arg) ?? frame.use(inst.value);
    case 'cell-load':
      return frame.engine.variables.cellValue(frame.scope, frame.cellNumber(inst.cell));
    case 'cell-store': {
      const it = frame.use(inst.value);
      frame.engine.variables.storeCell(frame, inst.cell, it, inst);
      return it;
    }
    case 'binary':
      return callOperator(frame, value, inst) ?? binary(frame, inst);
    case 'param':
      return frame.callArguments?.[inst.index] ?? paramValue(frame, inst.index);
    case 'store': {
      const field = frame.use(inst.value);
      if (!frame.isConstantPass) checkStore(frame, value, inst, field);
      if (!frame.isConstantPass && isAsRead(frame, inst, field)) return frame.use(inst.object);
      return callSetter(frame, value, inst, field) ?? storeInto(frame, inst.object, inst.name, field);
    }
    case 'import':
      return importedValue(frame, inst.specifier, inst.name);
    case 'global':
    case 'unknown':
      return unknown;
    case 'index': {
      const annotated = annotatedValue(frame, inst);
      if (annotated) return annotated;
      const own = callItem(frame, value, inst);
      const { fields, rest } = frame.use(inst.object);
      if (own && !fields && !rest) return own;
      const entry = withShared(
        frame,
        inst,
        cleaned(loadIndex(frame, inst.object, inst.key), segmentKinds(frame, inst.object, inst.key)),
      );
      // On one path the object has its own subscript method, on another it is a dictionary.
      return own ? join(own, entry) : entry;
    }
    case 'func':
      handInner(frame, (frame.linked.program.firstFunc[frame.info.module] as number) + inst.func);
      return unknown;
    case 'object':
      return objectValue(frame, inst);
    case 'list':
      return listValue(frame, inst);
    case 'this':
    case 'super':
      return tainted(frame.engine.origins.wholeParam(-1));
    case 'text':
      return textValue(frame, value, inst);
    case 'element':
      return callIterator(frame, value, inst) ?? iterated(frame.use(inst.value), frame.language.iteratesKeys);
    case 'await':
      return (inst.enters && callEntered(frame, value, inst)) || frame.use(inst.value);
    case 'store-index': {
      const field = frame.use(inst.value);
      if (!frame.isConstantPass) checkStore(frame, value, inst, field);
      const name = memberName(frame, inst.key);
      return name === undefined
        ? shapedBy(frame, storeSomewhereInto(frame, inst.object, field), inst.key)
        : storeInto(frame, inst.object, name, field);
    }
    case 'unary':
      return unary(inst.operator, frame.use(inst.value));
    case 'class':
      return classValue(frame, inst);
    case 'caught':
      frame.catches = true;
      return frame.thrown ?? unknown;
    case 'slice':
      return sliceOf(frame, inst);
    case 'typed':
      return frame.use(inst.value);
    case 'key':
      return keys(frame.use(inst.value));
    case 'yield': {
      const it = frame.use(inst.value);
      frame.outcome.returned = yielded(frame, inst, it);
      return it;
    }
    case 'regex':
      return pattern(inst.source, inst.flags);
    default:
      return unknown;
  }
}

function paramValue(frame: FunctionView, index: number): Abstract {
  if (isCheckedThroughWrapper(frame, index)) return unknown;
  const it = tainted(frame.engine.origins.wholeParam(index));
  const given = givenByAlias(frame, index);
  return given ? join(it, given) : it;
}

function textValue(frame: FunctionView, value: ValueId, inst: Inst & { op: 'text' }): Abstract {
  const parts = inst.parts.map((part) => callText(frame, value, inst, part) ?? frame.use(part));
  return textOf(frame, inst, parts);
}

function classValue(frame: FunctionView, inst: Inst & { op: 'class' }): Abstract {
  const { firstClass, firstFunc, classes } = frame.linked.program;
  const id = (firstClass[frame.info.module] as number) + inst.class;
  const it = classes[id]?.class;
  const first = firstFunc[frame.info.module] as number;
  for (const method of it?.methods ?? []) handInner(frame, first + method.func);
  if (it && it.init >= 0) handInner(frame, first + it.init);
  const statics = object(inst.names.map((name, i) => [name, frame.use(inst.values[i] as ValueId)] as const));
  frame.engine.fields.statics.set(id, statics);
  return statics;
}

const hostSetters: ReadonlySet<string> = new Set(['hostname', 'host', 'href']);

function storeInto(frame: FunctionView, object_: ValueId, name: string, field: Abstract): Abstract {
  const it = frame.use(object_);
  // After a method call the receiver is written back; this one is unchanged.
  if (same(load(it, name), field)) return it;
  // The store changes the host of the URL.
  if (hostSetters.has(name) && isUrl(frame, object_))
    return withTaints(it, joinTaints(it.taints, derived(deepTaints(field))));
  storeShared(frame, object_, name, field);
  if (!isFresh(frame, object_)) frame.engine.fields.noteEffect(frame, it, [name], field);
  return store(it, name, field);
}

function isUrl(frame: FunctionView, value: ValueId): boolean {
  const inst = frame.inst(frame.valueNumbers[value] ?? value);
  if (inst.op !== 'call' || !inst.isNew) return false;
  const callee = frame.inst(inst.callee);
  return callee.op === 'global' && callee.name === 'URL';
}

function storeSomewhereInto(frame: FunctionView, object_: ValueId, field: Abstract): Abstract {
  const it = frame.use(object_);
  if (!isFresh(frame, object_)) frame.engine.fields.noteEffect(frame, it, [], field);
  return storeSomewhere(it, field);
}

function loadIndex(frame: FunctionView, object_: ValueId, index: ValueId): Abstract {
  const it = frame.use(object_);
  const key = frame.use(index);
  const name = memberName(frame, index);
  const text = constText(it);
  if (name === undefined) {
    // The key is one of a few known constants.
    const all = key.consts?.map((one) => load(it, String(one)));
    if (all && all.length > 0 && it.fields) return all.reduce((a, b) => join(a, b));
    // The entry may not exist.
    const entry = join(element(it), constant(undefined));
    // An untrusted `object[key]` may also read a property of the prototype.
    return it.shape === 'object' && key.taints.length > 0 ? { ...entry, shape: 'unknown' } : entry;
  }
  if (text !== undefined && /^-?\d+$/.test(name)) return constant(text.at(Number(name)));
  if (it.shape === 'list' && name.startsWith('-') && it.length !== undefined) {
    return load(it, String(it.length + Number(name)));
  }
  const entry = load(it, name);
  if (it.taints.length === 0) return entry;
  // A value that a middleware has stored in the request.
  const shared = frame.engine.fields.fieldValue(frame, it, name);
  const both = shared ? withTaints(entry, joinTaints(entry.taints, shared.taints)) : entry;
  return cleaned(both, entryKinds(frame, object_, name));
}
