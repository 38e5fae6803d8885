import type { Call, Func, Inst, ValueId } from '../ir/ir.ts';
import type { Frame } from './frame.ts';

const known = new WeakMap<Func, ReadonlySet<number>>();

/**
 * Whether something that a function makes may be changed elsewhere, or in an order that is not told here: it is passed
 * on, kept somewhere, returned, or one of several that a variable may hold.
 */
export function escapes(frame: Frame, made: ValueId): boolean {
  let all = known.get(frame.func);
  if (!all) {
    all = handedOn(frame);
    known.set(frame.func, all);
  }
  return all.has(frame.canonical[made] as number);
}

function handedOn(frame: Frame): ReadonlySet<number> {
  const all = new Set<number>();
  const changed = new Set<string>();
  const add = (value: ValueId): void => {
    all.add(frame.canonical[value] as number);
    const inst = frame.inst(value);
    // `target=waiting.put`
    if (inst.op === 'member') all.add(frame.canonical[inst.object] as number);
  };
  // What is changed twice from the same state on has two names.
  const change = (kind: string, value: ValueId): void => {
    const key = `${kind} ${value}`;
    if (changed.has(key)) add(value);
    changed.add(key);
  };
  for (const inst of frame.func.code) {
    const [next, ...more] = inst.op === 'call' && isNext(frame, inst) ? inst.args : [];
    if (next === undefined) for (const value of handedOnBy(inst)) add(value);
    else {
      change('next', next);
      more.forEach(add);
    }
    if (inst.op === 'effect') change('effect', inst.value);
  }
  for (const { end } of frame.func.blocks) if (end.kind === 'return' || end.kind === 'throw') add(end.value);
  return all;
}

/** Python's `next(steps)` takes one, and keeps none. */
function isNext(frame: Frame, { callee }: Call): boolean {
  const inst = frame.inst(callee);
  return inst.op === 'global' && inst.name === 'next';
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
