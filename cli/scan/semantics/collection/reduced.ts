import { maxReducedItems } from '../../budgets/semantics.ts';
import { type Abstract, constant } from '../../dataflow/domain/abstract.ts';
import { itemsOf } from '../../dataflow/domain/entries.ts';
import { invoke } from '../../dataflow/summary/apply.ts';
import type { ValueId } from '../../ir/ir.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';

/** The result of reducing a short list item by item; undefined if it is longer or not fully known. */
export function reduced(
  { frame, value, inst }: BuiltinCall,
  callback: ValueId,
  items: Abstract,
  start: Abstract | undefined,
): Abstract | undefined {
  if (items.length === undefined || items.length > maxReducedItems || items.taints.length > 0)
    return undefined;
  const all = itemsOf(items);
  let made = start ?? all.shift();
  const skipped = start ? 0 : 1;
  all.forEach((item, i) => {
    made = invoke(frame, value, inst, callback, [made as Abstract, item, constant(i + skipped), items]);
  });
  return made;
}
