import type { Linked } from '../../callgraph/linked.ts';
import type { Func, Inst, ValueId } from '../../ir/ir.ts';

/** Matches the names of methods that only test a value. */
export const tests: RegExp = /^(startsWith|endsWith|includes|indexOf|test|hasOwnProperty)$/;
/** Matches the names of methods that derive another value from their receiver. */
export const changes: RegExp =
  /^(toLowerCase|toUpperCase|trim|toString|replace|slice|split|substring|valueOf)$/;
const reads = /^(parse|isArray|keys|String|Number|Boolean|Object)$/;

/**
 * Whether any of these functions has an effect: it stores a value, or calls something that does more than test, convert or
 * log a value.
 */
export function acts(linked: Linked, functions: ReadonlySet<number>): boolean {
  for (const id of functions) {
    const func = linked.program.functions[id]?.func;
    if (func?.code.some((inst, value) => isAct(linked, functions, id, func, inst, value))) return true;
  }
  return false;
}

function isAct(
  linked: Linked,
  functions: ReadonlySet<number>,
  id: number,
  func: Func,
  inst: Inst,
  value: ValueId,
): boolean {
  switch (inst.op) {
    case 'cell-store':
      return true;
    case 'store':
    case 'store-index':
      return !isPutBack(func, inst.value);
    case 'call': {
      const callee = func.code[inst.callee];
      const name = callee?.op === 'member' || callee?.op === 'global' ? callee.name : '';
      const object = callee?.op === 'member' ? func.code[callee.object] : undefined;
      if (isLog(name, object) || tests.test(name) || changes.test(name) || reads.test(name)) return false;
      const targets = linked.targets(id, value);
      return targets.length === 0 || !targets.every((target) => functions.has(target.func));
    }
    default:
      return false;
  }
}

const maxHops = 8;

/**
 * Whether a stored value is only the object that a method was called on. The IR adds such a store after a call that may
 * change its object: after `event.data.items.sort()`, it stores `items` in `event.data` again.
 */
export function isPutBack(func: Func, value: ValueId): boolean {
  let inst = func.code[value];
  for (let hop = 0; hop < maxHops && (inst?.op === 'store' || inst?.op === 'store-index'); hop++)
    inst = func.code[inst.value];
  return inst?.op === 'effect';
}

export function isLog(name: string, object: Inst | undefined): boolean {
  if (/^(debug|log|trace)$/i.test(name)) return true;
  const owner = object?.op === 'global' || object?.op === 'member' ? object.name : '';
  return /^(console|log|logger)$/i.test(owner);
}
