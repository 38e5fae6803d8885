import { maxConstantDepth, maxFactoryBlocks } from '../budgets/callgraph.ts';
import { blockOf } from '../ir/block-of.ts';
import type { BlockId, Call, Constant, Func, Inst, ValueId } from '../ir/ir.ts';
import { memoized, memoizedPair } from '../ir/memoized.ts';
import { readsTable } from './table-read.ts';
import { mayWriteArguments } from './written-arguments.ts';

type Known = ReadonlyMap<number, Constant>;

/**
 * The state of a constant propagation through a function: its constant arguments by parameter index, its executable edges
 * (each written as `from to`), and its reachable blocks.
 */
export interface Walk {
  readonly func: Func;
  readonly known: Known;
  readonly edges: Set<string>;
  readonly blocks: Set<BlockId>;
  readonly successors: Successors;
}

/** The values that a function can return for the constant arguments of a call. Undefined if these arguments decide no branch. */
export function returnsReached(
  caller: Func,
  call: Call,
  func: Func,
  shift: number,
): readonly ValueId[] | undefined {
  const successors = call.spread ? undefined : successorsOf(func);
  const known = successors ? constantsOf(caller, call, func, shift) : undefined;
  if (!successors || !known || !mayDecide(func, known)) return undefined;
  const run: Walk = { func, known, edges: new Set(), blocks: new Set([0]), successors };
  if (!walk(run)) return undefined;
  return [...run.blocks].flatMap((block) => {
    const end = func.blocks[block]?.end;
    return end?.kind === 'return' ? valuesReached(run, end.value, 0) : [];
  });
}

/**
 * The inputs that a phi can have over the executable edges of `run`, with nested phis resolved. For a value that is
 * not a phi, returns the value itself.
 */
export function valuesReached(run: Walk, value: ValueId, depth: number): readonly ValueId[] {
  const inst = run.func.code[value];
  if (inst?.op !== 'phi' || depth >= maxConstantDepth) return [value];
  const block = blockOf(run.func, value);
  const { preds = [] } = run.func.blocks[block] ?? {};
  return preds.flatMap((pred, i) =>
    run.edges.has(`${pred} ${block}`) ? valuesReached(run, inst.inputs[i] as ValueId, depth + 1) : [],
  );
}

type Successors = readonly (readonly BlockId[])[];

/**
 * The successors of each block. Undefined if constant arguments cannot select the function's result, which is so for most
 * functions.
 */
export const successorsOf: (func: Func) => Successors | undefined = memoized((func) =>
  isFactory(func) ? successors(func) : undefined,
);

function isFactory(func: Func): boolean {
  if (func.generator || func.params.length === 0 || func.blocks.length > maxFactoryBlocks) return false;
  const isDecided = func.code.some((inst) => inst.op === 'binary' && comparesParam(func, inst));
  const isAsked = func.blocks.some(({ end }) => end.kind === 'branch' && asksParam(func, end.test));
  return (isDecided || isAsked || readsTable(func)) && !mayWriteArguments(func);
}

/** `if (isStrict)`, `if (!isStrict)` */
function asksParam(func: Func, test: ValueId): boolean {
  const inst = unwrapped(func, test);
  const asked = inst?.op === 'unary' && inst.operator === '!' ? inst.value : test;
  return paramAt(func, asked) !== undefined;
}

function comparesParam(func: Func, { operator, left, right }: Inst & { readonly op: 'binary' }): boolean {
  if (!comparing.has(operator) || paramAt(func, left) === undefined) return false;
  const other = func.code[right];
  return other?.op === 'list' || (other?.op === 'const' && other.value !== undefined);
}

const comparing: ReadonlySet<string> = new Set(['==', '!=', 'in', 'not in']);

function successors({ blocks }: Func): Successors {
  const found: BlockId[][] = blocks.map(() => []);
  blocks.forEach(({ preds }, to) => {
    for (const pred of preds) found[pred]?.push(to);
  });
  return found;
}

/** The parameter that a value is. A parameter with a default may be a phi. */
function paramAt(func: Func, value: ValueId): number | undefined {
  const inst = unwrapped(func, value);
  if (inst?.op === 'param') return inst.index;
  const first =
    inst?.op === 'phi' && inst.inputs.length === 2 ? unwrapped(func, inst.inputs[0] as ValueId) : undefined;
  return first?.op === 'param' ? first.index : undefined;
}

/**
 * The constant arguments of a call, by the index of the callee's parameter.
 * @param shift the index of the argument that the first parameter receives
 */
export function constantsOf(caller: Func, inst: Call, func: Func, shift: number): Known {
  const known = new Map<number, Constant>();
  inst.args.forEach((arg, i) => {
    const given = caller.code[arg];
    if (given?.op !== 'const') return;
    const name = inst.names?.[i] ?? null;
    const at = name === null ? i - shift : (paramsOf(func).get(name) ?? -1);
    if (at >= 0 && func.params[at] && !func.params[at].rest) known.set(at, given.value);
  });
  return known;
}

/** The parameters of a function by name. */
const paramsOf = memoized(
  ({ params }: Func): ReadonlyMap<string, number> =>
    // In reverse order, so that the first of equal names remains.
    new Map(params.map(({ name }, i): [string, number] => [name, i]).reverse()),
);

/**
 * Whether the constant arguments in `known` decide any branch of the function, even an unreachable one. Usually they decide
 * none.
 */
