import type { Func, Inst, ValueId } from '../ir/ir.ts';

/** The values that an instruction is made of. */
export function operandsOf(inst: Inst): readonly ValueId[] {
  switch (inst.op) {
    case 'member':
    case 'slice':
      return [inst.object];
    case 'index':
      return [inst.object, inst.key];
    case 'store':
      return [inst.object, inst.value];
    case 'store-index':
      return [inst.object, inst.key, inst.value];
    case 'call':
      return [inst.callee, ...inst.args];
    case 'effect':
      return [inst.call, inst.value];
    case 'binary':
      return [inst.left, inst.right];
    case 'unary':
    case 'cell-store':
    case 'await':
    case 'yield':
    case 'element':
    case 'key':
    case 'typed':
      return [inst.value];
    case 'text':
      return inst.parts;
    case 'list':
      return inst.items;
    case 'object':
      return [...inst.values, ...inst.keys.filter((key) => typeof key === 'number')];
    case 'class':
      return [...inst.bases, ...inst.values];
    case 'phi':
      return inst.inputs;
    default:
      return [];
  }
}

/** Where each value of a function is used, and whether it is returned. */
export interface Users {
  readonly of: readonly (readonly ValueId[] | undefined)[];
  readonly returned: ReadonlySet<ValueId>;
}

const known = new WeakMap<Func, Users>();

export function usersOf(func: Func): Users {
  const old = known.get(func);
  if (old) return old;
  const of: (ValueId[] | undefined)[] = new Array(func.code.length);
  func.code.forEach((inst, user) => {
    for (const value of operandsOf(inst)) {
      const list = of[value];
      if (!list) of[value] = [user];
      else if (list[list.length - 1] !== user) list.push(user);
    }
  });
  const returned = new Set<ValueId>();
  for (const { end } of func.blocks) if (end.kind === 'return') returned.add(end.value);
  const users = { of, returned };
  known.set(func, users);
  return users;
}
