import type { Inst, ValueId } from './ir.ts';

/** The values that an instruction reads. */
export function operandsOf(inst: Inst): readonly ValueId[] {
  switch (inst.op) {
    case 'member':
      return [inst.object];
    case 'slice':
      return [inst.object, inst.from, inst.to, inst.step].filter((one) => one !== undefined);
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
    case 'caught':
      return inst.type < 0 ? [] : [inst.type];
    default:
      return [];
  }
}
