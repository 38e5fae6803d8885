import type { Linked, Target } from '../../callgraph/linked.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { type Abstract, tainted } from '../domain/abstract.ts';
import { element, iterated } from '../domain/entries.ts';
import { join } from '../domain/join.ts';
import { applySummary } from '../summary/apply.ts';
import type { FunctionView } from '../view/function-view.ts';
import { withProvenFields } from './proven-fields.ts';

/** Applies the getter that a property read calls, and returns its result. Undefined if the property has no getter. */
export function callGetter(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'member' },
): Abstract | undefined {
  const getter = frame.linked.targets(frame.id, value)[0];
  if (!getter) return undefined;
  const object = withProvenFields(frame, inst.object, frame.use(inst.object));
  return applySummary(frame, value, inst, getter.func, [], object).returns;
}

/**
 * Applies the setter that a store to a property calls. Returns the object as it is after the call, or undefined if the
 * property has no setter.
 */
export function callSetter(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'store' },
  field: Abstract,
): Abstract | undefined {
  const setter = frame.linked.targets(frame.id, value)[0];
  return setter && applySummary(frame, value, inst, setter.func, [field], frame.use(inst.object)).receiver;
}

/**
 * Applies the method of a project class that a read with a key calls, such as `__getitem__` for `rows[key]`, and returns
 * its result. Undefined if there is no such method.
 */
export function callItem(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'index' },
): Abstract | undefined {
  const method = frame.linked.targets(frame.id, value)[0];
  if (!method) return undefined;
  return applySummary(frame, value, inst, method.func, [frame.use(inst.key)], frame.use(inst.object)).returns;
}

/**
 * The join of the items that a loop such as `for row in rows` visits, if `rows` is an instance of a project class that
 * defines an iterator. Undefined for other loops.
 */
export function callIterator(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'element' },
): Abstract | undefined {
  const methods = frame.linked.targets(frame.id, value);
  if (methods.length === 0) return undefined;
  const isNext = ({ func }: Target): boolean =>
    /(?:^|\.)__a?next__$/.test(frame.linked.program.functions[func]?.func.name ?? '');
  const next = methods.find(isNext);
  const method = next ?? methods[0];
  if (!method) return undefined;
  const { returns } = applySummary(frame, value, inst, method.func, [], frame.use(inst.value));
  if (next) return returns;
  return iterated(returns, true);
}

/**
 * The string that `part` becomes inside a larger string, such as `query` in `f'{query}'`. Applies the methods of
 * project classes that convert an instance to a string, such as `__str__`. Undefined if `part` is no instance of a
 * project class, or may be an instance of a class without such a method.
 */
export function callText(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'text' },
  part: ValueId,
): Abstract | undefined {
  const { linked, id } = frame;
  const methods = linked.targets(id, value);
  const owners = methods.length === 0 ? [] : linked.instances(id, part);
  const it = frame.use(part);
  let all: Abstract | undefined;
  for (const owner of owners) {
    const method = methods.find(({ func }) => isOf(linked, owner, linked.classOf(func)));
    if (!method) return undefined;
    const { returns } = applySummary(frame, value, inst, method.func, [], it);
    all = all ? join(all, returns) : returns;
  }
  // On another path the value may be an untrusted string instead of an instance.
  return all && it.taints.length > 0 ? join(all, tainted(it.taints, 'text')) : all;
}

function isOf(linked: Linked, owner: number, declaring: number): boolean {
  return owner === declaring || linked.ancestors(owner).includes(declaring);
}

/**
 * The value that `with manager as x` gives to `x`: the result of the project class's `__enter__`, or the item that a generator
 * used as a context manager yields. Undefined for other managers.
 */
export function callEntered(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'await' },
): Abstract | undefined {
  const method = frame.linked.targets(frame.id, value)[0];
  const it = frame.use(inst.value);
  if (method) return applySummary(frame, value, inst, method.func, [], it).returns;
  // A generator function, decorated as a context manager.
  return it.shape === 'list' ? element(it) : undefined;
}

/**
 * Applies the method of a project class that overloads an operator, and returns its result. Undefined if the class of the
 * left operand has none.
 */
export function callOperator(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'binary' },
): Abstract | undefined {
  const method = frame.linked.targets(frame.id, value)[0];
  if (!method) return undefined;
  const [left, right] = [frame.use(inst.left), frame.use(inst.right)];
  return applySummary(frame, value, inst, method.func, [right], left).returns;
}
