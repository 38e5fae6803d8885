import { maxTracedValues } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import { classKey, classMates, isMethod } from '../../callgraph/query/field-stores.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { transitive } from '../../ir/query/transitive.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * The values that a value may be, traced back within the function through variables, branches, annotations and stores.
 * After `let node = a; while (...) node = node[key];`: `node` -> `a` and `node[key]`.
 */
export function possibleValues(frame: FunctionView, value: ValueId): readonly ValueId[] {
  if (!passing.has(frame.inst(value).op)) return [value];
  const found: ValueId[] = [];
  transitive([value], maxTracedValues, (one): readonly ValueId[] => {
    const inst = frame.inst(one);
    const behind = behindOf(inst);
    if (behind !== undefined) return [behind];
    if (inst.op === 'phi') return inst.inputs.slice(0, maxTracedValues);
    if (inst.op !== 'cell-load') {
      found.push(one);
      return none;
    }
    const stores = frame.engine.cells.stores(frame.cellNumber(inst.cell)).slice(0, maxTracedValues);
    const own = stores.filter(({ func }) => func === frame.id);
    // Another function stores a value here as well.
    if (own.length < stores.length) found.push(one);
    return own.map((store) => store.value);
  });
  return found;
}

const none: readonly never[] = [];

/** Instructions that may pass another value on. */
const passing: ReadonlySet<Inst['op']> = new Set([
  'effect',
  'typed',
  'cell-store',
  'await',
  'store',
  'store-index',
  'phi',
  'cell-load',
]);

/**
 * The operand that an instruction only passes on. For a store, this is the object that it stores into. Undefined for
 * instructions that make a new value.
 */
export function behindOf(inst: Inst): ValueId | undefined {
  switch (inst.op) {
    case 'effect':
    case 'typed':
    case 'cell-store':
    case 'await':
      return inst.value;
    case 'store':
    case 'store-index':
      return inst.object;
    default:
      return undefined;
  }
}

/** A parameter of the analysed function or of an enclosing function. */
export interface Root {
  readonly func: number;
  readonly param: number;
}

/** The parameters that a value may be. They may belong to the analysed function or to an enclosing one. */
export function rootsOf(frame: FunctionView, value: ValueId): readonly Root[] {
  const roots: Root[] = [];
  for (const one of possibleValues(frame, value)) {
    const inst = frame.inst(one);
    if (inst.op === 'param') roots.push({ func: frame.id, param: inst.index });
    else if (inst.op === 'cell-load') {
      for (const store of frame.engine.cells.stores(frame.cellNumber(inst.cell)).slice(0, maxTracedValues)) {
        const stored = frame.linked.program.functions[store.func]?.func.code[store.value];
        if (stored?.op === 'param') roots.push({ func: store.func, param: stored.index });
      }
    }
  }
  return roots;
}

/**
 * Whether an object certainly has no prototype, such as the result of `Object.create(null)`. No key of such an object leads
 * to inherited members.
 */
export function isWithoutPrototype(
  frame: FunctionView,
  value: ValueId,
  info: FuncInfo = frame.info,
): boolean {
  return isBare(frame, info, value, new Set());
}

function isBare(frame: FunctionView, info: FuncInfo, value: ValueId, seen: Set<number>): boolean {
  const key = info.firstValue + value;
  // A cycle adds nothing: the other paths decide.
  if (seen.has(key)) return true;
  if (seen.size > maxTracedValues) return false;
  seen.add(key);
  const { code } = info.func;
  const inst = code[value] as Inst;
  const behind = behindOf(inst);
  if (behind !== undefined) return isBare(frame, info, behind, seen);
  switch (inst.op) {
    case 'phi':
      return inst.inputs.every((input) => isBare(frame, info, input, seen));
    case 'object': {
      const at = inst.keys.indexOf('__proto__');
      return at >= 0 && isNull(code[inst.values[at] as ValueId]);
    }
    case 'call': {
      const callee = code[inst.callee];
      const owner = callee?.op === 'member' ? code[callee.object] : undefined;
      const [first] = inst.args;
      if (callee?.op !== 'member' || owner?.op !== 'global' || owner.name !== 'Object' || first === undefined)
        return false;
      if (callee.name === 'create') return isNull(code[first]);
      return /^(assign|freeze|seal|setPrototypeOf)$/.test(callee.name) && isBare(frame, info, first, seen);
    }
    case 'cell-load':
      return isBareCell(frame, (frame.linked.program.firstCell[info.module] as number) + inst.cell, seen);
    case 'import': {
      const cell = frame.linked.cellOfImport(info.module, inst.specifier, inst.name);
      return cell !== undefined && isBareCell(frame, cell, seen);
    }
    case 'member':
      return isThis(info, inst.object) && isBareField(frame, info, inst.name, seen);
    default:
      return false;
  }
}

function isNull(inst: Inst | undefined): boolean {
  return inst?.op === 'const' && inst.value === null;
}

function isBareCell(frame: FunctionView, cell: number, seen: Set<number>): boolean {
  const stores = frame.engine.cells.stores(cell);
  return (
    stores.length > 0 &&
    stores.every(({ func, value }) => {
      const info = frame.linked.program.functions[func];
      return info !== undefined && isBare(frame, info, value, seen);
    })
  );
}

/** A field of the function's own class: every store of a method into it must be bare. */
function isBareField(frame: FunctionView, info: FuncInfo, name: string, seen: Set<number>): boolean {
  if (!isMethod(frame.linked, info.id)) return false;
  const key = `${classKey(frame.linked, info.id)} ${name}`;
  const known = bareFields(frame.linked);
  const before = known.get(key);
  if (before !== undefined) return before;
  // Assumed during the search, so that a cycle through the field adds nothing.
  known.set(key, true);
  const isBareHere = holdsBare(frame, info, name, seen);
  known.set(key, isBareHere);
  return isBareHere;
}

/** By class and field. */
const bareFields: (linked: Linked) => Map<string, boolean> = memoized(() => new Map());

function holdsBare(frame: FunctionView, info: FuncInfo, name: string, seen: Set<number>): boolean {
  let found = false;
  for (const mate of classMates(frame.linked, info.id)) {
    const other = frame.linked.program.functions[mate];
    for (const inst of other?.func.code ?? []) {
      if (inst.op !== 'store' || inst.name !== name || !other) continue;
      if (!isThis(other, inst.object)) continue;
      found = true;
      if (!isBare(frame, other, inst.value, seen)) return false;
    }
  }
  return found;
}

/** Whether a value is `this`, also after stores into it. */
function isThis(info: FuncInfo, value: ValueId): boolean {
  const seen = new Set<ValueId>([value]);
  for (const one of seen) {
    if (seen.size > maxTracedValues) return false;
    const inst = info.func.code[one] as Inst;
    const behind = behindOf(inst);
    if (behind !== undefined) seen.add(behind);
    else if (inst.op === 'phi') for (const input of inst.inputs) seen.add(input);
    else if (inst.op !== 'this') return false;
  }
  return true;
}
