import { maxSpreadItems, maxYieldedItems } from '../../budgets/semantics.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { type Abstract, unknown } from '../../dataflow/domain/abstract.ts';
import { element, itemsOf, list, slice } from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import { escapes } from '../../dataflow/summary/escapes.ts';
import { setMutated } from '../../dataflow/summary/set-mutated.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { operandsOf } from '../../ir/operands.ts';
import { valueNumbersOf } from '../../ir/query/value-numbers.ts';
import type { BuiltinCall } from './builtin-call.ts';

/** The items of a generator after one more `yield`. They keep their order only if the body is one block without branches. */
export function yielded(frame: FunctionView, inst: Inst & { op: 'yield' }, it: Abstract): Abstract {
  const before = frame.outcome.returned;
  const isStraight = frame.func.blocks.length === 1 && frame.inst(inst.value).op !== 'element';
  const items = before ? before.length !== undefined && itemsOf(before) : [];
  if (isStraight && items && items.length < maxYieldedItems && !readInParts(frame.linked).has(frame.id))
    return list([...items, it]);
  return before ? join(before, list([], it)) : list([], it);
}

/** The generators of which some call's result is read in several places. Each one consumes items, so the indexes shift. */
const readInParts: (linked: Linked) => ReadonlySet<number> = memoized((linked) => {
  const { instructions } = linked.program;
  const generators = new Set<number>();
  instructions.each('yield', (_, { id }) => {
    generators.add(id);
  });
  const all = new Set<number>();
  if (generators.size === 0) return all;
  const readings = new Map<number, Readings>();
  instructions.each('call', (_, { id, func }, value) => {
    for (const target of linked.targets(id, value)) {
      if (!generators.has(target.func)) continue;
      const known = readings.get(id) ?? readingsOf(linked, id, func);
      readings.set(id, known);
      if ((known.get(value)?.size ?? 0) > 1) all.add(target.func);
    }
  });
  return all;
});

/** For each value number, the names of the reads that consume items. Reads with the same name count as one. */
type Readings = ReadonlyMap<number, ReadonlySet<string>>;

function readingsOf(linked: Linked, id: number, func: Func): Readings {
  const canonical = valueNumbersOf(func);
  const all = new Map<number, Set<string>>();
  const places = new Set<string>();
  const add = (value: ValueId, ...names: readonly string[]): void => {
    const of = canonical[value] as number;
    const known = all.get(of) ?? new Set();
    for (const name of names) known.add(name);
    all.set(of, known);
  };
  func.code.forEach((inst, value) => {
    for (const operand of operandsOf(inst)) {
      if (inst.op !== 'cell-store' && canonical[value] === canonical[operand]) continue;
      if (inst.op === 'effect') continue;
      if (isKept(linked, id, value, inst, operand)) add(operand, 'kept', 'read later');
      else if (isNext(func, inst, operand)) add(operand, 'next');
      else if ((inst.op === 'index' || inst.op === 'slice') && operand === inst.object) {
        // `[first, second] = steps` reads each index once: that is one read.
        const place = `${canonical[operand]} ${inst.op} ${canonical[inst.op === 'index' ? inst.key : (inst.from ?? 0)]}`;
        add(operand, places.has(place) ? `again ${value}` : 'apart');
        places.add(place);
      } else add(operand, String(value));
    }
  });
  for (const { end } of func.blocks)
    if (end.kind === 'return' || end.kind === 'throw') add(end.value, 'kept', 'read later');
  return all;
}

const keepers: ReadonlySet<string> = new Set(['append', 'push', 'add', 'put', 'set', 'insert', 'appendleft']);

/** Whether an operand is stored or passed on whole, so that it may be read again elsewhere. */
function isKept(linked: Linked, id: number, value: ValueId, inst: Inst, operand: ValueId): boolean {
  switch (inst.op) {
    case 'call': {
      if (operand === inst.callee) return false;
      const callee = linked.program.functions[id]?.func.code[inst.callee];
      return (callee?.op === 'member' && keepers.has(callee.name)) || linked.targets(id, value).length > 0;
    }
    case 'list':
      return inst.spread.length > maxSpreadItems || !inst.spread.some((at) => inst.items[at] === operand);
    case 'store':
    case 'store-index':
      return operand === inst.value;
    case 'object':
    case 'class':
    case 'phi':
    case 'cell-store':
    case 'yield':
      return true;
    default:
      return false;
  }
}

/** Python's `next(steps)` takes one item and leaves the rest. */
function isNext(func: Func, inst: Inst, operand: ValueId): inst is Inst & Call {
  if (inst.op !== 'call' || inst.args[0] !== operand) return false;
  const callee = func.code[inst.callee];
  return callee?.op === 'global' && callee.name === 'next';
}

/**
 * The result of Python's `next(steps)` or `next(steps, default)`. This is the first item if no other function reads the
 * iterator (see `isReadHere`) and the first item is known. Otherwise, it may be any item.
 */
export function nextOf({ frame, value, inst, args }: BuiltinCall): Abstract {
  const [steps = unknown, other] = args;
  const first = steps.shape === 'list' && steps.taints.length === 0 ? steps.fields?.get('0') : undefined;
  if (first && isReadHere(frame, inst.args[0])) {
    setMutated(frame, value, 0, slice(steps, 1, undefined));
    return other && steps.length === undefined ? join(first, other) : first;
  }
  const item = element(steps);
  // The remaining items have moved to other indexes.
  if (steps.shape === 'list' && steps.fields) setMutated(frame, value, 0, list([], item));
  return other ? join(item, other) : item;
}

/**
 * Whether only this function reads an iterator. True if the function creates the iterator by a call, does not let it
 * escape, and reads none of its members, such as `steps.send`.
 */
export function isReadHere(frame: FunctionView, iterator: ValueId | undefined): boolean {
  const made = iterator === undefined ? -1 : (frame.valueNumbers[iterator] as number);
  return (
    made >= 0 && frame.inst(made).op === 'call' && !escapes(frame, made) && !withMethods(frame.func).has(made)
  );
}

/** The values that a function reads a member of: `steps.send(None)`. */
const withMethods: (func: Func) => ReadonlySet<number> = memoized((func) => {
  const numbers = valueNumbersOf(func);
  const found = new Set<number>();
  for (const inst of func.code) if (inst.op === 'member') found.add(numbers[inst.object] as number);
  return found;
});
