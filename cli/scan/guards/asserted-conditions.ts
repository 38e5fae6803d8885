import { maxAssertedNegations, maxAssertionTargets } from '../budgets/guards.ts';
import type { Target } from '../callgraph/linked.ts';
import { instAt, origin } from '../callgraph/query/called-on.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { BlockId, Call, Func, Inst, ValueId } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import { asserting } from '../libraries/conventions/asserting.ts';
import { neverReturning } from '../libraries/conventions/never-returning.ts';
import { hasTrait } from '../models/state-traits.ts';
import { checksOf } from './checks.ts';

/**
 * What a call of an assertion proves once it returns: everything that its condition proves if it is true. Examples are
 * `assert_that(name in ALLOWED)`, `ensure(isSafe(path))` and `assert(isSafe(path))`. The assertion may be a function of the
 * project or of a library.
 */
export function provenByAsserting(
  frame: FunctionView,
  inst: Inst & Call,
  targets: readonly Target[],
): readonly Check[] {
  if (targets.length === 0) return assertedByLibrary(frame, inst);
  if (targets.length > maxAssertionTargets || inst.isDecorator || inst.spread) return none;
  // Most functions assert nothing.
  for (const target of targets) if (!asserts(frame, target)) return none;
  return assertedOfAll(frame, inst, targets);
}

function assertedByLibrary(frame: FunctionView, { callee, args }: Call): readonly Check[] {
  const [condition] = args;
  return condition !== undefined && (isAsserting(frame, callee) || isAssertingMember(frame, callee))
    ? checksOf(frame, condition, true)
    : none;
}

function asserts({ linked }: FunctionView, { func, makes }: Target): boolean {
  const it = linked.program.functions[func]?.func;
  return makes < 0 && it !== undefined && !it.async && !it.generator && assertedParams(it).length > 0;
}

function assertedOfAll(frame: FunctionView, inst: Inst & Call, targets: readonly Target[]): readonly Check[] {
  const { functions } = frame.linked.program;
  const [first, ...others] = targets as [Target, ...Target[]];
  const given = (id: number, shift: number): readonly ValueId[] => {
    const func = functions[id]?.func;
    if (!func) return [];
    return assertedParams(func).flatMap((index) => {
      const name = func.params[index]?.name ?? null;
      const named = inst.names?.indexOf(name) ?? -1;
      const at = named >= 0 ? named : index + shift;
      return named < 0 && inst.names?.[at] ? [] : (inst.args[at] ?? []);
    });
  };
  const asserted = others.reduce(
    (all, { func, shift }) => all.filter((one) => given(func, shift).includes(one)),
    given(first.func, first.shift),
  );
  return asserted.flatMap((test) => checksOf(frame, test, true));
}

/** Whether a callee is an assertion of a library, which throws unless its first argument is true. */
function isAsserting({ linked, id, func, info }: FunctionView, callee: ValueId): boolean {
  const inst = func.code[callee];
  const name = inst?.op === 'cell-load' ? linked.program.modules[info.module]?.cells[inst.cell]?.name : '';
  // Most calls are no assertions.
  if (inst?.op !== 'import' && !(inst?.op === 'member' && inst.name === 'ok') && !mayAssert.test(name ?? ''))
    return false;
  const place = origin(linked, { func: id, value: callee });
  const from = instAt(linked, place);
  const object =
    from?.op === 'member' ? instAt(linked, origin(linked, { func: place.func, value: from.object })) : from;
  return (
    object?.op === 'import' &&
    asserting.has(`${object.specifier} ${from?.op === 'member' ? from.name : object.name}`)
  );
}

/** Whether a callee is the `assert` of a framework's context: `ctx.assert(isSafe(name), 400)`. */
function isAssertingMember({ linked, id, func }: FunctionView, callee: ValueId): boolean {
  const inst = func.code[callee];
  return (
    inst?.op === 'member' &&
    inst.name === 'assert' &&
    hasTrait(linked.states(id, inst.object), 'throws-answers')
  );
}

const mayAssert = /assert|invariant|^(?:ok|strict)$/i;

/** The parameters that are true whenever a function returns. */
const assertedParams = memoized((func: Func): readonly number[] => {
  const tested = new Map<number, Map<BlockId, BlockId>>();
  func.blocks.forEach(({ end }, block) => {
    if (end.kind !== 'branch' || end.then === end.else) return;
    const [param, isTrue] = paramOf(func, end.test);
    // A rest parameter is always true, whatever it holds.
    if (param === undefined || func.params[param]?.rest) return;
    const skips = tested.get(param) ?? new Map<BlockId, BlockId>();
    tested.set(param, skips);
    skips.set(block, isTrue ? end.then : end.else);
  });
  return [...tested].filter(([, skips]) => !returnsWithout(func, skips)).map(([param]) => param);
});

/** The parameter that a branch tests, directly or negated. `isTrue` is false if it is false where the test is true. */
function paramOf(func: Func, test: ValueId): readonly [index: number | undefined, isTrue: boolean] {
  let isTrue = true;
  let inst = func.code[test];
  for (let depth = 0; depth < maxAssertedNegations && inst; depth++) {
    if (inst.op === 'param') return [inst.index, isTrue];
    if (inst.op === 'unary' && inst.operator === '!') isTrue = !isTrue;
    else if (inst.op !== 'typed') break;
    inst = func.code[inst.value];
  }
  return [undefined, isTrue];
}

/** Whether a function can return on a path that uses none of these edges. */
function returnsWithout(func: Func, edges: ReadonlyMap<BlockId, BlockId>): boolean {
  const next = new Map<BlockId, BlockId[]>();
  func.blocks.forEach(({ preds }, block) => {
    for (const pred of preds) {
      const all = next.get(pred);
      if (all) all.push(block);
      else next.set(pred, [block]);
    }
  });
  const reached = new Set<BlockId>([0]);
  for (const at of reached) {
    const block = func.blocks[at];
    if (!block || block.code.some((value) => isExit(func, value))) continue;
    if (block.end.kind === 'return') return true;
    for (const one of next.get(at) ?? []) if (edges.get(at) !== one) reached.add(one);
  }
  return false;
}

/** Whether an instruction is a call of a library function that never returns, such as `abort(400)`. */
function isExit({ code }: Func, value: ValueId): boolean {
  const inst = code[value];
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  return callee?.op === 'import' && neverReturning.has(`${callee.specifier} ${callee.name}`);
}
