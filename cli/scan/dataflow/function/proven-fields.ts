import { maxFieldFacts, maxProvenFields } from '../../budgets/dataflow.ts';
import type { Call, Func, ValueId } from '../../ir/ir.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import { valueNumbersOf } from '../../ir/query/value-numbers.ts';
import { type Abstract, cleaned, isUntainted } from '../domain/abstract.ts';
import { load, store } from '../domain/entries.ts';
import type { Facts } from '../domain/facts.ts';
import { fieldOf } from '../domain/field-numbers.ts';
import type { Kinds } from '../domain/kinds.ts';
import type { FunctionView } from '../view/function-view.ts';

/** A read of a field about which something is proven, or what is proven of a field that the function does not read itself. */
type Proven = { readonly read: ValueId } | { readonly clean: Kinds };

/** By value number of an object, and then by name of a field. */
type ByObject = ReadonlyMap<number, ReadonlyMap<string, Proven>>;

const none: ByObject = new Map();

/**
 * A copy of an object in which each field is sanitised for the kinds of sinks for which facts prove it harmless. A
 * callee needs this if it reads the fields: after `if (!valid.test(this.name)) throw ...`, `this.save()` reads a
 * checked `this.name`.
 * @param it the abstract value of `object`
 */
export function withProvenFields(frame: FunctionView, object: ValueId, it: Abstract): Abstract {
  if (!frame.facts || isUntainted(it)) return it;
  const fields = provenIn(frame.facts, frame.func).get(frame.valueNumbers[object] ?? object);
  if (!fields) return it;
  let all = it;
  for (const [name, proven] of fields) {
    const field = 'read' in proven ? frame.use(proven.read) : cleaned(load(all, name), proven.clean);
    if (field.taints.length > 0) all = store(all, name, field);
  }
  return all;
}

/**
 * The arguments that a call passes to a project function, each with the facts about its fields applied; see
 * `withProvenFields`.
 * @param given the abstract values of the arguments
 */
export function withAllProven(
  frame: FunctionView,
  { args }: Call,
  given: readonly Abstract[],
): readonly Abstract[] {
  return given.map((arg, i) => withProvenFields(frame, args[i] ?? -1, arg));
}

const provenIn: (facts: Facts, func: Func) => ByObject = memoizedPair((facts, func) => {
  const numbers = valueNumbersOf(func);
  let found: Map<number, Map<string, Proven>> | undefined;
  let left = maxFieldFacts;
  const note = (object: number, name: string, proven: Proven): void => {
    found ??= new Map();
    const fields = found.get(object) ?? new Map<string, Proven>();
    if (fields.size < maxProvenFields) found.set(object, fields.set(name, proven));
  };
  for (let at: Facts | undefined = facts; at && left-- > 0; at = at.before) {
    const field = at.value < 0 ? fieldOf(func, at.value) : undefined;
    const inst = func.code[at.value];
    if (field) note(field.object, field.name, { clean: at.clean });
    else if (inst?.op === 'member') note(numbers[inst.object] ?? inst.object, inst.name, { read: at.value });
  }
  return found ?? none;
});
