import type { Func, Inst, ValueId } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import { type FuncInfo, literalText, type Program } from './program.ts';

type List = Inst & { readonly op: 'list' };

/**
 * The node of the list item that a constant index reads, if the list is a literal that nothing changes. With `STEPS = (f,
 * g)`, `STEPS[1]` -> the node of `g`. Undefined if another item may be read.
 */
export function writtenItem(
  program: Program,
  info: FuncInfo,
  object: ValueId,
  key: ValueId,
): number | undefined {
  const index = indexOf(info.func, key);
  const found = Number.isNaN(index) ? undefined : listOf(program, info, object);
  if (!found) return undefined;
  const { items, spread } = found.list;
  const at = index < 0 ? items.length + index : index;
  // A spread shifts the items behind it.
  if (spread.some((one) => (index < 0 ? one >= at : one <= at))) return undefined;
  const item = items[at];
  return item === undefined ? undefined : found.firstValue + item;
}

function indexOf(func: Func, key: ValueId): number {
  const inst = func.code[key];
  const isMinus = inst?.op === 'unary' && inst.operator === '-';
  const text = literalText(func, isMinus ? inst.value : key);
  if (text === undefined || !/^-?\d{1,4}$/.test(text)) return Number.NaN;
  return isMinus ? -Number(text) : Number(text);
}

/** A list literal, and the first node of its function. */
interface Written {
  readonly list: List;
  readonly firstValue: number;
}

function listOf(program: Program, info: FuncInfo, of: ValueId): Written | undefined {
  const { func, module, firstValue } = info;
  const value = originOf(func, of);
  const inst = func.code[value];
  if (inst?.op === 'list')
    return inst.kind !== 'set' && !changedIn(func).has(value) ? { list: inst, firstValue } : undefined;
  if (inst?.op !== 'cell-load') return undefined;
  return tuples(program).get((program.firstCell[module] as number) + inst.cell) ?? undefined;
}

/** The origins found so far. */
const originsIn = memoized((_: Func) => new Map<ValueId, ValueId>());

/**
 * The value before calls of its items and before type annotations. Each call of an item makes another value, so the result is
 * cached for all of them.
 */
function originOf(func: Func, of: ValueId): ValueId {
  const found = originsIn(func);
  const passed: ValueId[] = [];
  let value = of;
  for (;;) {
    const inst = func.code[value];
    if (inst?.op !== 'typed' && !(inst?.op === 'effect' && callsItem(func, inst))) break;
    passed.push(value);
    const before = found.get(value);
    value = before ?? inst.value;
    if (before !== undefined) break;
  }
  for (const one of passed) found.set(one, value);
  return value;
}

/** The values of a function that may be mutated, or that escape to code that may mutate them. */
const changedIn = memoized((func: Func): ReadonlySet<ValueId> => {
  const found = new Set<ValueId>();
  for (const inst of func.code) {
    if (inst.op === 'store' || inst.op === 'store-index') found.add(inst.object);
    else if (inst.op === 'cell-store' || (inst.op === 'effect' && !callsItem(func, inst)))
      found.add(inst.value);
  }
  return found;
});

/** Whether the possible mutation of a list is only a call of one of its items: `steps[1](text)`. */
function callsItem({ code }: Func, { call, arg, value }: Inst & { readonly op: 'effect' }): boolean {
  const inst = code[call];
  const callee = inst?.op === 'call' && arg === -1 ? code[inst.callee] : undefined;
  return callee?.op === 'index' && callee.object === value;
}

/** Shared variables that are written once, with a tuple, which is immutable. */
const tuples = memoized(({ instructions, firstCell }: Program): ReadonlyMap<number, Written | null> => {
  const found = new Map<number, Written | null>();
  instructions.each('cell-store', (inst, { func, module, firstValue }) => {
    if (isWrittenBack(func, inst)) return;
    const cell = (firstCell[module] as number) + inst.cell;
    const list = func.code[inst.value];
    const isTuple = list?.op === 'list' && list.kind === 'tuple' && !found.has(cell);
    found.set(cell, isTuple ? { list, firstValue } : null);
  });
  return found;
});

/** A store that writes a variable back unchanged, after a call of something in it. */
function isWrittenBack({ code }: Func, { cell, value }: Inst & { readonly op: 'cell-store' }): boolean {
  const inst = code[value];
  const before = inst?.op === 'effect' ? code[inst.value] : inst;
  return before?.op === 'cell-load' && before.cell === cell;
}
