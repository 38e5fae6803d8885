import { maxBlocksToTry, maxThrowingFunctions } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import { between } from '../../ir/between.ts';
import { blockOf } from '../../ir/block-of.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { harmlessCalls, raisesValueErrors } from '../../libraries/python/runtime/value-errors.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * Whether an `except ValueError as error` seems to catch only errors whose message is a string literal, and so is
 * written for clients. Project functions that the `try` calls must raise `ValueError` only with such messages. Its
 * other calls must be known to raise none. Library calls inside the project functions count only if they are known to
 * raise it, such as `int`.
 * @param caught the caught error
 */
export function hasOwnMessage(frame: FunctionView, caught: ValueId, inst: Inst & { op: 'caught' }): boolean {
  if (inst.type < 0) return false;
  const type = frame.inst(inst.type);
  if (type.op !== 'global' || type.name !== 'ValueError') return false;
  const from = startOfTry(frame.func, caught);
  if (from === undefined) return false;
  const called = new Set<number>();
  for (const value of between(frame.func, from, inst.at).calls) {
    const call = frame.inst(value) as Inst & Call;
    const targets = frame.linked.targets(frame.id, value);
    if (targets.length === 0 && !harmlessCalls.has(nameOfCallee(frame.func.code[call.callee]))) return false;
    for (const target of targets) called.add(target.func);
  }
  return called.size > 0 && raiseOwn(frame.linked, called);
}

/**
 * The source offset of the `try` whose handler catches an error, for languages that catch by type. Undefined if it is
 * unknown.
 */
export function startOfTry(func: Func, caught: ValueId): number | undefined {
  let block = blockOf(func, caught);
  for (let depth = 0; depth < maxBlocksToTry; depth++) {
    const before = func.blocks[block]?.preds[0];
    const end = before === undefined ? undefined : func.blocks[before]?.end;
    if (before === undefined || end === undefined) return undefined;
    const test = end.kind === 'branch' && end.else === block ? func.code[end.test] : undefined;
    if (test?.op === 'unknown' && test.at === test.end) return test.at;
    block = before;
  }
  return undefined;
}

/** Whether functions and their callees raise this type only with messages of their own. The set grows, as a worklist. */
function raiseOwn(linked: Linked, called: Set<number>): boolean {
  let raises = false;
  for (const id of called) {
    const func = linked.program.functions[id]?.func;
    if (!func || called.size > maxThrowingFunctions) return false;
    for (const { end } of func.blocks) {
      const raised = end.kind === 'throw' ? func.code[end.value] : undefined;
      if (raised?.op !== 'call' || nameOfCallee(func.code[raised.callee]) !== 'ValueError') continue;
      if (!isSentence(func, func.code[raised.args[0] ?? -1])) return false;
      raises = true;
    }
    for (const [value, inst] of func.code.entries()) {
      if (inst.op !== 'call') continue;
      const targets = linked.targets(id, value);
      for (const target of targets) called.add(target.func);
      if (targets.length === 0 && raisesValueErrors.has(nameOfCallee(func.code[inst.callee]))) return false;
    }
  }
  return raises;
}

/**
 * Whether the instruction `inst`, which makes an error's message, is a string literal. The literal may have other values
 * inserted into it, but no caught error.
 */
export function isSentence({ code }: Func, inst: Inst | undefined): boolean {
  if (inst?.op === 'const') return typeof inst.value === 'string';
  const isWritten = (value: ValueId): boolean =>
    code[value]?.op === 'const' || code[value]?.op === 'text' || code[value]?.op === 'binary';
  if (inst?.op === 'binary') return isWritten(inst.left) && !isError(code[inst.right]);
  if (inst?.op === 'text') return !inst.parts.some((part) => isError(code[part]));
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  return callee?.op === 'member' && callee.name === 'format' && isWritten(callee.object);
}

function isError(inst: Inst | undefined): boolean {
  return inst?.op === 'caught';
}
