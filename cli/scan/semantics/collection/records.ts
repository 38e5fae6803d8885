import { maxRecordFields } from '../../budgets/callgraph.ts';
import { maxRecordClasses } from '../../budgets/semantics.ts';
import { isNamedTuple, recordFields } from '../../callgraph/dispatch/record-fields.ts';
import { type Abstract, unknown } from '../../dataflow/domain/abstract.ts';
import { element, list, load, object, store, storeAll } from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';

/**
 * The result of creating or copying an instance of a Python class whose fields are declared without a constructor: a data
 * class, a model, a named tuple. Also the result of a named tuple's methods, and of Django's `get_context_data`. Undefined
 * for other calls.
 */
export function record(
  frame: FunctionView,
  inst: Inst & Call,
  callee: Inst,
  args: readonly Abstract[],
  receiver: Abstract,
): Abstract | undefined {
  if (!frame.language.classBodiesDeclareFields) return undefined;
  // Django's views add the arguments of `super().get_context_data(...)` to the context.
  if (callee.op === 'member' && callee.name === 'get_context_data')
    return inst.names ? withNamed(object([]), inst, args) : undefined;
  if (callee.op === 'member' && tupleMethods.has(callee.name))
    return tupleMethod(frame, inst, callee.object, callee.name, args, receiver);
  if (callee.op === 'import' || callee.op === 'member') {
    const copied = copy(frame, inst, callee, args);
    if (copied) return copied;
  }
  if (args.length === 0) return undefined;
  let made: Abstract | undefined;
  for (const owner of frame.linked.classes(frame.id, inst.callee).slice(0, maxRecordClasses)) {
    const names = fieldsOf(frame, owner);
    if (names.length === 0) continue;
    const one = instance(frame, owner, names, inst, args);
    made = made ? join(made, one) : one;
  }
  return made;
}

function fieldsOf(frame: FunctionView, owner: number): readonly string[] {
  return recordFields(frame.linked.program, frame.linked.basesOf, owner);
}

function instance(
  frame: FunctionView,
  owner: number,
  names: readonly string[],
  inst: Call,
  args: readonly Abstract[],
): Abstract {
  if (names.length > maxRecordFields) return wide(inst, args);
  const given = new Map<string, Abstract>();
  let rest: Abstract | undefined;
  args.forEach((arg, i) => {
    const name = inst.names?.[i] ?? names[i];
    if (!inst.spread?.includes(i)) {
      if (name) given.set(name, arg);
      return;
    }
    const isNamed = inst.names?.[i] !== null && inst.names?.[i] !== undefined;
    rest = rest ? join(rest, arg) : arg;
    for (const [at, field] of names.entries()) {
      if (given.has(field) || (!isNamed && at < i)) continue;
      const isKnown = !isNamed && arg.length !== undefined;
      if (isKnown && at - i >= (arg.length as number)) continue;
      const item = isNamed ? field : String(at - i);
      given.set(field, isNamed || isKnown ? load(arg, item) : element(arg));
    }
  });
  // A spread argument may replace any default.
  const statics = rest ? [] : staticsOf(frame, owner);
  for (const name of statics.length === 0 ? [] : names) {
    const known = given.has(name) ? undefined : declared(statics, name);
    if (known) given.set(name, known);
  }
  if (!isNamedTuple(frame.linked.basesOf, owner)) return object(given, rest);
  return asTuple(names, given);
}

/** For a class with very many fields: each unnamed argument may be any field. */
function wide(inst: Call, args: readonly Abstract[]): Abstract {
  const given = new Map<string, Abstract>();
  let rest: Abstract | undefined;
  args.forEach((arg, i) => {
    const name = inst.names?.[i];
    const isSpread = inst.spread?.includes(i) === true;
    if (name && !isSpread) given.set(name, arg);
    else {
      const one = isSpread ? element(arg) : arg;
      rest = rest ? join(rest, one) : one;
    }
  });
  return object(given, rest);
}

/** The class attributes of a class and its ancestors. */
function staticsOf(frame: FunctionView, owner: number): readonly Abstract[] {
  return [owner, ...frame.linked.ancestors(owner)].flatMap(
    (one) => frame.engine.fields.statics.get(one) ?? [],
  );
}

/** The default that a class declares for a field. */
function declared(statics: readonly Abstract[], name: string): Abstract | undefined {
  for (const { fields } of statics) {
    const value = fields?.get(name);
    if (value) return value;
  }
  return undefined;
}

/** A tuple whose items also have names. */
function asTuple(names: readonly string[], given: ReadonlyMap<string, Abstract>): Abstract {
  const items = list(names.map((name) => given.get(name) ?? unknown));
  return { ...storeAll(items, [...given]), length: items.length };
}

const tupleMethods: ReadonlySet<string> = new Set(['_replace', '_asdict', '_make']);

/** `pair._replace(left=x)`, `pair._asdict()`, `Pair._make(row)` */
function tupleMethod(
  frame: FunctionView,
  inst: Call,
  of: ValueId,
  name: string,
  args: readonly Abstract[],
  receiver: Abstract,
): Abstract | undefined {
  const { linked } = frame;
  const [made] = name === '_make' ? linked.classes(frame.id, of) : linked.instances(frame.id, of);
  if (made === undefined || !isNamedTuple(linked.basesOf, made)) return undefined;
  const names = fieldsOf(frame, made);
  if (name === '_replace') return withNamed(receiver, inst, args, names);
  const source = name === '_make' ? (args[0] ?? unknown) : receiver;
  if (names.length > maxRecordFields) return name === '_make' ? object([], element(source)) : source;
  const isKnown = source.length !== undefined;
  const fields = names.map((field, i): [string, Abstract] => [
    field,
    name === '_asdict' ? load(source, field) : isKnown ? load(source, String(i)) : element(source),
  ]);
  return name === '_asdict' ? object(fields) : asTuple(names, new Map(fields));
}

/** `dataclasses.replace(entry, given=x)`, `dataclasses.asdict(entry)` */
function copy(
  frame: FunctionView,
  inst: Call,
  callee: Inst & { op: 'import' | 'member' },
  args: readonly Abstract[],
): Abstract | undefined {
  const from = callee.op === 'member' ? frame.inst(callee.object) : callee;
  const [first] = args;
  if (!first || from.op !== 'import' || !/^(dataclasses|attrs?)$/.test(from.specifier)) return undefined;
  if (callee.name === 'replace' || callee.name === 'evolve') return withNamed(first, inst, args);
  return callee.name === 'asdict' ? first : undefined;
}

/** A value with the call's keyword arguments as fields. For a tuple, also sets them at their index. */
function withNamed(
  into: Abstract,
  inst: Call,
  args: readonly Abstract[],
  names: readonly string[] = [],
): Abstract {
  let made = into;
  args.forEach((arg, i) => {
    const name = inst.names?.[i];
    if (!name || inst.spread?.includes(i)) return;
    made = store(made, name, arg);
    const at = names.indexOf(name);
    if (at >= 0) made = store(made, String(at), arg);
  });
  return into.length === undefined ? made : { ...made, length: into.length };
}
