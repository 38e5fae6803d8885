import type { Func, Inst, ValueId } from '../ir/ir.ts';
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
  const add = (value: ValueId): void => {
    all.add(frame.canonical[value] as number);
    const inst = frame.inst(value);
    // `target=waiting.put`
    if (inst.op === 'member') all.add(frame.canonical[inst.object] as number);
  };
  for (const inst of frame.func.code) for (const value of handedOnBy(inst)) add(value);
  for (const { end } of frame.func.blocks) if (end.kind === 'return' || end.kind === 'throw') add(end.value);
  return all;
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
