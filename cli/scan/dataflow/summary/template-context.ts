import type { Call } from '../../ir/ir.ts';
import { isStepOf, type TemplateContext } from '../../models/api.ts';
import type { Step } from '../../models/parse-path.ts';
import type { Abstract } from '../domain/abstract.ts';
import { load, object, store } from '../domain/entries.ts';
import { join } from '../domain/join.ts';
import { joinTaints } from '../domain/taint.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * The context object that a call passes to a template. It has the entries of positional objects and the keyword arguments. Later
 * arguments hide earlier ones.
 */
export function contextOf(
  _frame: FunctionView,
  { positional, keywords }: TemplateContext,
  inst: Call,
  args: readonly Abstract[],
): Abstract {
  let made: Abstract | undefined;
  args.forEach((arg, i) => {
    const name = inst.names?.[i] ?? null;
    const isSpread = inst.spread?.includes(i) ?? false;
    if (positional.some((step) => isArgument(step, i, name)) || (keywords && isSpread && name !== null))
      made = made ? over(made, arg) : arg;
    else if (keywords && name !== null && !isSpread) made = store(made ?? object([]), name, arg);
  });
  return made ?? object([]);
}

function isArgument(step: Step, position: number, name: string | null): boolean {
  return step.kind === 'argument' && isStepOf({ from: undefined, ...step, to: [] }, position, name);
}

/** The entries of `base`, hidden by those of `top`. An entry that `top` may or may not have is joined. */
function over(base: Abstract, top: Abstract): Abstract {
  let made: Abstract = {
    ...top,
    consts: undefined,
    length: undefined,
    taints: joinTaints(base.taints, top.taints),
    rest: base.rest && top.rest ? join(base.rest, top.rest) : (base.rest ?? top.rest),
  };
  for (const [name, field] of base.fields ?? []) {
    if (!top.fields?.has(name)) made = store(made, name, mayHide(top) ? join(field, load(top, name)) : field);
  }
  return made;
}

function mayHide(top: Abstract): boolean {
  return top.rest !== undefined || top.taints.length > 0;
}
