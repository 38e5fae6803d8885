import type { Linked } from '../../callgraph/linked.ts';
import { origin } from '../../callgraph/query/called-on.ts';
import { callsOf, instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { operandsOf } from '../../ir/operands.ts';

const maxDepth = 6;

/**
 * Whether all calls of a function are known, although it is passed as an argument. Every function that receives it must
 * belong to the project. The receiver may only call it, or pass it to another function that meets these conditions.
 *
 * @param isOpen whether a function has unknown callers
 */
export function isCalledInSight(linked: Linked, func: number, isOpen: (func: number) => boolean): boolean {
  const results = answers(linked);
  const before = results.get(func);
  if (before !== undefined) return before;
  // A cycle has no known calls.
  results.set(func, false);
  const isKnown = (handings(linked).get(func) ?? []).every((place) => areKept(linked, place, isOpen, 0));
  results.set(func, isKnown);
  return isKnown;
}

const answers = memoized((_: Linked) => new Map<number, boolean>());

/** A call that passes the function as an argument. */
interface Handing extends Place {
  readonly arg: number;
}

/** The calls that pass each function. */
const handings = memoized((linked: Linked): ReadonlyMap<number, readonly Handing[]> => {
  const found = new Map<number, Handing[]>();
  linked.program.instructions.each('call', ({ args, isDecorator }, { id }, value) => {
    if (isDecorator) return;
    for (const [arg, passed] of args.entries())
      for (const one of linked.functions(id, passed)) {
        const list = found.get(one);
        if (list) list.push({ func: id, value, arg });
        else found.set(one, [{ func: id, value, arg }]);
      }
  });
  return found;
});

/** Whether the possible callees of a call only call the function that it passes. */
function areKept(
  linked: Linked,
  { func, value, arg }: Handing,
  isOpen: (func: number) => boolean,
  depth: number,
): boolean {
  const call = instOf(linked, { func, value });
  if (depth > maxDepth || call?.op !== 'call' || call.spread || call.names?.[arg] || call.isNew) return false;
  if (linked.states(func, call.callee).length > 0 || !areAllKnown(linked, func, call, isOpen)) return false;
  const targets = linked.targets(func, value);
  return (
    targets.length > 0 &&
    targets.every(({ func: target, shift, makes, context, job }) => {
      const index = arg - shift;
      const { params = [], code = [] } = linked.program.functions[target]?.func ?? {};
      if (makes >= 0 || context !== undefined || job !== undefined || index < 0) return false;
      // A callee with fewer parameters ignores this argument.
      if (!params[index]) return !params.at(-1)?.rest && !usesArguments(code);
      if (params[index].rest) return false;
      return code.every(
        (inst, param) =>
          inst.op !== 'param' ||
          inst.index !== index ||
          isKept(linked, { func: target, value: param }, isOpen, depth + 1),
      );
    })
  );
}

function usesArguments(code: readonly Inst[]): boolean {
  return code.some((inst) => inst.op === 'global' && inst.name === 'arguments');
}

/** Whether all possible callees of a call are known: the named function, or the arguments of all callers. */
function areAllKnown(linked: Linked, func: number, call: Call, isOpen: (func: number) => boolean): boolean {
  const place = origin(linked, { func, value: call.callee });
  const inst = instOf(linked, place);
  if (inst?.op === 'func') return true;
  if (inst?.op === 'member') return !linked.isGuess(place.func, inst.object);
  if (inst?.op !== 'param' || isOpen(place.func)) return false;
  const calls = callsOf(linked, place.func);
  return (
    calls.length > 0 &&
    calls.every((one) => {
      const caller = instOf(linked, one);
      const { shift = 0 } = linked.targets(one.func, one.value).find(({ func }) => func === place.func) ?? {};
      const passed =
        caller?.op === 'call' && !caller.spread && !caller.names
          ? caller.args[inst.index + shift]
          : undefined;
      return passed !== undefined && linked.functions(one.func, passed).length > 0;
    })
  );
}

/** Whether a function is only called, or passed to something that stores it. */
function isKept(
  linked: Linked,
  { func, value }: Place,
  isOpen: (func: number) => boolean,
  depth: number,
): boolean {
  const info = linked.program.functions[func];
  if (!info || depth > maxDepth) return false;
  const { code, blocks } = info.func;
  const leaves = blocks.some(
    ({ end }) => (end.kind === 'return' || end.kind === 'throw') && end.value === value,
  );
  return (
    !leaves &&
    code.every(
      (inst, at) =>
        !operandsOf(inst).includes(value) || isUseKept(linked, { func, value: at }, value, isOpen, depth),
    )
  );
}

function isUseKept(
  linked: Linked,
  place: Place,
  value: ValueId,
  isOpen: (func: number) => boolean,
  depth: number,
): boolean {
  const inst = instOf(linked, place);
  switch (inst?.op) {
    case 'call':
      return inst.args.every(
        (one, arg) => one !== value || areKept(linked, { ...place, arg }, isOpen, depth + 1),
      );
    case 'effect':
    case 'typed':
      return isKept(linked, place, isOpen, depth + 1);
    case 'unary':
    case 'binary':
      return true;
    case 'cell-store':
      return isCellKept(linked, place.func, inst.cell, isOpen, depth + 1);
    default:
      return false;
  }
}

/** The same for a variable that functions share, at each of its reads. */
function isCellKept(
  linked: Linked,
  func: number,
  cell: number,
  isOpen: (func: number) => boolean,
  depth: number,
): boolean {
  const at = linked.program.functions[func]?.module ?? -1;
  const module = linked.program.modules[at];
  if (
    !module ||
    module.cells[cell]?.owner === 0 ||
    module.exports.some((one) => 'cell' in one && one.cell === cell)
  )
    return false;
  const first = linked.program.firstFunc[at] ?? 0;
  return module.functions.every(({ code }, i) =>
    code.every(
      (inst, value) =>
        inst.op !== 'cell-load' ||
        inst.cell !== cell ||
        isKept(linked, { func: first + i, value }, isOpen, depth + 1),
    ),
  );
}
