import type { Func, Inst, ValueId } from '../ir/ir.ts';
import { type FuncInfo, literalText, type Program } from './program.ts';

type List = Inst & { readonly op: 'list' };

/**
 * The node of what stands at a place of a list that is written out, where nothing has changed it: `held = [first, second]`,
 * and then `held[0]`; `a, b = f, g`; `STEPS = (f, g)`, and then `STEPS[1]`. Undefined where it may be any of what is in it.
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
  // What is spread into it moves what stands behind it.
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

/** Where a list is written out, and the node of the first value there. */
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

const origins = new WeakMap<Func, Map<ValueId, ValueId>>();

/**
 * The value before its items were called and its type was written down. Each call of an item makes another value of the
 * one before: what is found for one is kept for those behind it.
 */
function originOf(func: Func, of: ValueId): ValueId {
  let found = origins.get(func);
  if (!found) {
    found = new Map();
    origins.set(func, found);
  }
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

const changed = new WeakMap<Func, ReadonlySet<ValueId>>();

/** The values of a function that may be changed where they are, or are seen by others that may. */
function changedIn(func: Func): ReadonlySet<ValueId> {
  const known = changed.get(func);
  if (known) return known;
  const found = new Set<ValueId>();
  for (const inst of func.code) {
    if (inst.op === 'store' || inst.op === 'store-index') found.add(inst.object);
    else if (inst.op === 'cell-store' || (inst.op === 'effect' && !callsItem(func, inst)))
      found.add(inst.value);
  }
  changed.set(func, found);
  return found;
}

/** Whether what may have changed a list is the call of one of its items: `steps[1](text)`. */
function callsItem({ code }: Func, { call, arg, value }: Inst & { readonly op: 'effect' }): boolean {
  const inst = code[call];
  const callee = inst?.op === 'call' && arg === -1 ? code[inst.callee] : undefined;
  return callee?.op === 'index' && callee.object === value;
}

const known = new WeakMap<Program, ReadonlyMap<number, Written | null>>();

/** Variables that functions share of which each is written once: a tuple, which nothing changes. */
function tuples(program: Program): ReadonlyMap<number, Written | null> {
  let found = known.get(program);
  if (!found) {
    found = findTuples(program);
    known.set(program, found);
  }
  return found;
}

function findTuples({ instructions, firstCell }: Program): ReadonlyMap<number, Written | null> {
  const found = new Map<number, Written | null>();
  instructions.each('cell-store', (inst, { func, module, firstValue }) => {
    if (isWrittenBack(func, inst)) return;
    const cell = (firstCell[module] as number) + inst.cell;
    const list = func.code[inst.value];
    const isTuple = list?.op === 'list' && list.kind === 'tuple' && !found.has(cell);
    found.set(cell, isTuple ? { list, firstValue } : null);
  });
  return found;
}

/** A variable that is written as it was, when something in it has been called. */
function isWrittenBack({ code }: Func, { cell, value }: Inst & { readonly op: 'cell-store' }): boolean {
  const inst = code[value];
  const before = inst?.op === 'effect' ? code[inst.value] : inst;
  return before?.op === 'cell-load' && before.cell === cell;
}
