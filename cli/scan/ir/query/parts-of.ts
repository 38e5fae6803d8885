import { maxPartSteps } from '../../budgets/ir.ts';
import type { Inst, ValueId } from '../ir.ts';
import { memoized } from '../memoized.ts';
import { transitive } from './transitive.ts';

/** What a value is made of within its function. */
export interface Parts {
  /** The values that it may be itself, without the variables and stores that they went through. */
  readonly values: readonly ValueId[];
  /** The values that an object holds: `const api = { get }; api.put = put; return api;` -> `get` and `put`. */
  readonly members: readonly ValueId[];
}

/** The parts of a value. Members whose names begin with `_` are left out, as they are private. */
export function partsOf(code: readonly Inst[], value: ValueId): Parts {
  const values: ValueId[] = [];
  const members: ValueId[] = [];
  transitive([value], maxPartSteps, (at): readonly ValueId[] => {
    const inst = code[at] as Inst;
    switch (inst.op) {
      case 'effect':
      case 'typed':
      case 'cell-store':
      case 'await':
        return [inst.value];
      case 'store':
        if (!inst.name.startsWith('_')) members.push(inst.value);
        return [inst.object];
      case 'store-index':
        return [inst.object];
      case 'phi':
        return inst.inputs;
      case 'cell-load':
        values.push(at);
        return storesByCell(code).get(inst.cell) ?? [];
      case 'object':
        members.push(...inst.values.filter((_, i) => !String(inst.keys[i]).startsWith('_')));
        values.push(at);
        return [];
      default:
        values.push(at);
        return [];
    }
  });
  return { values, members };
}

/** The stores into each variable in the code of a function. */
const storesByCell = memoized((code: readonly Inst[]): ReadonlyMap<number, readonly ValueId[]> => {
  const all = new Map<number, ValueId[]>();
  code.forEach((inst, id) => {
    if (inst.op !== 'cell-store') return;
    const known = all.get(inst.cell);
    if (known) known.push(id);
    else all.set(inst.cell, [id]);
  });
  return all;
});

/** `Parser.prototype`, also after stores into it -> `Parser`. Undefined for other values. */
export function prototypeOf(code: readonly Inst[], value: ValueId): ValueId | undefined {
  for (const one of partsOf(code, value).values) {
    const inst = code[one];
    if (inst?.op === 'member' && inst.name === 'prototype') return inst.object;
  }
  return undefined;
}
