import { type Abstract, unknown } from '../../dataflow/domain/abstract.ts';
import { element } from '../../dataflow/domain/entries.ts';
import { constants } from '../../dataflow/domain/join.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';
import { textOf } from './text.ts';

/** The value of `', '.join(list)` and `list.join(', ')`: the items, with the separator between them. */
export function joined(call: BuiltinCall): Abstract {
  const { frame, inst, args, receiver } = call;
  const { itemsAreReceivers } = frame.language;
  const items = itemsAreReceivers || inst.args.length === 0 ? receiver : (args[0] ?? unknown);
  const separator = itemsAreReceivers ? (args[0] ?? constants([','])) : receiver;
  if (items.length !== undefined && items.fields && items.length <= 40) {
    const parts: Abstract[] = [];
    for (let i = 0; i < items.length; i++) {
      if (i > 0) parts.push(separator);
      parts.push(items.fields.get(String(i)) ?? unknown);
    }
    return parts.length === 0 ? constants(['']) : textOf(frame, inst, parts);
  }
  // `[path, *rest]`
  const first = items.fields?.get('0') ?? element(items);
  return textOf(frame, inst, [first, separator, element(items)]);
}
