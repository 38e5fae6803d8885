import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import { valueNumbersOf } from '../../ir/query/value-numbers.ts';
import { libraryName } from '../query/library-name.ts';
import type { FunctionView } from '../view/function-view.ts';

interface EscapingValues {
  readonly all: ReadonlySet<number>;
  /** Values that may change in a loop or in several branches, but do not escape otherwise. */
  readonly repeated: ReadonlySet<number>;
}

/**
 * Whether an object escapes: it is passed to a call, stored or returned, or is one of several objects that a variable may
 * hold. Then its state does not follow from the order of the instructions alone.
 * @param repeatedly whether an object that is mutated in a loop or in several branches, and does not escape otherwise, counts as
 * escaping
 */
export function escapes(
  frame: FunctionView,
  made: ValueId,
  repeatedly: 'escapes' | 'stays' = 'escapes',
): boolean {
  const { all, repeated } = escapingValues(frame.linked, frame.info);
  const same = frame.valueNumbers[made] as number;
  return all.has(same) || (repeatedly === 'escapes' && repeated.has(same));
}

const escapingValues: (linked: Linked, info: FuncInfo) => EscapingValues = memoizedPair((linked, info) => {
  const { code, blocks } = info.func;
  const numbers = valueNumbersOf(info.func);
  const all = new Set<number>();
  const repeated = new Set<number>();
  const changed = new Set<ValueId>();
  const taken = new Set<ValueId>();
  const add = (value: ValueId): void => {
    all.add(numbers[value] as number);
    const inst = code[value];
    // `target=waiting.put`: the receiver escapes with the method.
    if (inst?.op === 'member') all.add(numbers[inst.object] as number);
  };
  code.forEach((inst, value) => {
    if (inst.op === 'phi' && inst.inputs.every((input) => numbers[input] === numbers[value])) {
      repeated.add(numbers[value] as number);
      return;
    }
    const [next, ...more] = inst.op === 'call' && isNext(linked, info, inst) ? inst.args : [];
    if (next === undefined) for (const value of escapingOperands(inst)) add(value);
    else {
      // A second read of the same state means that the value has two names.
      if (taken.has(next)) add(next);
      taken.add(next);
      more.forEach(add);
    }
    // Each change of a local variable makes a new value. A second change of the same value is in another branch or round.
    if (inst.op === 'effect' && changed.has(inst.value)) repeated.add(numbers[inst.value] as number);
    if (inst.op === 'effect') changed.add(inst.value);
  });
  for (const { end } of blocks) if (end.kind === 'return' || end.kind === 'throw') add(end.value);
  return { all, repeated };
});

/** Python's `next(steps)` and `islice(steps, 2)` take items and do not keep the iterator. */
function isNext(linked: Linked, info: FuncInfo, { callee }: Call): boolean {
  const inst = info.func.code[callee] as Inst;
  return inst.op === 'global'
    ? inst.name === 'next'
    : libraryName({ linked, info, func: info.func }, inst) === 'itertools.islice';
}

function escapingOperands(inst: Inst): readonly ValueId[] {
  switch (inst.op) {
    case 'call':
      return inst.args;
    case 'list':
      return inst.items;
    case 'object':
    case 'class':
      return inst.values;
    case 'phi':
      return inst.inputs;
    case 'store':
    case 'store-index':
    case 'cell-store':
    case 'yield':
    case 'element':
      return [inst.value];
    default:
      return none;
  }
}

const none: readonly ValueId[] = Object.freeze([]);
