import type { Func, Inst, ValueId } from '../../../ir/ir.ts';

const maxSteps = 60;
/** Methods that join their receiver and their arguments, or leave the receiver as it is. */
const joining = /^(join|format|concat|encode|decode|toString|trim|strip|update)$/;
/** Functions that return their argument in another form. */
const passing = /^(str|bytes|bytearray|String|from|stringify|dumps|TextEncoder|repr)$/;

/**
 * The parts of a text that are not constant, as far as the function builds the text itself: `f"{key}:{path}".encode()` ->
 * `key`, `path`.
 */
export function textParts(func: Func, value: ValueId): ValueId[] {
  const parts: ValueId[] = [];
  const seen = new Set<ValueId>([value]);
  const queue = [value];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const inst = func.code[at] as Inst;
    const inner = seen.size < maxSteps ? innerOf(func, inst) : undefined;
    if (!inner) {
      if (inst.op !== 'const') parts.push(at);
      continue;
    }
    for (const one of inner) {
      if (seen.has(one)) continue;
      seen.add(one);
      queue.push(one);
    }
  }
  return parts;
}

function innerOf(func: Func, inst: Inst): readonly ValueId[] | undefined {
  switch (inst.op) {
    case 'binary':
      return inst.operator === '+' || inst.operator === '%' ? [inst.left, inst.right] : undefined;
    case 'text':
      return inst.parts;
    case 'list':
      return inst.items;
    case 'object':
      return inst.values;
    case 'typed':
    case 'await':
    case 'effect':
      return [inst.value];
    case 'call': {
      const callee = func.code[inst.callee];
      if (callee?.op === 'member' && joining.test(callee.name)) return [callee.object, ...inst.args];
      const name = callee?.op === 'member' || callee?.op === 'global' ? callee.name : '';
      return passing.test(name) ? inst.args : undefined;
    }
    default:
      return undefined;
  }
}
