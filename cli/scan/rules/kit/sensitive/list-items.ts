import type { Func, ValueId } from '../../../ir/ir.ts';

/** Longer chains of writes to a list are not followed. */
const maxSteps = 60;

/**
 * The values that one item of a list literal may have. Later writes to the item count: `both[1] = str(both[1])`. Undefined
 * if they are unknown, such as when another function creates the list, or when its items may have moved.
 */
export function itemsAt(func: Func, list: ValueId, index: number): readonly ValueId[] | undefined {
  const items: ValueId[] = [];
  const seen = new Set<ValueId>();
  const left = [list];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (seen.has(value)) continue;
    if (seen.size >= maxSteps) return undefined;
    seen.add(value);
    const inst = func.code[value];
    if (inst?.op === 'list') {
      if (inst.spread.length > 0 || inst.isMany) return undefined;
      const item = inst.items.at(index);
      if (item !== undefined) items.push(item);
    } else if (inst?.op === 'store-index') {
      const key = func.code[inst.key];
      // `pair[-1]` may be `pair[1]`, and the length of the list is unknown.
      if (key?.op !== 'const' || isFromEnd(key.value) !== isFromEnd(index)) return undefined;
      if (key.value === index) items.push(inst.value);
      else left.push(inst.object);
    } else if (inst?.op === 'phi') left.push(...inst.inputs);
    else if (inst?.op === 'effect' && keepsItems(func, inst.call, inst.arg)) left.push(inst.value);
    else return undefined;
  }
  return items;
}

function isFromEnd(index: unknown): boolean {
  return typeof index === 'number' && index < 0;
}

/** Whether a call leaves the items of a list where they are: it gets the list as an argument, or adds to its end. */
function keepsItems({ code }: Func, call: ValueId, arg: number): boolean {
  const inst = code[call];
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  return (
    arg >= 0 || (callee?.op === 'member' && /^(?:append|extend|push|copy|index|count)$/.test(callee.name))
  );
}
