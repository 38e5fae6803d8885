import { maxBoundArguments, maxPartialCallDepth } from '../budgets/ir.ts';
import type { Call, Inst, ValueId } from './ir.ts';

/**
 * Replaces each call of a partially applied function with a direct call: `partial(run, shell=True)(line)` becomes
 * `run(line, shell=True)`. The call of `functools.partial(f, a)` or `f.bind(self, a)` must be in the same function.
 */
export function mergePartialCalls(code: Inst[]): void {
  let moved: Map<ValueId, readonly ValueId[]> | undefined;
  for (let value = 0; value < code.length; value++) {
    const inst = code[value] as Inst;
    if (inst.op !== 'call' || inst.isDecorator || inst.quasis) continue;
    let merged: Inst & Call = inst;
    for (let depth = 0; depth < maxPartialCallDepth; depth++) {
      const bound = boundCall(code, merged.callee);
      if (!bound) break;
      merged = withBound(bound, merged);
    }
    if (merged === inst) continue;
    code[value] = merged;
    moved ??= new Map();
    moved.set(value, inst.args);
  }
  if (!moved) return;
  const were = moved;
  code.forEach((inst, value) => {
    const args = inst.op === 'effect' && inst.arg >= 0 ? were.get(inst.call) : undefined;
    const merged = inst.op === 'effect' ? code[inst.call] : undefined;
    if (inst.op !== 'effect' || !args || merged?.op !== 'call') return;
    const arg = merged.args.lastIndexOf(args[inst.arg] as ValueId);
    code[value] = { ...inst, arg };
  });
}

interface Bound {
  readonly callee: ValueId;
  readonly args: readonly Argument[];
}

interface Argument {
  readonly value: ValueId;
  readonly name: string | null;
  readonly isSpread: boolean;
}

function argumentsOf({ args, names, spread }: Call): Argument[] {
  return args.map((value, i) => ({
    value,
    name: names?.[i] ?? null,
    isSpread: spread?.includes(i) ?? false,
  }));
}

/** The bound function of a value, and its bound arguments. */
function boundCall(code: readonly Inst[], value: ValueId): Bound | undefined {
  const made = code[value];
  if (made?.op !== 'call' || made.isNew || made.isDecorator) return undefined;
  const by = code[made.callee];
  const isBind = by?.op === 'member' && by.name === 'bind';
  if (isBind ? mayHaveOwn(code, by.object) : !isPartial(code, by)) return undefined;
  const [first, ...args] = argumentsOf(made);
  if (!first || first.name !== null || first.isSpread || args.length > maxBoundArguments) return undefined;
  return { callee: isBind ? by.object : first.value, args };
}

/** The result of a call may have a method `bind` of its own, unless the call binds a function itself. */
function mayHaveOwn(code: readonly Inst[], object: ValueId): boolean {
  const made = code[object];
  const by = made?.op === 'call' ? code[made.callee] : undefined;
  return made?.op === 'call' && !(by?.op === 'member' && by.name === 'bind') && !isPartial(code, by);
}

function isPartial(code: readonly Inst[], by: Inst | undefined): boolean {
  if (by?.op === 'import') return by.specifier === 'functools' && by.name === 'partial';
  if (by?.op !== 'member' || by.name !== 'partial') return false;
  const object = code[by.object];
  return object?.op === 'import' && object.specifier === 'functools' && object.name === '*';
}

function withBound({ callee, args: bound }: Bound, call: Inst & Call): Inst & Call {
  const own = argumentsOf(call);
  // A keyword argument of the call overrides a bound one.
  const kept = bound.filter(({ name }) => name === null || !own.some((one) => one.name === name));
  const isPositional = ({ name }: Argument): boolean => name === null;
  const both = [...kept, ...own];
  const all = [...both.filter(isPositional), ...both.filter((one) => !isPositional(one))];
  const { names: _, spread: __, ...rest } = call;
  const spread = all.flatMap(({ isSpread }, i) => (isSpread ? [i] : []));
  return {
    ...rest,
    callee,
    args: all.map(({ value }) => value),
    ...(all.some(({ name }) => name !== null) ? { names: all.map(({ name }) => name) } : {}),
    ...(spread.length > 0 ? { spread } : {}),
  };
}
