import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { libraryName } from '../query/library-name.ts';
import type { FunctionView } from '../view/function-view.ts';

interface HandedOn {
  readonly all: ReadonlySet<number>;
  /** Values that are passed on only between rounds of a loop or by merging branches. */
  readonly repeated: ReadonlySet<number>;
}

const known = new WeakMap<Func, HandedOn>();

/**
 * Whether an object escapes: it is passed to a call, stored, returned, or one of several that a variable may hold. Its state is
 * then not known by program order. With `told`, changes in a loop alone do not count.
 */
export function escapes(
  frame: FunctionView,
  made: ValueId,
  inLoops: 'told' | 'not-told' = 'not-told',
): boolean {
  let all = known.get(frame.func);
  if (!all) {
    all = handedOn(frame);
    known.set(frame.func, all);
  }
  const same = frame.valueNumbers[made] as number;
  return all.all.has(same) || (inLoops === 'not-told' && all.repeated.has(same));
}

function handedOn(frame: FunctionView): HandedOn {
  const all = new Set<number>();
  const repeated = new Set<number>();
  const changed = new Set<ValueId>();
  const taken = new Set<ValueId>();
  const add = (value: ValueId): void => {
    all.add(frame.valueNumbers[value] as number);
    const inst = frame.inst(value);
    // `target=waiting.put`: the receiver escapes with the method.
    if (inst.op === 'member') all.add(frame.valueNumbers[inst.object] as number);
  };
  frame.func.code.forEach((inst, value) => {
    if (inst.op === 'phi' && inst.inputs.every((input) => isSame(frame, input, value))) {
      repeated.add(frame.valueNumbers[value] as number);
      return;
    }
    const [next, ...more] = inst.op === 'call' && isNext(frame, inst) ? inst.args : [];
    if (next === undefined) for (const value of handedOnBy(inst)) add(value);
    else {
      // A second read of the same state means that the value has two names.
      if (taken.has(next)) add(next);
      taken.add(next);
      more.forEach(add);
    }
    // Each change of a local variable makes a new value. A second change of the same value is in another branch or round.
    if (inst.op === 'effect' && changed.has(inst.value))
      repeated.add(frame.valueNumbers[inst.value] as number);
    if (inst.op === 'effect') changed.add(inst.value);
  });
  for (const { end } of frame.func.blocks) if (end.kind === 'return' || end.kind === 'throw') add(end.value);
  return { all, repeated };
}

function isSame({ valueNumbers: canonical }: FunctionView, one: ValueId, other: ValueId): boolean {
  return canonical[one] === canonical[other];
}

/** Python's `next(steps)` and `islice(steps, 2)` take items and do not keep the iterator. */
function isNext(frame: FunctionView, { callee }: Call): boolean {
  const inst = frame.inst(callee);
  return inst.op === 'global' ? inst.name === 'next' : libraryName(frame, inst) === 'itertools.islice';
}

function handedOnBy(inst: Inst): readonly ValueId[] {
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
