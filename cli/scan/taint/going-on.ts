import type { BlockId, Func, Inst, ValueId } from '../ir/ir.ts';
import { operandsOf } from '../ir/operands.ts';
import type { Linked } from '../link/linked.ts';

const known = new WeakMap<Func, readonly BlockId[]>();

/**
 * The blocks of a middleware from which the request goes on to the handler: `next()`, and all that hands `next` to somebody
 * else, who may call it. Only what is called with a value hands an error on.
 */
export function goingBlocks(linked: Linked, id: number): readonly BlockId[] {
  const info = linked.program.functions[id];
  if (!info) return [];
  let found = known.get(info.func);
  if (!found) {
    const { code, blocks } = info.func;
    const functions = linked.program.modules[info.module]?.functions ?? [];
    const cells = cellsOf(code);
    const capturing = capturingIn(functions, cells);
    const goes = (value: ValueId): boolean => {
      const inst = code[value];
      return inst !== undefined && goesOn(code, inst, cells, capturing);
    };
    found = blocks.flatMap(({ code: values, end }, block) =>
      values.some(goes) || (end.kind === 'return' && isNext(code, end.value, cells)) ? [block] : [],
    );
    known.set(info.func, found);
  }
  return found;
}

/** The variables that hold `next` for functions that are made in the middleware. */
function cellsOf(code: readonly Inst[]): ReadonlySet<number> {
  const none: ReadonlySet<number> = new Set();
  return new Set(
    code.flatMap((inst) => (inst.op === 'cell-store' && isNext(code, inst.value, none) ? [inst.cell] : [])),
  );
}

/** Functions that read one of these variables, and those around them. */
function capturingIn(functions: readonly Func[], cells: ReadonlySet<number>): ReadonlySet<number> {
  const found = new Set<number>();
  if (cells.size === 0) return found;
  functions.forEach(({ code }, index) => {
    if (!code.some((inst) => inst.op === 'cell-load' && cells.has(inst.cell))) return;
    for (let at = index; at >= 0 && !found.has(at); at = functions[at]?.outer ?? -1) found.add(at);
  });
  return found;
}

function goesOn(
  code: readonly Inst[],
  inst: Inst,
  cells: ReadonlySet<number>,
  capturing: ReadonlySet<number>,
): boolean {
  if (inst.op === 'func') return capturing.has(inst.func);
  // What a call does to it is told by the call.
  if (inst.op === 'cell-store' || inst.op === 'effect') return false;
  if (inst.op === 'call' && isNext(code, inst.callee, cells))
    return (
      inst.spread !== undefined ||
      inst.args.every((arg) => code[arg]?.op === 'const' || isNext(code, arg, cells))
    );
  return operandsOf(inst).some((value) => isNext(code, value, cells));
}

function isNext(code: readonly Inst[], value: ValueId, cells: ReadonlySet<number>): boolean {
  const inst = code[value];
  return inst?.op === 'cell-load' ? cells.has(inst.cell) : inst?.op === 'param' && inst.index === 2;
}
