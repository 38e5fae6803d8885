import { maxLookupFunctionSize } from '../../budgets/dataflow.ts';
import type { Func, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { Abstract } from '../domain/abstract.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * The constant that a project function returns for constant arguments, such as `option('digest')`. Only small functions
 * that look up an entry or compare a parameter are tried. Undefined if the result is not constant or the function has
 * effects.
 * @param id the function
 */
export function constantCall(
  frame: FunctionView,
  id: number,
  args: readonly Abstract[],
): Abstract | undefined {
  const { engine } = frame;
  const func = engine.linked.program.functions[id]?.func;
  // A function that is itself analysed for one call uses the summary for all calls, so that analyses do not nest.
  if (!func || frame.callArguments || args.length === 0 || !args.every(isConstant) || !decides(func))
    return undefined;
  const before = engine.outline(id) ?? engine.summary(id);
  if (!before || isConstant(before.returns)) return undefined;
  if (before.effects.length + before.cells.length + before.callbacks.length > 0) return undefined;
  frame.work += 5;
  const { view, summary } = engine.analyseApart(id, {
    isConstantPass: true,
    demanded: nothing,
    callArguments: args,
  });
  return !view.meetsSource && isConstant(summary.returns) ? summary.returns : undefined;
}

const nothing: ReadonlySet<number> = new Set();

function isConstant(it: Abstract | undefined): it is Abstract {
  return it?.consts?.length === 1 && it.taints.length === 0;
}

/** Whether a parameter is the key of a lookup or is compared by a condition. */
const decides: (func: Func) => boolean = memoized(
  (func) => func.code.length <= maxLookupFunctionSize && !func.async && !func.generator && isDecided(func),
);

function isDecided({ code }: Func): boolean {
  const isParam = (value: ValueId): boolean => code[value]?.op === 'param';
  return code.some((inst) => {
    switch (inst.op) {
      case 'index':
        return isParam(inst.key);
      case 'call': {
        const callee = code[inst.callee];
        return callee?.op === 'member' && callee.name === 'get' && inst.args.some(isParam);
      }
      case 'binary':
        return (
          (inst.operator === '==' || inst.operator === '!=') && (isParam(inst.left) || isParam(inst.right))
        );
      default:
        return false;
    }
  });
}
