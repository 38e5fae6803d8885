import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Constant, Func, Inst, ValueId } from '../../ir/ir.ts';

const maxParts = 30;
const maxDepth = 3;

/** A condition on the path to a call, and which result of it leads to the call. */
export interface Asked {
  readonly func: Func;
  readonly test: ValueId;
  /** The test's result that is required to reach the call. */
  readonly goesOn: boolean;
  readonly call: ValueId;
  isOfPassword(value: ValueId): boolean;
}

/**
 * Whether a test before a call keeps an empty password from reaching the call. A comparison with `None`, a `typeof` or an
 * upper bound does not.
 */
export function refusesEmpty({ func, test, goesOn, call, isOfPassword }: Asked): boolean {
  /** The result of each part if the call is not reached. */
  const seen = new Map<ValueId, boolean>([[test, !goesOn]]);
  for (const [value, refused] of seen) {
    if (value === call || seen.size > maxParts) return false;
    const inst = func.code[value];
    if (!inst) continue;
    for (const [part, isSame] of partsOf(func, inst, refused))
      if (!seen.has(part)) seen.set(part, refused === isSame);
    const isLeaf =
      leaves.has(inst.op) || (inst.op === 'call' && reads.test(nameOfCallee(func.code[inst.callee])));
    if (isLeaf && isOfPassword(value)) return true;
  }
  return false;
}

type Part = readonly [value: ValueId, isSame: boolean];

function same(...values: readonly ValueId[]): readonly Part[] {
  return values.map((value) => [value, true]);
}

/** The parts of a condition that test for an empty text, and whether they must have the result of the whole. */
function partsOf(func: Func, inst: Inst, refused: boolean): readonly Part[] {
  switch (inst.op) {
    case 'unary':
      return inst.operator === 'typeof' ? [] : [[inst.value, inst.operator !== '!']];
    case 'await':
    case 'typed':
    case 'effect':
      return same(inst.value);
    case 'phi':
      return same(...inst.inputs);
    case 'list':
      return same(...inst.items);
    case 'binary':
      return same(...comparedParts(func, inst, refused));
    case 'call':
      return same(...askedParts(func, inst));
    case 'member':
      return inst.name === 'length' ? same(inst.object) : [];
    default:
      return [];
  }
}

function comparedParts(func: Func, inst: Inst & { op: 'binary' }, refused: boolean): readonly ValueId[] {
  const { operator, left, right } = inst;
  switch (operator) {
    case '&':
    case '|':
      return [left, right];
    case 'in':
    case 'not in':
      return memberParts(func, left, right);
    case '==':
    case '!=':
      return [...equalPart(func, left, right), ...equalPart(func, right, left)];
    case '<':
    case '<=':
    case '>':
    case '>=':
      if (isSize(func, left) && isBelow(operator, constantOf(func, right)) === refused) return [left];
      if (isSize(func, right) && isBelow(turned[operator], constantOf(func, left)) === refused)
        return [right];
      return [];
    default:
      return [];
  }
}

const turned = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/** Whether zero is on this side of a bound. An unknown bound is at least one. */
function isBelow(operator: keyof typeof turned, bound: Constant): boolean {
  if (typeof bound !== 'number') return operator === '<' || operator === '<=';
  switch (operator) {
    case '<':
      return 0 < bound;
    case '<=':
      return 0 <= bound;
    case '>':
      return 0 > bound;
    case '>=':
      return 0 >= bound;
  }
}

/** `password in ("", None)`, `"" in (name, password)`. A search for a part of the password is no check: `"\0" in password`. */
function memberParts(func: Func, item: ValueId, list: ValueId): readonly ValueId[] {
  const all = func.code[list];
  if (all?.op !== 'list') return [];
  if (constantOf(func, item) === '') return all.items;
  return all.items.some((one) => constantOf(func, one) === '') ? [item] : [];
}

/** One side of a comparison, if the other is an empty text, its size or its truth value. */
function equalPart(func: Func, side: ValueId, other: ValueId): readonly ValueId[] {
  const inst = func.code[other];
  if (inst?.op !== 'const') return [];
  const { value } = inst;
  if (value === '' || value === 0) return [side];
  const own = func.code[side];
  if (typeof value === 'boolean')
    return own?.op === 'call' && asking.test(nameOfCallee(func.code[own.callee])) ? [side] : [];
  return value === null || value === undefined ? emptiedParts(func, side) : [];
}

/** `form.get("password") or None`, which turns an empty text into `None`. */
function emptiedParts(func: Func, value: ValueId): readonly ValueId[] {
  const inst = func.code[value];
  if (inst?.op !== 'phi' || !inst.inputs.some((input) => isNothing(func.code[input]))) return [];
  const block = func.blocks.find(({ code }) => code.includes(value));
  const tests = new Set<ValueId>();
  for (const pred of block?.preds ?? [])
    for (const id of [pred, ...(func.blocks[pred]?.preds ?? [])]) {
      const end = func.blocks[id]?.end;
      if (end?.kind === 'branch') tests.add(end.test);
    }
  return inst.inputs.filter((input) => tests.has(input));
}

function isNothing(inst: Inst | undefined): boolean {
  return inst?.op === 'const' && (inst.value === null || inst.value === undefined);
}

/** `len(password)`, `password.length`, `password?.length ?? 0` */
function isSize(func: Func, value: ValueId, depth = 0): boolean {
  const inst = func.code[value];
  if (inst?.op === 'call') return /^(?:len|size)$/.test(nameOfCallee(func.code[inst.callee]));
  if (inst?.op === 'member') return /^(?:length|size|byteLength)$/.test(inst.name);
  return (
    inst?.op === 'phi' && depth < maxDepth && inst.inputs.some((input) => isSize(func, input, depth + 1))
  );
}

function askedParts(func: Func, { callee, args }: Inst & { op: 'call' }): readonly ValueId[] {
  const name = nameOfCallee(func.code[callee]);
  if (!asking.test(name)) return [];
  const method = func.code[callee];
  const object = method?.op === 'member' ? method.object : undefined;
  if (name === 'includes')
    return object === undefined || args[0] === undefined ? [] : memberParts(func, args[0], object);
  return object === undefined ? args : [...args, object];
}

function constantOf(func: Func, value: ValueId): Constant {
  const inst = func.code[value];
  return inst?.op === 'const' ? inst.value : undefined;
}

const leaves: ReadonlySet<Inst['op']> = new Set([
  'param',
  'member',
  'index',
  'cell-load',
  'element',
  'global',
]);
const reads = /^(?:get|param|body|formValue|pop|getlist)$/;
const asking =
  /^(?:all|any|len|bool|str|Boolean|String|trim|strip|every|some|includes|test|isinstance)$|empty|blank|valid|require|missing|policy/i;