export function mayDecide(func: Func, known: Known): boolean {
  if (known.size === 0) return false;
  for (const { end } of func.blocks)
    if (end.kind === 'branch' && truthOf(func, known, end.test, 0) !== undefined) return true;
  return false;
}

/**
 * Propagates constant arguments through a function. Adds the reachable blocks to `blocks` and the executable edges to
 * `edges`. Returns whether the constants decide a branch.
 */
export function walk({ func, known, edges, blocks, successors }: Walk): boolean {
  let isDecided = false;
  // The set grows during the loop.
  for (const block of blocks) {
    const end = func.blocks[block]?.end;
    const truth = end?.kind === 'branch' ? truthOf(func, known, end.test, 0) : undefined;
    if (truth !== undefined) isDecided = true;
    const closed = end?.kind !== 'branch' || truth === undefined ? undefined : truth ? end.else : end.then;
    const open = end?.kind === 'branch' ? (truth ? end.then : end.else) : undefined;
    for (const to of successors[block] ?? []) {
      if (to === closed && closed !== open) continue;
      edges.add(`${block} ${to}`);
      blocks.add(to);
    }
  }
  return isDecided;
}

/** The outcome of a test: a comparison of a parameter with a constant, or the parameter itself. Undefined if unknown. */
function truthOf(func: Func, known: Known, test: ValueId, depth: number): boolean | undefined {
  const inst = func.code[test];
  if (inst?.op === 'unary' && inst.operator === '!' && depth < maxConstantDepth) {
    const truth = truthOf(func, known, inst.value, depth + 1);
    return truth === undefined ? undefined : !truth;
  }
  if (inst?.op !== 'binary') {
    const asked = constantOf(func, known, test);
    return asked && Boolean(asked.constant);
  }
  const { operator, left, right } = inst;
  if (!comparing.has(operator)) return undefined;
  const isIn = operator === 'in' || operator === 'not in';
  const given = constantOf(func, known, left);
  if (!given) return undefined;
  const other = isIn ? undefined : constantOf(func, known, right);
  const isOne = isIn ? isAmong(func, given.constant, right) : other && isSame(given.constant, other.constant);
  return isOne === undefined ? undefined : isOne === (operator === '==' || operator === 'in');
}

/** JavaScript's `==` converts types. So constants of different types may still be equal. */
function isSame(one: Constant, other: Constant): boolean | undefined {
  if (typeof one === typeof other) return one === other;
  return (one ?? undefined) === undefined && (other ?? undefined) === undefined
    ? undefined
    : one === undefined || other === undefined
      ? false
      : undefined;
}

interface Held {
  readonly constant: Constant;
}

/**
 * The constant value of `value` when the parameters have the constants in `known`. It is wrapped in an object, since
 * the constant may be `undefined` itself. Undefined if the value is not known to be constant.
 */
export function constantOf(func: Func, known: Known, value: ValueId): Held | undefined {
  const inst = unwrapped(func, value);
  if (inst?.op === 'const') return { constant: inst.value };
  if (inst?.op === 'param')
    return known.has(inst.index) ? { constant: known.get(inst.index) as Constant } : undefined;
  // `(kind = 'plain')`: the argument replaces the default.
  const param = inst?.op === 'phi' && hasDefault(func, inst) ? paramAt(func, value) : undefined;
  const given = param === undefined ? undefined : known.get(param);
  return given === undefined ? undefined : { constant: given };
}

/** Whether a phi is a parameter with its default value. */
function hasDefault(func: Func, phi: Inst & { readonly op: 'phi' }): boolean {
  const [param] = phi.inputs;
  return func.blocks.some(({ end }) => {
    const test = end.kind === 'branch' ? func.code[end.test] : undefined;
    if (test?.op !== 'binary' || test.operator !== '==' || test.left !== param) return false;
    const other = func.code[test.right];
    if (end.kind !== 'branch' || other?.op !== 'const' || other.value !== undefined) return false;
    // Only the branch without an argument makes the default.
    return (
      func.blocks[end.then]?.code.includes(phi.inputs[1] as ValueId) === true &&
      func.blocks[end.then]?.preds.length === 1
    );
  });
}

/** The constants in a list literal. */
interface Items {
  readonly all: ReadonlySet<Constant>;
  /** One constant of each type: only the type decides whether two can be compared. */
  readonly kinds: readonly Constant[];
}

function isAmong(func: Func, given: Constant, value: ValueId): boolean | undefined {
  const list = func.code[value];
  if (list?.op !== 'list') return undefined;
  const known = itemsOf(func, list);
  if (!known || known.kinds.some((one) => isSame(given, one) === undefined)) return undefined;
  return known.all.has(given);
}

const itemsOf = memoizedPair((func: Func, list: Inst & { readonly op: 'list' }): Items | undefined => {
  if (list.spread.length > 0) return undefined;
  const all = new Set<Constant>();
  const kinds = new Map<string, Constant>();
  for (const item of list.items) {
    const held = constantOf(func, new Map(), item);
    if (!held) return undefined;
    all.add(held.constant);
    kinds.set(typeof held.constant, held.constant);
  }
  return { all, kinds: [...kinds.values()] };
});

function unwrapped({ code }: Func, value: ValueId): Inst | undefined {
  let inst = code[value];
  for (let hop = 0; hop < maxConstantDepth && inst?.op === 'typed'; hop++) inst = code[inst.value];
  return inst;
}
