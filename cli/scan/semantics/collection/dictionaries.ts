import type { Abstract } from '../../dataflow/domain/abstract.ts';
import { object, ofPairs, store } from '../../dataflow/domain/entries.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Call } from '../../ir/ir.ts';
import { spread } from './object-value.ts';

/**
 * The value of `dict(first, key=value, **more)`: later entries replace earlier ones. The first `skip` positional arguments are
 * not entries.
 */
export function dictionary(
  _frame: FunctionView,
  inst: Call,
  args: readonly Abstract[],
  skip: number,
): Abstract {
  const [only] = args;
  // A plain copy keeps everything that is known of its argument.
  if (args.length === 1 && skip === 0 && only && !inst.names) return entriesOf(only);
  let made = object([]);
  args.forEach((arg, i) => {
    const name = inst.names?.[i] ?? null;
    if (name !== null && !inst.spread?.includes(i)) made = store(made, name, arg);
    else if (i >= skip) made = spread(made, entriesOf(arg));
  });
  return made;
}

function entriesOf(it: Abstract): Abstract {
  return it.shape === 'list' && it.taints.length === 0 ? ofPairs(it) : it;
}
