import type { Abstract } from '../../dataflow/domain/abstract.ts';
import { concatenated, element, list } from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Inst } from '../../ir/ir.ts';

/**
 * The value of a list literal, such as `[a, b]` or `[first, *others]`, or of a set literal, such as Python's `{a, b}`. In a
 * list, the items before the first spread of unknown length keep their index.
 */
export function listValue(frame: FunctionView, inst: Inst & { op: 'list' }): Abstract {
  const items = inst.items.map((item) => frame.use(item));
  if (inst.isMany) return list([], items[0]);
  if (inst.spread.length === 0 && inst.kind !== 'set') return list(items);
  const spread = new Set(inst.spread);
  const lists = items.map((item, i) => (spread.has(i) ? item : list([item])));
  if (inst.kind !== 'set') return concatenated(lists);
  const all = lists.map((one) => element(one));
  return list([], all.length > 0 ? all.reduce((a, b) => join(a, b)) : undefined);
}
