import { maxPartSteps } from '../../budgets/ir.ts';
import type { Inst, ValueId } from '../ir.ts';
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
        return code.flatMap((one, id) => (one.op === 'cell-store' && one.cell === inst.cell ? [id] : []));
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

/** `Parser.prototype`, also after stores into it -> `Parser`. Undefined for other values. */
export function prototypeOf(code: readonly Inst[], value: ValueId): ValueId | undefined {
  for (const one of partsOf(code, value).values) {
    const inst = code[one];
    if (inst?.op === 'member' && inst.name === 'prototype') return inst.object;
  }
  return undefined;
}
