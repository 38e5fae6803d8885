import type { Inst, ValueId } from './ir.ts';

/** The instruction with each value that it reads replaced. The same object where none is another. */
export function mapOperands(inst: Inst, to: (value: ValueId) => ValueId): Inst {
  const all = (values: readonly ValueId[]): readonly ValueId[] => {
    let mapped: ValueId[] | undefined;
    for (let i = 0; i < values.length; i++) {
      const value = to(values[i] as ValueId);
      if (value === values[i]) continue;
      mapped ??= [...values];
      mapped[i] = value;
    }
    return mapped ?? values;
  };
  switch (inst.op) {
    case 'class':
      return { ...inst, bases: all(inst.bases), values: all(inst.values) };
    case 'slice':
      return {
        ...inst,
        object: to(inst.object),
        ...(inst.from === undefined ? {} : { from: to(inst.from) }),
        ...(inst.to === undefined ? {} : { to: to(inst.to) }),
        ...(inst.step === undefined ? {} : { step: to(inst.step) }),
      };
    case 'member':
      return to(inst.object) === inst.object ? inst : { ...inst, object: to(inst.object) };
    case 'index': {
      const [object, key] = [to(inst.object), to(inst.key)];
      return object === inst.object && key === inst.key ? inst : { ...inst, object, key };
    }
    case 'store': {
      const [object, value] = [to(inst.object), to(inst.value)];
      return object === inst.object && value === inst.value ? inst : { ...inst, object, value };
    }
    case 'store-index':
      return { ...inst, object: to(inst.object), key: to(inst.key), value: to(inst.value) };
    case 'call': {
      const args = all(inst.args);
      const callee = to(inst.callee);
      return args === inst.args && callee === inst.callee ? inst : { ...inst, callee, args };
    }
    case 'binary': {
      const [left, right] = [to(inst.left), to(inst.right)];
      return left === inst.left && right === inst.right ? inst : { ...inst, left, right };
    }
    case 'effect':
    case 'unary':
    case 'cell-store':
    case 'await':
    case 'yield':
    case 'element':
    case 'key':
    case 'typed':
      return to(inst.value) === inst.value ? inst : { ...inst, value: to(inst.value) };
    case 'text':
      return { ...inst, parts: all(inst.parts) };
    case 'list':
      return { ...inst, items: all(inst.items) };
    case 'object':
      return {
        ...inst,
        keys: inst.keys.map((key) => (typeof key === 'number' ? to(key) : key)),
        values: all(inst.values),
      };
    case 'phi':
      return { ...inst, inputs: all(inst.inputs) };
    case 'caught':
      return inst.type < 0 ? inst : { ...inst, type: to(inst.type) };
    default:
      return inst;
  }
}
