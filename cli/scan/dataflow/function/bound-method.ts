import { maxBoundArguments, maxPartialDepth } from '../../budgets/dataflow.ts';
import { isPartial } from '../../callgraph/query/bound-arguments.ts';
import { instAt, origin, type Place } from '../../callgraph/query/called-on.ts';
import type { Call, Inst } from '../../ir/ir.ts';
import { type Abstract, constText } from '../domain/abstract.ts';
import { literalOf } from '../query/literal.ts';
import type { FunctionView } from '../view/function-view.ts';

/** A call of a `partial`, rewritten as the method call that it makes. `args` has the bound arguments too. */
export interface MethodCall {
  readonly inst: Inst & Call;
  readonly name: string;
  readonly receiver: Abstract;
  readonly args: readonly Abstract[];
}

/**
 * Rewrites a call of a `partial` as the method call that it makes. With `build = partial("{verb} {unit}".format,
 * verb="status")`: `build(unit=name)` -> `"{verb} {unit}".format(verb="status", unit=name)`. Undefined unless the `partial`
 * is in a shared variable and binds a method of a string literal.
 */
export function boundMethod(
  { linked, id, func }: FunctionView,
  inst: Inst & Call,
  args: readonly Abstract[],
): MethodCall | undefined {
  const { op } = func.code[inst.callee] as Inst;
  if (op !== 'cell-load' && op !== 'import') return undefined;
  let place: Place = origin(linked, { func: id, value: inst.callee });
  let merged: MethodCall = { inst, name: '', receiver: literalOf(linked, place), args };
  for (let depth = 0; depth < maxPartialDepth; depth++) {
    const made = instAt(linked, place);
    if (made?.op === 'member') {
      const receiver = literalOf(linked, { func: place.func, value: made.object });
      return constText(receiver) === undefined ? undefined : { ...merged, name: made.name, receiver };
    }
    const [of] = made?.op === 'call' ? made.args : [];
    if (made?.op !== 'call' || of === undefined || made.spread || made.args.length > maxBoundArguments)
      return undefined;
    if (!isPartial(linked, place.func, made)) return undefined;
    const { func } = place;
    merged = withBound(merged, made, (value) => literalOf(linked, { func, value }));
    place = origin(linked, { func, value: of });
  }
  return undefined;
}

/** The call with the arguments that a `partial` binds. A keyword argument of the call replaces the bound one. */
function withBound(call: MethodCall, bound: Call, known: (value: number) => Abstract): MethodCall {
  const own = call.args.map((arg, i) => ({ arg, name: call.inst.names?.[i] ?? null }));
  const before = bound.args.slice(1).map((value, i) => ({
    arg: known(value),
    name: bound.names?.[i + 1] ?? null,
  }));
  const kept = before.filter(({ name }) => name === null || own.every((one) => one.name !== name));
  const all = [
    ...kept.filter(({ name }) => name === null),
    ...own,
    ...kept.filter(({ name }) => name !== null),
  ];
  // Arguments bound elsewhere have no value in this function; the callee stands in for them.
  const values = all.map(({ arg }) => call.inst.args[call.args.indexOf(arg)] ?? call.inst.callee);
  return {
    ...call,
    args: all.map(({ arg }) => arg),
    inst: { ...call.inst, args: values, names: all.map(({ name }) => name) },
  };
}
