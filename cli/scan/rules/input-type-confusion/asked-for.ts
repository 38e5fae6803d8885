import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Func, ValueId } from '../../ir/ir.ts';
import { callsWith, isAskedIn } from './same-uses.ts';

const maxTargets = 4;
const maxCalls = 12;

/**
 * Whether the code checks the type of a value. The check may be in the function with the value, in the function that
 * returned the value, or in one that the value is passed to.
 */
export function isAskedFor(frame: FunctionView, value: ValueId): boolean {
  const { func } = frame;
  if (isAskedIn(func, value)) return true;
  // `requireText(req.body, 'name')`
  if (
    inside(frame, made(func, value)).some(({ func: inner }) =>
      returned(inner).some((one) => isAskedIn(inner, one)),
    )
  )
    return true;
  // `refuseList(name)`
  return callsWith(func, value)
    .slice(0, maxCalls)
    .some(({ call, position }) =>
      inside(frame, call).some(({ func: inner, shift }) => isParamAsked(inner, position - shift)),
    );
}

/** The call that a value comes from, without later effects and type annotations. */
function made(func: Func, value: ValueId): ValueId {
  let at = value;
  for (let hop = 0; hop < 6; hop++) {
    const inst = func.code[at];
    if (inst?.op !== 'typed' && inst?.op !== 'effect' && inst?.op !== 'await') break;
    at = inst.value;
  }
  return at;
}

interface Target {
  readonly func: Func;
  readonly shift: number;
}

/** The functions of the project that a call runs. */
function inside({ linked, id, func }: FunctionView, call: ValueId): readonly Target[] {
  if (func.code[call]?.op !== 'call') return [];
  return linked
    .targets(id, call)
    .slice(0, maxTargets)
    .flatMap((target): Target[] => {
      const inner = target.makes < 0 ? linked.program.functions[target.func]?.func : undefined;
      return inner ? [{ func: inner, shift: target.shift }] : [];
    });
}

function returned(func: Func): ValueId[] {
  return func.blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : []));
}

function isParamAsked(func: Func, index: number): boolean {
  return func.code.some(
    (inst, value) => inst.op === 'param' && inst.index === index && isAskedIn(func, value),
  );
}
