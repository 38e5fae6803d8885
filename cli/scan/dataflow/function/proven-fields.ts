import { maxFieldFacts, maxProvenFields } from '../../budgets/dataflow.ts';
import type { Call, Func, ValueId } from '../../ir/ir.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import { valueNumbersOf } from '../../ir/query/value-numbers.ts';
import { type Abstract, isUntainted } from '../domain/abstract.ts';
import { store } from '../domain/entries.ts';
import type { Facts } from '../domain/facts.ts';
import type { FunctionView } from '../view/function-view.ts';

/** By value number of an object, and then by name of a field: a read of the field about which something is proven. */
type ByObject = ReadonlyMap<number, ReadonlyMap<string, ValueId>>;

const none: ByObject = new Map();

/**
 * A copy of an object whose fields are sanitised as far as facts about them prove. A callee that reads the fields needs it:
 * after `if (!valid.test(this.name)) throw ...`, `this.save()` reads a checked `this.name`.
 * @param it the abstract value of `object`
 */
export function withProvenFields(frame: FunctionView, object: ValueId, it: Abstract): Abstract {
  if (!frame.facts || isUntainted(it)) return it;
  const fields = provenIn(frame.facts, frame.func).get(frame.valueNumbers[object] ?? object);
  if (!fields) return it;
  let all = it;
  for (const [name, read] of fields) {
    const field = frame.use(read);
    if (field.taints.length > 0) all = store(all, name, field);
  }
  return all;
}

/** Applies `withProvenFields` to each argument of a call of a project function. */
export function withAllProven(
  frame: FunctionView,
  { args }: Call,
  given: readonly Abstract[],
): readonly Abstract[] {
  return given.map((arg, i) => withProvenFields(frame, args[i] ?? -1, arg));
}

const provenIn: (facts: Facts, func: Func) => ByObject = memoizedPair((facts, func) => {
  const numbers = valueNumbersOf(func);
  let found: Map<number, Map<string, ValueId>> | undefined;
  let left = maxFieldFacts;
  for (let at: Facts | undefined = facts; at && left-- > 0; at = at.before) {
    const inst = func.code[at.value];
    if (inst?.op !== 'member') continue;
    const object = numbers[inst.object] ?? inst.object;
    found ??= new Map();
    const fields = found.get(object) ?? new Map<string, ValueId>();
    if (fields.size < maxProvenFields) found.set(object, fields.set(inst.name, at.value));
  }
  return found ?? none;
});
